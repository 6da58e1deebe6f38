"""What calamine does not tell about an .xlsx sheet: error cells, formulas without a value, hidden rows, its extent.

A quick search through the unpacked bytes decides whether anything is there at all; only then is the XML parsed. That
keeps the speed of calamine and needs no second reader that loads the whole sheet.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring
from xml.parsers import expat

import numpy as np

from etl.readers.cells import CellError

_CHUNK = 1 << 20
_TAIL = 300  # bytes carried over where no cell begins, so that what is cut in two is still seen
_FORMULA = re.compile(
    rb"""</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"""
    rb"""|<(?:\w+:)?f\b[^>]*/>\s*(?:<(?:\w+:)?v\s*/>)?\s*</"""
)
_HIDDEN = re.compile(rb"""<row\b([^>]*?\shidden=["'](?:1|true)["'][^>]*)>""")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")
_PREFIXED = re.compile(rb"<\w{1,40}:(?:c|row)[\s/>]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DOCTYPE = b"<!DOCTYPE"
#: What a formula without a stored value is called in a refusal.
NO_VALUE = "formule zonder uitkomst"


class TooManyCells(Exception):
    """A sheet has more cells than fit."""


@dataclass
class Notes:
    """What was found in one sheet; places count from 0.

    Attributes:
        errors: Error cells and formulas without a stored value.
        hidden_rows: Row numbers from 1.
        area: Cells of the rectangle that holds everything.
        cells: How many cells are written.
        texts: How many of them refer to a shared text.
    """

    errors: dict[tuple[int, int], CellError] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    area: int = 0
    cells: int = 0
    texts: int = 0


def parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the XML part of each worksheet by sheet name; empty for a binary workbook.

    Raises:
        ValueError: Two sheets or relations of one name: readers differ in which of them they take.
    """
    names = {name.casefold(): name for name in archive.namelist()}
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names.keys():
        return {}
    targets: dict[str, str] = {}
    for relation in _small(archive, names["xl/_rels/workbook.xml.rels"]):
        if relation.get("Id", "") in targets:
            raise ValueError("two relations of one name")
        targets[relation.get("Id", "")] = relation.get("Target", "")
    found: dict[str, str] = {}
    for element in _small(archive, names["xl/workbook.xml"]).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        relation_id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation_id, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        if element.get("name", "") in found:
            raise ValueError("two sheets of one name")
        if part.casefold() in names:
            found[element.get("name", "")] = names[part.casefold()]
    return found


def _small(archive: zipfile.ZipFile, name: str) -> Element:
    """Parse a part that is small in every real workbook."""
    with archive.open(name) as stream:
        content = stream.read(8 * _CHUNK)
        if stream.read(1) or _DOCTYPE in content or content.startswith(_UTF16):
            raise ValueError("not a workbook")
    return fromstring(content)


def scan(archive: zipfile.ZipFile, part: str, limit: int, most: int) -> Notes:
    """Search one sheet part, and parse it only when there is something to note.

    Args:
        archive: The workbook.
        part: Name of the sheet's XML.
        limit: Bytes that it may unpack to, whatever the directory of the zip says.
        most: Cells that it may have.

    Raises:
        TooManyCells: More than `most`.
        ValueError: The part is bigger than that, has a DOCTYPE, or is in an encoding that Excel never writes.
    """
    notes, odd, size, tail, rows, columns = Notes(), False, 0, b"", 0, 0
    hidden: set[int] = set()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            block = tail + chunk
            if size == 0 and block.startswith(_UTF16):
                raise ValueError("not a sheet")
            size += len(chunk)
            odd = odd or _is_odd(block)
            # A cell that may go on in the next block is left for it.
            cut = max(block.rfind(b"<c"), block.rfind(b"<row"))
            cut = cut if cut > 0 else max(len(block) - _TAIL, 0)
            whole, tail = block[:cut], block[cut:]
            seen = _places(whole, notes)
            rows, columns = max(rows, seen[0]), max(columns, seen[1])
            odd = not _hidden(whole, hidden) or odd or not seen[2]
            if notes.cells > most:
                raise TooManyCells
            if size > limit or (b"!" in block and _DOCTYPE in block):
                raise ValueError("not a sheet")
    rows_, columns_, sure = _places(tail, notes)
    notes.area = max(rows, rows_) * max(columns, columns_)
    sure = _hidden(tail, hidden) and sure
    notes.hidden_rows = frozenset(hidden)
    return _parse(archive, part, notes, most) if odd or not sure else notes


def _hidden(block: bytes, found: set[int]) -> bool:
    """Note the numbers of the hidden rows in a block; False when one does not say its number."""
    for row in _HIDDEN.finditer(block) if b"hidden=" in block else ():
        number = _ROW_NUMBER.search(row[1])
        if number is None:
            return False
        found.add(int(number[1]))
    return True


def _places(block: bytes, notes: Notes) -> tuple[int, int, bool]:
    """Give the lowest row and the last column of the cells in a block, and whether every cell says where it stands."""
    signs = np.frombuffer(block + b" " * 20, np.uint8)
    start = np.flatnonzero((signs[:-20] == ord("<")) & (signs[1:-19] == ord("c")))
    after = signs[start + 2]
    start = start[(after == ord(" ")) | (after == ord(">")) | (after == ord("/"))]
    cells = len(start)
    notes.cells += cells
    if not cells:
        return 0, 0, True
    notes.texts += block.count(b't="s"')
    start = start[(signs[start + 3] == ord("r")) & (signs[start + 4] == ord("=")) & (signs[start + 5] == ord('"'))] + 6
    row = np.zeros(len(start), np.int32)
    column = np.zeros(len(start), np.int32)
    going = np.ones(len(start), bool)
    for place in range(11):  # three letters, seven digits and the quote
        sign = signs[start + place].astype(np.int32)
        letter = going & (sign >= 65) & (sign <= 90) & (row == 0)
        going &= letter | ((sign >= 48) & (sign <= 57))
        if not going.any():
            break
        column = np.where(letter, column * 26 + sign - 64, column)
        row = np.where(going & ~letter, row * 10 + sign - 48, row)
    sure = len(start) == cells and not going.any() and bool((row > 0).all() and (column > 0).all())
    return int(row.max(initial=0)), int(column.max(initial=0)), sure


def _is_odd(block: bytes) -> bool:
    """Say whether there may be an error, a formula without value or a cell written in another way.

    Looking for one sign costs a tenth of looking for a word, so the signs go first.
    """
    colon = b":" in block
    if colon and (b":c" in block or b":row" in block) and _PREFIXED.search(block):
        return True
    if any(sign in block and b"<c" + sign in block for sign in (b"\n", b"\r", b"\t")):
        return True
    if b't="e"' in block or (b"'" in block and (b"t='e'" in block or b"='" in block)):
        return True
    return (b"<f" in block or (colon and b":f" in block)) and _FORMULA.search(block) is not None


class _Walk:
    """Walks the XML once and keeps no tree, so that memory does not grow with the sheet."""

    def __init__(self, notes: Notes, most: int) -> None:
        self.notes, self.most = notes, most
        self.hidden: set[int] = set()
        self.row = self.column = self.rows = self.columns = self.cells = 0
        self.kind: str | None = None
        self.formula = self.in_cell = self.in_value = False
        self.value = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(given.get("r") or self.row + 1), 0
            if given.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif name == "c":
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", given.get("r", ""))
            if given.get("r") and not place:
                raise ValueError("a cell that stands nowhere")
            self.column = _column(place[1]) + 1 if place else self.column + 1
            self.row = int(place[2]) if place else max(self.row, 1)
            self.cells += 1
            if self.cells > self.most:
                raise TooManyCells
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            self.kind, self.formula, self.in_cell, self.value = given.get("t"), False, True, ""
        elif self.in_cell:
            self.formula = self.formula or name == "f"
            self.in_value = name == "v"

    def text(self, text: str) -> None:
        if self.in_value and len(self.value) < 100:
            self.value += text

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.in_value = False
        elif name == "c" and self.in_cell:
            self.in_cell = False
            if error := self._error():
                self.notes.errors[self.row - 1, self.column - 1] = error

    def _error(self) -> CellError | None:
        """Give the error of a cell, or None when it holds data or nothing."""
        if self.kind == "e":
            return CellError(self.value or "#FOUT")
        # A formula whose answer is an empty text (t="str") has a value: nothing.
        return CellError(NO_VALUE) if self.formula and not self.value and self.kind != "str" else None


def _parse(archive: zipfile.ZipFile, part: str, notes: Notes, most: int) -> Notes:
    """Note errors, hidden rows and the exact extent."""
    walk = _Walk(notes, most)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = walk.start, walk.end
    parser.CharacterDataHandler = walk.text
    try:
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    except expat.ExpatError:
        raise ValueError("not a sheet") from None
    notes.hidden_rows, notes.cells = frozenset(walk.hidden), walk.cells
    notes.area = walk.rows * walk.columns
    return notes


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
