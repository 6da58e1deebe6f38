"""The weights of the methods, per series and peilmaand, learned from their errors in earlier years only."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array, Mask

#: A series' own years against its group's: the group counts as so many years of own experience.
GROUP_YEARS = 8.0
#: All series together, seen from a group, in series-years.
ALL_YEARS = 10.0
#: The assumed errors before anything is known, in series-years.
PRIOR_YEARS = 3.0
#: Part of the off-diagonal error products that is believed; the rest is taken as chance.
BELIEF = 0.85
_STEPS = 60


def weights(errors: Array, fade: Array, membership: Array, start: Array, usable: Mask) -> Array:
    """Learn weights that would have given the smallest squared error.

    Args:
        errors: [series, past cuts, methods] relative errors of past forecasts; NaN where there was none.
        fade: [past cuts] how much each cut counts (older years and other months less).
        membership: One-hot [group, series].
        start: [methods] relative error assumed before anything is known.
        usable: [series, methods] methods that have a forecast now.

    Returns:
        [series, methods], not negative, adding up to 1; 0 where not usable.
    """
    seen = ~np.isnan(errors)
    clipped = np.clip(np.where(seen, errors, 0.0), -0.6, 0.6)
    products = np.einsum("c,sce,scf->sef", fade, clipped, clipped, optimize=True)
    mass = fade if fade.size else np.zeros(0)
    counts = np.einsum("c,sce,scf->sef", mass, seen.astype(float), seen.astype(float), optimize=True)
    prior = np.outer(start, start) * (0.5 + 0.5 * np.eye(len(start)))
    everyone = (products.sum(axis=0) + PRIOR_YEARS * prior) / (counts.sum(axis=0) + PRIOR_YEARS)
    g_products = np.tensordot(membership, products, axes=1)
    g_counts = np.tensordot(membership, counts, axes=1)
    group = (g_products + ALL_YEARS * everyone) / (g_counts + ALL_YEARS)
    of_series = np.tensordot(membership.T, group, axes=1)
    moments = (products + GROUP_YEARS * of_series) / (counts + GROUP_YEARS)
    diagonal = np.einsum("see->se", moments)
    shrunk = BELIEF * moments
    shrunk[:, range(len(start)), range(len(start))] = diagonal
    return _smallest(shrunk, usable)


def _smallest(moments: Array, usable: Mask) -> Array:
    """Minimise w'Mw over weights that are not negative and add to 1 (exponentiated gradient, all series at once)."""
    diagonal = np.einsum("see->se", moments)
    w = np.where(usable, 1.0 / np.maximum(diagonal, 1e-12), 0.0)
    w /= np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
    for _ in range(_STEPS):
        slope = (moments @ w[:, :, None])[:, :, 0]
        value = np.maximum((slope * w).sum(axis=1, keepdims=True), 1e-12)
        w *= np.exp(np.clip(1.0 - slope / value, -2.0, 2.0))
        w /= np.maximum(w.sum(axis=1, keepdims=True), 1e-300)
    return w
