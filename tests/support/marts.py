"""A database with some of the marts, empty."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from indicators.core.contract import BY_NAME, VIEWS


def empty_marts(tables: Iterable[str], views: Iterable[str]) -> duckdb.DuckDBPyConnection:
    """Give a database in memory with these tables and views of the schema mart, by name without the schema."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA mart")
    for name in tables:
        connection.execute(BY_NAME[f"mart.{name}"].ddl)
    for name in views:
        connection.execute(f"CREATE VIEW mart.{name} AS {VIEWS[f'mart.{name}']}")
    return connection
