"""What every reader gives: sheets of cells that remember where they stood."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class CellError:
    """An error value in a cell, such as #N/B or #VERW!; never data."""

    code: str

    def __str__(self) -> str:
        return self.code


Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellError | None


@dataclass(frozen=True)
class Sheet:
    """A rectangle of cells.

    Attributes:
        bestand: File name without folder.
        naam: Sheet name; "" for text files.
        rows: Cells by row, all rows equally long. rows[0] is row 1 of the sheet and rows[i][0] is column A, so a
            place in here is a place in the file.
        text: True when every cell is text from a delimited file (numbers and dates still have to be understood).
        visible: False for a hidden or very hidden sheet.
        hidden_rows: Row numbers (from 1) that are hidden; they are data, and are named in a notice.
        blind: True where the file format hides error cells from the reader (.xls, .xlsb): an empty cell may be one.
        onder: Of nested data (JSON): the sheets whose records are repeated in this one, each beside its children.
        merged: Merged cells as (first row, first column, last row, last column), from 0; only the first holds a value.
    """

    bestand: str
    naam: str
    rows: list[list[Cell]]
    text: bool = False
    visible: bool = True
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    blind: bool = False
    onder: tuple[str, ...] = ()


def without_repeats(fitting: list[Sheet]) -> list[Sheet]:
    """Leave out sheets that repeat the records of another one, out of the sheets that fit what is looked for.

    The fields of a decision stand in the sheet of the decisions, and again beside each of its letters: a source that
    finds all it needs in the first must not count the second.
    """
    names = {sheet.naam for sheet in fitting}
    return [sheet for sheet in fitting if names.isdisjoint(sheet.onder)]


class UnreadableFile(Exception):
    """The file as a whole cannot be read. The message is Dutch and `oplossing` says what to do."""

    def __init__(self, path: Path, reden: str, oplossing: str) -> None:
        super().__init__(f"{path.name}: {reden} {oplossing}")
        self.reden = reden
        self.oplossing = oplossing


def column_letter(index: int) -> str:
    """Give the spreadsheet letter of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
