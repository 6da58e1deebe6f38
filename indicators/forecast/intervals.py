"""The band: quantiles from the model's own errors in earlier years, pooled, with a shock common to a whole year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.panel import Array

LEVELS = np.array([0.10, 0.25, 0.50, 0.75, 0.90])
#: A series' own scatter is drawn to its group's, which counts as so many own years.
GROUP_YEARS = 5.0
#: Scatter assumed before anything is known: relative at the start of the year, falling with what is still open.
START_SIGMA = 0.10


@dataclass(frozen=True)
class Band:
    """Relative errors to expect: `centre` [series], `quantiles` [series, 5] around it, and the common part."""

    quantiles: Array
    common: float


def band(errors: Array, years: Array, fade: Array, membership: Array, still_open: Array) -> Band:
    """Derive the band from past errors of the model.

    Args:
        errors: [series, cuts] past relative errors (outturn - forecast) / scale; NaN where there was none.
        years: [cuts] the year index of each cut; errors of one year share a shock.
        fade: [cuts] how much a cut counts.
        membership: One-hot [group, series].
        still_open: [series] part of the year's total still unknown, for what is assumed before errors are known.

    Returns:
        Quantiles to add to the forecast, in units of scale, and the share of variance common to a year.
    """
    start = START_SIGMA * float(np.mean(still_open)) ** 0.75
    seen = ~np.isnan(errors)
    e = np.where(seen, errors, 0.0)
    weight = seen * fade
    everyone = (np.sum(weight * e**2) + 2 * start**2) / (weight.sum() + 2)
    g_weight = membership @ weight.sum(axis=1)
    group = (membership @ (weight * e**2).sum(axis=1) + 12 * everyone) / (g_weight + 12)
    of_series = membership.T @ group
    own_n = weight.sum(axis=1)
    sigma = np.sqrt(((weight * e**2).sum(axis=1) + GROUP_YEARS * of_series) / (own_n + GROUP_YEARS))
    common, n_years = _common(e, weight, years, sigma)
    shape = _shape(e, weight, sigma)
    # Few years have been seen, and all series share them: widen as Student's t does for as many degrees of freedom.
    widen = np.sqrt(1.0 + common * 1.6 / max(n_years, 0.7)) * (1.0 + 0.15 / max(n_years, 0.7))
    return Band(sigma[:, None] * shape[None, :] * widen, common)


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


def _shape(e: Array, weight: Array, sigma: Array) -> Array:
    """Quantiles of standardised errors: empirical, drawn to the normal ones by 40 observations' worth."""
    normal = np.array([-1.2816, -0.6745, 0.0, 0.6745, 1.2816])
    w = weight.ravel()
    if w.sum() < 5:
        return normal
    z = (e / sigma[:, None]).ravel()
    order = np.argsort(z)
    at = (np.cumsum(w[order]) - 0.5 * w[order]) / w.sum()
    empirical = np.interp(LEVELS, at, z[order])
    trust = w.sum() / (w.sum() + 40.0)
    return trust * empirical + (1 - trust) * normal
