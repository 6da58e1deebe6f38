"""The weights of the methods, per series and peilmaand, learned from their errors in earlier years only."""

from __future__ import annotations

import numpy as np

from indicators.forecast.alike import Alike
from indicators.forecast.panel import Array, Mask

#: Those of its group that are like a series count as so many years of its own experience.
GROUP_YEARS = 30.0
#: All series that are like it, seen from those of the group, in series-years.
ALL_YEARS = 20.0
#: The assumed errors before anything is known, in series-years.
PRIOR_YEARS = 3.0
#: Part of the off-diagonal error products that is believed; the rest is taken as chance.
BELIEF = 0.85
#: An error counts as no larger than this part of the year, and no method moves a forecast further from the middle one.
FAR = 0.5
#: A method with so many times the squared error of the best one has no say: what it would mend is chance.
NO_SAY = 4.0
_STEPS = 60


def weights(errors: Array, fade: Array, alike: Alike, start: Array, usable: Mask) -> Array:
    """Learn weights that would have given the smallest squared error.

    Args:
        errors: [series, past cuts, methods] relative errors of past forecasts; NaN where there was none.
        fade: [past cuts] how much each cut counts (older years and other months less).
        alike: Whose experience counts for whom: others of the group, and all, as far as they are like a series.
        start: [methods] relative error assumed before anything is known.
        usable: [series, methods] methods that have a forecast now.

    Returns:
        [series, methods], not negative, adding up to 1; 0 where not usable.
    """
    seen = ~np.isnan(errors)
    clipped = np.clip(np.where(seen, errors, 0.0), -FAR, FAR)
    products = np.einsum("c,sce,scf->sef", fade, clipped, clipped, optimize=True)
    counts = np.einsum("c,sce,scf->sef", fade, seen.astype(float), seen.astype(float), optimize=True)
    prior = np.outer(start, start) * (0.5 + 0.5 * np.eye(len(start)))
    (products_all, products_group), (counts_all, counts_group) = _together(alike, products, counts)
    everyone = (products_all + PRIOR_YEARS * prior) / (counts_all + PRIOR_YEARS)
    group = (products_group + ALL_YEARS * everyone) / (counts_group + ALL_YEARS)
    moments = (products + GROUP_YEARS * group) / (counts + GROUP_YEARS)
    diagonal = np.einsum("see->se", moments)
    shrunk = BELIEF * moments
    shrunk[:, range(len(start)), range(len(start))] = diagonal
    return _smallest(shrunk, usable)


def combined(w: Array, each: Array, scale: Array) -> Array:
    """Give the forecasts [series]: the weighted mean, in which no method counts for further off than FAR.

    A method that divides by what should have come can be twenty times too high when a payment is early; a weight of a
    twentieth would then double the forecast.

    Args:
        w: [series, methods] weights.
        each: [series, methods] forecasts, where not usable any number.
        scale: [series] size of a year.
    """
    order = np.argsort(each, axis=1)
    upto = np.cumsum(np.take_along_axis(w, order, axis=1), axis=1)
    half = np.argmax(upto >= 0.5 * upto[:, -1:], axis=1)[:, None]
    middle = np.take_along_axis(each, np.take_along_axis(order, half, axis=1), axis=1)
    room = FAR * np.maximum(np.abs(middle), scale[:, None])
    return np.asarray((w * np.clip(each, middle - room, middle + room)).sum(axis=1))


def _together(alike: Alike, *values: Array) -> list[tuple[Array, Array]]:
    """What all that are alike, and those of the group, say together, per array [series, methods, methods]."""
    series, flat = len(alike.all), np.concatenate([v.reshape(len(v), -1) for v in values], axis=1)
    # Not BLAS: its threads keep waiting for more, which costs twice the time where cores are shared.
    parts = np.split(np.einsum("st,tf->sf", np.concatenate([alike.all, alike.group]), flat), len(values), axis=1)
    return [(p[:series].reshape(v.shape), p[series:].reshape(v.shape)) for p, v in zip(parts, values, strict=True)]


def _smallest(moments: Array, usable: Mask) -> Array:
    """Minimise w'Mw over weights that are not negative and add to 1 (exponentiated gradient, all series at once)."""
    diagonal = np.einsum("see->se", moments)
    best = np.where(usable, diagonal, np.inf).min(axis=1, keepdims=True)
    usable = usable & (diagonal <= NO_SAY * best)
    w = np.where(usable, 1.0 / np.maximum(diagonal, 1e-12), 0.0)
    w /= np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
    for _ in range(_STEPS):
        slope = (moments @ w[:, :, None])[:, :, 0]
        value = np.maximum((slope * w).sum(axis=1, keepdims=True), 1e-12)
        w *= np.exp(np.clip(1.0 - slope / value, -2.0, 2.0))
        w /= np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
    return w
