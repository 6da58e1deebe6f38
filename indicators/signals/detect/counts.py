"""A break in monthly counts: seasonal, with a slow trend, and with more scatter than chance alone.

A penalised negative-binomial regression (level, trend, twelve months; ridge priors keep a short past modest) learns
what is usual from the months before the window. Then, for every possible start in the window, the total since that
start is compared with its negative-binomial expectation: a CUSUM over start points (Hoehle & Paul 2008; the baseline
after Farrington 1996). The variance holds scatter, the uncertainty of the baseline and slow drift.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from indicators.signals.detect.series import SHORTEST, Array, Break, window_of

#: Chance, corrected for the looks of one month, below which a break is raised; and the least size of a break.
ALPHA, LEAST = 0.02, 0.10
#: Prior spread (log scale) of the trend a year and of a month's season; random walk of the level a year.
TREND_SD, SEASON_SD, DRIFT_SD = 0.04, 0.20, 0.04
#: Scatter is never taken smaller than this (share of the level, squared): a short calm past proves little.
LEAST_ALPHA = 0.01


def count_break(counts: Array, first_month: int, complete: Array | None = None) -> Break | None:
    """Find the break in a monthly count that is least likely to be chance.

    Args:
        counts: One count a month, oldest first.
        first_month: Calendar month (1-12) of the first count.
        complete: Share of each month that is known already (1 for old months); late registration is no break.

    Returns:
        The break, or None when there is none or too little past to tell.
    """
    window = window_of(len(counts))
    if not window:
        return None
    known = np.ones(len(counts)) if complete is None else complete
    past = len(counts) - window
    mean, half, alpha = _baseline(counts, first_month, past)
    best: Break | None = None
    lead = (np.arange(1, window + 1) + 6) / 12
    expected, seen = mean[past:] * known[past:], counts[past:]
    for start in range(window - SHORTEST + 1):
        e = expected[start:]
        total = float(e.sum())
        if total <= 0:
            continue
        spread = float((half[past + start :].T @ e) @ (half[past + start :].T @ e))
        drift = float(DRIFT_SD**2 * ((e * np.sqrt(lead[start:])).sum()) ** 2)
        variance = total + alpha * float(e @ e) + spread + drift
        observed = float(seen[start:].sum())
        p = min(1.0, 2 * tail(observed, total, variance) * (window - SHORTEST + 1) ** 0.5)
        if best is None or p < best.p:
            best = Break(past + start, observed, total, p)
    if best is None or best.p > ALPHA or abs(best.observed - best.expected) < LEAST * best.expected:
        return None
    return best


def tail(observed: float, mean: float, variance: float) -> float:
    """Chance of a count this far from its mean or further, on the side where it is."""
    size = mean**2 / max(variance - mean, 1e-9 * mean)
    chance = size / (size + mean)
    if observed > mean:
        return float(special.betaincc(size, observed, chance)) if observed > 0 else 1.0
    return float(special.betainc(size, observed + 1, chance))


def _baseline(counts: Array, first_month: int, past: int) -> tuple[Array, Array, float]:
    """Fit the months before the window.

    Returns:
        Expected count of every month, a square root of the covariance of its logarithm, and the scatter.
    """
    n = len(counts)
    months = (first_month - 1 + np.arange(n)) % 12
    time = (np.arange(n) - (past - 1) / 2) / 12
    design = np.column_stack([np.ones(n), time, np.eye(12)[months]])
    ridge = np.diag([1e-6, TREND_SD**-2, *[SEASON_SD**-2] * 12])
    y, x = counts[:past], design[:past]
    beta = np.zeros(14)
    beta[0] = np.log(max(y.mean(), 0.1))
    alpha = LEAST_ALPHA
    information = ridge
    for turn in range(8):
        mu = np.exp(np.clip(x @ beta, -6, 12))
        weight = mu / (1 + alpha * mu)
        information = x.T @ (x * weight[:, None]) + ridge
        beta = beta + np.linalg.solve(information, x.T @ ((y - mu) * weight / mu) - ridge @ beta)
        if turn >= 2:
            freedom = max(past - 8, 6)
            excess = float((((y - mu) ** 2 - mu) / mu**2).sum() / freedom)
            alpha = max(LEAST_ALPHA, excess)
    mean = np.exp(np.clip(design @ beta, -6, 12))
    half = design @ np.linalg.cholesky(np.linalg.inv(information))
    return mean, half, alpha
