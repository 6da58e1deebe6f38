"""More kinds of monthly cost series, on which nothing of the forecast was chosen: for measuring it (make bench)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.forecast_simulation import LATE, WANDER, Line, month_end, simulate

Array = np.ndarray
FIRST = 2014
#: Years that both simulators draw.
MIXED = (2015, 2021)


def mid_year_steps(random: np.random.Generator, series: int, years: int) -> Array:
    """A growing level that in half of the years jumps by about 20 % in some month."""
    level = np.zeros((series, years * 12))
    for s in range(series):
        for y in range(years):
            level[s, y * 12 :] += random.normal(0.03, 0.02)
            if random.random() < 0.5:
                level[s, y * 12 + random.integers(2, 11) :] += random.normal(0, 0.2)
    return np.exp(level + random.normal(0, 0.05, level.shape))


def quarterly_bills(random: np.random.Generator, series: int, years: int) -> Array:
    """Monthly, billed after the quarter (sometimes a month late), advances with a settlement, or a change of rhythm."""
    months = years * 12
    base = np.exp(np.cumsum(random.normal(0.003, 0.012, (series, months)), axis=1))
    cost = np.zeros_like(base)
    for s in range(series):
        changes = int(random.integers(3, years)) * 12 if s % 4 == 3 else (months if s % 4 == 0 else 0)
        cost[s, :changes] = base[s, :changes]
        for q in range(changes, months, 3):
            if s % 4 == 2:
                cost[s, q] += 2.85 * base[s, q // 12 * 12]
                cost[s, q // 12 * 12 + 11] += base[s, q : q + 3].sum() - 2.85 * base[s, q // 12 * 12]
            else:
                late = int(s % 4 == 1 and random.random() < 0.12)
                cost[s, min(q + 2 + late, months - 1)] += base[s, q : q + 3].sum()
    return cost


def heavy_clients(random: np.random.Generator, series: int, years: int) -> Array:
    """A few clients at a time, who stay about fourteen months, at prices with a heavy tail."""
    cost = np.ones((series, years * 12))
    for s in range(series):
        rate = random.integers(8, 80) / 14
        for start in range(-30, years * 12):
            for _ in range(random.poisson(rate)):
                stay, price = random.geometric(1 / 14), min(2000 * (1 + random.pareto(1.8)), 60_000)
                cost[s, max(start, 0) : max(start + stay, 0)] += price
    return cost


def broken_growth(random: np.random.Generator, series: int, years: int) -> Array:
    """Growth of about 9 % a year that turns into -4 % around the same moment everywhere."""
    months = np.arange(years * 12)
    turn = random.integers(36, (years - 1) * 12)
    pace = np.where(months < turn + random.integers(-8, 9, (series, 1)), 0.09, -0.04) / 12
    return np.exp(np.cumsum(pace + random.normal(0, 0.008, pace.shape), axis=1) + random.normal(0, 0.06, pace.shape))


def moving_payments(random: np.random.Generator, series: int, years: int) -> Array:
    """Instalments of 40, 40 and 20 %, one payment in March, April or May, or every month."""
    cost = np.zeros((series, years * 12))
    for s in range(series):
        for y, size in enumerate(np.exp(np.cumsum(random.normal(0.03, 0.04, years)))):
            year = cost[s, y * 12 : y * 12 + 12]
            if s % 3 == 0:
                year[[0, 6, 10]] = size * np.array([0.4, 0.4, 0.2 * (1 + random.normal(0, 0.2))])
            elif s % 3 == 1:
                year[2 + int(random.integers(0, 3))] = size
            else:
                year[:] = size / 12 * np.exp(random.normal(0, 0.1, 12))
    return cost


KINDS: dict[str, Callable[[np.random.Generator, int, int], Array]] = {
    "steps in mid year": mid_year_steps,
    "quarterly bills": quarterly_bills,
    "few clients, heavy tails": heavy_clients,
    "growth that breaks": broken_growth,
    "payments that move": moving_payments,
}


def simulate_kind(kind: str, seed: int, late: bool, series: int = 20, years: int = 8) -> list[Line]:
    """Draw a file of one kind, in three groups, with budgets from last year, and bills late or not."""
    random = np.random.default_rng([seed, list(KINDS).index(kind)])
    cost = np.exp(random.normal(11.0, 1.0, (series, 1))) * KINDS[kind](random, series, years)
    lines: list[Line] = []
    for s, of in enumerate(cost):
        pattern = np.array(LATE) * np.exp(random.normal(0, 0.15, len(LATE)))
        for y in range(years):
            budget = round(float(of[max(y - 1, 0) * 12 :][:12].sum() * np.exp(random.normal(-0.01, 0.07))), 2)
            for m in range(1, 13):
                key = (f"reeks {s:02d}", f"groep {s % 3}", FIRST + y, m)
                billed = pattern * np.exp(random.normal(0, 0.1, len(LATE)))
                shares = np.cumsum(billed / billed.sum()) if late else [1.0]
                for lag, share in enumerate(shares):
                    amount = round(float(of[y * 12 + m - 1] * share), 2)
                    lines.append((*key, month_end(FIRST + y, m + lag), amount, budget))
    return lines


def simulate_mixed(seed: int, late: bool, each: int = 4) -> dict[str, list[Line]]:
    """Draw one file in which every kind stands beside the others, in three groups across kinds; kind -> its lines."""
    found: dict[str, list[Line]] = {}
    for q, kind in enumerate([*WANDER, *KINDS]):
        own = 100 * seed + q
        drawn = simulate(own, kind, late, each) if kind in WANDER else simulate_kind(kind, own, late, each)
        for reeks, _, year, *rest in drawn:
            if MIXED[0] <= year <= MIXED[1]:
                place = q * each + int(reeks.split()[1])
                found.setdefault(kind, []).append((f"reeks {place:02d}", f"groep {place % 3}", year, *rest))
    return found
