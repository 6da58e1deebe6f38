"""Runs the Wmo SQL files on an in-memory database, as the build does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd

from etl.sources.wmo import TOEKENNING
from indicators.core.settings import REFERENCE

ETL = Path(__file__).resolve().parents[2] / "etl"
STAGING = ("gebied", "toekenning", "venster", "groep", "periode", "telling")


def connect() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS stg; ATTACH ':memory:' AS raw; CREATE SCHEMA mart")
    path = (REFERENCE / "gebieden.csv").as_posix()
    connection.execute(f"CREATE TABLE raw.ref_gebieden AS SELECT * FROM read_csv('{path}', all_varchar = true)")
    columns = ", ".join(f"{c.name} {c.type}" for c in TOEKENNING.columns)
    connection.execute(
        "CREATE TABLE raw.wmo__toekenning "
        f"(levering_id VARCHAR, peildatum DATE, bron_blad VARCHAR, bron_rij INTEGER, {columns})"
    )
    return connection


def load(connection: duckdb.DuckDBPyConnection, peildatum: dt.date, rows: pd.DataFrame) -> None:
    names = ", ".join(c.name for c in TOEKENNING.columns)
    values = ", ".join(f"CAST({c.name} AS {c.type})" for c in TOEKENNING.columns)
    connection.register("rows_to_load", rows)
    connection.execute(
        f"INSERT INTO raw.wmo__toekenning (levering_id, peildatum, bron_blad, bron_rij, {names}) "
        f"SELECT 'test', ?, 'blad 1', row_number() OVER (), {values} FROM rows_to_load",
        [peildatum],
    )
    connection.unregister("rows_to_load")


def build(connection: duckdb.DuckDBPyConnection) -> None:
    for step in STAGING:
        sql = (ETL / "staging" / f"wmo__{step}.sql").read_text("utf-8")
        connection.execute(f"CREATE OR REPLACE TABLE stg.wmo__{step} AS {sql}")
    mart = (ETL / "marts" / "fct_voorziening.sql").read_text("utf-8")
    connection.execute(f"CREATE OR REPLACE TABLE mart.fct_voorziening AS {mart}")


def lines(*rows: dict[str, object]) -> pd.DataFrame:
    """Lines of entity toekenning; what is not given is empty, and a line is awarded unless it says otherwise."""
    frame = pd.DataFrame([{"besluit": "toegekend", **row} for row in rows], dtype=object)
    for column in TOEKENNING.columns:
        if column.name not in frame:
            frame[column.name] = None
    return frame.where(frame.notna(), None)
