"""Marts that a publication may not have: an older one, or one of a gemeente that does not deliver their source."""

from __future__ import annotations

import duckdb

_FOUND = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'mart' AND table_name = $1"


def is_there(connection: duckdb.DuckDBPyConnection, mart: str) -> bool:
    """Whether a table is in the database.

    Args:
        connection: The database.
        mart: Name of the table, without its schema.
    """
    return connection.execute(_FOUND, [mart]).fetchone() != (0,)
