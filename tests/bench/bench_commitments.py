"""What open commitments bring to the forecast, and cost where they are kept badly, on more seeds than tests take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from indicators.forecast.backtest import Backtest
from indicators.forecast.commitments import with_commitments
from indicators.forecast.panel import Array
from tests.bench.measure import Row
from tests.support.commitment_world import YEARS, World, world
from tests.unit.test_forecast_commitments import wape

SEEDS = range(21, 27)
MONTHS = (1, 3, 6, 9)
#: Case -> part of every series that is never committed, what is delivered, first year judged, and the most allowed.
CASES: dict[str, tuple[float, Callable[[World, int], Array], int, float]] = {
    "all is granted": (0.0, lambda made, _: made.committed, 3, 0.95),
    "half is never committed": (0.5, lambda made, _: made.committed, 3, 1.0),
    "nine tenths are never committed": (0.9, lambda made, _: made.committed, 3, 1.02),
    "never let go": (0.5, lambda made, _: np.maximum.accumulate(made.committed, axis=2), 3, 1.03),
    "of another world": (0.5, lambda _, seed: world(seed + 100, care=0.5).committed, 3, 1.03),
    "half of them no longer kept, first year": (0.5, lambda made, _: _halved(made.committed), YEARS - 1, 1.3),
}


def run(_: Path) -> list[Row]:
    """Error with commitments / without, in January, March, June and September together."""
    rows = []
    for case, (care, delivered, first, most) in CASES.items():
        ratios = []
        for seed in SEEDS:
            made = world(seed, care)
            cuts = Backtest(made.panel).run()
            moved = with_commitments(cuts, made.panel, delivered(made, seed))
            ratios.append(wape(made, moved, MONTHS, first) / wape(made, cuts, MONTHS, first))
        mean = float(np.mean(ratios))
        shown = f"{mean:.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
        rows.append(Row(f"error with / without commitments: {case}", shown, f"<= {most}", mean <= most))
    return rows


def _halved(committed: Array) -> Array:
    half = committed.copy()
    half[:, -1] *= 0.5
    return half
