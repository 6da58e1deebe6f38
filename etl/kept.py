"""Published rows that outlive the person rows they were counted from.

`python -m etl purge` removes person rows that are older than may be kept. What was published from them stays: the rows
of the facts that can no longer be worked out are put down in vintages/bewaard, one Parquet file per table, and every
later build takes them along. A row that is kept goes before one with the same key that is worked out from what is left.
They are published rows: counted, and protected for small areas. Never a person.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from etl.atomic import TEMP_PREFIX, private_dir, sync_dir, sync_file
from indicators.core.contract import BY_NAME, TABLES

FOLDER = "bewaard"
#: Tables of which rows are kept: what marts make, and the trace to the deliveries they came from.
KEEPABLE = (*(t.name for t in TABLES if t.source == "marts" and not t.name.startswith("mart.dim_")), "meta.herkomst")


def kept_file(vintages: Path, table: str) -> Path:
    """Give the file with the kept rows of a table."""
    return vintages / FOLDER / f"{table}.parquet"


def take_along(connection: duckdb.DuckDBPyConnection, vintages: Path, table: str) -> None:
    """Put the kept rows of a table into a build, in place of rows with the same key."""
    file = kept_file(vintages, table)
    if table not in KEEPABLE or not file.is_file():
        return
    rows = f"read_parquet({_text(file)})"
    same = " AND ".join(f'{table}."{key}" IS NOT DISTINCT FROM bewaard."{key}"' for key in BY_NAME[table].key)
    connection.execute(f"DELETE FROM {table} USING {rows} AS bewaard WHERE {same}")
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {rows}")


def keep(connection: duckdb.DuckDBPyConnection, vintages: Path, table: str, before: str, after: str) -> int:
    """Add to the kept rows of a table what is in one database and not, or not the same, in another.

    Args:
        connection: Has both databases attached.
        vintages: Folder of the vintages.
        table: A table of KEEPABLE.
        before: Name of the database with everything.
        after: Name of the database without what is going to be removed.

    Returns:
        How many rows were added.
    """
    lost = f"SELECT * FROM {before}.{table} EXCEPT SELECT * FROM {after}.{table}"
    row = connection.execute(f"SELECT count(*) FROM ({lost})").fetchone()
    if not row or not row[0]:
        return 0
    file = kept_file(vintages, table)
    private_dir(file.parent)
    temp = file.with_name(f"{TEMP_PREFIX}{os.getpid()}-{file.name}")
    known = f" UNION BY NAME SELECT * FROM read_parquet({_text(file)})" if file.is_file() else ""
    order = ", ".join(f'"{key}"' for key in BY_NAME[table].key)
    connection.execute(f"COPY (SELECT * FROM ({lost}{known}) ORDER BY {order}) TO {_text(temp)} (FORMAT parquet)")
    sync_file(temp)
    temp.replace(file)
    sync_dir(file.parent)
    return int(row[0])


def _text(path: Path) -> str:
    return "'" + path.resolve().as_posix().replace("'", "''") + "'"
