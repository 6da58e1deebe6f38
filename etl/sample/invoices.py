"""Providers invoice late: each its own lag, which drifts, with a holiday dip and a catch-up at the turn of the year."""

from __future__ import annotations

import numpy as np

from etl.sample.streams import stream

#: Longest lag in months; what is still open then is booked at once.
MAX_LAG = 13
#: Booking months of a boekjaar: its twelve months and January-June after it, when the books are closed.
POSITIONS = 18
#: Share of what lies open that providers hurry to send in a booking month, on top of their habit.
CATCH_UP = {12: 0.25, 1: 0.40, 2: 0.20}
HOLIDAY = {7: 0.9, 8: 0.75}


def lag_means(seed: int, base: np.ndarray, years: range) -> np.ndarray:
    """Let the mean lag of each provider drift from year to year.

    Args:
        seed: Seed of the sample.
        base: Mean lag in months per provider.
        years: Years, the first one before all exports.

    Returns:
        Mean lag per provider and year.
    """
    level = np.log(base)
    means = np.empty((len(base), len(years)))
    for j, year in enumerate(years):
        # The pull back to its habit keeps a provider from drifting without end.
        level = level + 0.3 * (np.log(base) - level) + stream(seed, "lag", year).normal(0, 0.13, len(base))
        means[:, j] = np.exp(level)
    return means


def _hazards(mean: np.ndarray) -> np.ndarray:
    """Give per provider the chance to be invoiced at each lag, given not before: a discretised gamma of shape 2."""
    edges = np.arange(MAX_LAG + 2) + 0.35
    x = 2 * edges[None, :] / (mean[:, None] + 0.35)
    survival = np.exp(-x) * (1 + x)
    hazard = 1 - survival[:, 1:] / np.maximum(survival[:, :-1], 1e-12)
    first = 1 - survival[:, :1]
    return np.clip(np.concatenate([first, hazard], axis=1)[:, : MAX_LAG + 1], 0.01, 0.99)


def invoice(seed: int, cost: np.ndarray, means: np.ndarray, years: range, late: dict[int, np.ndarray]) -> np.ndarray:
    """Spread the cost of every month of care over the months in which the invoices are booked.

    Args:
        seed: Seed of the sample.
        cost: Cents per provider, year and month of care (integers).
        means: Mean lag per provider and year.
        years: The years of `cost`.
        late: Provider row -> factor on its mean lag per year and month (a planted event).

    Returns:
        Cents per provider, boekjaar and booking position (0-17: January to June of the next year). What arrives after
        June is booked in the boekjaar of that day; what arrives after the last year is not in it.
    """
    count = cost.shape[0]
    booked = np.zeros((count, len(years), POSITIONS), dtype=np.int64)
    for j, year in enumerate(years):
        noise = stream(seed, "invoice", year).normal(0, 0.22, (count, 12, MAX_LAG + 1))
        for m in range(12):
            mean = means[:, j].copy()
            for row, factor in late.items():
                mean[row] *= factor[j, m]
            _book_month(booked, cost[:, j, m], _hazards(mean), noise[:, m], j, m)
    return booked


def _book_month(booked: np.ndarray, cost: np.ndarray, hazard: np.ndarray, noise: np.ndarray, j: int, m: int) -> None:
    """Book one month of care; rounding is on the cumulative share, so that no cent is lost."""
    share_open = np.ones(len(cost))
    before = np.zeros(len(cost), dtype=np.int64)
    for k in range(MAX_LAG + 1):
        month = (m + k) % 12 + 1
        odds = hazard[:, k] / (1 - hazard[:, k]) * np.exp(noise[:, k]) * HOLIDAY.get(month, 1.0)
        chance = odds / (1 + odds)
        if k > 0:
            chance = chance + (1 - chance) * CATCH_UP.get(month, 0.0)
        share_open = share_open * (1 - chance) if k < MAX_LAG else np.zeros_like(share_open)
        total = np.rint(cost * (1 - share_open)).astype(np.int64)
        amount, before = total - before, total
        position = m + k
        if position < POSITIONS:
            booked[:, j, position] += amount
        elif j + 1 < booked.shape[1]:
            booked[:, j + 1, position - 12] += amount
