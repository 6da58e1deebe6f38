"""Forecasts of a backtest as rows of the contract, and the reason of every one that is not there."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.panel import Panel

COLUMNS = ["reeks", "groep", "boekjaar", "peilmaand", "methode", "p10", "p25", "p50", "p75", "p90"]
#: The contract: a year is forecast when so many complete years stand directly before it.
YEARS_BEFORE = 3
#: A band so many times as wide as usual is explained.
DOUBTED = 2.0


def backtest_rows(
    panel: Panel, until: tuple[int, int] | None = None, notes: list[str] | None = None
) -> tuple[list[list[str]], list[str]]:
    """Forecast every year and peilmaand that may be forecast.

    Args:
        panel: All series.
        until: Last cut (year index, peilmaand); by default the end of the last year.
        notes: Gets a Dutch line for every series and year of which the band is far wider than usual, with the reason.

    Returns:
        Rows in the order of COLUMNS, sorted by series, year and peilmaand; and Dutch refusals.
    """
    rows: list[tuple[tuple[int, int, int], list[list[str]]]] = []
    missing: dict[tuple[int, int], list[int]] = defaultdict(list)
    doubted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for cut in Backtest(panel).run(until):
        for i in range(len(panel.names)):
            if not _has_data(panel, i, cut.year) or cut.year < YEARS_BEFORE:
                continue
            if not cut.usable[i] or cut.years_before[i] < YEARS_BEFORE:
                missing[i, cut.year].append(cut.peilmaand)
                continue
            # The methods can differ over nothing: a series of zeros has no band to explain.
            if cut.doubt[i] > DOUBTED and cut.quantiles[i, -1] - cut.quantiles[i, 0] >= 0.01:
                doubted[i, cut.year].append(cut.peilmaand)
            rows.append(((i, cut.year, cut.peilmaand), _lines(panel, cut, i)))
    rows.sort(key=lambda item: item[0])
    if notes is not None:
        notes += _notes(panel, doubted)
    return [line for _, lines in rows for line in lines], _refusals(panel, missing)


def _has_data(panel: Panel, series: int, year: int) -> bool:
    return bool((~np.isnan(panel.amounts[series, year])).any())


def _lines(panel: Panel, cut: Cut, i: int) -> list[list[str]]:
    key = [panel.names[i], panel.groups[i], str(panel.years[cut.year]), str(cut.peilmaand)]
    lines = [[*key, "model", *(f"{q:.2f}" for q in cut.quantiles[i])]]
    for name, values in cut.baselines.items():
        if np.isfinite(values[i]):
            lines.append([*key, name, "", "", f"{values[i]:.2f}", "", ""])
    return lines


def _notes(panel: Panel, doubted: dict[tuple[int, int], list[int]]) -> list[str]:
    """One line per series and year: in which peilmaanden the band is far wider, and why."""
    return [
        f"Let op: reeks {panel.names[i]}, boekjaar {panel.years[year]}, peilmaand {_in_words(months)}: de "
        "marge is ruim, want dit jaar verloopt anders dan eerdere jaren en de methoden spreken elkaar tegen."
        for (i, year), months in sorted(doubted.items())
    ]


def wide(doubt: float, years_before: int) -> str | None:
    """Say in Dutch why the band of a forecast is wide; None when it is not wider than usual.

    Args:
        doubt: As in Cut.
        years_before: Complete earlier years.
    """
    reasons = []
    if years_before < YEARS_BEFORE:
        years = "één volledig jaar" if years_before == 1 else f"{years_before} volledige jaren"
        reasons.append(f"er {'is' if years_before == 1 else 'zijn'} pas {years} om van te leren")
    if doubt > DOUBTED:
        reasons.append("dit jaar verloopt anders dan eerdere jaren, zodat de rekenmethoden elkaar tegenspreken")
    return f"De marge is ruim, want {' en '.join(reasons)}." if reasons else None


def _refusals(panel: Panel, missing: dict[tuple[int, int], list[int]]) -> list[str]:
    """One line per series and year: which peilmaanden have no forecast, and why."""
    lines = []
    for (i, year), months in sorted(missing.items()):
        where = f"Reeks {panel.names[i]}, boekjaar {panel.years[year]}"
        which = f"peilmaand {_in_words(months)}"
        why = _why(panel, i, year, months)
        lines.append(f"{where}: geen voorspelling voor {which}, want {why}.")
    return lines


def _why(panel: Panel, i: int, year: int, months: list[int]) -> str:
    before = [j for j in range(year - YEARS_BEFORE, year) if np.isnan(panel.amounts[i, j, :12, -1]).any()]
    if before:
        return f"de drie jaren ervoor zijn niet volledig (12 maanden): {', '.join(str(panel.years[j]) for j in before)}"
    # What is missing after the last refused peilmaand is the future of that cut and no reason.
    unknown = [k + 1 for k in range(months[-1]) if np.isnan(panel.amounts[i, year, k, -1])]
    if unknown:
        return f"maand {_in_words(unknown)} {'ontbreekt' if len(unknown) == 1 else 'ontbreken'}"
    past = range(year - YEARS_BEFORE, year)
    if any(np.isnan(panel.known(j, month, year)[i, :12]).any() for j in past for month in months):
        return "de drie jaren ervoor waren toen nog niet volledig bekend"
    return "maanden kwamen later binnen dan een jaar eerder, of niet op volgorde"


def _in_words(months: list[int]) -> str:
    """Months in order as text: 1 tot en met 3, 5."""
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} tot en met {run[-1]}" for run in runs)
