"""Is a difference more than chance: bounds of a survey, two proportions, usual movement, and many looks at once.

Pure functions on arrays, one element per difference; counts stand in change_counts, trends in change_trend. Method and
sources: docs/vergelijken.md. An element that cannot be tested gives NaN, never a guess.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Array = NDArray[np.float64]
#: Half the width of a 95 % interval, in standard errors.
Z = float(special.ndtri(0.975))
ALPHA = 0.05
#: Fewer earlier movements than this say too little about what is usual.
ENOUGH_MOVEMENTS = 40
_HALVINGS = 45


class Difference(NamedTuple):
    """Differences (new less old), their 95 % bounds and two-sided p-values; not yet corrected for many looks."""

    verschil: Array
    ondergrens: Array
    bovengrens: Array
    p: Array


class Estimate(NamedTuple):
    """Estimates with the 95 % bounds that their source gives."""

    waarde: ArrayLike
    ondergrens: ArrayLike
    bovengrens: ArrayLike


def margin_test(new: Estimate, old: Estimate, resolution: ArrayLike = 0.0) -> Difference:
    """Test the difference of two estimates whose source gives 95 % bounds, which need not lie symmetric.

    The bounds of the difference are those of MOVER (Zou and Donner 2008): each side takes the distance that points its
    way. The standard error of the test is the one towards zero, so that p < 0.05 exactly where the bounds leave out 0.

    Args:
        new: Newer estimates.
        old: Older estimates, independent of them.
        resolution: Smallest step in which the values are given; bounds without width get half of it.

    Returns:
        NaN bounds and p where a bound is missing or does not contain its value.
    """
    x1, down1, up1 = _sides(new, resolution)
    x0, down0, up0 = _sides(old, resolution)
    difference = x1 - x0
    low, high = np.hypot(down1, up0), np.hypot(up1, down0)
    towards_zero = np.where(difference >= 0, low, high) / Z
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(difference == 0, 0.0, np.abs(difference) / towards_zero)
    p = np.where(np.isnan(towards_zero), np.nan, 2 * special.ndtr(-z))
    return Difference(difference, difference - low, difference + high, p)


def _sides(estimate: Estimate, resolution: ArrayLike) -> tuple[Array, Array, Array]:
    x, low, high = (np.asarray(part, dtype=float) for part in estimate)
    usable = (low <= x) & (x <= high)
    floor = np.asarray(resolution, dtype=float) / 2
    down = np.where(usable, np.maximum(x - low, floor), np.nan)
    return x, down, np.where(usable, np.maximum(high - x, floor), np.nan)


def proportion_test(
    teller: ArrayLike, noemer: ArrayLike, teller_old: ArrayLike, noemer_old: ArrayLike, afronding: ArrayLike = 0.0
) -> Difference:
    """Test the difference of two proportions with the score test (N-1 chi-squared; Campbell 2007).

    Where fewer than one case is expected in a cell, Fisher's exact test (Irwin's rule) must reject as well. The bounds
    are Miettinen and Nurminen's (1985): the differences that the same score test does not reject.

    Args:
        teller: Cases now.
        noemer: Persons now.
        teller_old: Cases before.
        noemer_old: Persons before.
        afronding: The counts of cases are rounded to multiples of this (0: exact); what that adds is counted as noise.

    Returns:
        Differences as parts of one; NaN where a count is missing, negative, or more than its whole.
    """
    x1, n1, x0, n0, step = np.broadcast_arrays(
        *(np.asarray(a, dtype=float) for a in (teller, noemer, teller_old, noemer_old, afronding))
    )
    usable = (x1 >= 0) & (x0 >= 0) & (n1 > 0) & (n0 > 0) & (x1 <= n1) & (x0 <= n0)
    x1, n1, x0, n0 = (np.where(usable, a, np.nan) for a in (x1, n1, x0, n0))
    p1, p0 = x1 / n1, x0 / n0
    extra = step**2 / 12 * (1 / n1**2 + 1 / n0**2)
    variance = _score_variance(np.zeros_like(p1), p1, n1, p0, n0) + extra
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(p1 == p0, 0.0, np.abs(p1 - p0) / np.sqrt(variance))
    p = np.where(usable, 2 * special.ndtr(-z), np.nan)
    for i in np.flatnonzero(usable & (_least_expected(x1, n1, x0, n0) < 1) & (step == 0)):
        # The larger of the two: with more persons a difference may not become less sure.
        p.flat[i] = max(p.flat[i], _fisher(*(float(np.rint(a.flat[i])) for a in (x1, n1, x0, n0))))
    low, high = (_score_bound(side, p1, n1, p0, n0, extra) for side in (-1.0, 1.0))
    return Difference(p1 - p0, low, high, p)


def _fisher(x1: float, n1: float, x0: float, n0: float) -> float:
    """Fisher's exact test, two-sided: what is at most as likely as what was seen, given both margins (Irwin)."""
    cases, everyone = x1 + x0, n1 + n0
    k = np.arange(max(0.0, cases - n0), min(cases, n1) + 1)
    ahead = (cases - k[:-1]) * (n1 - k[:-1]) / (k[1:] * (everyone - cases - n1 + k[1:]))
    # Outwards from the most likely one: no logarithms of huge factorials, and nothing overflows.
    top = int(np.searchsorted(-ahead, -1.0))
    down, up = np.cumprod(1 / ahead[:top][::-1])[::-1], np.cumprod(ahead[top:])
    likely = np.concatenate([down, [1.0], up])
    # A hair of slack: as likely is as likely, however it was rounded.
    return min(1.0, float(likely[likely <= likely[int(x1 - k[0])] * (1 + 1e-7)].sum() / likely.sum()))


