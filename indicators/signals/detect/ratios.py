"""A break in what is declared for the same care: each month against the same month a year before, at the same age.

Declarations come late, so a month is only comparable with an earlier month that was as old then. The yearly difference
of the logarithm takes out the season; months of the same age before the window say how much it scatters.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from indicators.signals.detect.series import SHORTEST, WINDOW, Array, Break

#: Chance, corrected for the looks of one month, below which a break is raised; least size of a break.
ALPHA, LEAST = 0.010, 0.03
#: Ordinary difference between two years: contracts and use differ a little without anything being the matter.
YEAR_SD = 0.012
#: Yearly differences needed before the window.
PAST = 10


def ratio_break(
    ratio: Array,
    ages: tuple[int, ...],
    looks: int = 1,
    year_sd: float = YEAR_SD,
    shortest: int = SHORTEST,
) -> Break | None:
    """Find a break in a ratio that is known per month and age, in the newest WINDOW months with a known ratio.

    Args:
        ratio: [month, age]: the ratio of a month as it was known at that age in months; nan where not known yet.
        ages: Ages to use, youngest first; of each month the oldest known one counts.
        looks: Series that are looked at together: so many times more often one of them is odd by chance.
        year_sd: Ordinary difference between two years (log scale).
        shortest: Months that a break lasts at least.

    Returns:
        The break, with the mean ratio since the start as observed (1 = as usual) and 1 as expected; None when there is
        none or too little past to tell.
    """
    log = np.log(np.where(ratio > 0, ratio, np.nan))
    yearly = np.full_like(log, np.nan)
    yearly[12:] = log[12:] - log[:-12]
    n = int(np.flatnonzero(np.isfinite(ratio[:, ages[0]])).max(initial=-1)) + 1
    past = max(n - WINDOW, 12 + PAST)
    if n - past < shortest:
        return None
    value, noise = np.full(n, np.nan), np.full(n, np.nan)
    for m in range(past, n):
        usable = [a for a in ages if np.isfinite(yearly[m, a])]
        if not usable:
            continue
        before = yearly[12:past, usable[-1]]
        before = before[np.isfinite(before)]
        if len(before) < PAST:
            continue
        usual = float(np.median(before)) * len(before) / (len(before) + 6)
        value[m] = yearly[m, usable[-1]] - usual
        noise[m] = max(float(np.sqrt(((before - usual) ** 2).sum() / (len(before) - 1))), 0.005)
    return _search(value, noise, (past, n), looks, year_sd, shortest)


def _search(
    value: Array, noise: Array, span: tuple[int, int], series: int, year_sd: float, shortest: int
) -> Break | None:
    past, n = span
    looks = n - past - shortest + 1
    best: Break | None = None
    for start in range(past, n - shortest + 1):
        here = np.isfinite(value[start:n])
        if here.sum() < shortest:
            continue
        weight = noise[start:n][here] ** -2.0
        mean = float((weight * value[start:n][here]).sum() / weight.sum())
        error = np.sqrt(1 / weight.sum() * (1 + here.sum() / (past - 12)) + year_sd**2)
        p = min(1.0, float(2 * special.stdtr(past - 13, -(abs(mean) / error))) * looks**0.5 * series)
        if best is None or p < best.p:
            best = Break(start, float(np.exp(mean)), 1.0, p)
    if best is None or best.p > ALPHA or abs(best.observed - 1) < LEAST:
        return None
    return best
