"""Indicator records, their registry, and what may not be published."""

from __future__ import annotations

import datetime as dt
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators import compute as computing
from indicators.compute import UnusableIndicator, compute, insert, values
from indicators.core.contract import BY_NAME
from indicators.core.indicator import Breuk, Indicator, indicators, register
from indicators.core.region import niveau, own_regions
from tests.support.marts import all_empty

PEILDATUM = dt.date(2026, 9, 30)
ROW = """SELECT '{}' AS periode, '{}' AS gebied_code, 'totaal' AS uitsplitsing, 1 AS teller, 2 AS noemer, {} AS waarde,
    NULL AS ondergrens, NULL AS bovengrens, 'definitief' AS status, false AS onderdrukt"""


def indicator(sql: str) -> Indicator:
    return replace(indicators()["ervaren_gezondheid"], id="proef", sql=sql)


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = all_empty()
    yield connection
    connection.close()


def waarneming(connection: duckdb.DuckDBPyConnection, tabel: str, onderwerp: str, periode: str, waarde: float) -> None:
    connection.execute(
        "INSERT INTO mart.fct_cbs_waarneming VALUES (?, ?, 'GM1895', ?, 'totaal', ?, NULL, NULL, '%', 'definitief')",
        (tabel, onderwerp, periode, waarde),
    )


def test_every_record_is_complete_and_stands_in_its_own_file() -> None:
    root = Path(importlib.util.find_spec("indicators.definitions").submodule_search_locations[0])  # type: ignore[union-attr, index]
    files = {p.stem: p.parent.name for p in root.glob("*/*.py") if p.stem != "__init__"}
    assert {i.id: i.domein for i in indicators().values()} == files
    for record in indicators().values():
        texts = (record.titel, record.vraag, record.definitie, record.teller, record.noemer, record.eenheid)
        assert all(texts)
        assert record.vraag.endswith("?")
        assert record.bronregel.startswith("Bron: ")


def test_the_breaks_in_youth_care_are_declared() -> None:
    assert [b.periode for b in indicators()["jeugdhulpgebruik"].breuken] == ["2021HJ01", "2022HJ01"]


def test_two_of_one_id_are_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        register(replace(indicators()["jeugdhulpgebruik"], titel="Iets anders"))


@pytest.mark.parametrize("change", [{"id": "Met Hoofdletter"}, {"sql": None}, {"breuken": (Breuk("2021", "?"),)}])
def test_an_incomplete_record_is_an_error(change: dict) -> None:
    with pytest.raises(ValueError):
        replace(indicators()["ervaren_gezondheid"], **change)


def test_two_tables_make_one_series_without_overlap(database: duckdb.DuckDBPyConnection) -> None:
    topic = "JongerenMetJeugdhulpInNatura"
    waarneming(database, "82972NED", topic, "2015KW01", 1.0)
    waarneming(database, "82972NED", topic, "2020JJ00", 2.0)
    waarneming(database, "82972NED", topic, "2021JJ00", 3.0)
    waarneming(database, "85098NED", topic, "2021JJ00", 4.0)
    frame = values(database, indicators()["jeugdhulpgebruik"], PEILDATUM)
    assert dict(zip(frame.periode, frame.waarde, strict=True)) == {"2020JJ00": 2.0, "2021JJ00": 4.0}


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (ROW.format("2024JJ00", "GM1895", "'inf'::DOUBLE"), "oneindig"),
        (ROW.format("2024", "GM1895", "1.0"), "geen periode"),
        (ROW.format("2024JJ00", "GM1895 x", "1.0"), "geen gebiedscode"),
        (ROW.format("2024JJ00", "WK189500", "1.0"), "niveau wijk"),
        (f"{ROW} UNION ALL {ROW}".format("2024JJ00", "GM1895", "1.0", "2024JJ00", "GM1895", "2.0"), "dubbel"),
        ("SELECT '2024JJ00' AS periode", "geen bovengrens"),
    ],
)
def test_what_may_not_be_published_is_refused(database: duckdb.DuckDBPyConnection, sql: str, said: str) -> None:
    with pytest.raises(UnusableIndicator, match=said):
        values(database, indicator(sql), PEILDATUM)


def test_a_column_without_any_value_keeps_its_type(database: duckdb.DuckDBPyConnection) -> None:
    table = BY_NAME["mart.fct_prognose"]
    row = dict.fromkeys(table.column_names) | {"boekjaar": 2026, "peildatum": PEILDATUM, "p50_eur": 12.345}
    insert(database, table, pd.DataFrame([row]))
    found = database.execute("SELECT boekjaar, p50_eur::VARCHAR, uitputting_p50 FROM mart.fct_prognose").fetchall()
    assert found == [(2026, "12.35", None)]


def test_compute_fills_values_and_forecast_and_can_run_again(
    database: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = BY_NAME["mart.fct_terugtoets"]
    rows = pd.DataFrame([dict.fromkeys(table.column_names) | {"onderdeel": "totaal", "boekjaar": 2025}])

    budget = types.ModuleType("indicators.forecast.budget")
    budget.__spec__ = importlib.machinery.ModuleSpec(budget.__name__, None)
    budget.forecast = lambda connection, peildatum: {"mart.fct_terugtoets": rows}  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, budget.__name__, budget)
    proef = indicator(ROW.format("2024JJ00", "GM1895", "1.5"))
    monkeypatch.setattr(computing, "indicators", lambda: {"proef": proef})
    for _ in range(2):
        compute(database, PEILDATUM)
    assert database.execute("SELECT indicator, waarde FROM mart.fct_indicatorwaarde").fetchall() == [("proef", 1.5)]
    assert database.execute("SELECT onderdeel FROM mart.fct_terugtoets").fetchall() == [("totaal",)]


def test_regions_have_a_level() -> None:
    levels = {"NL01  ": "land", "PV20": "provincie", "GM1895": "gemeente", "WK189500": "wijk", "BU18950000": "buurt"}
    assert {code: niveau(code) for code in levels} == levels
    for code in ("GM95", "XX01", "", "gm1895"):
        with pytest.raises(ValueError, match="gebiedscode"):
            niveau(code)


def test_the_own_regions_come_from_the_settings() -> None:
    assert [niveau(code) for code in own_regions()] == ["gemeente", "provincie", "land"]
