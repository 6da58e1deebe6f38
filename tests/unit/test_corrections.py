"""Corrections of known errors: applied where the error still stands, reported where it does not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from etl.cli import app
from etl.corrections import FOLDER, CorrectionError, Outcome, apply_corrections, load_corrections
from tests.support.refreshing import ask, put_k2f, report

ONE = """
[[correctie]]
correctie = "dubbele factuur maart"
tabel = "k2f__overzicht"
waar = { peildatum = 2026-03-31, taakveld = "6.712" }
kolom = "bedrag_eur"
expect = "1000.00"
wordt = "600.00"
reden = "Een factuur is twee keer geboekt."
kennis = "Memo van Financien van 12-04-2026"
"""
VIEW = """SELECT * FROM (VALUES
    (DATE '2026-03-31', '6.712', CAST(1000 AS DECIMAL(18,2))), (DATE '2026-03-31', '6.713', 1000),
    (DATE '2026-04-30', '6.712', 1000)) AS t (peildatum, taakveld, bedrag_eur)"""


def put(folder: Path, text: str, bron: str = "k2f") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{bron}.toml").write_text(text, "utf-8")
    return folder


def corrected(tmp_path: Path, text: str, view: str = VIEW) -> tuple[list[tuple], list[Outcome]]:
    views, outcomes = apply_corrections({"raw.k2f__overzicht": view}, load_corrections(put(tmp_path / "c", text)))
    with duckdb.connect() as connection:
        return connection.execute(f"{views['raw.k2f__overzicht']} ORDER BY ALL").fetchall(), outcomes


def test_the_row_that_still_has_the_error_is_corrected_and_no_other(tmp_path: Path) -> None:
    rows, [outcome] = corrected(tmp_path, ONE)
    assert [(str(day), code, int(eur)) for day, code, eur in rows] == [
        ("2026-03-31", "6.712", 600), ("2026-03-31", "6.713", 1000), ("2026-04-30", "6.712", 1000),
    ]  # fmt: skip
    assert outcome.status == "toegepast" and outcome.melding is None
    assert outcome.row()["waar"] == "peildatum = 2026-03-31, taakveld = 6.712"


def test_a_repaired_source_is_left_alone_and_reported(tmp_path: Path) -> None:
    repaired = VIEW.replace("CAST(1000 AS DECIMAL(18,2))", "CAST(600.01 AS DECIMAL(18,2))")
    rows, [outcome] = corrected(tmp_path, ONE, repaired)
    assert str(rows[0][2]) == "600.01"
    assert outcome.status == "vervallen" and outcome.melding and "daar is niets veranderd" in outcome.melding


def test_a_correction_that_holds_for_some_months_only_says_for_how_many(tmp_path: Path) -> None:
    everywhere = ONE.replace("peildatum = 2026-03-31, ", "")
    rows, [outcome] = corrected(
        tmp_path, everywhere, VIEW.replace("'2026-04-30', '6.712', 1000", "'2026-04-30', '6.712', 5")
    )
    assert [int(row[2]) for row in rows] == [600, 1000, 5]
    assert outcome.status == "deels" and (outcome.toegepast, outcome.anders) == (1, 1)


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    rows, [outcome] = corrected(tmp_path, ONE.replace("6.712", "6.714"))
    assert outcome.status == "niet_gevonden" and len(rows) == 3


def test_an_empty_cell_can_be_expected_and_filled(tmp_path: Path) -> None:
    empty = VIEW.replace("CAST(1000 AS DECIMAL(18,2))", "CAST(NULL AS DECIMAL(18,2))")
    rows, [outcome] = corrected(tmp_path, ONE.replace('expect = "1000.00"', 'expect = ""'), empty)
    assert int(rows[0][2]) == 600 and outcome.status == "toegepast"


def test_two_corrections_of_one_table(tmp_path: Path) -> None:
    second = ONE.replace("dubbele factuur maart", "tweede").replace("6.712", "6.713")
    rows, outcomes = corrected(tmp_path, ONE + second)
    assert [int(row[2]) for row in rows] == [600, 600, 1000] and [o.status for o in outcomes] == ["toegepast"] * 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kolom = "bedrag_eur"', 'kolom = "bedrag"', "kolom bedrag bestaat niet"),
        ("k2f__overzicht", "k2f__onbekend", "tabel k2f__onbekend bestaat niet"),
        ('expect = "1000.00"', 'expect = "duizend"', "past niet bij het soort kolom"),
        ('expect = "1000.00"', "", "kijk naar expect"),
        ("kennis", "bron", "kijk naar bron, kennis"),
        ("k2f__overzicht", "wmo__toekenning", "hoort in een ander bestand"),
        ("[[correctie]]", "[[correctie]", "geen geldige TOML"),
        ("[[correctie]]", "[[fout]]", "mag alleen"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(CorrectionError, match=said.replace("[", r"\[")):
        corrected(tmp_path, ONE.replace(old, new))


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="twee correcties"):
        load_corrections(put(tmp_path / "c", ONE + ONE))


def test_no_invented_corrections_are_shipped() -> None:
    assert load_corrections(FOLDER) == []


def test_a_refresh_publishes_the_corrected_figure_and_lists_the_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    monkeypatch.setattr("etl.corrections.FOLDER", put(tmp_path / "c", ONE.replace('"1000.00"', '"400000.50"')))
    put_k2f(inbox, dt.date(2026, 3, 31), 400_000)
    refresh = ["refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"]
    said = CliRunner().invoke(app, refresh)
    assert said.exit_code == 0, said.output
    assert ask(store, "SELECT bedrag_eur FROM mart.fct_realisatie ORDER BY 1")[0][0] == 600
    assert ask(store, "SELECT correctie, status, rijen_toegepast FROM meta.correctie") == [
        ("dubbele factuur maart", "toegepast", 1)
    ]
    put_k2f(inbox, dt.date(2026, 3, 31), 300_000)  # the source sends a repaired file
    said = CliRunner().invoke(app, refresh)
    assert said.exit_code == 0 and "Correctie 'dubbele factuur maart'" in said.output
    assert ask(store, "SELECT status FROM meta.correctie") == [("vervallen",)]
    assert report(store)["correcties"][0]["status"] == "vervallen"
