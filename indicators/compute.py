"""Runs the registries over the marts: indicator values, comparison, forecast, explanation, signals."""

from __future__ import annotations

import datetime as dt
import importlib
from functools import lru_cache

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from indicators.core.contract import BY_NAME, Table
from indicators.core.indicator import COLUMNS, Indicator, indicators
from indicators.core.period import parse
from indicators.core.region import niveau

_VALUES = BY_NAME["mart.fct_indicatorwaarde"]
_NUMBERS = ("teller", "noemer", "waarde", "ondergrens", "bovengrens")
#: So many rows are inserted at once; few enough to keep in memory.
_TOGETHER = 500_000
#: What follows from the marts and the indicator values, in this order: each is a function
#: (connection, peildatum) -> {table name: rows}, and may read what those before it filled.
STEPS = (
    ("indicators.comparison.groups", "comparison_groups"),
    ("indicators.comparison.positions", "positions"),
    ("indicators.comparison.changes", "changes"),
    ("indicators.comparison.baseline", "then_and_now"),
    ("indicators.forecast.budget", "forecast"),
    ("indicators.forecast.late", "late_invoices"),
    ("indicators.forecast.explain", "explanations"),
    ("indicators.forecast.effect", "effects"),
    ("indicators.signals.run", "signals"),
)


class UnusableIndicator(Exception):
    """An indicator gave something that may not be published. The message is Dutch."""


def compute(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> None:
    """Fill every table that the contract leaves to `indicators`.

    Args:
        connection: To the database under construction; the tables of the contract and the marts are there.
        peildatum: The monitor as of this date.

    Raises:
        UnusableIndicator: A value, period, region or key that may not be published.
    """
    connection.execute(f"DELETE FROM {_VALUES.name}")
    _fill_values(connection, peildatum)
    for module, function in STEPS:
        rows_by_table = getattr(importlib.import_module(module), function)(connection, peildatum)
        for name, rows in rows_by_table.items():
            table = BY_NAME[name]
            if table.source != "indicators":
                raise UnusableIndicator(f"{module} mag {table.name} niet vullen.")
            connection.execute(f"DELETE FROM {table.name}")
            insert(connection, table, rows)


def _fill_values(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> None:
    """Compute all indicators; many small ones go into the table together, since each insert has its price."""
    waiting: list[pd.DataFrame] = []
    for indicator in indicators().values():
        reads_values = indicator.compute is not None or "indicatorwaarde" in str(indicator.sql)
        if reads_values or sum(map(len, waiting)) > _TOGETHER:
            _insert_all(connection, waiting)
        waiting.append(values(connection, indicator, peildatum))
    _insert_all(connection, waiting)


def _insert_all(connection: duckdb.DuckDBPyConnection, waiting: list[pd.DataFrame]) -> None:
    filled = [frame for frame in waiting if len(frame)]
    if filled:
        insert(connection, _VALUES, pd.concat(filled, ignore_index=True))
    waiting.clear()


_NOTHING = pd.DataFrame(columns=_VALUES.column_names)
#: Every indicator asks the level of the same codes.
_level = lru_cache(maxsize=50_000)(niveau)


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
        frame = _frame(connection.sql(str(indicator.sql)).to_arrow_table())
    missing = sorted(set(COLUMNS) - set(frame.columns))
    if missing:
        raise UnusableIndicator(f"Indicator {indicator.id} geeft geen {', '.join(missing)}.")
    if frame.empty:  # of a source that is not delivered; a gemeente that begins has dozens of these
        return _NOTHING
    frame = frame.assign(indicator=indicator.id)[_VALUES.column_names]
    _check(indicator, frame)
    return frame


def _frame(found: pa.Table) -> pd.DataFrame:
    """Give the result of SQL as a frame: by way of arrow, twice as fast as directly; every number is a float."""
    for name in _NUMBERS:
        if found.num_rows and name in found.column_names:
            place = found.column_names.index(name)
            found = found.set_column(place, name, found.column(place).cast(pa.float64()))
    return found.to_pandas()


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: pd.DataFrame) -> None:
    """Put rows in a table of the contract, each column cast to its type (an all-empty column has none of its own)."""
    if rows.empty:
        return
    missing = sorted(set(table.column_names) - set(rows.columns))
    if missing:
        raise UnusableIndicator(f"Voor {table.name} ontbreekt {', '.join(missing)}.")
    columns = ", ".join(f'CAST("{c.name}" AS {c.type})' for c in table.columns)
    connection.register("nieuwe_rijen", pa.table({name: _arrow(rows[name]) for name in table.column_names}))
    try:
        connection.execute(f"INSERT INTO {table.name} SELECT {columns} FROM nieuwe_rijen")
    finally:
        connection.unregister("nieuwe_rijen")


def _arrow(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Give a column without a copy through Python objects; every kind of missing value becomes NULL."""
    try:
        return pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Values of several kinds in one column: as text, which the cast to the type of the table reads.
        texts = [None if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]
        return pa.array(texts, pa.string())


def _check(indicator: Indicator, frame: pd.DataFrame) -> None:
    twice = _repeated(frame, [name for name in _VALUES.key if name != "indicator"])
    if twice.any():
        first = frame[twice].iloc[0]
        raise UnusableIndicator(f"Indicator {indicator.id} geeft {first.gebied_code} {first.periode} dubbel.")
    for column in _NUMBERS:
        if np.isinf(pd.to_numeric(frame[column]).to_numpy(dtype=float, na_value=np.nan)).any():
            raise UnusableIndicator(f"Indicator {indicator.id} geeft een oneindig getal in {column}.")
    try:
        for periode in frame["periode"].unique():
            parse(periode)
        levels = {_level(code) for code in frame["gebied_code"].unique()}
    except ValueError as error:
        raise UnusableIndicator(f"Indicator {indicator.id}: {error}.") from error
    unknown = sorted(levels - set(indicator.niveaus))
    if unknown:
        raise UnusableIndicator(f"Indicator {indicator.id} geeft cijfers op niveau {', '.join(unknown)}.")


def _repeated(frame: pd.DataFrame, key: list[str]) -> np.ndarray:
    """Say of each row whether its key stands higher up as well: by numbers, since texts are slow to compare."""
    number = np.zeros(len(frame), dtype=np.int64)
    for name in key:
        codes, values = pd.factorize(frame[name], use_na_sentinel=False)
        number = number * max(len(values), 1) + codes
    return pd.Series(number).duplicated().to_numpy()
