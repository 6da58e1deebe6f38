"""Files of every kind to cells with their place, or refused as a whole in Dutch."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.readers.cells import CellError, UnreadableFile, column_letter
from etl.readers.files import read_file


def put(folder: Path, raw: bytes, name: str = "bestand.xlsx") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def workbook(path: Path, **options: object) -> Path:
    book = xlsxwriter.Workbook(str(path), options)
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Eén")
    sheet.write("C3", "naam")
    sheet.write("D3", 12.5)
    sheet.write("E3", True)
    sheet.write_datetime("F3", dt.date(2026, 1, 6), day)
    sheet.write_string("C5", "00123")
    book.add_worksheet("Leeg")
    book.close()
    return path


def test_a_cell_keeps_its_place_and_its_kind(tmp_path: Path) -> None:
    sheet, empty = read_file(workbook(tmp_path / "a.xlsx"))
    assert (sheet.bestand, sheet.naam, sheet.text, sheet.visible) == ("a.xlsx", "Eén", False, True)
    assert sheet.rows[2][2:] == ["naam", 12.5, True, dt.date(2026, 1, 6)]
    assert sheet.rows[4][2] == "00123" and sheet.rows[0] == [None] * 6
    assert empty.rows == []


def test_dates_of_the_1904_system_are_the_same_days(tmp_path: Path) -> None:
    assert read_file(workbook(tmp_path / "a.xlsx", date_1904=True))[0].rows[2][5] == dt.date(2026, 1, 6)


def test_the_cells_are_those_that_openpyxl_reads(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    theirs = [list(row) for row in openpyxl.load_workbook(path, data_only=True)["Eén"].iter_rows(values_only=True)]
    theirs[2][5] = theirs[2][5].date()
    assert read_file(path)[0].rows == theirs


def test_errors_and_formulas_without_a_value_are_errors_and_empty_answers_are_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B2"], sheet["D4"] = "x", "#N/A", "=SUM(A1:A3)"
    book.save(tmp_path / "a.xlsx")
    rows = read_file(tmp_path / "a.xlsx")[0].rows
    assert rows[1][1] == CellError("#N/A") and isinstance(rows[3][3], CellError)
    with xlsxwriter.Workbook(str(tmp_path / "b.xlsx")) as own:
        own.add_worksheet().write_formula("A2", '=IF(1,"","")', None, "")
        own.worksheets()[0].write_formula("B2", "=1/0", None, "#DIV/0!")
        own.worksheets()[0].write_formula("C2", "=1+1", None, 2)
    assert read_file(tmp_path / "b.xlsx")[0].rows[1][1:] == [CellError("#DIV/0!"), 2]


def test_hidden_sheets_and_rows_are_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Eén"].row_dimensions[3].hidden = True
    book["Leeg"].sheet_state = "veryHidden"
    book.save(path)
    sheet, other = read_file(path)
    assert sheet.hidden_rows == {3} and sheet.visible and not other.visible


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_text_is_read_whatever_its_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = [["kop é", "bedrag", "naam"], ['"1,5"', "€ 2", '"a ""b"" c"'], ["", "3", "x"]]
    raw = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    sheet = read_file(put(tmp_path, raw, "a.xls"))[0]
    assert sheet.rows == [["kop é", "bedrag", "naam"], ["1,5", "€ 2", 'a "b" c'], [None, "3", "x"]]
    assert sheet.text and sheet.naam == ""


def test_a_line_that_names_the_separator_is_obeyed(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, b"sep=,\na,b;c\n1,2\n", "a.csv"))[0].rows[1] == ["a", "b;c"]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    return buffer.getvalue()


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def plain_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("export.csv", "a;b")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "leeg"), (b"  \r\n", "leeg"), (b"\xef\xbb\xbf", "leeg"),
        (b"<html><table><tr><td>6.1</td></tr></table></html>", "webpagina"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "webpagina"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"MIME-Version: 1.0\n", "webpagina"), (b'{"value": []}', "JSON"), (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04rommel", "beschadigd"), (b"a;b\x00c\n", "geen tabel"),
        (b'a;b\n"nooit dicht;1\n2;3', "aanhalingsteken"),
        (encrypted(), "wachtwoord"), (plain_zip(), "zip-bestand"), (bomb(), "onredelijk groot"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "beschadigd"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_remedy(tmp_path: Path, raw: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile) as problem:
        read_file(put(tmp_path, raw))
    assert why in problem.value.reden and problem.value.oplossing.endswith(".")


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    raw = workbook(tmp_path / "a.xlsx").read_bytes()
    for part in (0.3, 0.6, 0.95):
        with pytest.raises(UnreadableFile):
            read_file(put(tmp_path, raw[: int(len(raw) * part)], "b.xlsx"))


def test_a_lost_cell_far_away_does_not_fill_the_memory(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")
    with pytest.raises(UnreadableFile, match="ver buiten de tabel"):
        read_file(tmp_path / "a.xlsx")


def test_an_error_cell_in_an_ods_file_is_refused(tmp_path: Path) -> None:
    content = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/B</text:p>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("content.xml", content)
    with pytest.raises(UnreadableFile, match="foutcellen"):
        read_file(tmp_path / "a.ods")


def test_a_folder_or_a_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "weg.xlsx"):
        with pytest.raises(UnreadableFile):
            read_file(path)


@lru_cache(maxsize=1)
def _undamaged() -> bytes:
    """Give one workbook, made once: its bytes hold the time it was made, and differ from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        return workbook(Path(folder) / "a.xlsx").read_bytes()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_damage_anywhere_is_refused_or_read_but_never_a_crash(tmp_path: Path, data: st.DataObject) -> None:
    raw = bytearray(_undamaged())
    place = data.draw(st.integers(0, len(raw) - 20))
    raw[place : place + 8] = data.draw(st.binary(min_size=8, max_size=8))
    try:
        assert read_file(put(tmp_path, bytes(raw), "b.xlsx"))
    except UnreadableFile as problem:
        assert problem.reden and problem.oplossing


def test_letters_of_columns_are_those_of_a_spreadsheet() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
