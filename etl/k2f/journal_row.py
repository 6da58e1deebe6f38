"""One row of a journal: its cells by name, read once per value, and the booked lines that it holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.cleaning import DecimalSign, NotUnderstood, amount, code_text, date, text
from etl.codes import taakveld
from etl.k2f import journal_values as values
from etl.k2f.layout import Layout
from etl.readers.cells import Cell, Sheet, column_letter
from etl.source import Refusal

Decimals = dict[int, DecimalSign | None]
SideOf = Callable[[str | None], str | None]


@dataclass(slots=True)
class JournalLine:
    """One booked line.

    Attributes:
        value: As written, with the sign of D/C (debet positive) where the file has that.
        decimals: So many stand behind the decimal sign, also when they are zeros: what is booked to the cent is euros.
        nummer: Dagboek, boekstuk and line, as far as the file has them.
        written: The amount as it stands in its column, to lay beside a printed total.
    """

    blad: str
    rij: int
    code: str
    jaar: int | None
    periode: int | None
    boekdatum: dt.date
    prestatiemaand: dt.date | None
    kostenplaats: str | None
    kostensoort: str | None
    side: str | None
    value: Decimal
    decimals: int
    nummer: tuple[str, ...]
    written: dict[int, Decimal]


class Row:
    """One row with what its columns are.

    Attributes:
        cells: Of the row.
        rij: Row number, from 1.
        at: The column that is being read, for a refusal.
    """

    def __init__(self, sheet: Sheet, layout: Layout, index: int, memo: dict[Any, Any]) -> None:
        self.layout, self.sheet, self._memo = layout, sheet, memo
        self.cells = sheet.rows[index]
        self.rij = index + 1
        self.at: int | None = None

    def get(self, name: str) -> Cell:
        """Give the cell of a field; None where the journal has no such column."""
        self.at = self.layout.column(name)
        return None if self.at is None else self.cells[self.at]

    def read(self, name: str, parse: Callable[[Cell], Any]) -> Any:
        """Give the value of a field. A journal repeats its codes, months and days: each is understood once.

        Raises:
            NotUnderstood: By `parse`.
        """
        cell = self.get(name)
        key = (name, cell.__class__, cell)
        if key not in self._memo:
            self._memo[key] = parse(cell)
        return self._memo[key]

    def refuse(self, problem: NotUnderstood) -> Refusal:
        """Give the refusal of this row, with the cell that was being read."""
        place = None if self.at is None else f"{column_letter(self.at)} ({self.layout.headers.get(self.at, '')})"
        value = None if self.at is None else values.shown(self.cells[self.at])
        return Refusal(self.sheet.bestand, self.sheet.naam, self.rij, place, value, problem.reden, problem.oplossing)


def blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing that can be seen."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\u00a0\u202f \t\r\n"))


def read_lines(
    row: Row, amounts: tuple[int, ...], decimals: Decimals, side_of: SideOf, signed: bool
) -> list[JournalLine]:
    """Give the booked lines of a row: one, or one per side where lasten and baten are columns.

    Args:
        row: The row.
        amounts: Columns with amounts.
        decimals: Their decimal signs.
        side_of: L or B of a kostensoort, where no column says it.
        signed: Amounts carry their sign already, D and C only repeat it.

    Raises:
        NotUnderstood: A cell that is not certain; `row.at` is its column, and `row.code` what is known of its taakveld.
    """
    boekdatum = row.read("boekdatum", _date)
    code = row.read("taakveld", taakveld)
    booked, periode_jaar = row.read("periode", _periode)
    jaar = _agree(row.read("boekjaar", _jaar), periode_jaar)
    kostenplaats, kostensoort = row.read("kostenplaats", code_text), row.read("kostensoort", code_text)
    side = row.read("lasten_baten", values.side) if row.layout.column("lasten_baten") is not None else None
    if row.layout.column("lasten") is None and side is None:
        row.at = row.layout.column("kostensoort")
        side = side_of(kostensoort)
    maand = row.read("prestatieperiode", values.prestatiemaand)
    number = (row.read("dagboek", _text), _text(row.get("boekstuk")), row.read("regel", _text))
    lines = []
    for column, (value, written) in _amounts(row, amounts, decimals, signed).items():
        own = {"lasten": "L", "baten": "B"}.get(row.layout.slots[column].field, side)
        lines.append(
            JournalLine(
                row.sheet.naam, row.rij, code, jaar, booked, boekdatum, maand, kostenplaats, kostensoort, own,
                value, values.decimals(row.cells[column], value), number, {column: written},
            )
        )  # fmt: skip
    return lines


def _text(cell: Cell) -> str:
    return text(cell) or ""


def _date(cell: Cell) -> dt.date:
    if blank(cell):
        raise NotUnderstood("de boekdatum ontbreekt.", "Vul op elke regel de boekdatum in.")
    return date(cell, serial=True)


def _periode(cell: Cell) -> tuple[int | None, int | None]:
    return (None, None) if blank(cell) else values.periode(cell)


def _jaar(cell: Cell) -> int | None:
    if blank(cell):
        return None
    written = text(cell) or ""
    if not re.fullmatch(r"20\d{2}", written):
        raise NotUnderstood("dit is geen boekjaar.", "Schrijf het boekjaar als vier cijfers, bijvoorbeeld 2026.")
    return int(written)


def _agree(jaar: int | None, of_period: int | None) -> int | None:
    if jaar and of_period and jaar != of_period:
        raise NotUnderstood(
            f"het boekjaar is {jaar}, maar de periode noemt {of_period}.", "Maak boekjaar en periode gelijk."
        )
    return jaar or of_period


def _amounts(
    row: Row, amounts: tuple[int, ...], decimals: Decimals, signed: bool
) -> dict[int, tuple[Decimal, Decimal]]:
    """Give the amounts of a line by column, signed and as written; two where lasten and baten are columns."""
    found: dict[int, Decimal] = {}
    for row.at in amounts:
        value = amount(row.cells[row.at], decimals.get(row.at))
        if value is not None:
            found[row.at] = value
    if not found:
        raise NotUnderstood("het bedrag ontbreekt.", "Vul op elke regel een bedrag in.")
    if row.sheet.text and any(not blank(cell) for cell in row.cells[row.layout.last_column + 1 :]):
        raise NotUnderstood(
            "deze regel heeft meer velden dan de kop; er is een scheidingsteken te veel.",
            "Zet bedragen met een komma tussen aanhalingstekens, of exporteer met puntkomma's.",
        )
    found = {column: value for column, value in found.items() if value} or dict([next(iter(found.items()))])
    if row.layout.column("debet") is not None and len(found) > 1:
        # Two bookings in one line: nobody can say which was meant.
        raise NotUnderstood("op deze regel staan debet en credit allebei.", "Zet debet en credit op een eigen regel.")
    factor = 1 if row.layout.column("debet_credit") is None or signed else _letter(row, found)
    signs = {column: -factor if row.layout.slots[column].field == "credit" else factor for column in found}
    return {column: (signs[column] * value, value) for column, value in found.items()}


def _letter(row: Row, found: dict[int, Decimal]) -> int:
    factor = values.sign(row.get("debet_credit"))
    if any(value < 0 for value in found.values()):
        raise NotUnderstood(
            "hier staat een minteken naast D of C; het is niet zeker of het teken al in het bedrag zit.",
            "Exporteer bedragen zonder minteken naast D en C, of laat de kolom D/C weg.",
        )
    return factor