def _least_expected(x1: Array, n1: Array, x0: Array, n0: Array) -> Array:
    cases, everyone = x1 + x0, n1 + n0
    return np.minimum(n1, n0) * np.minimum(cases, everyone - cases) / everyone


def _score_variance(delta: Array, p1: Array, n1: Array, p0: Array, n0: Array) -> Array:
    """Variance of the difference when the true one is delta (Farrington and Manning 1990, in closed form)."""
    theta = n0 / n1
    a, b = 1 + theta, -(1 + theta + p1 + theta * p0 + delta * (theta + 2))
    c, d = delta**2 + delta * (2 * p1 + theta + 1) + p1 + theta * p0, -p1 * delta * (1 + delta)
    v = b**3 / (27 * a**3) - b * c / (6 * a**2) + d / (2 * a)
    u = np.where(v > 0, 1.0, -1.0) * np.sqrt(np.maximum(b**2 / (9 * a**2) - c / (3 * a), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = np.where(u == 0, 0.0, v / u**3)
    w = (np.pi + np.arccos(np.clip(angle, -1.0, 1.0))) / 3
    q1 = np.clip(2 * u * np.cos(w) - b / (3 * a), np.maximum(delta, 0.0), np.minimum(1 + delta, 1.0))
    q0 = np.clip(q1 - delta, 0.0, 1.0)
    everyone = n1 + n0
    return (q1 * (1 - q1) / n1 + q0 * (1 - q0) / n0) * everyone / (everyone - 1)


def _score_bound(side: float, p1: Array, n1: Array, p0: Array, n0: Array, extra: Array) -> Array:
    inside, outside = p1 - p0, np.full_like(p1, side)
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        with np.errstate(invalid="ignore"):
            kept = np.abs(p1 - p0 - middle) <= Z * np.sqrt(_score_variance(middle, p1, n1, p0, n0) + extra)
        inside, outside = np.where(kept, middle, inside), np.where(kept, outside, middle)
    return np.where(np.isnan(p1 - p0), np.nan, outside)


def movement_test(verschil: ArrayLike, movements: ArrayLike) -> tuple[Array, float]:
    """Compare differences in a register with the usual movement from one period to the next.

    Args:
        verschil: Differences to judge.
        movements: Earlier differences of many regions, of either sign.

    Returns:
        The part of usual movements that is at least as large (itself counted in, so never 0), and the size that 95 %
        of them stay below. NaN where there are fewer than ENOUGH_MOVEMENTS.
    """
    size = np.abs(np.asarray(verschil, dtype=float))
    usual = np.abs(np.asarray(movements, dtype=float))
    usual = np.sort(usual[~np.isnan(usual)])
    if len(usual) < ENOUGH_MOVEMENTS:
        return np.full(size.shape, np.nan), float("nan")
    # A hair of slack: 14.5 - 14.3 and 12.4 - 12.2 are the same movement of 0.2.
    larger = len(usual) - np.searchsorted(usual, size - 1e-9)
    return np.where(np.isnan(size), np.nan, (1 + larger) / (1 + len(usual))), float(np.quantile(usual, 1 - ALPHA))


def adjusted(p: ArrayLike) -> Array:
    """Correct p-values for the number of looks (Benjamini and Hochberg 1995); NaN stays NaN and is no look.

    Of the differences with an adjusted p below 0.05, at most 5 % are expected to be chance.
    """
    raw = np.asarray(p, dtype=float)
    result = np.full(raw.shape, np.nan)
    looks = np.flatnonzero(~np.isnan(raw))
    if len(looks):
        order = looks[np.argsort(raw[looks])[::-1]]
        ranks = np.arange(len(looks), 0, -1)
        result[order] = np.minimum(1.0, np.minimum.accumulate(raw[order] * len(looks) / ranks))
    return result
