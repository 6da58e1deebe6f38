"""The forecast when billing habits change at once, in a quarter of the series or in all: bias, and coverage."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indicators.forecast.backtest import Backtest
from tests.bench.measure import Row
from tests.forecast_habits import HABITS, PAUSE, Billed, bill

SEEDS = range(31, 35)
#: Months since the change that are judged; two months of bills that do not come cannot be told from care that stops.
FROM, TO = 3, 12
MOST_BIAS, COVERED = 1.5, (70, 92)


def run(_folder: Path) -> list[Row]:
    """Measure every habit, one that all series take at once, and one that is left."""
    rows = [_row(f"{habit}, a quarter of the series", [bill(seed, habit) for seed in SEEDS]) for habit in HABITS]
    rows.append(_row("a month later, all series at once", [bill(seed, "a month later", part=1.0) for seed in SEEDS]))
    rows.append(_row(f"after {PAUSE}", [bill(seed, PAUSE) for seed in SEEDS]))
    rows.append(_row("no longer once a quarter", [bill(seed, "once a quarter", before=True) for seed in SEEDS]))
    return rows


def judge(made: Billed, least: int, most: int) -> np.ndarray:
    """Give relative error, and whether the band held the outturn, of forecasts so many months after a change."""
    found = []
    for cut in Backtest(made.panel).run():
        since = cut.year * 12 + cut.peilmaand - 1 - made.start
        at = cut.usable & (since >= least) & (since <= most) & (cut.year >= 3) & (cut.peilmaand < 12)
        outturn, said = made.truth[at, cut.year], cut.quantiles[at]
        inside = (said[:, 0] <= outturn) & (outturn <= said[:, 4])
        found.append(np.column_stack([said[:, 2] / outturn - 1.0, inside]))
    return np.concatenate(found)


def _row(what: str, files: list[Billed]) -> Row:
    found = np.concatenate([judge(made, FROM, TO) for made in files])
    bias, covered = 100 * found.mean(axis=0)
    kept = abs(bias) <= MOST_BIAS and COVERED[0] <= covered <= COVERED[1]
    shown = f"bias {bias:+.1f} %, covered {covered:.0f} %"
    promise = f"within {MOST_BIAS} %, {COVERED[0]}-{COVERED[1]} %"
    return Row(f"bills {what}: {FROM} to {TO} months after", shown, promise, bool(kept))
