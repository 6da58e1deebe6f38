"""A database with some of the marts, or all, empty."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from indicators.core.contract import BY_NAME, TABLES, VIEWS


def empty_marts(tables: Iterable[str], views: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """Give a database in memory with these tables and views, by name; without a schema they are of mart."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA mart; CREATE SCHEMA meta")
    for name in tables:
        connection.execute(BY_NAME[_full(name)].ddl)
    for name in views:
        connection.execute(f"CREATE VIEW {_full(name)} AS {VIEWS[_full(name)]}")
    return connection


def all_empty(views: Iterable[str] = ()) -> duckdb.DuckDBPyConnection:
    """Give a database in memory with every table of the contract, and these views."""
    return empty_marts([table.name for table in TABLES], views)


def _full(name: str) -> str:
    return name if "." in name else f"mart.{name}"
