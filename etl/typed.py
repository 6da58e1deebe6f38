"""Rows as a source gives them to columns with the types that its entity declares; what does not fit raises."""

from __future__ import annotations

import decimal
import re
from typing import Any

import pandas as pd
import pyarrow as pa

from etl.source import Entity

_PLAIN_TYPES = {
    "VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DATE": pa.date32(), "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us"),
}  # fmt: skip


def arrow_type(sql: str) -> pa.DataType:
    """Give the Parquet type of a SQL type of an entity column."""
    if found := re.fullmatch(r"DECIMAL\((\d+), ?(\d+)\)", sql.upper()):
        return pa.decimal128(int(found[1]), int(found[2]))
    return _PLAIN_TYPES[sql.upper()]


def _column(values: pd.Series, kind: pa.DataType) -> pa.Array:
    """Give a column with its declared type; an amount finer than its cents or a text among numbers raises."""
    given = values.tolist()
    if pa.types.is_integer(kind) and any(isinstance(v, float) and not pd.isna(v) and int(v) != v for v in given):
        raise ValueError("a fraction among whole numbers")  # Arrow would cut it off without a word
    try:
        return pa.array(given, kind, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if pd.isna(v) else _value(v, kind) for v in given], kind)


def _value(value: Any, kind: pa.DataType) -> Any:
    """The few forms that Arrow does not take by itself: timestamps as dates, whole floats, amounts without cents."""
    if pa.types.is_date(kind):
        return pd.Timestamp(value).date()
    if pa.types.is_integer(kind) and int(value) == value:
        return int(value)
    if pa.types.is_decimal(kind):
        exact = decimal.Context(prec=kind.precision, traps=[decimal.Inexact, decimal.InvalidOperation])
        return decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-kind.scale), context=exact)
    return value


def typed(entity: Entity, rows: pd.DataFrame) -> pa.Table:
    """Give the rows of an entity with its declared types, and where each row stood.

    Raises:
        ArithmeticError, ValueError, TypeError: A value does not fit its column: a fault of the source's reader.
    """
    columns: dict[str, pa.Array] = {}
    for column in entity.columns:
        kind = arrow_type(column.type)
        missing = column.name not in rows.columns
        columns[column.name] = pa.nulls(len(rows), kind) if missing else _column(rows[column.name], kind)
    columns["bron_blad"] = _column(rows["bron_blad"], pa.string())
    columns["bron_rij"] = _column(rows["bron_rij"], pa.int32())
    return pa.table(columns)
