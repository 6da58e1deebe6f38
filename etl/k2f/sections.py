"""Headings between the rows ("Lasten", later "Baten") that say which side the rows under them are."""

from __future__ import annotations

import re
from collections import Counter

from etl.cleaning import plain
from etl.k2f.layout import Layout
from etl.k2f.row import Row, has_amounts, total_label
from etl.readers.cells import Cell, Sheet

_WORDS = {"lasten": "L", "uitgaven": "L", "kosten": "L", "baten": "B", "inkomsten": "B", "opbrengsten": "B"}
#: "Lasten", "A. LASTEN", "Baten (x € 1.000)", "Totaal baten", "Lasten programma 6", and nothing that says more.
_HEADING = re.compile(
    rf"(?i)\s*(?:[a-z0-9ivx]{{1,3}}[.):]\s*)?(?:totale?\s+|totaal\s+)?({'|'.join(_WORDS)})\s*:?"
    r"(?:\s+(?:sociaal domein|programma\s.*|taakveld.*|per taakveld))?\s*"
    r"(?:[(\[].*[)\]]|[x×].*|in (?:euro|€|duizend).*)?\s*"
)


def heading_side(texts: list[str]) -> str | None:
    """Give the side that a heading is about: L, B, or None when it is no such heading."""
    if len(texts) != 1:
        return None
    found = _HEADING.fullmatch(texts[0])
    return _WORDS[found[1].lower()] if found else None


def title_side(sheet: Sheet, row: int, span: tuple[int, int] | None = None) -> str | None:
    """Give the side that the titles over a table (rows before index `row`) or the name of its sheet say, if one.

    Args:
        sheet: The sheet.
        row: Index of the header.
        span: First and last column of the table, where others stand beside it.
    """
    first, last = span or (0, 1 << 30)
    said = set()
    for cells in sheet.rows[:row]:
        said.add(heading_side(_texts(cells[first : last + 1])))
    said.add(heading_side([sheet.naam]) if span is None else None)
    said.discard(None)
    return said.pop() if len(said) == 1 else None


def _texts(cells: list[Cell]) -> list[str]:
    filled = [cell for cell in cells if cell is not None and not (isinstance(cell, str) and not cell.strip())]
    return [cell for cell in filled if isinstance(cell, str)] if all(isinstance(c, str) for c in filled) else []


class Sections:
    """Walks down the rows of a table and knows under which heading it is.

    Where each side has one heading, what stands between (names of taakvelden, subtotals) is part of it. Where headings
    come back, each stretch ends at the next other heading or total: what then follows has no side until a heading
    gives it one. The total of a side, and a saldo, always end it.
    """

    def __init__(self, sheet: Sheet, layout: Layout, rows: list[int]) -> None:
        found: Counter[str] = Counter()
        heads = {tuple(map(_shown, cells)) for cells in sheet.rows[max(0, layout.row - 2) : layout.row + 1]}
        for index in rows:
            row = Row(sheet, layout, index, None)
            if not has_amounts(row) and (side := heading_side(row.texts())):
                found[side] += tuple(map(_shown, sheet.rows[index])) not in heads
        self.present = bool(found) or layout.side is not None
        self._return = any(count > 1 for count in found.values())
        self._side = layout.side
        self._all = layout.side if not found else None

    def pass_text(self, row: Row) -> None:
        """Note a row without amounts."""
        if side := heading_side(row.texts()):
            self._side = side
        elif self._return and row.texts():
            self._side = self._all

    def pass_total(self, row: Row) -> None:
        """Note a total."""
        low = plain(total_label(row) or "")
        if self._return or "saldo" in low or "resultaat" in low or any(word in low for word in _WORDS):
            self._side = self._all

    @property
    def side(self) -> str | None:
        """Give the side of a line that comes now."""
        return self._side


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)
