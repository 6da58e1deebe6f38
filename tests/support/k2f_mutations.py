"""Damage to one or two cells of a sheet, as hands and exports do it; drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from etl.readers.cells import Cell, Sheet
from tests.support.k2f_files import Table, dutch

Rows = list[list[Cell]]
_WORDS = (
    "onbekend",
    "x",
    "-",
    "Totaal",
    "Subtotaal",
    "6.3",
    "L",
    "B",
    "Lasten",
    "Baten",
    "12",
    " ",
    "1.234",
    "0,5",
    "N 5",
)


@dataclass(frozen=True)
class Body:
    """A sheet to damage.

    Attributes:
        rows: All its cells, as a reader gives them.
        first: Index of the first row under the header.
        columns: Columns in which a change can be proven; what changes elsewhere, the sheet does not say twice.
        text: The sheet is delimited text.
        swaps: Two cells that change places are seen too.
    """

    rows: Rows
    first: int
    columns: tuple[int, ...]
    text: bool = False
    swaps: bool = True

    def sheet(self, rows: Rows | None = None) -> Sheet:
        return Sheet("overzicht.xlsx", "Overzicht", self.rows if rows is None else rows, text=self.text)


def body(table: Table, first: int, *, but: tuple[int, ...] = (), text: bool = False, swaps: bool = True) -> Body:
    """Give a table as a reader does: numbers are floats (or all is Dutch text), every row equally wide."""
    width = max(map(len, table))
    rows = [[_cell(value, text) for value in row] + [None] * (width - len(row)) for row in table]
    return Body(rows, first, tuple(column for column in range(width) if column not in but), text, swaps)


def _cell(value: Any, text: bool) -> Cell:
    if text:
        return dutch(value) or None
    return float(value) if isinstance(value, Decimal) else value


def damaged(draw: Callable[[st.SearchStrategy], Any], good: Body) -> tuple[str, Rows]:
    """Give a copy of a sheet with one thing wrong, and what was done to it."""
    rows = [list(row) for row in good.rows]
    places = st.integers(good.first, len(rows) - 1)
    row, column = draw(places), draw(st.sampled_from(good.columns))
    kind = draw(st.sampled_from(sorted(kind for kind in _KINDS if good.swaps or kind != "two cells swapped")))
    _KINDS[kind](draw, rows, row, column, good)
    return f"{kind} at row {row + 1}, column {column + 1}", rows


def _digit(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    cell = rows[row][column]
    if isinstance(cell, float):
        step = draw(st.sampled_from((0.01, 1, 10, 1000, 100_000))) * draw(st.integers(1, 9))
        rows[row][column] = round(cell + draw(st.sampled_from((-1, 1))) * step, 2)
    elif isinstance(cell, str) and any(letter.isdigit() for letter in cell):
        at = draw(st.sampled_from([place for place, letter in enumerate(cell) if letter.isdigit()]))
        rows[row][column] = cell[:at] + str(draw(st.integers(0, 9))) + cell[at + 1 :]


def _letter(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    cell = rows[row][column]
    if isinstance(cell, str) and cell:
        at = draw(st.integers(0, len(cell) - 1))
        rows[row][column] = cell[:at] + draw(st.sampled_from(("", ".", ",", "-", " ", "0", "7"))) + cell[at + 1 :]


def _sign(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    cell = rows[row][column]
    if isinstance(cell, float):
        rows[row][column] = -cell
    elif isinstance(cell, str) and cell[:1].isdigit():
        rows[row][column] = "-" + cell


def _word(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    rows[row][column] = draw(st.sampled_from(_WORDS))


def _empty(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    rows[row][column] = None


def _delete(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    del rows[row]


def _double(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    rows.insert(draw(st.integers(good.first, len(rows))), list(rows[row]))


def _move(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    moved = rows.pop(row)
    rows.insert(draw(st.integers(good.first, len(rows))), moved)


def _swap(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    other, there = draw(st.integers(good.first, len(rows) - 1)), draw(st.sampled_from(good.columns))
    rows[row][column], rows[other][there] = rows[other][there], rows[row][column]


def _shift(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    cells = rows[row]
    if draw(st.booleans()):
        rows[row] = [*cells[:column], None, *cells[column:-1]]
    else:
        rows[row] = [*cells[:column], *cells[column + 1 :], None]


def _shift_column(draw: Any, rows: Rows, row: int, column: int, good: Body) -> None:
    """All cells of a column, from a row on, one row down."""
    for place in range(len(rows) - 1, row, -1):
        rows[place][column] = rows[place - 1][column]
    rows[row][column] = None


_KINDS: dict[str, Callable[..., None]] = {
    "digit changed": _digit,
    "letter changed": _letter,
    "sign flipped": _sign,
    "text put in": _word,
    "cell emptied": _empty,
    "row deleted": _delete,
    "row doubled": _double,
    "row moved": _move,
    "two cells swapped": _swap,
    "row shifted": _shift,
    "column shifted": _shift_column,
}
