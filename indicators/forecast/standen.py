"""Deliveries of a ledger (totals to date) as a panel of monthly amounts by the date they were known.

A delivery is the whole state of a financial year: an onderdeel that is not in it stood at nothing. The amount of a
month is the difference with the delivery before; what is booked after the twelfth month is closing entries (13).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from indicators.forecast.panel import MONTHS, Array, Panel, forward_fill

#: Where deliveries are missing, the difference is spread evenly over so many months at most; the year ends there else.
SPREAD = 3


@dataclass(frozen=True)
class Standen:
    """Ledger series ready to forecast.

    Attributes:
        keys: (onderdeel, lasten_baten) per series of the panel.
        wet: Wet of each series.
        panel: The series.
        deliveries: (boekjaar, age) -> newest peildatum in that month.
    """

    keys: list[tuple[str, str]]
    wet: list[str]
    panel: Panel
    deliveries: dict[tuple[int, int], dt.date]


_STAND = """
    WITH levering AS (
        SELECT boekjaar, peildatum, coalesce(
            max(periode) FILTER (soort = 'stand'),
            greatest(max(periode), least(12, (year(peildatum) - boekjaar) * 12 + month(peildatum)))) AS periode
        FROM mart.fct_realisatie WHERE peildatum <= $1 GROUP BY boekjaar, peildatum
    )
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(sum(bedrag_eur) AS DOUBLE) AS stand, l.periode
    FROM mart.fct_realisatie r JOIN levering l USING (boekjaar, peildatum)
    GROUP BY ALL ORDER BY boekjaar, peildatum
"""
_BUDGET = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(sum(actueel_eur) AS DOUBLE) AS begroting
    FROM mart.fct_begroting WHERE peildatum <= ? GROUP BY ALL ORDER BY boekjaar, peildatum
"""


