"""A ledger of subsidies, contracts and care, with the commitments that are open at each month's end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.panel import Array, Panel, forward_fill

YEARS, SERIES = 8, 12


@dataclass(frozen=True)
class World:
    """Bookings of every month and what is committed and not yet booked at its end.

    Attributes:
        panel: The series; booked in the month, final at once.
        committed: [series, year, 12] open commitments, euros.
        outturn: [series, year] euros.
    """

    panel: Panel
    committed: Array
    outturn: Array


def world(seed: int, care: float = 0.0, lapse: float = 0.03) -> World:
    """Draw grants that come and go each year, are paid in instalments, and now and then lapse in part.

    Args:
        seed: Of the random numbers.
        care: Part of every series that is never committed and wanders.
        lapse: Part of the commitments that never becomes a bill and is let go in December.
    """
    random = np.random.default_rng([seed, 70])
    booked, committed = np.zeros((2, SERIES, YEARS, 12))
    for s in range(SERIES):
        size = float(np.exp(random.normal(13.0, 0.8)))
        # Three in four were there last year; the council decides anew what they get.
        grants = list(random.dirichlet(np.ones(8)) * size)
        habits = [_habit(random) for _ in grants]
        level = np.cumsum(random.normal(0.002, 0.03, YEARS * 12)).reshape(YEARS, 12)
        for y in range(YEARS):
            for g in range(len(grants)):
                if random.random() < 0.15:
                    grants[g], habits[g] = size / 8 * float(random.gamma(2.0, 0.5)), _habit(random)
                grants[g] *= float(np.exp(random.normal(0.02, 0.06)))
                granted, months = habits[g]
                amount = (1.0 - care) * grants[g]
                paid = np.zeros(12)
                paid[months] = amount / len(months) * (1.0 - lapse * float(random.exponential(1.0)))
                booked[s, y] += paid
                still = amount - np.cumsum(paid)
                committed[s, y, granted:11] += np.maximum(still, 0.0)[granted:11]
            noise = np.exp(level[y] + random.normal(0, 0.05, 12))
            booked[s, y] += care * size / 12 * noise
    return World(_panel(booked, random), committed, booked.sum(axis=2))


def _habit(random: np.random.Generator) -> tuple[int, NDArray[np.int_]]:
    """Month in which a grant is committed, and the months in which it is paid."""
    granted = int(random.choice([0, 0, 0, 1, 2, 4]))
    every = int(random.choice([1, 3, 6]))
    months = np.arange(granted, 12, every)
    return granted, months


def _panel(booked: Array, random: np.random.Generator) -> Panel:
    amounts = np.full((SERIES, YEARS, 13, 18), np.nan)
    for k in range(12):
        amounts[:, :, k, k] = booked[:, :, k]
    amounts[:, :, 12, 12:] = 0.0
    total = booked.sum(axis=2)
    before = np.concatenate([total[:, :1], total[:, :-1]], axis=1)
    budget = np.repeat((before * np.exp(0.05 * random.standard_normal(before.shape)))[:, :, None], 18, axis=2)
    groups = [f"wet{i % 2}" for i in range(SERIES)]
    names = [f"r{i}" for i in range(SERIES)]
    return Panel(names, groups, [2018 + y for y in range(YEARS)], forward_fill(amounts), budget)
