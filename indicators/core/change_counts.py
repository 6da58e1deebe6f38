"""Is the difference of two counts, or of two counts per inhabitant, more than chance: Poisson, with extra spread.

Method and sources: docs/vergelijken.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from indicators.core.change import ALPHA, Array, Difference, Z

#: With as many regions, what they all have in common is taken out before their spread is measured.
ENOUGH_REGIONS = 5


def count_test(
    aantal: ArrayLike,
    omvang: ArrayLike,
    aantal_old: ArrayLike,
    omvang_old: ArrayLike,
    spread: tuple[ArrayLike, ArrayLike] = (0.0, np.inf),
    afronding: ArrayLike = 0.0,
) -> Difference:
    """Test the difference of two counts per exposure.

    Two Poisson counts: given their sum the newer one is binomial; p is two-sided and mid-P. With more spread than
    Poisson (negative binomial: variance = mu + a mu^2), or rounded counts, p is the larger of that and of a t test with
    this variance. The bounds combine score bounds of each rate (MOVER; Li, Tang and Wong 2014).

    Args:
        aantal: Counts now.
        omvang: Inhabitants (or 1) now.
        aantal_old: Counts before.
        omvang_old: Inhabitants before.
        spread: As `dispersion` gives it: a, and its degrees of freedom.
        afronding: The counts are rounded to multiples of this (0: exact).

    Returns:
        Differences of counts per unit of omvang; NaN where a count is missing or negative.
    """
    parts = (aantal, omvang, aantal_old, omvang_old, *spread, afronding)
    x1, e1, x0, e0, a, df, step = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in parts))
    usable = (x1 >= 0) & (x0 >= 0) & (e1 > 0) & (e0 > 0)
    x1, e1, x0, e0 = (np.where(usable, part, np.nan) for part in (x1, e1, x0, e0))
    difference = x1 / e1 - x0 / e0
    p = np.where(usable, _poisson(x1, e1, x0, e0), np.nan)
    mu1, mu0 = e1 * (x1 + x0) / (e1 + e0), e0 * (x1 + x0) / (e1 + e0)
    variance = (mu1 + a * mu1**2 + step**2 / 12) / e1**2 + (mu0 + a * mu0**2 + step**2 / 12) / e0**2
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(difference == 0, 0.0, np.abs(difference) / np.sqrt(variance))
    wider = np.where((a > 0) | (step > 0), 2 * special.stdtr(df, -t), 0.0)
    low1, high1 = _rate_bounds(x1, e1, a, df, step)
    low0, high0 = _rate_bounds(x0, e0, a, df, step)
    low = difference - np.hypot(x1 / e1 - low1, high0 - x0 / e0)
    high = difference + np.hypot(high1 - x1 / e1, x0 / e0 - low0)
    p = np.fmax(p, wider) + 0 * p
    # Bounds and test come from two formulas: where they are at odds about no difference at all, the test counts.
    sure = p < ALPHA
    low, high = (
        np.where(sure & (difference > 0), np.maximum(low, 0), low),
        np.where(sure & (difference < 0), np.minimum(high, 0), high),
    )
    return Difference(difference, low, high, p)


def _poisson(x1: Array, e1: Array, x0: Array, e0: Array) -> Array:
    total, share = np.nan_to_num(np.rint(x1 + x0)), np.nan_to_num(e1 / (e1 + e0), nan=0.5)
    seen = np.nan_to_num(np.rint(x1))
    # Twice a tail with half of what was seen is the tail without it and the tail with it.
    below = _fewer(seen, total, share) + _fewer(seen + 1, total, share)
    above = _more(seen - 1, total, share) + _more(seen, total, share)
    return np.minimum(1.0, np.minimum(below, above))


def _more(seen: Array, total: Array, share: Array) -> Array:
    """Chance of more than seen, binomial: the incomplete beta function, exact far into the tail."""
    beta = special.betainc(np.maximum(seen + 1, 1.0), np.maximum(total - seen, 1.0), share)
    return np.where(seen < 0, 1.0, np.where(seen < total, beta, 0.0))


def _fewer(seen: Array, total: Array, share: Array) -> Array:
    return _more(total - seen, total, 1 - share)


def _rate_bounds(x: Array, e: Array, a: Array, df: Array, step: Array) -> tuple[Array, Array]:
    """Score bounds of one rate; what comes on top of Poisson widens them as if there were fewer cases."""
    factor = 1 + a * x + step**2 / 12 / np.maximum(x, 1.0)
    c2 = np.where((a > 0) | (step > 0), special.stdtrit(df, 0.975), Z) ** 2 * factor
    middle, half = x + c2 / 2, np.sqrt(c2 * (x + c2 / 4))
    return np.maximum(middle - half, 0.0) / e, (middle + half) / e


def dispersion(
    aantal: ArrayLike, omvang: ArrayLike, aantal_old: ArrayLike, omvang_old: ArrayLike, step: ArrayLike
) -> tuple[float, float]:
    """Measure how much more counts move from one period to the next than Poisson counts would.

    Successive differences leave a steady trend of a region out, and where a step of time has several regions what they
    have in common is left out too.

    Args:
        aantal: Counts after each step of time.
        omvang: Inhabitants (or 1).
        aantal_old: Counts before that step.
        omvang_old: Inhabitants then.
        step: Which step of time each pair belongs to.

    Returns:
        a of variance = mu + a mu^2 (0: no more than Poisson), and degrees of freedom: two thirds of the pairs less the
        common movements, since successive differences share a period. (0, inf) without usable pairs.
    """
    x1, e1, x0, e0 = (np.asarray(part, dtype=float) for part in (aantal, omvang, aantal_old, omvang_old))
    usable = (x1 >= 0) & (x0 >= 0) & (x1 + x0 > 0) & (e1 > 0) & (e0 > 0)
    if not usable.any():
        return 0.0, float("inf")
    x1, e1, x0, e0 = (part[usable] for part in (x1, e1, x0, e0))
    _, where = np.unique(np.asarray(step)[usable], return_inverse=True)
    sums = [np.bincount(where, part) for part in (x1, e1, x0, e0)]
    regions = np.bincount(where)
    with np.errstate(divide="ignore", invalid="ignore"):
        common = (sums[0] / sums[1]) / (sums[2] / sums[3])
    centred = (regions >= ENOUGH_REGIONS) & np.isfinite(common) & (common > 0)
    ratio = np.where(centred, common, 1.0)[where]
    share = e1 * ratio / (e1 * ratio + e0)
    total = x1 + x0
    squared = (x1 - total * share) ** 2 / (total * share * (1 - share))
    df = len(total) - int(centred.sum())
    if df <= 0:
        return 0.0, float("inf")
    lost = len(total) / df
    per_a = total * 2 * share * (1 - share)
    return max(0.0, float((squared * lost - 1).sum() / per_a.sum())), max(1.0, 2 * df / 3)
