"""Against which budget a forecast is laid: the one in force and the primitive one, as known at the cut.

The council voted the primitive budget before the year; changes since may hide that the year went otherwise than meant.
Both are laid against the same forecast and the same course of the year: nothing is drawn or estimated again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import duckdb
import numpy as np

from indicators.forecast.course import passing_date
from indicators.forecast.panel import Array, age_of
from indicators.forecast.simulate import chance_above

#: Added to the name of a column that is about the primitive budget.
PRIMITIEF = "_primitief"
# One line with a budget in force and no primitive one makes the whole unknown: the rest would be too little.
_PRIMITIVE = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten,
           CASE WHEN count(*) FILTER (actueel_eur IS NOT NULL AND primitief_eur IS NULL) = 0
               THEN CAST(sum(primitief_eur) AS DOUBLE) END AS primitief
    FROM mart.fct_begroting WHERE peildatum <= $1 GROUP BY ALL ORDER BY peildatum
"""
Key = tuple[str, str]


class Primitive:
    """The primitive budgets of all onderdelen, at every delivery."""

    def __init__(self, known: dict[tuple[int, str, str], list[tuple[int, float | None]]]) -> None:
        self._known = known

    def of(self, boekjaar: int, peilmaand: int, members: Iterable[Key]) -> float | None:
        """Give the primitive budget of an onderdeel, or of several together, as known at a cut.

        Args:
            boekjaar: Financial year.
            peilmaand: Nothing delivered after this month of the year is used.
            members: (onderdeel, lasten_baten) of each; one without any budget yet adds nothing.

        Returns:
            Euros; None where there is none, or where one of them has a budget in force but no primitive one.
        """
        found = []
        for member in members:
            then = [amount for age, amount in self._known.get((boekjaar, *member), []) if age <= peilmaand]
            found += then[-1:]
        return sum(a for a in found if a is not None) if found and None not in found else None


def read_primitive(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> Primitive:
    """Read the primitive budgets known at a peildatum from mart.fct_begroting, of every year and delivery."""
    known: dict[tuple[int, str, str], list[tuple[int, float | None]]] = {}
    for boekjaar, day, onderdeel, lb, amount in connection.execute(_PRIMITIVE, [peildatum]).fetchall():
        known.setdefault((int(boekjaar), onderdeel, lb), []).append((age_of(int(boekjaar), day), amount))
    return Primitive(known)


def against(budget: float | None, quantiles: Array, year: int, path: Array | None, name: str = "") -> dict[str, Any]:
    """Lay a forecast against a budget.

    Args:
        budget: Euros; None or NaN gives nothing.
        quantiles: [5] p10, p25, p50, p75, p90 of the outturn in euros.
        year: Financial year.
        path: [12, 5] cumulative cost at the end of each month for each quantile; None for baten, which deplete nothing.
        name: Added to the names of the columns.

    Returns:
        Columns of fct_prognose: kans_overschrijding, and of lasten uitputting_p10, _p50 and _p90.
    """
    if budget is None or not np.isfinite(budget):
        return {}
    result: dict[str, Any] = {f"kans_overschrijding{name}": round(chance_above(quantiles, budget), 4)}
    if path is not None:
        # The date with 10 % chance belongs to a dear year: the 90 % quantile of the outturn.
        for level, column in ((10, 4), (50, 2), (90, 0)):
            result[f"uitputting{name}_p{level}"] = passing_date(year, path[:, column], budget)
    return result
