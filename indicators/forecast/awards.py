"""What the awards that run now say about the rest of the year: rest per euro awarded in earlier years x awarded now.

An award is known before its bills are: a new tariff or more clients show in the awards at once and in the ledger only
months later. How far to believe it is learned from what it would have said at every earlier cut, with what was known
then; without earlier years of awards it has no say.
"""

from __future__ import annotations

import calendar
import datetime as dt

import duckdb
import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.evidence import with_evidence, years_before
from indicators.forecast.optional import is_there
from indicators.forecast.panel import Array, Panel
from indicators.forecast.standen import Standen

#: Months of awards that are taken together, and part of the awards that may have no price.
TOGETHER, WITHOUT_PRICE = 3, 0.2
# Of each month what was known in that month: later states know more, but they were not there at the cut.
_AWARDS = """
    SELECT onderdeel, leveringsvorm = 'PGB' AS pgb, year(maand) AS jaar, month(maand) AS maand,
           CAST(sum(verwacht_eur) AS DOUBLE) AS waarde, sum(toewijzingen) AS aantal, sum(zonder_prijs) AS zonder
    FROM mart.fct_toewijzing
    WHERE peildatum <= $1 AND date_trunc('month', peildatum) = maand
    GROUP BY ALL ORDER BY ALL
"""


def read_awards(connection: duckdb.DuckDBPyConnection, standen: Standen, peildatum: dt.date) -> Array:
    """Give the value of the awards running in each month as known in that month, in euros a day.

    Args:
        connection: Database; without mart.fct_toewijzing nothing is known.
        standen: The series; awards belong to the lasten of their onderdeel. Of an onderdeel with help in kind and
            budgets of one's own (PGB) the help in kind counts, for the budgets are paid from an onderdeel of their own.
        peildatum: Nothing dated later is read.

    Returns:
        [series, year, 12]; NaN where not known, or where more than a fifth of the awards has no price.
    """
    panel = standen.panel
    value = np.full((len(standen.keys), len(panel.years), 12), np.nan)
    if not is_there(connection, "fct_toewijzing"):
        return value
    rows = connection.execute(_AWARDS, [peildatum]).fetchall()
    in_kind = {onderdeel for onderdeel, pgb, *_ in rows if not pgb}
    place = {onderdeel: i for i, (onderdeel, lb) in enumerate(standen.keys) if lb == "L"}
    for onderdeel, pgb, year, month, worth, count, priceless in rows:
        if onderdeel not in place or year not in panel.years or (pgb and onderdeel in in_kind):
            continue
        if worth is not None and priceless <= WITHOUT_PRICE * count:
            at = place[onderdeel], panel.years.index(year), month - 1
            value[at] = worth / calendar.monthrange(year, month)[1]
    return value


def with_awards(cuts: list[Cut], panel: Panel, value: Array) -> list[Cut]:
    """Move forecasts towards what the awards say, as far as that would have made earlier forecasts better.

    Args:
        cuts: Forecasts at all cuts in order of time.
        panel: The series.
        value: As `read_awards` gives it.

    Returns:
        The cuts, with quantiles moved where awards were known in earlier years too.
    """
    if not np.isfinite(value).any():
        return cuts
    return with_evidence(cuts, lambda cut: _from_awards(cut, panel, value))


def _from_awards(cut: Cut, panel: Panel, value: Array) -> Array:
    """The year [series] when its rest costs as much per euro awarded as in earlier years; NaN where not known."""
    now = _level(value, cut.year, cut.peilmaand)
    rest, mass = np.zeros((2, len(now)))
    for year in years_before(cut, panel):
        then = _level(value, year.year, cut.peilmaand)
        same = year.alike & (then > 0)
        rest += np.where(same, year.counts * (year.rest / np.where(same, then, 1.0)), 0.0)
        mass += np.where(same, year.counts, 0.0)
    return np.where(mass > 0, cut.view.booked + now * rest / np.where(mass > 0, mass, 1.0), np.nan)


def _level(value: Array, year: int, peilmaand: int) -> Array:
    """Mean value a day [series] of the awards in the months up to a cut; NaN where the last month is not known."""
    end = year * 12 + peilmaand
    recent = value.reshape(len(value), -1)[:, max(0, end - TOGETHER) : end]
    return np.where(
        np.isfinite(recent).all(axis=1) & (recent.shape[1] == TOGETHER), recent.sum(axis=1) / TOGETHER, np.nan
    )
