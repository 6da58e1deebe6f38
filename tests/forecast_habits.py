"""Bills of which the habit changes at once: a simulator for tests of the forecast, that knows nothing of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indicators.forecast.panel import MONTHS, Panel

Array = np.ndarray
LAGS, FIRST = 18, 2015


@dataclass(frozen=True)
class Billed:
    """Series with bills.

    Attributes:
        panel: As delivered every month.
        truth: [series, year] what the year will have cost.
        start: [series] month of care from which bills come otherwise; far away for series that keep their habits.
    """

    panel: Panel
    truth: Array
    start: Array


def _delayed(parts: Array, months: int) -> Array:
    return np.concatenate([np.zeros(months), parts])[: len(parts)]


def _half_as_fast(parts: Array, _month: int) -> Array:
    known = np.interp((np.arange(len(parts)) + 1) / 2.0, np.arange(len(parts) + 1), np.append(0.0, np.cumsum(parts)))
    return np.diff(known, prepend=0.0)


def _sooner(parts: Array, _month: int) -> Array:
    return np.concatenate([[parts[0] + parts[1]], parts[2:], [0.0]])


def _held_up(parts: Array, wait: int) -> Array:
    """Two months nothing is booked, then all at once; `wait` months after the month of care it begins."""
    held = parts.copy()
    for lag in (wait, wait + 1):
        if 0 <= lag < len(parts):
            held[wait + 2] += held[lag]
            held[lag] = 0.0
    return held


PAUSE = "a pause of two months"
#: Name -> bills [lag] of a month of care with the new habit, from those with the old one.
HABITS: dict[str, Callable[[Array, int], Array]] = {
    "a month later": lambda parts, _: _delayed(parts, 1),
    "two months later": lambda parts, _: _delayed(parts, 2),
    "a month sooner": _sooner,
    "half as fast": _half_as_fast,
    "once a quarter": lambda parts, month: _delayed(parts, 2 - month % 3),
}


def bill(
    seed: int, habit: str | None, part: float = 0.25, series: int = 20, years: int = 8, before: bool = False
) -> Billed:
    """Draw costs that wander, and bills over about half a year that change habit in a part of the series.

    Args:
        seed: Of the draws; another habit leaves the costs as they are.
        habit: One of HABITS, or PAUSE; None: nothing changes.
        part: Part of the series that changes; from a month of its own, or all from the same month where it is 1.
        series: How many.
        years: How many.
        before: The habit is the old one, and is left.
    """
    random, choice = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    n = years * 12
    level = np.cumsum(random.normal(0, 0.012, (series, n)), axis=1) + np.repeat(
        random.normal(0.03, 0.02, years).cumsum(), 12
    )
    season = 0.1 * np.sin((np.arange(n) + random.uniform(0, 12, (series, 1))) * np.pi / 6)
    cost = np.exp(random.normal(11, 1, (series, 1)) + level + season + random.normal(0, 0.05, (series, n)))
    usual = np.exp(-np.arange(7) / random.uniform(0.9, 1.8, (series, 1)))
    parts = usual[:, None] * np.exp(random.normal(0, 0.12, (series, n, 7)))
    bills = np.zeros((series, n, LAGS))
    bills[:, :, :7] = parts / parts.sum(axis=2, keepdims=True)
    start = np.full(series, n + 99)
    chosen = choice.permutation(series)[: int(part * series)]
    if habit:
        start[chosen] = choice.integers(48, n - 6, len(chosen) if part < 1 else 1)
    for s in chosen if habit else ():
        for m in range(n):
            if habit == PAUSE:
                bills[s, m] = _held_up(bills[s, m], int(start[s]) - m) if start[s] - m < LAGS - 2 else bills[s, m]
            elif (m >= start[s]) != before:
                bills[s, m] = HABITS[str(habit)](bills[s, m], m)
    return Billed(_panel(cost[:, :, None] * bills, cost), cost.reshape(series, years, 12).sum(axis=2), start)


def _panel(bills: Array, cost: Array) -> Panel:
    series, n, _ = bills.shape
    years, ages = n // 12, 24
    known = np.pad(bills, ((0, 0), (0, 0), (0, ages - LAGS))).cumsum(axis=2).reshape(series, years, 12, ages)
    amounts = np.full((series, years, MONTHS, ages), np.nan)
    for k in range(12):
        amounts[:, :, k, k:] = known[:, :, k, : ages - k]
    budgets = np.repeat(cost.reshape(series, years, 12).sum(axis=2)[:, :, None], ages, axis=2)
    budgets = np.concatenate([budgets[:, :1], budgets[:, :-1]], axis=1)
    names = [f"reeks {i:02d}" for i in range(series)]
    return Panel(names, [f"groep {i % 3}" for i in range(series)], list(range(FIRST, FIRST + years)), amounts, budgets)
