"""Fills mart.fct_indicatorpositie: where each gemeente stands among all gemeenten, in every period."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.core.indicator import indicators
from indicators.core.period import parse

_TABLE = BY_NAME["mart.fct_indicatorpositie"]
#: Fewer gemeenten have no quarters.
MIN_QUARTERS = 4

_RANKS = """
    WITH gevuld AS (
        SELECT w.indicator, w.periode, w.gebied_code, w.uitsplitsing,
               -- Figures that screens show as equal are equal: the last bits of a float are no difference.
               round(w.waarde, r.decimalen + 6) * r.teken AS volgorde
        FROM mart.fct_indicatorwaarde AS w
        INNER JOIN richtingen AS r USING (indicator)
        WHERE w.gebied_code LIKE 'GM%' AND w.waarde IS NOT NULL AND isfinite(w.waarde)
            AND NOT coalesce(w.onderdrukt, false)
    ), gerangschikt AS (
        SELECT *, rank() OVER (PARTITION BY indicator, periode, uitsplitsing ORDER BY volgorde) AS rang,
               count(*) OVER (PARTITION BY indicator, periode, uitsplitsing) AS aantal
        FROM gevuld
    )
    SELECT indicator, periode, gebied_code, uitsplitsing, rang, aantal,
           CASE WHEN aantal >= {quarters} THEN 4 * (rang - 1) // aantal + 1 END AS kwartiel
    FROM gerangschikt
    ORDER BY indicator, periode, uitsplitsing, rang, gebied_code"""


def positions(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Rank the gemeenten, the most favourable first (of a neutral indicator the highest); equal values share a rank.

    Args:
        connection: To the database under construction; the indicator values are there.
        peildatum: The monitor as of this date: periods that begin after it are left out.

    Returns:
        {"mart.fct_indicatorpositie": rows}; kwartiel is empty where fewer than four gemeenten have a value.
    """
    records = indicators().values()
    directions = pd.DataFrame(
        {
            "indicator": pd.Series([i.id for i in records], dtype="str"),
            "decimalen": pd.Series([i.decimalen for i in records], dtype="int32"),
            "teken": pd.Series([1 if i.hoger_is == "slechter" else -1 for i in records], dtype="int32"),
        }
    )
    connection.register("richtingen", directions)
    try:
        ranked = connection.execute(_RANKS.format(quarters=MIN_QUARTERS)).df()
    finally:
        connection.unregister("richtingen")
    begun = {code for code in ranked["periode"].unique() if parse(code).begin <= peildatum}
    return {_TABLE.name: ranked[ranked["periode"].isin(begun)]}
