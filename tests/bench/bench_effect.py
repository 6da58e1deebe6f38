"""How often an effect is called where there is none, over kinds of noise and lengths, and how often a real one is.

Series that share nothing with the method but the season: independent months, months that hang together, a random walk,
small counts, larger counts with more scatter than chance, and an irregular season.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from indicators.forecast.interrupted import interrupted
from tests.bench.measure import Row

RUNS, REAL = 200, 1.25
LENGTHS = {"48 + 12 months": (48, 12), "36 + 12 months": (36, 12), "24 + 6 months": (24, 6)}
#: 5 % is the aim; a walk that never returns cannot be told from an effect, and is held to twice that and some.
MOST, MOST_WALK = 0.08, 0.14
SEASON = 25 * np.random.default_rng(1).standard_normal(12)
Noise = Callable[[np.random.Generator, np.ndarray], np.ndarray]


def _together(rho: float) -> Noise:
    def make(random: np.random.Generator, course: np.ndarray) -> np.ndarray:
        noise = np.zeros(len(course))
        noise[0] = random.standard_normal() / np.sqrt(1 - rho**2)
        for i in range(1, len(course)):
            noise[i] = rho * noise[i - 1] + random.standard_normal()
        return course + 5 * noise

    return make


KINDS: dict[str, Noise] = {
    "independent months": lambda random, course: course + random.normal(0, 5, len(course)),
    "autocorrelation 0.6": _together(0.6),
    "random walk": lambda random, course: course + np.cumsum(random.normal(0, 2, len(course))),
    "small counts": lambda random, course: random.poisson(course / 8).astype(float),
    "overdispersed counts": lambda random, course: random.poisson(course * random.gamma(20, 1 / 20, len(course))) * 1.0,
    "irregular season": lambda random, course: course + SEASON[np.arange(len(course)) % 12]
    + random.normal(0, 5, len(course)),
}  # fmt: skip


def run(_folder: Path) -> list[Row]:
    """Measure every kind of noise at every length."""
    rows = []
    for length, (before, after) in LENGTHS.items():
        for kind, noise in KINDS.items():
            wrong, found = _share(noise, before, after)
            most = MOST_WALK if kind == "random walk" else MOST
            figure = f"{wrong:.1%} wrong; {found:.0%} of {REAL - 1:.0%} found"
            rows.append(Row(f"effect, {kind}, {length}", figure, f"wrong at most {most:.0%}", bool(wrong <= most)))
    return rows


def _share(noise: Noise, before: int, after: int) -> tuple[float, float]:
    random = np.random.default_rng(20)
    months = np.arange(24_000.0, 24_000.0 + before + after)
    wrong = found = 0
    for _ in range(RUNS):
        t = np.arange(before + after)
        course = 100 + random.normal(0, 3) * t / 12 + 8 * np.sin(2 * np.pi * t / 12 + random.uniform(0, 6))
        values = noise(random, course)
        quiet = interrupted(values, months, 24_000 + before)
        values = np.where(t >= before, values * REAL, values)
        real = interrupted(values, months, 24_000 + before)
        assert quiet and real
        wrong += quiet.low > 0 or quiet.high < 0
        found += real.low > 0
    return wrong / RUNS, found / RUNS
