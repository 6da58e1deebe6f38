"""Interrupted time series: what the months after a moment came to, against what the months before led to expect.

Source: J. Lopez Bernal, S. Cummins and A. Gasparrini, "Interrupted time series regression for the evaluation of public
health interventions" (2017); prediction with first-order autocorrelated errors after Prais and Winsten (1954).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from indicators.forecast.panel import Array, Mask

#: Months before that are used at most, and that are needed; with as many years a month has a season of its own.
MOST_BEFORE, LEAST_BEFORE, OWN_SEASON = 48, 24, 36
#: Months after that are used at most, and that are needed to say anything.
MOST_AFTER, LEAST_AFTER = 12, 6
LEVEL = 0.95
_HIGHEST = 0.95
#: A short series cannot show how much its months hang together: assume at least this.
SHORT_SERIES_RHO = 0.5


@dataclass(frozen=True)
class Effect:
    """Means per month after the moment: expected, actual, their difference and its 95 % bounds."""

    before: int
    after: int
    expected: float
    actual: float
    difference: float
    low: float
    high: float


def around(values: Array, months: Array, at: int) -> tuple[Mask, Mask]:
    """Give which months count before a moment and after it.

    Args:
        values: One value a month; NaN where unknown.
        months: Month number of each value.
        at: First month number after the moment.
    """
    known = np.isfinite(values)
    before = known & (months < at) & (months >= at - MOST_BEFORE)
    return before, known & (months >= at) & (months < at + MOST_AFTER)


def interrupted(values: Array, months: Array, at: int) -> Effect | None:
    """Compare the months from `at` on with the course of the months before.

    Args:
        values: One value a month, in any unit; NaN where unknown.
        months: Month number (year x 12 + month - 1) of each value, rising.
        at: First month number after the moment.

    Returns:
        The effect, or None where fewer than 24 months before or 6 after are known.
    """
    before, after = around(values, months, at)
    n, m = int(before.sum()), int(after.sum())
    if n < LEAST_BEFORE or m < LEAST_AFTER:
        return None
    design = _design(months, n >= OWN_SEASON and _each_month_twice(months[before]))
    x, y, t = design[before], values[before], months[before]
    rho = 0.0
    for _ in range(6):
        coefficients = _whitened(x, y, t, rho)[0]
        rho = max(_autocorrelation(y - x @ coefficients, t, x.shape[1]), SHORT_SERIES_RHO if n < OWN_SEASON else 0.0)
    coefficients, inverse, scatter, freedom = _whitened(x, y, t, rho)
    last = int(t[-1])
    ahead = (months[after] - last).astype(float)
    # What the last month was off its course dies out at the pace of the autocorrelation.
    carried = rho**ahead
    expected = design[after] @ coefficients + carried * float(y[-1] - x[-1] @ coefficients)
    weight = (design[after] - carried[:, None] * x[-1]).mean(axis=0)
    noise = _forecast_noise(ahead, rho)
    error = np.sqrt(scatter * (float(weight @ inverse @ weight) + noise))
    difference = float(values[after].mean() - expected.mean())
    # Autocorrelated months tell less than their number: fewer degrees of freedom, wider bounds.
    reach = float(special.stdtrit(max(freedom * (1.0 - rho) / (1.0 + rho), 3.0), 0.5 + LEVEL / 2)) * error
    mean = float(expected.mean())
    return Effect(n, m, mean, float(values[after].mean()), difference, difference - reach, difference + reach)


def _design(months: Array, own_season: bool) -> Array:
    """Level, trend and season: a dummy a month, or two waves a year where there are few years."""
    t = (months - months[0]) / 12.0
    columns = [np.ones(len(t)), t]
    of_year = months % 12
    if own_season:
        columns += [(of_year == k).astype(float) for k in range(1, 12)]
    else:
        for wave in (1, 2):
            angle = 2 * np.pi * wave * of_year / 12.0
            columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _each_month_twice(months: Array) -> bool:
    return bool((np.bincount((months % 12).astype(int), minlength=12) >= 2).all())


def _whitened(x: Array, y: Array, t: Array, rho: float) -> tuple[Array, Array, float, int]:
    """Least squares after Prais and Winsten; a gap in the months starts anew."""
    gap = np.diff(t, prepend=-np.inf)
    carried = np.where(np.isfinite(gap), rho ** np.where(np.isfinite(gap), gap, 1.0), 0.0)
    scale = 1.0 / np.sqrt(np.maximum(1.0 - carried**2, 1e-6)) * np.sqrt(1.0 - rho**2)
    previous_x, previous_y = np.roll(x, 1, axis=0), np.roll(y, 1)
    wx = (x - carried[:, None] * previous_x) * scale[:, None]
    wy = (y - carried * previous_y) * scale
    inverse = np.linalg.pinv(wx.T @ wx)
    coefficients = inverse @ wx.T @ wy
    freedom = max(len(y) - int(np.linalg.matrix_rank(wx)), 1)
    return coefficients, inverse, float(np.square(wy - wx @ coefficients).sum()) / freedom, freedom


def _autocorrelation(residual: Array, t: Array, columns: int) -> float:
    """First-order autocorrelation, with the bias of a short and detrended series repaired (Marriott and Pope 1954)."""
    pairs = np.diff(t) == 1
    square = float(np.square(residual).sum())
    if square <= 0 or pairs.sum() < 8:
        return 0.0
    raw = float((residual[1:] * residual[:-1])[pairs].sum()) / square
    n = len(residual)
    return float(np.clip(raw + (columns / 2.0 + (3.0 + columns / 2.0) * max(raw, 0.0)) / n, 0.0, _HIGHEST))


def _forecast_noise(ahead: Array, rho: float) -> float:
    """Variance of the mean of months to come, given the last one, in units of the innovation's variance."""
    later = np.maximum.outer(ahead, ahead)
    sooner = np.minimum.outer(ahead, ahead)
    covariance = rho ** (later - sooner) * (1.0 - rho ** (2 * sooner)) / max(1.0 - rho**2, 1e-9)
    return float(covariance.mean())
