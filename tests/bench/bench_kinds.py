"""The forecast on kinds of series that nothing was chosen on: against the best baseline, and its coverage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indicators.forecast.backtest import Backtest
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row as SeriesRow
from indicators.forecast.series import to_panel
from tests.bench.measure import Row
from tests.forecast_kinds import KINDS, simulate_kind, simulate_mixed
from tests.forecast_simulation import Line, outturns

SEEDS = range(1, 11)
SHOWN = (3, 6, 9)
#: One file of twenty series scatters by 10 %, ten by about 3 %.
MOST, LEAST_COVERED, MOST_COVERED = 1.03, 72, 90
#: Every series counts the same here; the best baseline of its kind is chosen afterwards.
MIXED, OFF, MIXED_SEEDS = 0.8, 12, (1, 2, 3, 4)


def run(_folder: Path) -> list[Row]:
    """Measure every kind, without and with late bills, and all kinds in one file."""
    kinds = [_row(kind, late) for kind in KINDS for late in (False, True)]
    return [*kinds, *(_mixed(late) for late in (False, True))]


def _mixed(late: bool) -> Row:
    """Every kind in one file: does what is learned from one kind spoil the others, and their bands?"""
    found: dict[str, list[np.ndarray]] = {}
    for seed in MIXED_SEEDS:
        by_kind = simulate_mixed(seed, late)
        lines = [line for of_kind in by_kind.values() for line in of_kind]
        panel = _panel(lines)
        places = {kind: [panel.names.index(n) for n in {line[0] for line in of}] for kind, of in by_kind.items()}
        for _, outturn, said, inside in _judged(panel, lines):
            table = np.column_stack([*(np.abs(s / outturn - 1.0) for s in said), inside])
            for kind, at in places.items():
                found.setdefault(kind, []).append(table[at])
    means = {kind: np.concatenate(tables).mean(axis=0) for kind, tables in found.items()}
    ratio = float(np.exp(np.mean([np.log(m[0] / m[1:4].min()) for m in means.values()])))
    covered = np.array([100 * float(m[4]) for m in means.values()])
    off = float(np.sqrt(np.mean(np.square(covered - 80.0))))
    name = (
        f"all kinds in one file, {'late' if late else 'no late'} bills: error / best baseline; coverage per kind off 80"
    )
    shown = f"{ratio:.2f}; {off:.0f} points ({covered.min():.0f}-{covered.max():.0f} %)"
    return Row(name, shown, f"<= {MIXED}; {OFF}", ratio <= MIXED and off <= OFF)


def _panel(lines: list[Line]) -> Panel:
    return to_panel([SeriesRow(i, *line) for i, line in enumerate(lines)], [])


def _judged(panel: Panel, lines: list[Line]) -> Iterator[tuple[int, np.ndarray, list[np.ndarray], np.ndarray]]:
    """Give peilmaand, outturns, what model and baselines said and what lay in the band, of years with three before."""
    truth = outturns(lines)
    for cut in Backtest(panel).run():
        if cut.year < 3 or cut.peilmaand not in SHOWN:
            continue
        outturn = np.array([truth[name, panel.years[cut.year]] for name in panel.names])
        said = [cut.quantiles[:, 2], *(cut.baselines[b] for b in ("lineair", "vorig_jaar", "begroting"))]
        yield cut.peilmaand, outturn, said, (cut.quantiles[:, 0] <= outturn) & (outturn <= cut.quantiles[:, 4])


def _row(kind: str, late: bool) -> Row:
    found: dict[int, list[np.ndarray]] = {m: [] for m in SHOWN}
    for seed in SEEDS:
        lines = simulate_kind(kind, seed, late)
        for month, outturn, said, inside in _judged(_panel(lines), lines):
            errors = [np.abs(s - outturn).sum() for s in said]
            found[month].append(np.array([*errors, 100 * inside.mean()]))
    ratios = {m: float(np.sum(rows, axis=0)[0] / np.sum(rows, axis=0)[1:4].min()) for m, rows in found.items()}
    covered = float(np.mean([row[4] for rows in found.values() for row in rows]))
    name = f"WAPE / best baseline at 3, 6, 9, {kind}, {'late' if late else 'no late'} bills"
    shown = ", ".join(f"{r:.2f}" for r in ratios.values()) + f"; covered {covered:.0f} %"
    kept = max(ratios.values()) <= MOST and LEAST_COVERED <= covered <= MOST_COVERED
    return Row(name, shown, f"<= {MOST}; {LEAST_COVERED}-{MOST_COVERED} %", kept)
