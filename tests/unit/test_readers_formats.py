"""One table in every kind of file gives one and the same sheet, as far as the kind allows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from etl.readers.cells import CellError, Sheet, UnreadableFile
from etl.readers.files import read_file
from tests.support import hostile, k2f_files

TABLE = [
    ["Overzicht 2026", None, None, None],
    [None, None, None, None],
    ["Kostenplaats", "Taakveld", "L/B", "Realisatie"],
    ["00671201", "6.712", "L", Decimal("1234567.89")],
    ["00673100", "Jeugd – één", "B", Decimal("-0.05")],
    ["=1+1", "+31", None, Decimal(0)],
]
PLAIN = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in TABLE]


def written(path: Path) -> Sheet:
    if path.suffix == ".xls":
        k2f_files.xls(path, TABLE)
    elif path.suffix == ".ods":
        k2f_files.ods(path, TABLE)
    else:
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
        sheet = book.add_worksheet("Overzicht")
        for place, row in enumerate(PLAIN):
            sheet.write_row(place, 0, row)
        book.close()
    return read_file(path)[0]


@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
def test_the_same_table_is_the_same_in_every_kind_of_workbook(tmp_path: Path, kind: str) -> None:
    sheet = written(tmp_path / f"a.{kind}")
    assert sheet.rows == PLAIN
    assert (sheet.bestand, sheet.naam, sheet.visible) == (f"a.{kind}", "Overzicht", True)
    assert sheet.blind is (kind == "xls")


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_kind_is_in_the_content_and_not_in_the_name(tmp_path: Path, kind: str) -> None:
    sheet = written(tmp_path / f"a.{kind}")
    (tmp_path / "b.csv").write_bytes((tmp_path / f"a.{kind}").read_bytes())
    assert read_file(tmp_path / "b.csv")[0].rows == sheet.rows


@pytest.mark.parametrize("kind", ["xls", "xlsx", "ods"])
@pytest.mark.parametrize("part", [0.2, 0.7])
def test_half_a_workbook_is_refused(tmp_path: Path, kind: str, part: float) -> None:
    written(tmp_path / f"a.{kind}")
    raw = (tmp_path / f"a.{kind}").read_bytes()
    (tmp_path / f"b.{kind}").write_bytes(raw[: int(len(raw) * part)])
    with pytest.raises(UnreadableFile, match=r"[Bb]ewaar|opnieuw"):
        read_file(tmp_path / f"b.{kind}")


def test_cells_repeated_and_dates_in_an_ods_file_stand_where_they_stand(tmp_path: Path) -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2026-01-06"/>'
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    twice = hostile.ODS_CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    rows = f'<table:table-row table:number-rows-repeated="2">{twice}{blank}{day}</table:table-row>'
    (tmp_path / "a.ods").write_bytes(hostile.ods(rows))
    assert read_file(tmp_path / "a.ods")[0].rows == [[1, 1, None, None, dt.date(2026, 1, 6)]] * 2


def test_a_formula_counts_as_its_stored_answer_only(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", '=HYPERLINK("http://voorbeeld.invalid")', None, "klik")
        sheet.write_formula("B1", "=2*3", None, 6)
        sheet.write_string("C1", '=cmd|"/c calc"!A0')
    assert read_file(tmp_path / "a.xlsx")[0].rows == [["klik", 6, '=cmd|"/c calc"!A0']]
    other = openpyxl.Workbook()
    other.active["A1"] = "=2*3"
    other.save(tmp_path / "b.xlsx")
    assert isinstance(read_file(tmp_path / "b.xlsx")[0].rows[0][0], CellError)


@pytest.mark.parametrize(
    "text",
    ['<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "<TABLE><tr><td>1</td></tr></TABLE>"],
    ids=["xml 2003", "html"],
)
def test_what_only_calls_itself_a_workbook_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.xls").write_text(text)
    with pytest.raises(UnreadableFile, match="Opslaan als"):
        read_file(tmp_path / "a.xls")
