"""The table of docs/prognose.md: the forecast on every kind of series, on files that nothing was chosen on.

`python -m tests.bench.kinds_table` prints it; it takes some minutes, and is no promise: `bench_kinds` is.
"""

from __future__ import annotations

import sys

import numpy as np

from indicators.forecast.backtest import Backtest
from indicators.forecast.series import Row as SeriesRow
from indicators.forecast.series import to_panel
from tests.forecast_kinds import KINDS, simulate_kind
from tests.forecast_simulation import WANDER, Line, outturns, simulate

SEEDS = range(131, 141)
SHOWN, MONTHS, LEARNED = (3, 6, 9), range(1, 12), 3
NAMES = {
    "wandelend": "random walk",
    "sprong": "level steps",
    "seizoen": "strong season",
    "grillig": "erratic (gamma of shape 2)",
    "termijnen": "quarterly instalments",
}
COLUMNS = ("series", "late", "WAPE month 3, 6, 9", "/ best baseline", "/ linear", "bias month 6, 9 (s.e.)")
COLUMNS += ("coverage months 1-11", "s.e.", "width 3, 6, 9")


def main() -> None:
    """Print the table as Markdown."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    lines += [row(kind, late) for late in (False, True) for kind in (*WANDER, *KINDS)]
    sys.stdout.write("\n".join(lines) + "\n")


def row(kind: str, late: bool) -> str:
    """Forecast all files of a kind and give its row; a file's year is a cluster, since its series share shocks."""
    found: dict[int, list[list[float]]] = {m: [] for m in MONTHS}
    for seed in SEEDS:
        lines = simulate(seed, kind, late) if kind in WANDER else simulate_kind(kind, seed, late)
        for month, figures in _of_file(lines):
            found[month].append(figures)
    tables = {m: np.array(rows) for m, rows in found.items()}
    sums = {m: t.sum(axis=0) for m, t in tables.items()}
    wape = [f"{100 * sums[m][1] / sums[m][0]:.1f}" for m in SHOWN]
    best = [f"{sums[m][1] / sums[m][2:5].min():.2f}" for m in SHOWN]
    linear = [f"{sums[m][1] / sums[m][2]:.2f}" for m in SHOWN]
    bias = [f"{100 * sums[m][5] / sums[m][0]:+.1f} ({_error(tables[m]):.1f})" for m in SHOWN[1:]]
    covered = [f"{100 * tables[m][:, 6].mean():.0f}" for m in MONTHS]
    scatter = np.mean([100 * tables[m][:, 6].std(ddof=1) / np.sqrt(len(tables[m])) for m in MONTHS])
    width = [f"{100 * sums[m][7] / sums[m][0]:.1f}" for m in SHOWN]
    cells = [NAMES.get(kind, kind), "yes" if late else "no", *map(", ".join, (wape, best, linear, bias))]
    return f"| {' | '.join([*cells, ' '.join(covered), f'{scatter:.1f}', ', '.join(width)])} |"


def _of_file(lines: list[Line]) -> list[tuple[int, list[float]]]:
    """Peilmaand, and of that cut: outturn, errors of model and three baselines, bias, part covered and width."""
    panel, truth = to_panel([SeriesRow(i, *line) for i, line in enumerate(lines)], []), outturns(lines)
    result = []
    for cut in Backtest(panel).run():
        if cut.year < LEARNED or cut.peilmaand not in MONTHS:
            continue
        outturn = np.array([truth[name, panel.years[cut.year]] for name in panel.names])
        said = [cut.quantiles[:, 2], *(cut.baselines[b] for b in ("lineair", "vorig_jaar", "begroting"))]
        inside = (cut.quantiles[:, 0] <= outturn) & (outturn <= cut.quantiles[:, 4])
        errors = [float(np.abs(s - outturn).sum()) for s in said]
        lean, width = (said[0] - outturn).sum(), (cut.quantiles[:, 4] - cut.quantiles[:, 0]).sum()
        result.append((cut.peilmaand, [float(outturn.sum()), *errors, float(lean), float(inside.mean()), float(width)]))
    return result


def _error(table: np.ndarray) -> float:
    """Standard error of the bias in per cent: of a ratio of sums over clusters."""
    ratio = table[:, 5].sum() / table[:, 0].sum()
    left = table[:, 5] - ratio * table[:, 0]
    return float(100 * np.sqrt(len(left) * left.var(ddof=1)) / table[:, 0].sum())


if __name__ == "__main__":
    main()
