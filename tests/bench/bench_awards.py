"""What running awards bring to the forecast, and cost where they mean nothing, over more seeds than the tests take."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from indicators.forecast.awards import with_awards
from indicators.forecast.backtest import Backtest
from tests.bench.measure import Row
from tests.unit.test_forecast_awards import YEARS, wape, world

SEEDS = range(21, 29)
CASES = {
    "bills follow the awards": ("<= 0.85", 0.85),
    "awards of another world": ("<= 1.03", 1.03),
    "a fifth leaves the register, first year": ("<= 1.5", 1.5),
}


def run(_: Path) -> list[Row]:
    """Error with awards / without, in March, June and September together; and what it takes."""
    ratios: dict[str, list[float]] = {case: [] for case in CASES}
    took = 0.0
    for seed in SEEDS:
        made = world(seed)
        cuts = Backtest(made.panel).run()
        cleaned = made.value.copy()
        cleaned[:, -1] *= 0.8
        for case, value in zip(CASES, (made.value, world(seed + 100).value, cleaned), strict=True):
            first = YEARS - 1 if value is cleaned else 3
            start = time.perf_counter()
            moved = with_awards(cuts, made.panel, value)
            took = max(took, time.perf_counter() - start)
            ratios[case].append(wape(made, moved, first=first) / wape(made, cuts, first=first))
    rows = []
    for case, (promise, most) in CASES.items():
        mean = float(np.mean(ratios[case]))
        shown = f"{mean:.2f} ({min(ratios[case]):.2f}-{max(ratios[case]):.2f})"
        rows.append(Row(f"error with / without awards: {case}", shown, promise, mean <= most))
    rows.append(Row(f"moving {YEARS} years to the awards", f"{took:.2f} s", "<= 1 s", took <= 1.0))
    return rows
