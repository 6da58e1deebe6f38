"""Runs the SQL files of the person sources on an in-memory database, as the build does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl.protect import register
from etl.remembered import closure
from etl.source import Entity, sources
from etl.transform import in_order, region_views
from indicators.core.settings import REFERENCE

ETL = Path(__file__).resolve().parents[2] / "etl"
PERSONAL = ("wmo", "jeugd", "participatiewet", "schuldhulp")
MARTS = ("fct_voorziening", "fct_voorziening_kenmerk", "fct_toewijzing", "fct_stapeling")


def entity(name: str) -> Entity:
    """Give an entity by its name, for example wmo__toekenning."""
    source, _, own = name.partition("__")
    return next(e for e in sources()[source].entities if e.name == own)


def connect() -> duckdb.DuckDBPyConnection:
    """Open a database with empty raw tables of every person source and the reference lists."""
    connection = duckdb.connect()
    register(connection)
    connection.execute("ATTACH ':memory:' AS stg; ATTACH ':memory:' AS raw; CREATE SCHEMA mart")
    for path in REFERENCE.glob("*.csv"):
        csv = f"read_csv('{path.as_posix()}', all_varchar = true, header = true)"
        connection.execute(f"CREATE TABLE raw.ref_{path.stem} AS SELECT * FROM {csv}")
    for name, sql in region_views().items():
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")
    for source in PERSONAL:
        for one in sources()[source].entities:
            columns = ", ".join(f'"{c.name}" {c.type}' for c in one.columns)
            connection.execute(
                f"CREATE TABLE raw.{source}__{one.name} "
                f"(levering_id VARCHAR, peildatum DATE, bron_blad VARCHAR, bron_rij INTEGER, {columns})"
            )
    connection.execute(
        "CREATE TABLE raw.levering (bron VARCHAR, entiteit VARCHAR, peildatum DATE, levering_id VARCHAR, rijen INTEGER)"
    )
    return connection


def load(connection: duckdb.DuckDBPyConnection, name: str, peildatum: dt.date, rows: pd.DataFrame) -> None:
    """Put the lines of one delivery into raw.<name>; columns that are not given are empty."""
    own = {c.name: c.type for c in entity(name).columns}
    given = [c for c in rows.columns if c in own]
    values = ", ".join(f'CAST("{c}" AS {own[c]})' for c in given)
    names = ", ".join(f'"{c}"' for c in given)
    levering = f"{name} {peildatum}"
    connection.register("rows_to_load", rows)
    connection.execute(
        f"INSERT INTO raw.{name} (levering_id, peildatum, bron_blad, bron_rij, {names}) "
        f"SELECT ?, ?, 'blad 1', row_number() OVER (), {values} FROM rows_to_load",
        [levering, peildatum],
    )
    connection.unregister("rows_to_load")
    source, _, own_name = name.partition("__")
    connection.execute("INSERT INTO raw.levering VALUES (?, ?, ?, ?, ?)",
                       [source, own_name, peildatum, levering, len(rows)])  # fmt: skip


def clear(connection: duckdb.DuckDBPyConnection) -> None:
    """Take all deliveries out."""
    for source in PERSONAL:
        for one in sources()[source].entities:
            connection.execute(f"DELETE FROM raw.{source}__{one.name}")
    connection.execute("DELETE FROM raw.levering")


def build(connection: duckdb.DuckDBPyConnection, marts: tuple[str, ...] = MARTS) -> None:
    """Run these marts, and before them every staging file that they stand on."""
    needed = {file for mart in marts for file in closure(ETL / "marts" / f"{mart}.sql", ETL / "staging")}
    for path in in_order(ETL / "staging", "stg"):
        if path in needed:
            connection.execute(f"CREATE OR REPLACE TABLE stg.{path.stem} AS {path.read_text('utf-8')}")
    for mart in marts:
        sql = (ETL / "marts" / f"{mart}.sql").read_text("utf-8")
        connection.execute(f"CREATE OR REPLACE TABLE mart.{mart} AS {sql}")


def lines(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    """Lines of an entity; what is not given is empty, and a line is awarded unless it says otherwise."""
    own = [c.name for c in entity(name).columns]
    awarded = {"besluit": "toegekend"} if "besluit" in own else {}
    frame = pd.DataFrame([{**awarded, **row} for row in rows], dtype=object)
    for column in own:
        if column not in frame:
            frame[column] = None
    return frame.where(frame.notna(), None)
