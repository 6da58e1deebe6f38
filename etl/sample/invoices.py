"""Providers invoice late: each its own lag, which drifts, with a holiday dip and a catch-up at the turn of the year."""

from __future__ import annotations

import numpy as np

from etl.sample.streams import stream

#: Longest lag in months; what is still open then is booked at once.
MAX_LAG = 13
#: Lags that are told apart: the longest one, and three months in which it may be put right.
LAGS = MAX_LAG + 4
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


def arrivals(
    seed: int, means: np.ndarray, years: range, late: dict[int, np.ndarray], afterwards: np.ndarray
) -> np.ndarray:
    """Say which part of a month of care has come in by when.

    Args:
        seed: Seed of the sample.
        means: Mean lag per provider and year.
        years: The years of care.
        late: Provider row -> factor on its mean lag per year and month (a planted event).
        afterwards: Whether a provider declares a month of care only after it has ended.

    Returns:
        Provider, year, month of care and lag -> share that has come in; at the longest lag all of it.
    """
    count = means.shape[0]
    shares = np.ones((count, len(years), 12, MAX_LAG + 1))
    for j, year in enumerate(years):
        noise = stream(seed, "invoice", year).normal(0, 0.22, (count, 12, MAX_LAG + 1))
        for m in range(12):
            mean = means[:, j].copy()
            for row, factor in late.items():
                mean[row] *= factor[j, m]
            hazard = _hazards(mean)
            # What would have come in during the month comes in with what the first month after it brings.
            hazard[afterwards, 1] = 1 - (1 - hazard[afterwards, 0]) * (1 - hazard[afterwards, 1])
            hazard[afterwards, 0] = 0
            shares[:, j, m] = _shares(hazard, noise[:, m], m)
    return shares


def _shares(hazard: np.ndarray, noise: np.ndarray, m: int) -> np.ndarray:
    """Give per provider the share of one month of care that has come in by each lag."""
    share_open = np.ones(len(hazard))
    shares = np.ones_like(hazard)
    for k in range(MAX_LAG):
        month = (m + k) % 12 + 1
        odds = hazard[:, k] / (1 - hazard[:, k]) * np.exp(noise[:, k]) * HOLIDAY.get(month, 1.0)
        chance = odds / (1 + odds)
        if k > 0:
            chance = chance + (1 - chance) * CATCH_UP.get(month, 0.0)
        share_open = share_open * (1 - chance)
        shares[:, k] = 1 - share_open
    return shares


def invoice(cost: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Spread the cost of every month of care over the months in which the invoices come in.

    Args:
        cost: Cents per provider, year and month of care (integers).
        shares: The result of `arrivals`.

    Returns:
        Cents per provider, year, month of care and lag up to LAGS; no cent is lost, since rounding is on what has come
        in so far.
    """
    total = np.rint(cost[..., None] * shares).astype(np.int64)
    detail = np.zeros((*cost.shape, LAGS), dtype=np.int64)
    detail[..., : MAX_LAG + 1] = np.diff(total, axis=-1, prepend=0)
    return detail


def book(detail: np.ndarray) -> np.ndarray:
    """Book what came in.

    Args:
        detail: Cents per provider, year, month of care and lag.

    Returns:
        Cents per provider, boekjaar and booking position (0-17: January to June of the next year). What comes in after
        June is booked in the boekjaar of that day; what comes in after the last year is not in it.
    """
    count, years = detail.shape[:2]
    booked = np.zeros((count, years, POSITIONS), dtype=np.int64)
    for m in range(12):
        for k in range(detail.shape[3]):
            position = m + k
            if position < POSITIONS:
                booked[:, :, position] += detail[:, :, m, k]
            else:
                booked[:, 1:, position - 12] += detail[:, :-1, m, k]
    return booked
