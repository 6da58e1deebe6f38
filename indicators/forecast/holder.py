"""The budget holder's own forecast of the year beside the model's, wherever one was delivered.

It is the person's judgement as it stands in the overview of the finance system. Nothing is added, carried on from an
earlier month or shared out: a month without a delivered forecast has none, and a sum has one only when all of it has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.optional import is_there
from indicators.forecast.panel import Array
from indicators.forecast.standen import Standen

METHODE = "budgethouder"
# One line with money and no forecast leaves a hole in the sum: then the whole onderdeel has none at that moment.
_PROGNOSE = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag
    FROM mart.fct_prognose_budgethouder WHERE peildatum <= $1
    GROUP BY ALL HAVING sum(zonder_prognose) = 0 AND count(bedrag_eur) > 0
"""
#: (boekjaar, peildatum, onderdeel, lasten_baten) -> euros.
Holder = dict[tuple[int, dt.date, str, str], float]


def read_holder(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> Holder:
    """Read what budget holders expected, in euros, known at a date; empty where the mart is not there."""
    if not is_there(connection, "fct_prognose_budgethouder"):
        return {}
    rows = connection.execute(_PROGNOSE, [peildatum]).fetchall()
    return {(int(year), day, onderdeel, lb): float(amount) for year, day, onderdeel, lb, amount in rows}


def with_holder(
    part: Cut, total: Cut, standen: Standen, groups: dict[str, list[int]], holder: Holder
) -> tuple[Cut, Cut]:
    """Put the budget holder's forecast beside the baselines of a cut.

    Args:
        part: Forecast of the series at a cut.
        total: Forecast of the sums at the same cut.
        standen: The series.
        groups: Name of a sum -> the series in it.
        holder: What was delivered; only what came with the delivery of the cut itself counts.

    Returns:
        Both cuts, with METHODE among their baselines where anything was delivered (NaN: none for that series).
    """
    year = standen.panel.years[part.year]
    day = standen.deliveries.get((year, part.peilmaand))
    if day is None:
        return part, total
    said = np.array([holder.get((year, day, *key), np.nan) for key in standen.keys])
    if np.isnan(said).all():
        return part, total
    exists = np.asarray(np.isfinite(standen.panel.amounts[:, part.year]).any(axis=(1, 2)))
    together = np.array([_sum(said, [i for i in members if exists[i]]) for members in groups.values()])
    return _beside(part, said), _beside(total, together)


def _sum(said: Array, members: list[int]) -> float:
    return float(said[members].sum()) if members else float("nan")


def _beside(cut: Cut, said: Array) -> Cut:
    return replace(cut, baselines={**cut.baselines, METHODE: said})
