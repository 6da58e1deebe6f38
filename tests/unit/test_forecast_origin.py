"""A forecast can be followed to the ledger it starts from, and of care to the awards that ran then."""

import datetime as dt

import duckdb

from etl.forecast_origin import note_forecasts
from indicators.core.contract import BY_NAME
from tests.support.marts import empty_marts

AUGUST, SEPTEMBER = dt.date(2025, 8, 31), dt.date(2025, 9, 30)


def _add(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


def test_care_has_the_newest_awards_known_then_and_other_budgets_have_none() -> None:
    tables = ("fct_prognose", "fct_prognose_verloop", "fct_terugtoets", "fct_toewijzing")
    connection = empty_marts((*tables, "meta.herkomst", "meta.levering"))
    for onderdeel, side in (
        ("begeleiding", "L"),
        ("begeleiding", "B"),
        ("toegang", "L"),
        ("totaal", "L"),
        ("wmo", "L"),
    ):
        key = {
            "boekjaar": 2025,
            "peildatum": SEPTEMBER,
            "onderdeel": onderdeel,
            "lasten_baten": side,
            "scenario": "basis",
        }
        _add(connection, "mart.fct_prognose", **key, methode="model")
        _add(connection, "mart.fct_prognose_verloop", **key, maand=dt.date(2025, 9, 1))
    _add(
        connection, "meta.levering", levering_id="k1", bron="k2f", peildatum=SEPTEMBER, status="geldig", rijen_geladen=9
    )
    for day, delivery in ((AUGUST, "w1"), (SEPTEMBER, "w2"), (dt.date(2025, 10, 31), "w3")):
        award = {"maand": day.replace(day=1), "wet": "wmo", "onderdeel": "begeleiding", "leveringsvorm": "ZIN"}
        _add(connection, "mart.fct_toewijzing", **award, peildatum=day)
        key = f"*|wmo|*|*|{day}"
        _add(connection, "meta.herkomst", mart_tabel="mart.fct_toewijzing", sleutel=key, levering_id=delivery, rijen=3)
    note_forecasts(connection)
    found = connection.execute(
        "SELECT mart_tabel, sleutel, levering_id FROM meta.herkomst WHERE mart_tabel <> 'mart.fct_toewijzing'"
    ).fetchall()
    whole, parts = "2025|2025-09-30|*|*|*|*", ("begeleiding", "wmo", "totaal")
    expected = {(table, whole, "k1") for table in ("mart.fct_prognose", "mart.fct_prognose_verloop")}
    expected |= {("mart.fct_prognose", f"2025|2025-09-30|{part}|L|*|model", "w2") for part in parts}
    expected |= {("mart.fct_prognose_verloop", f"2025|2025-09-30|{part}|L|*|*", "w2") for part in parts}
    assert set(found) == expected and len(found) == len(expected)
    for table, key, _ in found:
        assert key.count("|") == len(BY_NAME[table].key) - 1
