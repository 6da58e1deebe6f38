"""What an explanation is made from: ledger, awards, declarations and counts, each as it was known at a peildatum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb
import pandas as pd

from indicators.core.settings import settings
from indicators.forecast.awards import WITHOUT_PRICE
from indicators.forecast.commitments import Open, open_commitments
from indicators.forecast.optional import is_there
from indicators.forecast.panel import Array

#: Years before the running one that are looked at, for what is usual.
YEARS = 4
_M = "year({0}) * 12 + month({0}) - 1"

_STANDEN = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(sum(bedrag_eur) AS DOUBLE) AS stand
    FROM mart.fct_realisatie WHERE peildatum <= $1 GROUP BY ALL ORDER BY peildatum
"""
_BUDGET = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(sum(actueel_eur) AS DECIMAL(18,2)) AS actueel,
           CAST(sum(wijzigingen_eur) AS DECIMAL(18,2)) AS wijzigingen
    FROM mart.fct_begroting WHERE peildatum <= $1 GROUP BY ALL ORDER BY peildatum
"""
_AWARDS = f"""
    SELECT onderdeel, wet, leveringsvorm, {_M.format("maand")} AS maand, peildatum,
           CAST(clienten AS DOUBLE) AS clienten,
           CAST(if(zonder_prijs <= {WITHOUT_PRICE} * toewijzingen, verwacht_eur, NULL) AS DOUBLE) AS waarde
    FROM mart.fct_toewijzing WHERE peildatum <= $1 ORDER BY peildatum
"""
_DECLARED = f"""
    SELECT onderdeel, wet, leveringsvorm, {_M.format("prestatiemaand")} AS maand,
           {_M.format("ontvangstmaand")} AS ontvangen, CAST(bedrag_eur AS DOUBLE) AS bedrag,
           CAST(clienten AS DOUBLE) AS clienten
    FROM mart.fct_declaratie
"""
_BY_PROVIDER = f"""
    SELECT onderdeel, aanbieder, {_M.format("prestatiemaand")} AS maand, {_M.format("ontvangstmaand")} AS ontvangen,
           CAST(bedrag_eur AS DOUBLE) AS bedrag, CAST(clienten AS DOUBLE) AS clienten
    FROM mart.fct_declaratie_aanbieder
"""
_AWARDS_BY_PROVIDER = f"""
    SELECT onderdeel, aanbieder, {_M.format("maand")} AS maand, {_M.format("peildatum")} AS bekend,
           CAST(clienten AS DOUBLE) AS clienten
    FROM mart.fct_toewijzing_aanbieder WHERE peildatum <= $1 ORDER BY peildatum
"""
_COUNTS = f"""
    SELECT onderdeel, maat, {_M.format("maand")} AS maand, peildatum, CAST(aantal AS DOUBLE) AS aantal
    FROM mart.fct_voorziening
    WHERE gebied_code = $1 AND peildatum BETWEEN $2 AND $3 AND maat IN ('stand', 'instroom', 'uitstroom')
    AND onderdeel <> 'totaal' ORDER BY peildatum
"""
_FIRST = f"""
    SELECT onderdeel, {_M.format("min(peildatum)")} FROM mart.fct_voorziening WHERE gebied_code = $1 GROUP BY onderdeel
