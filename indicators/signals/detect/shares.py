"""A shift of shares: who refers, or how care is delivered, against the two years before (beta-binomial)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from indicators.signals.detect.series import PAST, Array

#: Corrected chance below which a shift is raised, and its least size as a share of the whole.
ALPHA, LEAST = 0.008, 0.05
#: Lengths of the window in months; the newest months against the PAST before the longest.
WINDOWS = (3, 6, 9, 12)
#: Shares scatter at least so much more than drawing lots; ordinary difference between two years.
LEAST_SCATTER, YEAR_SD = 1.1, 0.012


@dataclass(frozen=True)
class Shift:
    """A shift: which part, since which month, its share before and now, its number and how likely it is chance."""

    part: int
    start: int
    before: float
    now: float
    count: float
    p: float


def share_shift(counts: Array) -> Shift | None:
    """Find the shift in shares that is least likely to be chance.

    Args:
        counts: [month, part], oldest first.

    Returns:
        The shift, or None when there is none or too little past to tell.
    """
    months, parts = counts.shape
    longest = max(WINDOWS)
    if months < PAST + longest or parts < 2:
        return None
    base = counts[-(PAST + longest) : -longest]
    total = float(base.sum())
    if total < 60:
        return None
    share = (base.sum(axis=0) + 0.5) / (total + 0.5 * parts)
    scatter = _scatter(base, share)
    best: Shift | None = None
    for window in WINDOWS:
        seen = counts[-window:].sum(axis=0)
        n = float(seen.sum())
        if n < 10:
            continue
        for part in range(parts):
            k, before = float(seen[part]), float(share[part])
            spread = before * (1 - before) * scatter * (1 / n + 1 / total) + YEAR_SD**2
            p = min(1.0, 2 * tail(k, n, before, spread) * parts**0.5 * len(WINDOWS) ** 0.5)
            if abs(k / n - before) >= LEAST and (best is None or p < best.p):
                best = Shift(part, months - window, before, k / n, k, p)
    return best if best and best.p <= ALPHA else None


def _scatter(base: Array, share: Array) -> float:
    """How much more the shares of a quarter scatter than by drawing lots: 1 = no more."""
    quarters = base.reshape(-1, 3, base.shape[1]).sum(axis=1)
    expected = quarters.sum(axis=1, keepdims=True) * share
    squares = float(((quarters - expected) ** 2 / np.maximum(expected, 0.5)).sum())
    return max(LEAST_SCATTER, squares / ((len(quarters) - 1) * max(base.shape[1] - 1, 1)))


def tail(k: float, n: float, share: float, variance: float) -> float:
    """Chance of k or further out of n, by a beta-binomial law with this variance of the share."""
    even = share * (1 - share) / n
    rho = min(max((variance / even - 1) / max(n - 1, 1), 1e-6), 0.9)
    strength = (1 - rho) / rho
    a, b = share * strength, (1 - share) * strength
    count = np.arange(k, n + 1) if k > n * share else np.arange(0, k + 1)
    ways = special.gammaln(n + 1) - special.gammaln(count + 1) - special.gammaln(n - count + 1)
    return float(np.exp(ways + special.betaln(count + a, n - count + b) - special.betaln(a, b)).sum())
