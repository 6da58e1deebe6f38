"""The backtest of a large file, and the forecast of all onderdelen with the draws for their sums."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from indicators.forecast.backtest import Backtest
from indicators.forecast.report import backtest_rows
from indicators.forecast.series import read_series, to_panel
from indicators.forecast.simulate import normal_draws, outcomes
from tests.bench.measure import Row
from tests.forecast_simulation import simulate, write
from tests.unit.test_forecast_accuracy import bias, covered, measure, pooled

SERIES, YEARS, DRAWS = 60, 8, 20_000
SEEDS = tuple(range(41, 47))


def run(folder: Path) -> list[Row]:
    """Time both on a file with late bookings, and measure coverage over more seeds than the tests do."""
    source = write(folder / "reeksen.csv", simulate(1, late=True, series=SERIES, years=YEARS))
    start = time.perf_counter()
    file = read_series(source)
    panel = to_panel(file.rows, [])
    read = time.perf_counter() - start
    start = time.perf_counter()
    lines, _ = backtest_rows(panel)
    whole = time.perf_counter() - start
    last = Backtest(panel).run((YEARS - 1, 6))[-1]
    start = time.perf_counter()
    drawn = outcomes(last.quantiles, normal_draws(1, DRAWS, SERIES, last.common))
    np.percentile(drawn.sum(axis=1), [10, 25, 50, 75, 90])
    draws = time.perf_counter() - start
    # One more cut is what a new month costs, once the years before have been walked through.
    cut = whole / len(panel.years) / 12
    rows = [
        Row(f"backtest {SERIES} series x {YEARS} years x 12 months", f"{whole:.1f} s", "<= 60 s", whole <= 60),
        Row("reading its file", f"{read:.1f} s ({len(file.rows):,} rows)", "-", bool(lines)),
        Row(f"{SERIES} onderdelen x {DRAWS:,} draws", f"{cut + draws:.2f} s", "<= 5 s", cut + draws <= 5),
    ]
    for kind in ("wandelend", "sprong", "seizoen", "termijnen"):
        for late in (False, True):
            found = measure(kind, late, SEEDS)
            covered = [row["dekking"] for row in found.values()]
            name = f"coverage p10-p90, {kind}, {'late invoices' if late else 'no late invoices'}"
            shown = ", ".join(f"{m}: {row['dekking']:.0f}" for m, row in found.items())
            # Six files share the shocks of thirty years: a month's share itself scatters by some points.
            rows.append(Row(name, shown, "mean 76-84 %", 76 <= float(np.mean(covered)) <= 84))
    return rows + _per_month()


def _per_month() -> list[Row]:
    """What the contract promises of each peilmaand, over all kinds of series, without and with late bills."""
    rows = []
    for month, table in pooled(SEEDS).items():
        inside, off = covered(table), bias(table)
        shown = f"{inside:.1f} %; bias {off:+.1f} %"
        kept = 76 <= inside <= 84 and (month not in (6, 9) or abs(off) <= 2)
        rows.append(Row(f"coverage p10-p90 in month {month}, all kinds", shown, "76-84 %; bias 2 % at 6, 9", kept))
    return rows