"""
_BUIG = (
    "SELECT boekjaar, vastgesteld_op, CAST(bedrag_eur AS DOUBLE) AS bedrag FROM mart.fct_buig ORDER BY vastgesteld_op"
)


Table = dict[tuple[str, ...], Array]


@dataclass(frozen=True)
class Data:
    """All facts up to a peildatum, by onderdeel, oldest peildatum first; `AsKnown` takes what was known earlier.

    Attributes:
        standen: (onderdeel, L or B) -> [rows, (boekjaar, age in months, peildatum, euros to date)].
        budget: Rows of the budget.
        awards: (onderdeel, leveringsvorm) -> [rows, (month, peildatum, clients, euros; NaN where many have no price)].
        declared: (onderdeel,) -> [rows, (month, month received, euros, clients)].
        declared_by: (onderdeel, provider) -> [rows, (month, month received, euros, clients)] of care in kind.
        awards_by: (onderdeel, provider) -> [rows, (month, month known, clients)] of care in kind.
        counts: (onderdeel, maat) -> [rows, (month, peildatum, persons)].
        first: Month of the first delivery of each onderdeel's counts.
        buig: Decisions on the state money for benefits.
        committed: Open commitments as delivered in each month.
        names, wet: Of each onderdeel.
    """

    standen: Table
    budget: pd.DataFrame
    awards: Table
    declared: Table
    declared_by: Table
    awards_by: Table
    counts: Table
    first: dict[str, int]
    buig: pd.DataFrame
    committed: Open
    names: dict[str, str]
    wet: dict[str, str]


def read_data(connection: duckdb.DuckDBPyConnection, first: dt.date, peildatum: dt.date) -> Data:
    """Read everything once; `first` is the earliest peildatum that will be asked for."""
    names = connection.execute("SELECT onderdeel, naam, wet FROM mart.dim_onderdeel").fetchall()
    wet = {o: w for o, _, w in names}
    standen = connection.execute(_STANDEN, [peildatum]).df()
    standen["age"] = (standen["peildatum"].dt.year - standen["boekjaar"]) * 12 + standen["peildatum"].dt.month
    awards = _pgb_apart(connection.execute(_AWARDS, [peildatum]).df(), wet)
    # Personal budgets of several onderdelen are one now.
    key = ["onderdeel", "leveringsvorm", "maand", "peildatum"]
    awards = awards.groupby(key, as_index=False)[["clienten", "waarde"]].sum(skipna=False)
    awards = awards.sort_values("peildatum", kind="stable")
    declared = _pgb_apart(connection.execute(_DECLARED).df(), wet)
    # Deliveries are monthly: the newest before the first cut is in the quarter before it.
    counts = connection.execute(_COUNTS, [settings().gemeente.code, first - dt.timedelta(days=100), peildatum]).df()
    return Data(
        _table(standen, ["onderdeel", "lasten_baten"], ["boekjaar", "age", "peildatum", "stand"]),
        connection.execute(_BUDGET, [peildatum]).df(),
        _table(awards, ["onderdeel", "leveringsvorm"], ["maand", "peildatum", "clienten", "waarde"]),
        _table(declared, ["onderdeel"], ["maand", "ontvangen", "bedrag", "clienten"]),
        *_by_provider(connection, peildatum),
        _table(counts, ["onderdeel", "maat"], ["maand", "peildatum", "aantal"]),
        dict(connection.execute(_FIRST, [settings().gemeente.code]).fetchall()),
        connection.execute(_BUIG).df(),
        open_commitments(connection, peildatum),
        {o: n for o, n, _ in names},
        wet,
    )


def _by_provider(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> tuple[Table, Table]:
    """Declared care and awards of each provider; empty where nothing is told of providers."""
    if not (is_there(connection, "fct_declaratie_aanbieder") and is_there(connection, "fct_toewijzing_aanbieder")):
        return {}, {}
    keys = ["onderdeel", "aanbieder"]
    declared = connection.execute(_BY_PROVIDER).df()
    awards = connection.execute(_AWARDS_BY_PROVIDER, [peildatum]).df()
    return (
        _table(declared, keys, ["maand", "ontvangen", "bedrag", "clienten"]),
        _table(awards, keys, ["maand", "bekend", "clienten"]),
    )


def _table(rows: pd.DataFrame, keys: list[str], columns: list[str]) -> Table:
    """Rows by key as numbers; a date becomes its ordinal."""
    values = rows[columns].copy()
    if "peildatum" in columns:
        values["peildatum"] = [date.toordinal() for date in rows["peildatum"]]
    matrix = values.to_numpy(dtype=float)
    places: dict[tuple[str, ...], list[int]] = {}
    for i, key in enumerate(zip(*(rows[k] for k in keys), strict=True)):
        places.setdefault(key, []).append(i)
    return {key: matrix[at] for key, at in places.items()}


def _pgb_apart(rows: pd.DataFrame, wet: dict[str, str]) -> pd.DataFrame:
    """Personal budgets are paid from an onderdeel of their own where the gemeente has one (pgb_wmo, pgb_jeugd)."""
    own = "pgb_" + rows["wet"].astype(str)
    return rows.assign(onderdeel=rows["onderdeel"].where((rows["leveringsvorm"] != "PGB") | ~own.isin(wet), own))
