"""What open commitments of the ledger say about the rest of the year: that, and what used to come on top of it.

A subsidy granted or a contract signed is in the ledger as a commitment before its bills are. Part of what is still to
come is never committed (care, benefits), and some commitments never become a bill; how much that was at the same
moment of earlier years, as a part of the year, is taken to come again.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.evidence import with_evidence, years_before
from indicators.forecast.panel import Array, Panel
from indicators.forecast.standen import Standen

#: Below this part of a year, commitments say nothing of it.
LITTLE = 0.01
# Newest overview of a month; an overview without the column, or with nothing open at all, says nothing.
_OPEN = """
    WITH overzicht AS (
        SELECT boekjaar, max(peildatum) AS peildatum FROM mart.fct_realisatie
        WHERE peildatum <= $1 AND year(peildatum) = boekjaar
        GROUP BY boekjaar, month(peildatum)
    ), gevuld AS (
        SELECT boekjaar, peildatum FROM mart.fct_realisatie JOIN overzicht USING (boekjaar, peildatum)
        GROUP BY ALL HAVING sum(abs(verplichting_eur)) > 0
    )
    SELECT onderdeel, lasten_baten, boekjaar, month(peildatum), CAST(sum(coalesce(verplichting_eur, 0)) AS DOUBLE)
    FROM mart.fct_realisatie JOIN gevuld USING (boekjaar, peildatum) GROUP BY ALL ORDER BY ALL
"""


#: (onderdeel, lasten_baten, boekjaar, month) -> euros.
Open = dict[tuple[str, str, int, int], float]


def open_commitments(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> Open:
    """Give the open commitments in the newest overview of each month of its year, known at a peildatum.

    Args:
        connection: Database with mart.fct_realisatie.
        peildatum: Nothing dated later is read.
    """
    rows = connection.execute(_OPEN, [peildatum]).fetchall()
    return {(onderdeel, lb, int(year), int(month)): float(euros) for onderdeel, lb, year, month, euros in rows}


def read_commitments(connection: duckdb.DuckDBPyConnection, standen: Standen, peildatum: dt.date) -> Array:
    """Give the open commitments as delivered in each month, in euros.

    Args:
        connection: Database with mart.fct_realisatie.
        standen: The series.
        peildatum: Nothing dated later is read.

    Returns:
        [series, year, 12]; NaN where not delivered.
    """
    years = standen.panel.years
    found = np.full((len(standen.keys), len(years), 12), np.nan)
    place = {key: i for i, key in enumerate(standen.keys)}
    for (onderdeel, lb, year, month), euros in open_commitments(connection, peildatum).items():
        found[place[onderdeel, lb], years.index(year), month - 1] = euros
    return found


def with_commitments(cuts: list[Cut], panel: Panel, committed: Array) -> list[Cut]:
    """Move forecasts towards what commitments say, as far as that would have made earlier forecasts better.

    Args:
        cuts: Forecasts at all cuts in order of time.
        panel: The series.
        committed: As `read_commitments` gives it.

    Returns:
        The cuts, with quantiles moved where commitments were known in earlier years too.
    """
    if not np.isfinite(committed).any():
        return cuts
    return with_evidence(cuts, lambda cut: _year(cut, panel, committed))


def _year(cut: Cut, panel: Panel, committed: Array) -> Array:
    """The year [series]: booked, committed, and what used to come on top; NaN where not known or next to nothing."""
    now = committed[:, cut.year, cut.peilmaand - 1]
    on_top, held, mass = np.zeros((3, len(now)))
    for year in years_before(cut, panel):
        then = committed[:, year.year, cut.peilmaand - 1]
        same = year.alike & np.isfinite(then) & (year.total > 0)
        whole = np.where(same, year.total, 1.0)
        on_top += np.where(same, year.counts * (year.rest - then) / whole, 0.0)
        held += np.where(same, year.counts * then / whole, 0.0)
        mass += np.where(same, year.counts, 0.0)
    says = (mass > 0) & (held > LITTLE * mass) & np.isfinite(now)
    each = np.where(says, mass, 1.0)
    return np.where(says, cut.view.booked + now + on_top / each * cut.quantiles[:, 2], np.nan)
