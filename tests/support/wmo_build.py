"""Runs the SQL files of provisions on Wmo lines alone."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from tests.support import person_build
from tests.support.person_build import clear, connect

__all__ = ["build", "clear", "connect", "lines", "load"]


def load(connection: duckdb.DuckDBPyConnection, peildatum: dt.date, rows: pd.DataFrame) -> None:
    """Put the lines of one delivery into raw.wmo__toekenning."""
    person_build.load(connection, "wmo__toekenning", peildatum, rows)


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Run the staging files and fct_voorziening."""
    person_build.build(connection, ("fct_voorziening",))


def lines(*rows: dict[str, object]) -> pd.DataFrame:
    """Lines of entity toekenning; what is not given is empty, and a line is awarded unless it says otherwise."""
    return person_build.lines("wmo__toekenning", *rows)