def read_standen(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> Standen | None:
    """Read everything known at a peildatum.

    Args:
        connection: Database with mart.fct_realisatie, mart.fct_begroting and mart.dim_onderdeel.
        peildatum: Nothing dated later is read.

    Returns:
        The series, or None when there is no realisation at all.
    """
    stand = connection.execute(_STAND, [peildatum]).df()
    if stand.empty:
        return None
    budget = connection.execute(_BUDGET, [peildatum]).df()
    wet = dict(connection.execute("SELECT onderdeel, wet FROM mart.dim_onderdeel").fetchall())
    both = pd.concat([stand[["onderdeel", "lasten_baten"]], budget[["onderdeel", "lasten_baten"]]])
    keys = sorted(set(both.itertuples(index=False, name=None)))
    # One empty year before: the first year then has a cut too, with baselines only.
    first, last = int(stand["boekjaar"].min()) - 1, int(stand["boekjaar"].max())
    for frame in (stand, budget):
        frame["age"] = (frame["peildatum"].dt.year - frame["boekjaar"]) * 12 + frame["peildatum"].dt.month
        frame["age"] = frame["age"].clip(lower=1)
    ages = max(12, int(stand["age"].max()))
    amounts = np.full((len(keys), last - first + 1, MONTHS, ages), np.nan)
    budgets = np.full((len(keys), last - first + 1, ages), np.nan)
    index = {key: i for i, key in enumerate(keys)}
    for year, of_year in stand.groupby("boekjaar"):
        _fill_year(amounts[:, int(str(year)) - first], of_year, index)
    for row in budget.itertuples():
        if first <= row.boekjaar <= last and row.age <= ages:
            budgets[index[row.onderdeel, row.lasten_baten], row.boekjaar - first, row.age - 1] = row.begroting
    deliveries = {
        (int(r.boekjaar), int(r.age)): r.peildatum.date()
        for r in stand[["boekjaar", "age", "peildatum"]].drop_duplicates().sort_values("peildatum").itertuples()
    }
    wets = [wet.get(onderdeel, "overig") for onderdeel, _ in keys]
    groups = [f"{w}|{key[1]}" for w, key in zip(wets, keys, strict=True)]
    names = [f"{onderdeel}|{lb}" for onderdeel, lb in keys]
    panel = Panel(names, groups, list(range(first, last + 1)), forward_fill(amounts), forward_fill(budgets))
    return Standen(keys, wets, panel, deliveries)


def _fill_year(amounts: Array, of_year: pd.DataFrame, index: dict[tuple[str, str], int]) -> None:
    """Fill [series, 13, age] of one year from its deliveries in order of peildatum."""
    place = np.array([index[key] for key in zip(of_year["onderdeel"], of_year["lasten_baten"], strict=True)])
    present = np.unique(place)
    dates, amount = of_year["peildatum"].to_numpy(), of_year["stand"].to_numpy(dtype=float)
    ages, periodes = of_year["age"].to_numpy(), of_year["periode"].to_numpy()
    at = np.zeros((MONTHS + 1, len(amounts)))  # at[n]: total up to and with month n as last delivered
    seen = 0
    for date in np.unique(dates):
        rows = np.flatnonzero(dates == date)
        stand = np.zeros(len(amounts))
        stand[place[rows]] = amount[rows]
        age, periode = int(ages[rows[0]]), int(periodes[rows[0]])
        month = _month(age, periode, seen)
        if month - seen > SPREAD:
            return
        before = min(seen, month - 1)
        for k in range(before + 1, month + 1):
            at[k] = at[before] + (stand - at[before]) * (k - before) / (month - before)
            amounts[present, k - 1, age - 1] = (at[k] - at[k - 1])[present]
        seen = max(seen, month)


def _month(age: int, periode: int, seen: int) -> int:
    """Which month a delivery completes: its booking period, or the closing entries once December has been seen."""
    if age > 12 and seen >= 12:
        return MONTHS
    if periode < 1:
        return min(age, 12)
    return min(periode, 12, age)


def sums(standen: Standen, groups: dict[str, list[int]]) -> Panel:
    """Add series up, each sum as a series of its own.

    Args:
        standen: The series.
        groups: Name of a sum -> the series in it.

    Returns:
        A panel of sums; a month is known when it is known for every series that exists in that year.
    """
    panel = standen.panel
    amounts, budgets = [], []
    for members in groups.values():
        part = panel.amounts[members]
        exists = np.asarray(np.isfinite(part).any(axis=(2, 3)))
        missing = np.asarray((np.isnan(part) & exists[:, :, None, None]).any(axis=0))
        unknown = missing | ~np.asarray(exists.any(axis=0))[:, None, None]
        amounts.append(np.where(unknown, np.nan, np.nansum(part, axis=0)))
        budget = panel.budgets[members]
        budgets.append(np.where(np.isnan(budget).all(axis=0), np.nan, np.nansum(budget, axis=0)))
    return Panel(list(groups), ["som"] * len(groups), panel.years, np.stack(amounts), np.stack(budgets))


def contract_rows(standen: Standen) -> list[list[str]]:
    """Give the series in the form of the backtest's input (series.COLUMNS), one row per month and change.

    Args:
        standen: The series.

    Returns:
        Rows; `peildatum` is the last day of the month in which the amount was delivered.
    """
    panel, rows = standen.panel, []
    for i, name in enumerate(panel.names):
        for y, year in enumerate(panel.years):
            for k in range(MONTHS):
                before = None
                for a, value in enumerate(panel.amounts[i, y, k]):
                    if np.isnan(value) or value == before:
                        continue
                    before = value
                    date = dt.date(year + (a + 1) // 12, (a + 1) % 12 + 1, 1) - dt.timedelta(days=1)
                    budget = panel.budgets[i, y, min(a, panel.budgets.shape[2] - 1)]
                    cells = [str(year), str(k + 1), date.isoformat(), f"{value:.2f}"]
                    rows.append([name, panel.groups[i], *cells, "" if np.isnan(budget) else f"{budget:.2f}"])
    return rows
