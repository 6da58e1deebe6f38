"""What calamine does not tell about an .xlsx sheet: error cells, formulas without a value, hidden rows, its extent.

A quick search through the unpacked bytes decides whether anything is there at all; only then is the XML parsed. That
keeps the speed of calamine and needs no second reader that loads the whole sheet.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring, iterparse

from etl.readers.cells import CellError

_CHUNK = 1 << 20
_TAIL = 300  # bytes carried over, so that a cell on the border of two chunks is still seen
_FORMULA = re.compile(
    rb"""</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"""
    rb"""|<(?:\w+:)?f\b[^>]*/>\s*(?:<(?:\w+:)?v\s*/>)?\s*</"""
)
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)""")
_WIDE = re.compile(rb"""r=["']([A-Z]{2,3})\d""")
#: What a formula without a stored value is called in a refusal.
NO_VALUE = "formule zonder uitkomst"


@dataclass
class Notes:
    """What was found in one sheet; places count from 0.

    Attributes:
        errors: Error cells and formulas without a stored value.
        hidden_rows: Row numbers from 1.
        area: Cells of the rectangle that holds everything.
    """

    errors: dict[tuple[int, int], CellError] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    area: int = 0


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the XML part of each worksheet by sheet name; empty for a binary workbook."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found = {}
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if _local(element) != "sheet":
            continue
        relation_id = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation_id, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if part in names:
            found[element.get("name", "")] = part
    return found


def scan(archive: zipfile.ZipFile, part: str, limit: int) -> Notes:
    """Search one sheet part, and parse it only when there is something to note.

    Raises:
        ValueError: The part unpacks beyond `limit` bytes, whatever the directory of the zip says, or has a DOCTYPE.
    """
    odd, wide, last_row, size, tail = False, b"", 1, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            block = tail + chunk
            if size > limit or b"<!DOCTYPE" in block:
                raise ValueError("not a sheet")
            odd = odd or _is_odd(block)
            # Two letters are rare enough to look at all of them; one letter needs no look.
            for match in _WIDE.finditer(block):
                wide = max(wide, match[1], key=lambda letters: (len(letters), letters))
            start = block.rfind(b"<row ")
            if start >= 0 and (found := _ROW.match(block, start)):
                last_row = max(last_row, int(found[1]))
            tail = block[-_TAIL:]
    notes = Notes(area=last_row * (_column(wide.decode()) + 1 if wide else 26))
    return _parse(archive, part, notes) if odd else notes


def _is_odd(block: bytes) -> bool:
    """Say whether there may be an error, a formula without value or a hidden row; substrings first, they are cheap."""
    if b't="e"' in block or b"t='e'" in block:
        return True
    if b"hidden=" in block and _HIDDEN.search(block):
        return True
    return (b"<f" in block or b":f" in block) and _FORMULA.search(block) is not None


def _parse(archive: zipfile.ZipFile, part: str, notes: Notes) -> Notes:
    """Walk the XML once, freeing rows as they pass."""
    hidden = set()
    row_number = column = 0
    with archive.open(part) as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            name = _local(element)
            if name == "row" and event == "start":
                row_number = int(element.get("r") or row_number + 1)
                column = -1
                if element.get("hidden") in ("1", "true"):
                    hidden.add(row_number)
            elif name == "c" and event == "end":
                place = re.match(r"[A-Z]+", element.get("r", ""))
                column = _column(place[0]) if place else column + 1
                if error := _error(element):
                    notes.errors[row_number - 1, column] = error
            elif name == "row":
                element.clear()
    notes.hidden_rows = frozenset(hidden)
    return notes


def _error(cell: Element) -> CellError | None:
    """Give the error of a cell, or None when it holds data or nothing."""
    value = next((child.text for child in cell if _local(child) == "v"), None)
    kind = cell.get("t")
    if kind == "e":
        return CellError(value or "#FOUT")
    formula = any(_local(child) == "f" for child in cell)
    # A formula whose answer is an empty text (t="str") has a value: nothing.
    return CellError(NO_VALUE) if formula and not value and kind != "str" else None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
