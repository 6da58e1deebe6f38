"""Runs the registries over the marts: indicator values, and the forecast of the budgets."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.util

import duckdb
import pandas as pd

from indicators.core.contract import BY_NAME, Table
from indicators.core.indicator import COLUMNS, Indicator, indicators
from indicators.core.period import parse
from indicators.core.region import niveau

_VALUES = BY_NAME["mart.fct_indicatorwaarde"]
#: Names of what the forecast fills.
_FORECAST = ("mart.fct_prognose", "mart.fct_prognose_verloop", "mart.fct_terugtoets")


class UnusableIndicator(Exception):
    """An indicator gave something that may not be published. The message is Dutch."""


def compute(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> None:
    """Fill mart.fct_indicatorwaarde and the tables of the forecast.

    Args:
        connection: To the database under construction; the tables of the contract and the marts are there.
        peildatum: The monitor as of this date.

    Raises:
        UnusableIndicator: A value, period, region or key that may not be published.
    """
    connection.execute(f"DELETE FROM {_VALUES.name}")
    for indicator in indicators().values():
        insert(connection, _VALUES, values(connection, indicator, peildatum))
    if importlib.util.find_spec("indicators.forecast.budget") is None:
        return
    forecast = importlib.import_module("indicators.forecast.budget").forecast
    for name, rows in forecast(connection, peildatum).items():
        table = BY_NAME[name if "." in name else f"mart.{name}"]
        if table.name not in _FORECAST:
            raise UnusableIndicator(f"De prognose mag {table.name} niet vullen.")
        connection.execute(f"DELETE FROM {table.name}")
        insert(connection, table, rows)


def values(connection: duckdb.DuckDBPyConnection, indicator: Indicator, peildatum: dt.date) -> pd.DataFrame:
    """Compute one indicator.

    Returns:
        A frame with the columns of mart.fct_indicatorwaarde; values in the unit of the indicator.

    Raises:
        UnusableIndicator: As for `compute`.
    """
    if indicator.compute:
        frame = indicator.compute(connection, peildatum)
    else:
        frame = connection.execute(str(indicator.sql)).df()
    missing = sorted(set(COLUMNS) - set(frame.columns))
    if missing:
        raise UnusableIndicator(f"Indicator {indicator.id} geeft geen {', '.join(missing)}.")
    frame = frame.assign(indicator=indicator.id)[_VALUES.column_names]
    _check(indicator, frame)
    return frame


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: pd.DataFrame) -> None:
    """Put rows in a table of the contract, each column cast to its type (an all-empty column has none of its own)."""
    if rows.empty:
        return
    missing = sorted(set(table.column_names) - set(rows.columns))
    if missing:
        raise UnusableIndicator(f"Voor {table.name} ontbreekt {', '.join(missing)}.")
    columns = ", ".join(f'CAST("{c.name}" AS {c.type})' for c in table.columns)
    connection.register("nieuwe_rijen", rows[table.column_names].astype(object).where(rows.notna(), None))
    try:
        connection.execute(f"INSERT INTO {table.name} SELECT {columns} FROM nieuwe_rijen")
    finally:
        connection.unregister("nieuwe_rijen")


def _check(indicator: Indicator, frame: pd.DataFrame) -> None:
    key = list(_VALUES.key)
    if frame.duplicated(key).any():
        first = frame[frame.duplicated(key)].iloc[0]
        raise UnusableIndicator(f"Indicator {indicator.id} geeft {first.gebied_code} {first.periode} dubbel.")
    for column in ("teller", "noemer", "waarde", "ondergrens", "bovengrens"):
        numbers = pd.to_numeric(frame[column]).dropna()
        if numbers.isin([float("inf"), float("-inf")]).any():
            raise UnusableIndicator(f"Indicator {indicator.id} geeft een oneindig getal in {column}.")
    try:
        for periode in frame["periode"].unique():
            parse(periode)
        levels = {niveau(code) for code in frame["gebied_code"].unique()}
    except ValueError as error:
        raise UnusableIndicator(f"Indicator {indicator.id}: {error}.") from error
    unknown = sorted(levels - set(indicator.niveaus))
    if unknown:
        raise UnusableIndicator(f"Indicator {indicator.id} geeft cijfers op niveau {', '.join(unknown)}.")
