"""The band: quantiles from the model's own errors in earlier years, pooled, with a shock common to a whole year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.alike import Alike
from indicators.forecast.panel import Array

LEVELS = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
_NORMAL = np.array([-1.2816, -0.6745, 0.0, 0.6745, 1.2816])
#: A series' own scatter is drawn to its group's, which counts as so many own years.
GROUP_YEARS = 10.0
#: A group's scatter is drawn to that of all that are like it, which counts as so many of its years.
ALL_YEARS = 12.0
#: Scatter assumed before anything is known: relative at the start of the year, falling with what is still open.
START_SIGMA, START_YEARS = 0.10, 1.0
#: Part of the error that comes of a forecast learned from one year, against the part that stays; halves with two years.
LEARNING = 1.0
#: Empirical quantiles are drawn to the normal ones by so many observations' worth.
SHAPE_YEARS = 8.0
LEAST = 0.75
#: How much wider a band is for a past that is half as long as the longest of the file.
SHORTER = 0.08
#: The scatter is at least so many times the distance between the methods.
APART = 1.2
#: How far off in one direction a forecast is thought to be year after year (standard deviation, in units of scatter).
LASTING = 0.15
#: Variance of the mean error of one year that its series do not share, in units of scatter.
UNSHARED = 0.02


@dataclass(frozen=True)
class Past:
    """Errors that the model made at earlier cuts.

    Attributes:
        errors: [series, cuts] relative errors (outturn - forecast) / scale; NaN where there was none.
        years: [cuts] the year index of each cut; errors of one year share a shock.
        fade: [cuts] how much a cut counts.
        learned: [series, cuts] complete years that were known at the cut.
        doubt: [series, cuts] how much wider than usual the band was then, because the methods contradicted each other.
        apart: [series, cuts] how far they lay apart then.
    """

    errors: Array
    years: Array
    fade: Array
    learned: Array
    doubt: Array
    apart: Array


@dataclass(frozen=True)
class Band:
    """Relative errors to expect.

    Attributes:
        quantiles: [series, 5] around the forecast, in units of scale.
        common: Share of the variance that all series of a year have in common.
        doubt: [series] how much wider than usual, because the methods contradict each other; at least 1.
    """

    quantiles: Array
    common: float
    doubt: Array


def band(past: Past, learned: Array, apart: Array, alike: Alike, still_open: Array) -> Band:
    """Derive the band from past errors of the model.

    Errors are first brought to what they would have been had the model known many years, and the band to what is known
    now: a model in its second year errs more than in its eighth, and a series with a short past more than its group.
    Where the methods lie further apart than they use to and than the usual error (a step, a merged onderdeel, a payment
    that is early) the past is no guide, and the band is as wide as that.

    Args:
        past: Errors at earlier cuts.
        learned: [series] complete years known now.
        apart: [series] mean distance of the methods to the forecast, by weight, in units of scale.
        alike: Whose experience counts for whom: others of the group, and all, as far as they are like a series.
        still_open: [series] part of the year's total still unknown, for what is assumed before errors are known.

    Returns:
        The band.
    """
    opened = float(np.mean(still_open))
    seen = ~np.isnan(past.errors)
    e = np.where(seen, past.errors, 0.0) / (_unlearned(past.learned) * past.doubt)
    weight = seen * past.fade
    start = START_SIGMA * opened**0.9
    sigma = _scatter(e, weight, alike, start)
    common, n_years = _common(e, weight, past.years, sigma)
    shape = _shape(_left_out(e, weight, past.years, alike, start), weight, common, n_years)
    own_years = np.maximum(weight.sum(axis=1), 0.7)
    # Few years have been seen, and all series share them: widen as Student's t does for as many degrees of freedom.
    widen = np.sqrt(1.0 + 3.0 * common / max(n_years, 0.7)) * (1.0 + (0.12 + 0.08 * opened) / own_years)
    # A series with a shorter past than the others mostly has their scatter, which may not be its own.
    widen *= 1.0 + SHORTER * np.minimum(own_years.max() / own_years - 1.0, 4.0)
    sigma = sigma * _unlearned(learned)
    unusual = np.maximum(apart - 1.5 * _usual(past, alike), 0.0)
    doubt = np.maximum(1.0, APART * unusual / sigma)
    # Doubt makes wider and moves nothing.
    around = shape[2] + doubt[:, None] * (shape - shape[2])[None, :]
    return Band((sigma * widen)[:, None] * around, common, doubt)


def _unlearned(years: Array) -> Array:
    """How much larger errors are than after very many years; older years count less, as in the view."""
    known = (1.0 - 0.8 ** np.maximum(years, 1.0)) / 0.2
    return np.sqrt(1.0 + LEARNING / known)


def _scatter(e: Array, weight: Array, alike: Alike, start: float) -> Array:
    """Size of errors [series]: own, drawn to those like it in the group, to all like it and to what is assumed."""
    squares = (weight * e**2).sum(axis=1)
    counts = weight.sum(axis=1)
    everyone = (alike.all @ squares + START_YEARS * start**2) / (alike.all @ counts + START_YEARS)
    group = (alike.group @ squares + ALL_YEARS * everyone) / (alike.group @ counts + ALL_YEARS)
    return np.asarray(np.sqrt((squares + GROUP_YEARS * group) / (counts + GROUP_YEARS)))


def _usual(past: Past, alike: Alike) -> Array:
    """How far the methods lie apart as a rule [series]: in a series with instalments that is far, and means nothing."""
    seen = ~np.isnan(past.apart)
    weight = seen * past.fade
    total = (weight * np.where(seen, past.apart, 0.0)).sum(axis=1)
    counts = weight.sum(axis=1)
    everyone = (alike.all @ total) / np.maximum(alike.all @ counts, 1e-9)
    group = (alike.group @ total + everyone) / (alike.group @ counts + 1.0)
    return np.asarray((total + group) / (counts + 1.0))


def _left_out(e: Array, weight: Array, years: Array, alike: Alike, start: float) -> Array:
    """Errors [series, cuts] in units of the scatter of all other years: a year must not set its own measure.

    That scatter counts for at least LEAST of the scatter of all years: else one extraordinary year among few quiet ones
    would decide the band.
    """
    z = np.zeros_like(e)
    least = LEAST * _scatter(e, weight, alike, start)
    for label in np.unique(years):
        at = years == label
        others = np.where(at[None, :], 0.0, weight)
        z[:, at] = e[:, at] / np.maximum(_scatter(e, others, alike, start), least)[:, None]
    return z


def _common(e: Array, weight: Array, years: Array, sigma: Array) -> tuple[float, float]:
    """Share of variance that all series of a year have in common, and the number of years seen."""
    z = e / sigma[:, None]
    products, pairs = 0.0, 0.0
    labels = np.unique(years)
    for label in labels:
        at = years == label
        w = weight[:, at]
        n = np.maximum(w.sum(axis=1), 1e-12)
        mean = (w * z[:, at]).sum(axis=1) / n
        mean = mean[w.sum(axis=1) > 0]
        products += mean.sum() ** 2 - np.square(mean).sum()
        pairs += len(mean) * (len(mean) - 1)
    estimate = products / pairs if pairs else 0.2
    return float(np.clip((estimate * len(labels) + 0.2) / (len(labels) + 1), 0.0, 0.7)), float(len(labels))


def _shape(z: Array, weight: Array, common: float, n_years: float) -> Array:
    """Quantiles of standardised errors: empirical, drawn to the normal ones where there are few.

    A quantile of n observations is taken a little further out (0.9 becomes 0.9 + 0.4 / n), so that a next one lies
    within as often as promised (finite-sample correction of conformal prediction).
    Their median is what the model was off in the same direction. It is carried on as far as it is more than chance:
    the variance of what may last against that of a mean over so few years, whose series share their shocks.
    """
    w = weight.ravel()
    if w.sum() < 5:
        return _NORMAL
    order = np.argsort(z.ravel())
    at = (np.cumsum(w[order]) - 0.5 * w[order]) / w.sum()
    trust = w.sum() / (w.sum() + SHAPE_YEARS)
    levels = LEVELS + (LEVELS - 0.5) / w.sum()
    shape = trust * np.interp(levels, at, z.ravel()[order]) + (1.0 - trust) * _NORMAL
    off = shape[2]
    chance = (common + UNSHARED) / n_years
    return shape - off + off * LASTING**2 / (LASTING**2 + chance)
