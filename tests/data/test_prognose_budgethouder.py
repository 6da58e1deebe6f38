"""From an overview with the budget holder's forecast to its mart: amounts, holes and the lines that they came from."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.build import Assignment, refresh
from etl.progress import Silent
from etl.status import Report

NOW = dt.datetime(2026, 10, 20, 12)  # noqa: DTZ001
FEBRUARY, MARCH = dt.date(2026, 2, 28), dt.date(2026, 3, 31)
HEAD = "Kostenplaats;Taakveld;L/B;Begroting na wijziging;Realisatie"
LINES = ["67121;6.712;L;1000000,00;700000,50", "67122;6.712;L;200000,00;150000,00", "67131;6.713;L;500000,00;350000,00",
         "67131;6.713;B;50000,00;40000,25", "67141;6.714;L;90000,00;60000,00"]  # fmt: skip
SAID = ["1.050.000", "210000,50", "510000", "45000", ""]


def overview(folder: Path, day: dt.date, prognose: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    title = f"Boekjaar {day.year} - peildatum {day:%d-%m-%Y} - t/m periode {day.month} - bedragen in euro's"
    lines = [title, HEAD + (";Verwachte uitkomst" if prognose else "")]
    lines += [f"{line};{said}" if prognose else line for line, said in zip(LINES, SAID, strict=True)]
    (folder / f"k2f_{day}.csv").write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    root = tmp_path_factory.mktemp("prognose")
    overview(root / "inbox" / "k2f", FEBRUARY, prognose=False)
    overview(root / "inbox" / "k2f", MARCH, prognose=True)
    (root / "store").mkdir()
    report = Report(run="20261020T120000Z", begonnen_op=NOW)
    refresh(Assignment(root / "inbox", root / "store", NOW, cbs=False), report, Silent())
    assert report.uitkomst != "mislukt", report.melding
    file = json.loads((root / "store" / "db" / "actueel.json").read_text("utf-8"))["bestand"]
    return duckdb.connect(str(root / "store" / "db" / file), read_only=True)


def test_the_mart_holds_what_was_delivered_and_counts_what_was_not(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """SELECT peildatum, taakveld, lasten_baten, bedrag_eur, zonder_prognose
        FROM mart.fct_prognose_budgethouder ORDER BY ALL"""
    ).fetchall()
    assert rows == [
        (MARCH, "6.712", "L", Decimal("1260000.50"), 0),
        (MARCH, "6.713", "B", Decimal("45000.00"), 0),
        (MARCH, "6.713", "L", Decimal("510000.00"), 0),
        (MARCH, "6.714", "L", None, 1),
    ]


def test_each_amount_leads_to_its_lines(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        """SELECT sleutel, sum(rijen) FROM meta.herkomst WHERE mart_tabel = 'mart.fct_prognose_budgethouder'
        GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    assert sorted((*key.split("|")[-2:], int(lines)) for key, lines in rows) == [
        ("6.712", "L", 2), ("6.713", "B", 1), ("6.713", "L", 1), ("6.714", "L", 1),
    ]  # fmt: skip


def test_the_forecasts_hold_it_for_a_whole_onderdeel_only(published: duckdb.DuckDBPyConnection) -> None:
    said = published.execute(
        """SELECT DISTINCT onderdeel, lasten_baten FROM mart.fct_prognose_budgethouder WHERE zonder_prognose > 0"""
    ).fetchall()
    found = published.execute(
        "SELECT onderdeel, lasten_baten, p50_eur FROM mart.fct_prognose WHERE methode = 'budgethouder' ORDER BY ALL"
    ).fetchall()
    assert found
    assert not {(onderdeel, lb) for onderdeel, lb, _ in found} & {*said, ("totaal", "L"), ("wmo", "L")}
    assert ("totaal", "B", Decimal("45000.00")) in found
