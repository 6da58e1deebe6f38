"""Is a trend over several periods more than chance: weighted regression that allows for years that stay alike.

Method and sources: docs/vergelijken.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from indicators.core.change import Z

#: Fewer periods say nothing about a trend.
MIN_PERIODS = 5
#: A short series cannot show more likeness of neighbouring years than this.
_MOST_ALIKE = 0.8


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

    Two tests must both say so. The spread around the line: t with n - 2 degrees of freedom, widened where neighbouring
    periods are alike by (1 + r) / (1 - r), r being the correlation of neighbouring residuals, corrected for what a
    fitted line takes away from it (Marriott and Pope 1954). And what is known of the figures themselves, their sampling
    variances or their rounding: normal. A lucky straight row of survey figures is not surer than the survey.

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
    r = float(np.clip((n * r + 2) / (n - 4), 0.0, _MOST_ALIKE))
    by_scatter = float(np.sqrt(scatter / (n - 2) * (1 + r) / (1 - r) / sxx))
    by_figures = float(np.sqrt((1.0 if weighted else resolution**2 / 12) / sxx))
    half = max(float(stats.t.ppf(0.975, n - 2)) * by_scatter, Z * by_figures)
    return Trend(slope, slope - half, slope + half, _least_sure(slope, by_scatter, by_figures, n - 2))


def _least_sure(slope: float, by_scatter: float, by_figures: float, df: int) -> float:
    if slope == 0:
        return 1.0
    p_scatter = 2 * stats.t.sf(abs(slope) / by_scatter, df) if by_scatter else 0.0
    p_figures = 2 * stats.norm.sf(abs(slope) / by_figures) if by_figures else 0.0
    return float(max(p_scatter, p_figures))
