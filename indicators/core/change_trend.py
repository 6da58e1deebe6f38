"""Is a trend over several periods more than chance: weighted regression that allows for years that stay alike.

Method and sources: docs/vergelijken.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from indicators.core.change import Z

#: Fewer periods say nothing about a trend.
MIN_PERIODS = 5


class Trend(NamedTuple):
    """A slope per unit of time, its 95 % bounds and two-sided p-value; NaN where it cannot be known."""

    helling: float
    ondergrens: float
    bovengrens: float
    p: float


def trend_test(
    tijd: ArrayLike, waarde: ArrayLike, variantie: ArrayLike | None = None, resolution: float = 0.0
) -> Trend:
    """Fit a straight line and test its slope.

    Two tests must both say so. The spread around the line: t with n - 2 degrees of freedom; where neighbouring periods
    are alike n counts (1 + r) / (1 - r) times less, r being the correlation of neighbouring residuals, corrected for
    what a fitted line takes away from it (Marriott and Pope 1954). And what is known of the figures themselves, their
    sampling variances or their rounding: normal. A lucky straight row of survey figures is not surer than the survey.

    Args:
        tijd: Moments, e.g. in years; any order.
        waarde: Values; none missing.
        variantie: Sampling variances, where known; they are the weights as well.
        resolution: Smallest step in which the values are given: rounding alone can lay them on a line.
    """
    t, y = np.asarray(tijd, dtype=float), np.asarray(waarde, dtype=float)
    order = np.argsort(t)
    t, y = t[order], y[order]
    n = len(t)
    if n < MIN_PERIODS or len(np.unique(t)) < n:
        return Trend(*[float("nan")] * 4)
    known = None if variantie is None else np.asarray(variantie, dtype=float)[order]
    weighted = known is not None and bool(np.all(known > 0))
    w = 1 / known if weighted and known is not None else np.ones(n)
    centre = np.average(t, weights=w)
    sxx = float((w * (t - centre) ** 2).sum())
    slope = float((w * (t - centre) * y).sum() / sxx)
    residual = np.sqrt(w) * (y - np.average(y, weights=w) - slope * (t - centre))
    scatter = float((residual**2).sum())
    # Values that lie on the line but for the last bits of a float lie on the line.
    scatter = 0.0 if scatter <= 1e-20 * float((w * y**2).sum()) else scatter
    r = float((residual[1:] * residual[:-1]).sum()) / scatter if scatter else 0.0
    # n periods cannot show more likeness than 1 - 1/n; what is alike counts for fewer periods.
    r = float(np.clip(r + (2 + 4 * r) / n, 0.0, 1 - 1 / n))
    wider = (1 + r) / (1 - r)
    by_scatter = float(np.sqrt(scatter / (n - 2) * wider / sxx))
    df = max(2.0, n / wider - 2)
    by_figures = float(np.sqrt((1.0 if weighted else resolution**2 / 12) / sxx))
    half = max(float(special.stdtrit(df, 0.975)) * by_scatter, Z * by_figures)
    return Trend(slope, slope - half, slope + half, _least_sure(slope, by_scatter, by_figures, df))


def _least_sure(slope: float, by_scatter: float, by_figures: float, df: float) -> float:
    if slope == 0:
        return 1.0
    p_scatter = 2 * special.stdtr(df, -abs(slope) / by_scatter) if by_scatter else 0.0
    p_figures = 2 * special.ndtr(-abs(slope) / by_figures) if by_figures else 0.0
    return float(max(p_scatter, p_figures))
