"""Files that mean harm, or might as well: made small, so that tests are quick."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
CELL = '<c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="B1"><v>1</v></c>'
#: Ten entities that each name the one before ten times: a thousand million letters from one.
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


def sheet(rows: str, before: str = "", root: str = "worksheet") -> str:
    """Give the XML of a sheet."""
    return f'{before}<{root} xmlns="{MAIN}"><sheetData>{rows}</sheetData></{root}>'


def xlsx(rows: str = f'<row r="1">{CELL}</row>', **parts: str | bytes) -> bytes:
    """Give a workbook of one sheet; `parts` replaces or adds parts: sheet, book, links, shared, styles."""
    names = {
        "types": "[Content_Types].xml", "root": "_rels/.rels", "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels", "sheet": "xl/worksheets/sheet1.xml",
        "shared": "xl/sharedStrings.xml", "styles": "xl/styles.xml",
    }  # fmt: skip
    usual: dict[str, str | bytes] = {"types": TYPES, "root": ROOT, "book": BOOK, "links": LINKS, "sheet": sheet(rows)}
    return zipped((names.get(name, name), content) for name, content in (usual | parts).items())


def zipped(parts: Iterable[tuple[str, str | bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def shared(*texts: str) -> str:
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in texts) + "</sst>"


def lying(raw: bytes, part: str) -> bytes:
    """Have the directory of a zip say that a part unpacks to 100 bytes."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        place = archive.start_dir
    changed = bytearray(raw)
    while changed[place : place + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack("<HHH", changed[place + 28 : place + 34])
        if changed[place + 46 : place + 46 + name] == part.encode():
            struct.pack_into("<L", changed, place + 24, 100)
        place += 46 + name + extra + comment
    return bytes(changed)


_ODS = "urn:oasis:names:tc:opendocument:xmlns"
ODS_CELL = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'


def ods(rows: str) -> bytes:
    """Give an OpenDocument workbook of one sheet."""
    spaces = " ".join(f'xmlns:{name}="{_ODS}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped([("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content)])
