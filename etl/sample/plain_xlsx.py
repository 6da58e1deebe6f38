"""A workbook written straight to XML: a row that does not change from month to month is made once.

The same bytes on every run, since nothing in it knows the time.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from etl.readers.cells import column_letter

CellValue = str | float | dt.date | None
#: Stands for the row number until the row gets its place.
_ROW = "\x00"
_COLUMNS = [column_letter(c) for c in range(100)]
_EXCEL_EPOCH = dt.date(1899, 12, 30).toordinal()

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_QUOTE = {'"': "&quot;"}
_HIDDEN = ' state="hidden"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_FIXED = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'%s<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>',
    # Style 1 is built-in date format 14.
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def row_xml(cells: list[CellValue]) -> str:
    """Give a row as XML, still without its row number."""
    parts = [f'<row r="{_ROW}">']
    for column, value in zip(_COLUMNS, cells, strict=False):
        place = f"{column}{_ROW}"
        if isinstance(value, str):
            parts.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        elif isinstance(value, dt.date):
            parts.append(f'<c r="{place}" s="1"><v>{value.toordinal() - _EXCEL_EPOCH}</v></c>')
        elif value is not None:
            parts.append(f'<c r="{place}"><v>{value:.15g}</v></c>')
    return "".join([*parts, "</row>"])


@dataclass(frozen=True)
class PlainSheet:
    """A sheet: its name, rows made by `row_xml` (the first becomes row 1), and whether it is hidden."""

    name: str
    rows: list[str]
    hidden: bool = False


def write_workbook(path: Path, sheet: str, rows: list[str]) -> None:
    """Write a workbook of one sheet.

    Args:
        path: File to write.
        sheet: Name of the sheet.
        rows: Rows made by `row_xml`; the first becomes row 1.
    """
    write_sheets(path, [PlainSheet(sheet, rows)])


def write_sheets(path: Path, sheets: list[PlainSheet]) -> None:
    """Write a workbook of several sheets.

    Args:
        path: File to write.
        sheets: The sheets in their order; at least one is visible.
    """
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in numbers
    )
    links = (
        "".join(
            f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        + f'<Relationship Id="rId{len(sheets) + 1}" Type="{_REL}/styles" Target="styles.xml"/>'
    )
    names = "".join(
        f'<sheet name="{escape(s.name, _QUOTE)}" sheetId="{n}"{_HIDDEN if s.hidden else ""} r:id="rId{n}"/>'
        for n, s in zip(numbers, sheets, strict=True)
    )
    parts = {name: text % types if "Types" in name else text for name, text in _FIXED.items()}
    parts["xl/_rels/workbook.xml.rels"] %= links
    parts["xl/workbook.xml"] = f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>'
    for n, sheet in zip(numbers, sheets, strict=True):
        body = "".join([row.replace(_ROW, str(r)) for r, row in enumerate(sheet.rows, start=1)])
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            # A ZipInfo without a date carries 1980-01-01, so that the clock is not in the file.
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode(), compresslevel=1)
