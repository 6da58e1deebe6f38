"""Rows of a journal to lines, printed totals and refusals. Amounts stay as written: unit and convention come later."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from etl.cleaning import DecimalSign, NotUnderstood, amount, code_text, date, plain, text
from etl.codes import taakveld
from etl.k2f import journal_values as values
from etl.k2f.journal_layout import SPLITS, amount_columns
from etl.k2f.layout import Layout
from etl.readers.cells import Cell, Sheet, column_letter
from etl.source import Refusal

_TOTAL = re.compile(
    r"(?i)\b(?:sub|eind)?-?totalen\b|\b(?:sub|eind)?-?totaal\b|^\s*som\b|^\s*saldo\b|\b(?:grand |sub)?total\b"
)
_CODE = re.compile(r"(?<![\d.,])\d[.,]\d{1,3}[a-dA-D]?(?![\d.,])")
_NAMELESS = "regel zonder naam"


@dataclass(frozen=True)
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
    written: dict[int, Decimal] = field(default_factory=dict)


@dataclass
class Total:
    """A printed sum: what stands in each amount column."""

    rij: int
    label: str
    code: str
    printed: dict[int, Decimal]
    sign: int | None = None


@dataclass
class Table:
    """Everything under the header of one sheet, sorted out."""

    sheet: Sheet
    layout: Layout
    lines: list[JournalLine] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_rows: dict[int, bool] = field(default_factory=dict)  # row -> whether it may be in the social domain
    texts: list[str] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    splits: dict[str, set[str]] = field(default_factory=dict)
    many_months: int = 0


class _Row:
    """One row with what its columns are."""

    def __init__(self, table: Table, index: int, signed: bool) -> None:
        self.layout, self.sheet, self.signed = table.layout, table.sheet, signed
        self.cells = table.sheet.rows[index]
        self.rij = index + 1
        self.at: int | None = None  # the column that is being read, for a refusal

    def get(self, name: str) -> Cell:
        self.at = self.layout.column(name)
        return None if self.at is None else self.cells[self.at]

    def code(self, name: str) -> str | None:
        return code_text(self.get(name))

    def refuse(self, problem: NotUnderstood) -> Refusal:
        place = None if self.at is None else f"{column_letter(self.at)} ({self.layout.headers.get(self.at, '')})"
        value = None if self.at is None else values.shown(self.cells[self.at])
        return Refusal(self.sheet.bestand, self.sheet.naam, self.rij, place, value, problem.reden, problem.oplossing)


def read_table(
    sheet: Sheet, layout: Layout, rows: list[int], decimals: dict[int, DecimalSign | None],
    side_of: Callable[[str | None], str | None],
) -> Table:  # fmt: skip
    """Sort out the given rows (indices) of a sheet.

    Args:
        sheet: The sheet.
        layout: Its header.
        rows: Rows that count.
        decimals: Decimal sign per amount column.
        side_of: L or B of a kostensoort, where no column says it.
    """
    table = Table(sheet, layout)
    amounts = amount_columns(layout)
    signed = _letters_repeat_the_sign(sheet, layout, rows, decimals)
    seen: set[int] = set()
    for index in rows:
        row = _Row(table, index, signed)
        dated = row.get("boekdatum")
        if row.cells == sheet.rows[layout.row]:
            continue  # the header again, at the top of a printed page
        if _blank(dated) and all(_blank(row.cells[column]) for column in amounts):
            table.texts += [cell for cell in row.cells if isinstance(cell, str)]
            continue
        if _blank(dated) and (label := _total_label(row, amounts)) is not None:
            _read_total(row, label, amounts, decimals, table)
            continue
        _note_splits(row, table)
        _read_line(row, amounts, decimals, side_of, table)
        fingerprint = hash(tuple(row.cells))
        if fingerprint in seen:
            table.same.append(row.rij)
        seen.add(fingerprint)
    return table


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip("\u00a0\u202f \t\r\n"))


def _note_splits(row: _Row, table: Table) -> None:
    for index, slot in row.layout.slots.items():
        if slot.field in SPLITS and not _blank(row.cells[index]):
            table.splits.setdefault(row.layout.headers[index], set()).add(plain(str(row.cells[index])))


def _total_label(row: _Row, amounts: tuple[int, ...]) -> str | None:
    """Give the label of a row without boekdatum that is a sum: it says so, or it holds amounts only."""
    texts = [cell for i, cell in enumerate(row.cells) if isinstance(cell, str) and i not in amounts and cell.strip()]
    named = next((cell for cell in texts if _TOTAL.search(cell)), None)
    if named is not None:
        return " ".join(texts)
    side = row.layout.column("lasten_baten")
    letters = row.layout.column("debet_credit")
    return (
        None if any(not _blank(c) for i, c in enumerate(row.cells) if i not in (*amounts, side, letters)) else _NAMELESS
    )


def _read_total(
    row: _Row, label: str, amounts: tuple[int, ...], decimals: dict[int, DecimalSign | None], table: Table
) -> None:
    printed = {}
    try:
        for row.at in amounts:
            value = amount(row.cells[row.at], decimals.get(row.at))
            if value is not None:
                printed[row.at] = value
    except NotUnderstood as problem:
        table.refusals.append(row.refuse(problem))
        table.refused_rows[row.rij] = True
        return
    found = _CODE.search(label)
    letter = row.get("debet_credit")
    sign = None if _blank(letter) else values.SIGNS.get(str(letter).strip(" .").lower())
    table.totals.append(Total(row.rij, label, found[0].replace(",", ".").lower() if found else "", printed, sign))


def _read_line(
    row: _Row, amounts: tuple[int, ...], decimals: dict[int, DecimalSign | None],
    side_of: Callable[[str | None], str | None], table: Table,
) -> None:  # fmt: skip
    code = ""
    try:
        code = taakveld(row.get("taakveld"))
        boekdatum = _date(row.get("boekdatum"))
        booked, periode_jaar = values.periode(cell) if not _blank(cell := row.get("periode")) else (None, None)
        jaar = _jaar(row, periode_jaar)
        kostenplaats, kostensoort = row.code("kostenplaats"), row.code("kostensoort")
        side = values.side(row.get("lasten_baten")) if row.layout.column("lasten_baten") is not None else None
        if row.layout.column("lasten") is None and side is None:
            row.at = row.layout.column("kostensoort")
            side = side_of(kostensoort)
        prestatie = row.get("prestatieperiode")
        maand = values.prestatiemaand(prestatie)
        table.many_months += maand is None and not _blank(prestatie)
        number = tuple(text(row.get(name)) or "" for name in ("dagboek", "boekstuk", "regel"))
        for column, (value, written) in _amounts(row, amounts, decimals).items():
            own = {"lasten": "L", "baten": "B"}.get(row.layout.slots[column].field, side)
            table.lines.append(
                JournalLine(
                    row.sheet.naam, row.rij, code, jaar, booked, boekdatum, maand, kostenplaats, kostensoort, own,
                    value, values.decimals(row.cells[column], value), number, {column: written},
                )
            )  # fmt: skip
    except NotUnderstood as problem:
        table.refusals.append(row.refuse(problem))
        table.refused_rows[row.rij] = not code or code.startswith("6")


def _date(cell: Cell) -> dt.date:
    if _blank(cell):
        raise NotUnderstood("de boekdatum ontbreekt.", "Vul op elke regel de boekdatum in.")
    return date(cell, serial=True)


def _jaar(row: _Row, of_period: int | None) -> int | None:
    cell = row.get("boekjaar")
    if _blank(cell):
        return of_period
    written = text(cell) or ""
    if not re.fullmatch(r"20\d{2}", written):
        raise NotUnderstood("dit is geen boekjaar.", "Schrijf het boekjaar als vier cijfers, bijvoorbeeld 2026.")
    if of_period not in (None, int(written)):
        raise NotUnderstood(
            f"het boekjaar is {written}, maar de periode noemt {of_period}.", "Maak boekjaar en periode gelijk."
        )
    return int(written)


def _amounts(
    row: _Row, amounts: tuple[int, ...], decimals: dict[int, DecimalSign | None]
) -> dict[int, tuple[Decimal, Decimal]]:
    """Give the amounts of a line by column, signed and as written; two where lasten and baten are columns."""
    found: dict[int, Decimal] = {}
    for row.at in amounts:
        value = amount(row.cells[row.at], decimals.get(row.at))
        if value is not None:
            found[row.at] = value
    if not found:
        raise NotUnderstood("het bedrag ontbreekt.", "Vul op elke regel een bedrag in.")
    if row.sheet.text and any(not _blank(cell) for cell in row.cells[row.layout.last_column + 1 :]):
        raise NotUnderstood(
            "deze regel heeft meer velden dan de kop; er is een scheidingsteken te veel.",
            "Zet bedragen met een komma tussen aanhalingstekens, of exporteer met puntkomma's.",
        )
    found = {column: value for column, value in found.items() if value} or dict([next(iter(found.items()))])
    if row.layout.column("debet") is not None and len(found) > 1:
        # Two bookings in one line: nobody can say which was meant.
        raise NotUnderstood("op deze regel staan debet en credit allebei.", "Zet debet en credit op een eigen regel.")
    factor = 1 if row.layout.column("debet_credit") is None or row.signed else _letter(row, found)
    signs = {column: -factor if row.layout.slots[column].field == "credit" else factor for column in found}
    return {column: (signs[column] * value, value) for column, value in found.items()}


def _letter(row: _Row, found: dict[int, Decimal]) -> int:
    factor = values.sign(row.get("debet_credit"))
    if any(value < 0 for value in found.values()):
        raise NotUnderstood(
            "hier staat een minteken naast D of C; het is niet zeker of het teken al in het bedrag zit.",
            "Exporteer bedragen zonder minteken naast D en C, of laat de kolom D/C weg.",
        )
    return factor


def _letters_repeat_the_sign(
    sheet: Sheet, layout: Layout, rows: list[int], decimals: dict[int, DecimalSign | None]
) -> bool:
    """Say whether D and C only repeat the sign of the amount: every C is negative, every D positive, and both occur."""
    letter, (column, *_) = layout.column("debet_credit"), amount_columns(layout)
    if letter is None:
        return False
    found: set[tuple[int, bool]] = set()
    for index in rows:
        try:
            value = amount(sheet.rows[index][column], decimals.get(column))
            if value and not _blank(sheet.rows[index][letter]):
                found.add((values.sign(sheet.rows[index][letter]), value < 0))
        except NotUnderstood:
            continue  # the row is refused where it is read
    return found == {(1, False), (-1, True)}
