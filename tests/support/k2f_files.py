"""Writes tables as files that municipalities send: .xlsx, .xls, .ods and delimited text in all their dialects."""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Table = list[list[Any]]


def xlsx(
    path: Path,
    sheets: dict[str, Table] | Table,
    *,
    merged: Iterable[str] = (),
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    date_1904: bool = False,
) -> Path:
    """Write a workbook; texts stay texts, Decimals become numbers, dates get a date format.

    Args:
        path: Where to.
        sheets: Name -> table, or one table (sheet "Overzicht").
        merged: Areas of the first sheet that are one cell ("B6:B7"); the value of the first cell counts.
        hidden: Names of sheets that are hidden.
        hidden_rows: Row numbers (from 1) of the first sheet that a filter hides.
        date_1904: Use the date system of old Macs.
    """
    book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for place, (name, table) in enumerate((sheets if isinstance(sheets, dict) else {"Overzicht": sheets}).items()):
        sheet = book.add_worksheet(name)
        for area in merged if not place else ():
            sheet.merge_range(area, "")
        for row, cells in enumerate(table):
            for column, value in enumerate(cells):
                _put(sheet, row, column, value, day)
        for number in hidden_rows if not place else ():
            sheet.set_row(number - 1, None, None, {"hidden": True})
        if name in set(hidden):
            sheet.hide()
    book.close()
    return path


def _put(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
    else:
        sheet.write_number(row, column, float(value))


_ODS = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
_ODS += ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
_ODS += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def ods(path: Path, table: Table, name: str = "Overzicht") -> Path:
    """Write an OpenDocument spreadsheet."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in table)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return path


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xls(path: Path, table: Table, name: str = "Overzicht") -> Path:
    """Write a workbook of Excel 97 (BIFF8): one sheet of texts and numbers, in its container of blocks."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def written(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    cells = b""
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                cells += record(0x0204, at + written(value))
            elif value is not None:
                cells += record(0x0203, at + struct.pack("<d", float(value)))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    size = struct.pack("<IIHHH", 0, len(table), 0, max(map(len, table)), 0)
    sheet += record(0x0200, size) + cells + record(0x000A, b"")
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += record(0x0042, struct.pack("<H", 1200))
    bound = struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    length = len(start) + 4 + 4 + len(bound) + 4
    book = start + record(0x0085, struct.pack("<I", length) + bound) + record(0x000A, b"")
    path.write_bytes(_container(book + sheet))
    return path


def _container(stream: bytes) -> bytes:
    """Wrap one stream "Workbook" as an OLE file: header, directory, one table of blocks, the stream."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    blocks = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, blocks + 2), 0xFFFFFFFE]  # block 0: this table, 1: the directory
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le") if name else b""
        tree = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + tree + b"\0" * 36 + struct.pack("<IQ", start, size)

    none = 0xFFFFFFFF
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, none, 2, len(stream))
    directory += entry("", 0, none, 0, 0) * 2
    return head + struct.pack("<128I", *table) + directory + stream


def dutch(value: Any) -> str:
    """Write 1234.5 as 1.234,50."""
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def english(value: Any) -> str:
    """Write 1234.5 as 1234.5, as databases do."""
    return "" if value is None else str(value)


def delimited(
    path: Path,
    table: Table,
    separator: str = ";",
    encoding: str = "utf-8",
    show: Callable[[Any], str] = dutch,
    quoting: Any = csv.QUOTE_MINIMAL,
) -> Path:
    """Write delimited text."""
    width = max(map(len, table))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting)
    writer.writerows([[show(value) for value in row] + [""] * (width - len(row)) for row in table])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def as_text(table: Table, show: Callable[[Decimal], str]) -> Table:
    """Give a table with its amounts written as text."""
    return [[show(value) if isinstance(value, Decimal) else value for value in row] for row in table]
