"""The start of the year on real outturns: CBS Iv3, what is known in January, against last year and the budget."""

import csv
import gzip
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.panel import Panel

FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / "iv3" / "iv3_lasten_hoofdtaakveld6_2017_2026.csv.gz"
YEARS = list(range(2017, 2025))
#: Taakvelden of the three layouts that these years had.
GROUPS = {
    "Jeugd": ("6.72", "6.73", "6.74", "6.75", "6.76", "6.79", "6.82"),
    "Wmo": ("6.6", "6.60", "6.71", "6.81"),
    "Inkomensregelingen": ("6.3",),
    "Participatie": ("6.4", "6.5"),
}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FILE.is_file(), reason="../shared/data/iv3 is er niet: echte uitkomsten zijn niet te toetsen"
    ),
]


def _group(taakveld: str) -> str | None:
    for name, codes in GROUPS.items():
        if any(taakveld == code or (len(code) == 4 and taakveld.startswith(code)) for code in codes):
            return name
    return None


@cache
def _sums() -> dict[tuple[str, str], dict[tuple[int, str], float]]:
    """(group, gemeente) -> (year, kind) -> thousand euros."""
    sums: dict[tuple[str, str], dict[tuple[int, str], float]] = defaultdict(lambda: defaultdict(float))
    with gzip.open(FILE, "rt", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            group, year = _group(row["taakveld"]), int(row["jaar"])
            if group and year in YEARS and row["lasten_x1000"]:
                sums[group, row["gm_code"]][year, row["soort"]] += float(row["lasten_x1000"])
    whole = {k: v for k, v in sums.items() if all(v.get((y, "jaarrekening"), 0.0) > 0 for y in YEARS)}
    assert len(whole) > 500
    return whole


def _panel(groups: tuple[str, ...], every: int, offset: int) -> Panel:
    """Everything booked in December, so that January knows the budget and earlier years only."""
    codes = sorted({code for _, code in _sums()})[offset::every]
    keys = [key for key in sorted(_sums()) if key[0] in groups and key[1] in codes]
    amounts = np.full((len(keys), len(YEARS), 13, 12), np.nan)
    budgets = np.full((len(keys), len(YEARS), 12), np.nan)
    for s, key in enumerate(keys):
        for y, year in enumerate(YEARS):
            for month in range(12):
                amounts[s, y, month, month:] = _sums()[key][year, "jaarrekening"] if month == 11 else 0.0
            budgets[s, y] = _sums()[key].get((year, "begroting"), np.nan)
    return Panel([" ".join(k) for k in keys], [k[0] for k in keys], YEARS, amounts, budgets)


def measure(groups: tuple[str, ...], every: int, offset: int = 0) -> dict[str, float]:
    """WAPE of model and baselines in January, coverage and width of the band, in per cent, over 2020-2024."""
    panel, rows = _panel(groups, every, offset), []
    total = np.nansum(panel.amounts[..., -1], axis=2)
    for cut in Backtest(panel).run():
        if cut.year < 3 or cut.peilmaand != 1:
            continue
        low, middle, high = cut.quantiles[:, [0, 2, 4]].T
        others = [cut.baselines["vorig_jaar"], cut.baselines["begroting"]]
        rows.append(np.column_stack([total[:, cut.year], middle, *others, low, high]))
    table = np.concatenate(rows)
    table = table[np.isfinite(table).all(axis=1)]
    outturn = table[:, 0]
    wape = 100 * np.abs(table[:, 1:4] - outturn[:, None]).sum(axis=0) / outturn.sum()
    return {
        **dict(zip(("model", "vorig_jaar", "begroting"), wape.tolist(), strict=True)),
        "dekking": float(100 * ((table[:, 4] <= outturn) & (outturn <= table[:, 5])).mean()),
        "breedte": float(100 * (table[:, 5] - table[:, 4]).sum() / outturn.sum()),
    }


@pytest.mark.parametrize("groups", [*((name,) for name in GROUPS), tuple(GROUPS)], ids="+".join)
def test_january_is_at_least_as_good_as_the_best_baseline(groups: tuple[str, ...]) -> None:
    found = measure(groups, every=1 if len(groups) == 1 else 10)
    sys.stdout.write(f"{'+'.join(groups):50} " + " ".join(f"{k} {v:.2f}" for k, v in found.items()) + "\n")
    assert found["model"] <= min(found["vorig_jaar"], found["begroting"])
