"""Fills mart.fct_toen_en_nu: the baseline of the own gemeente ("toen") with the newest figure of the monitor beside it.

The baseline stands in data/reference/toen_en_nu.csv, keyed by gemeente, so a gemeente without one has none. A line
names where today's figure comes from, and no figure is put beside one that measures something else:

    indicator       of mart.fct_indicatorwaarde, with uitsplitsing, periodesoort (the newest JJ, HJ, KW or MM) and veld
                    (waarde or teller). Several breakdowns with | between are added up, of a period that has them all
    cbs_onderwerp   of mart.fct_cbs_waarneming: its newest year
    neither         the monitor does not measure it; `toelichting` says so
"""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.core.settings import REFERENCE, settings

_TABLE = BY_NAME["mart.fct_toen_en_nu"]

_NOW = """
    WITH delen AS (
        SELECT gebied_code, onderwerp, indicator, periodesoort, veld, len(string_split(uitsplitsing, '|')) AS aantal,
               unnest(string_split(uitsplitsing, '|')) AS uitsplitsing
        FROM toen WHERE indicator <> ''
    ), per_periode AS (
        SELECT d.gebied_code, d.onderwerp, w.periode, sum(if(d.veld = 'teller', w.teller, w.waarde)) AS waarde,
               max(w.status) AS status
        FROM delen AS d
        JOIN mart.fct_indicatorwaarde AS w
            ON w.indicator = d.indicator AND w.gebied_code = d.gebied_code AND w.uitsplitsing = d.uitsplitsing
            AND substr(w.periode, 5, 2) = d.periodesoort
        WHERE NOT w.onderdrukt
        GROUP BY ALL
        HAVING count(if(d.veld = 'teller', w.teller, w.waarde)) = max(d.aantal)
        UNION ALL
        SELECT t.gebied_code, t.onderwerp, c.periode, max(c.waarde), max(c.status)
        FROM toen AS t
        JOIN mart.fct_cbs_waarneming AS c
            ON c.onderwerp = t.cbs_onderwerp AND c.gebied_code = t.gebied_code AND c.uitsplitsing = 'totaal'
            AND substr(c.periode, 5, 2) = t.periodesoort
        WHERE t.cbs_onderwerp <> '' AND c.waarde IS NOT NULL
        GROUP BY ALL
    ), nu AS (
        SELECT gebied_code, onderwerp, max(periode) AS nu_periode, arg_max(waarde, periode) AS nu_waarde,
               arg_max(status, periode) AS nu_status
        FROM per_periode GROUP BY ALL
    )
    SELECT t.*, nu.nu_periode, nu.nu_waarde, nu.nu_status
    FROM toen AS t LEFT JOIN nu USING (gebied_code, onderwerp)
    ORDER BY CAST(t.volgorde AS INTEGER)"""


def baseline() -> pd.DataFrame:
    """Read the baseline of the own gemeente, all columns as text; no rows when it has none."""
    frame = pd.read_csv(REFERENCE / "toen_en_nu.csv", dtype="str", keep_default_na=False)
    return frame[frame["gebied_code"] == settings().gemeente.code].reset_index(drop=True)


def then_and_now(connection: duckdb.DuckDBPyConnection, _peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Put the newest figures beside the baseline.

    Args:
        connection: To the database under construction; the indicator values are there.
        _peildatum: The monitor as of this date; the values are already those of it.

    Returns:
        {"mart.fct_toen_en_nu": rows}; nu_waarde is empty where the monitor has no figure (yet).
    """
    connection.register("toen", baseline())
    try:
        rows = connection.execute(_NOW).df()
    finally:
        connection.unregister("toen")
    return {_TABLE.name: rows[_TABLE.column_names]}
