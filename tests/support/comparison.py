"""A small published database for comparisons: values are written down, records are made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators.compute import insert
from indicators.core.contract import BY_NAME
from indicators.core.indicator import Indicator
from tests.support.marts import all_empty

PEILDATUM = dt.date(2026, 9, 30)
OTHER = """[gemeente]
code = "GM0363"
naam = "Amsterdam"
provincie_code = "PV27"
provincie_naam = "Noord-Holland"
land_code = "NL01"
land_naam = "Nederland"
"""


def database() -> duckdb.DuckDBPyConnection:
    """Give an empty database with the tables of the contract."""
    return all_empty()


def record(name: str, **changes: object) -> Indicator:
    """Make a record up; in percent with one decimal, higher is better, unless said otherwise."""
    texts = dict.fromkeys(("titel", "vraag", "definitie", "teller", "noemer"), "-")
    fields: dict = {"id": name, "domein": "proef", **texts, "eenheid": "%", "hoger_is": "beter", "decimalen": 1}
    return Indicator(**fields | {"bron": ("proef",), "sql": "SELECT 1"} | changes)  # type: ignore[arg-type]


def value(indicator: str, periode: str, gebied: str, waarde: float | None, **more: object) -> dict:
    """Write one value down."""
    row = dict.fromkeys(BY_NAME["mart.fct_indicatorwaarde"].column_names)
    row |= {"indicator": indicator, "periode": periode, "gebied_code": gebied, "uitsplitsing": "totaal"}
    return row | {"waarde": waarde, "status": "definitief", "onderdrukt": False} | more


def with_values(rows: Iterable[dict]) -> duckdb.DuckDBPyConnection:
    """Give a database with these values."""
    connection = database()
    insert(connection, BY_NAME["mart.fct_indicatorwaarde"], pd.DataFrame(list(rows)))
    return connection


def known(monkeypatch: pytest.MonkeyPatch, *records: Indicator) -> None:
    """Let these be all the records there are."""
    for module in ("changes", "positions"):
        monkeypatch.setattr(f"indicators.comparison.{module}.indicators", lambda: {r.id: r for r in records})


def other_gemeente(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Configure another gemeente."""
    path = folder / "instellingen.toml"
    path.write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(path))
