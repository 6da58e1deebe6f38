"""A workbook written straight to XML: a row that does not change from month to month is made once.

The same bytes on every run, since nothing in it knows the time.
"""

from __future__ import annotations

import datetime as dt
import zipfile
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
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_FIXED = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    # Style 1 is built-in date format 14.
    "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill/><fill/></fills><borders count="1"><border/></borders>'
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
            parts.append(f'<c r="{place}"><v>{value:g}</v></c>')
    return "".join([*parts, "</row>"])


def write_workbook(path: Path, sheet: str, rows: list[str]) -> None:
    """Write a workbook of one sheet.

    Args:
        path: File to write.
        sheet: Name of the sheet.
        rows: Rows made by `row_xml`; the first becomes row 1.
    """
    body = "".join([row.replace(_ROW, str(n)) for n, row in enumerate(rows, start=1)])
    parts = dict(_FIXED)
    parts["xl/workbook.xml"] = (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts["xl/worksheets/sheet1.xml"] = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            # A ZipInfo without a date carries 1980-01-01, so that the clock is not in the file.
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode(), compresslevel=1)
