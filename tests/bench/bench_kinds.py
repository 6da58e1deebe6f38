"""The forecast on kinds of series that nothing was chosen on: against the best baseline, and its coverage."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indicators.forecast.backtest import Backtest
from indicators.forecast.series import Row as SeriesRow
from indicators.forecast.series import to_panel
from tests.bench.measure import Row
from tests.forecast_kinds import KINDS, simulate_kind
from tests.forecast_simulation import outturns

SEEDS = (1, 2)
SHOWN = (3, 6, 9)
#: Two files of twenty series scatter by some points.
MOST, LEAST_COVERED = 1.1, 66


def run(_folder: Path) -> list[Row]:
    """Measure every kind, without and with late bills."""
    return [_row(kind, late) for kind in KINDS for late in (False, True)]


def _row(kind: str, late: bool) -> Row:
    found: dict[int, list[np.ndarray]] = {m: [] for m in SHOWN}
    for seed in SEEDS:
        lines = simulate_kind(kind, seed, late)
        truth, panel = outturns(lines), to_panel([SeriesRow(i, *line) for i, line in enumerate(lines)], [])
        for cut in Backtest(panel).run():
            if cut.year < 3 or cut.peilmaand not in SHOWN:
                continue
            outturn = np.array([truth[name, panel.years[cut.year]] for name in panel.names])
            said = [cut.quantiles[:, 2], *(cut.baselines[b] for b in ("lineair", "vorig_jaar", "begroting"))]
            inside = (cut.quantiles[:, 0] <= outturn) & (outturn <= cut.quantiles[:, 4])
            errors = [np.abs(s - outturn).sum() for s in said]
            found[cut.peilmaand].append(np.array([*errors, 100 * inside.mean()]))
    ratios = {m: float(np.sum(rows, axis=0)[0] / np.sum(rows, axis=0)[1:4].min()) for m, rows in found.items()}
    covered = float(np.mean([row[4] for rows in found.values() for row in rows]))
    name = f"WAPE / best baseline at 3, 6, 9, {kind}, {'late' if late else 'no late'} bills"
    shown = ", ".join(f"{r:.2f}" for r in ratios.values()) + f"; covered {covered:.0f} %"
    kept = max(ratios.values()) <= MOST and LEAST_COVERED <= covered <= 94
    return Row(name, shown, f"<= {MOST}; {LEAST_COVERED}-94 %", kept)
