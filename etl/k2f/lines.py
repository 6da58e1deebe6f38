"""Rows under the header to lines, totals and refusals. Amounts stay as written here: signs and unit come later."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from etl.cleaning import DecimalSign, NotUnderstood, decimal_sign
from etl.codes import taakveld
from etl.k2f import row as rows_of
from etl.k2f.layout import DIMENSIONS, Layout
from etl.k2f.row import At, Row
from etl.k2f.sections import Sections
from etl.readers.cells import Cell, Sheet
from etl.source import Refusal

_NO_SIDE = NotUnderstood(
    "deze regel staat niet onder een kop Lasten of Baten.", "Zet boven elke groep regels een regel Lasten of Baten."
)


@dataclass
class Line:
    """One side (L or B; "S" for a saldo column, None while unknown) of one row, with amounts as written."""

    rij: int
    code: str
    jaar: int | None
    side: str | None
    kostenplaats: str | None
    kostensoort: str | None
    amounts: dict[str, Decimal]
    columns: dict[str, int] = field(default_factory=dict)
    label: str = ""
    nadeel: bool = False  # a saldo whose sign is written as N or V


@dataclass
class Table:
    """Everything under a header, sorted out; rijen_gelezen counts every row that is not empty."""

    lines: list[Line] = field(default_factory=list)
    totals: list[Line] = field(default_factory=list)
    saldi: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_rows: dict[int, bool] = field(default_factory=dict)  # row -> whether it may be in the social domain
    filled: dict[int, Refusal] = field(default_factory=dict)  # row -> what to say when its taakveld is not proven
    texts: list[str] = field(default_factory=list)
    gelezen: int = 0
    blank_as_zero: int = 0
    without_amount: int = 0
    repeated: list[int] = field(default_factory=list)
    headed_again: list[int] = field(default_factory=list)  # rows that repeat the header
    periodes: set[int] = field(default_factory=set)
    periode_jaren: set[int] = field(default_factory=set)  # years that stand in a period, as in 202609
    splits: dict[str, set[str]] = field(default_factory=dict)
    headed_sides: bool = False  # headings between the rows say what is lasten and what is baten

    def add(self, other: Table) -> None:
        """Take over what another table of the same rows holds."""
        for name in ("lines", "totals", "saldi", "refusals", "texts", "repeated", "headed_again"):
            getattr(self, name).extend(getattr(other, name))
        self.refused_rows |= other.refused_rows
        self.periodes |= other.periodes
        self.periode_jaren |= other.periode_jaren
        self.blank_as_zero += other.blank_as_zero
        self.without_amount += other.without_amount
        for kop, values in other.splits.items():
            self.splits.setdefault(kop, set()).update(values)


def decimal_signs(
    sheet: Sheet, layout: Layout, rows: list[int], said: DecimalSign | None
) -> dict[int, DecimalSign | None]:
    """Decide per amount column how decimals are written; a column that cannot tell follows the other amounts.

    Raises:
        NotUnderstood: Nothing in the file can tell, or it contradicts itself.
    """
    columns = layout.used_amounts
    if said:
        return dict.fromkeys(columns, said)
    found: dict[int, DecimalSign | None] = {}
    for column in columns:
        values = [_without_nadeel(sheet.rows[row][column]) for row in rows]
        try:
            found[column] = decimal_sign(values)
        except NotUnderstood:
            found[column] = decimal_sign(_without_nadeel(sheet.rows[row][other]) for row in rows for other in columns)
    return found


def _without_nadeel(cell: Cell) -> Cell:
    return re.sub(r"(?i)^\s*[nv]\b|\b[nv]\s*$", "", cell) if isinstance(cell, str) else cell


def read_table(sheet: Sheet, layout: Layout, rows: list[int], signs: dict[int, DecimalSign | None]) -> Table:
    """Sort out the given rows (indices) of a sheet into lines, totals and refusals."""
    return _Reader(sheet, layout, rows, signs).read(rows)


class _Reader:
    """Goes down the rows of one table."""

    def __init__(self, sheet: Sheet, layout: Layout, rows: list[int], signs: dict[int, DecimalSign | None]) -> None:
        self.sheet, self.layout, self.signs = sheet, layout, signs
        self.table = Table()
        self.sections = Sections(sheet, layout, rows)
        self.side = self._side_by(rows)
        self._above = ""  # the taakveld of the rows above that have none of their own

    def _side_by(self, rows: list[int]) -> Callable[[Row, bool], str | None]:
        """Decide what says the side of a line: a column, headings between the rows, or the category itself."""
        if self.layout.column("lasten_baten") is not None or self.layout.grouped:
            return rows_of.side_of
        if self.sections.present:
            self.table.headed_sides = True
            return self._headed_side
        column = self.layout.column("kostensoort")
        if column is not None:
            cells = [self.sheet.rows[row][column] for row in rows if not rows_of.is_blank(self.sheet.rows[row][column])]
            heads = [self.layout.headers[column]]
            if cells and all(cell in heads or rows_of.category_side(cell) for cell in cells):
                self.table.headed_sides = True
                return _category_side
        return rows_of.side_of

    def _headed_side(self, _: Row, required: bool) -> str | None:
        if required and self.sections.side is None:
            raise At(None, _NO_SIDE)
        return self.sections.side if required else None

    def read(self, rows: list[int]) -> Table:
        table, sheet, layout = self.table, self.sheet, self.layout
        seen: set[tuple[object, ...]] = set()
        splits = [index for index, slot in layout.slots.items() if slot.field == "splitsing"]
        heads = [Row(sheet, layout, index, None).cells for index in range(max(0, layout.row - 2), layout.row + 1)]
        merged = _merged(sheet, layout)
        for index in rows:
            row = Row(sheet, layout, index, merged.get(index))
            table.gelezen += 1
            if not rows_of.has_amounts(row):
                self._text(row)
                continue
            if row.cells in heads:
                table.headed_again.append(row.rij)
                continue  # the header again, at the top of a printed page
            for column in splits:
                if row.cells[column] is not None:
                    table.splits.setdefault(layout.headers[column], set()).add(str(row.cells[column]))
            self._amounts(row)
            fingerprint = (self.sections.side, self._above, *(str(cell) for cell in row.cells))
            if fingerprint in seen:
                table.repeated.append(row.rij)
            seen.add(fingerprint)
        return table

    def _text(self, row: Row) -> None:
        """Note a row without amounts: a heading, a footer, or a line without money."""
        self.table.texts += [cell for cell in row.cells if isinstance(cell, str)]
        self.sections.pass_text(row)
        with suppress(NotUnderstood):
            cell = row.get("taakveld")
            if cell is not None and (code := taakveld(cell)):
                self._above = code
                self.table.without_amount += 1

    def _amounts(self, row: Row) -> None:
        """Sort out a row with amounts."""
        table = self.table
        label: str | None = None
        at: int | None = row.layout.column("taakveld")
        code = ""
        try:
            label = rows_of.total_label(row)
            if label is not None:
                found = rows_of.CODE.search(label)
                code = found[1].replace(",", ".").lower() if found else ""
            else:
                code = self._code(row)
            values = {at: rows_of.read_amount(row, at, self.signs.get(at)) for at in row.layout.used_amounts}
            self._refuse_extra(row)
            lines = self._lines(row, code, label or "", values)
        except (At, NotUnderstood) as problem:
            index, why = (problem.index, problem.why) if isinstance(problem, At) else (at, problem)
            table.refusals.append(row.refuse(self.sheet, index, why))
            table.refused_rows[row.rij] = not code or code.startswith("6")
            table.filled.pop(row.rij, None)
            return
        table.blank_as_zero += any(value is None for value in values.values())
        if label is not None:
            table.totals += lines
            self.sections.pass_total(row)
            self._above = ""
            return
        self._note_periode(row)
        table.lines += [line for line in lines if line.side != "S"]
        table.saldi += [line for line in lines if line.side == "S"]

    def _code(self, row: Row) -> str:
        """Give the taakveld of a line; one that is left out under a block's first row has to be proven later."""
        cell = row.get("taakveld")
        places = [row.get(name) for name in ("kostenplaats", "kostensoort", "lasten_baten")]
        if rows_of.is_blank(cell) and self._above and any(not rows_of.is_blank(place) for place in places):
            problem = NotUnderstood(
                "het taakveld ontbreekt, en geen subtotaal bewijst dat het dat van de regel erboven is.",
                "Vul op elke regel het taakveld in (in een draaitabel: Alle itemlabels herhalen).",
            )
            self.table.filled[row.rij] = row.refuse(self.sheet, row.layout.column("taakveld"), problem)
            return self._above
        code = taakveld(cell)
        self._above = code
        return code

    def _refuse_extra(self, row: Row) -> None:
        if self.sheet.text and (extra := rows_of.beyond_header(row)) is not None:
            raise At(
                extra,
                NotUnderstood(
                    "deze regel heeft meer velden dan de kop; er is een scheidingsteken te veel.",
                    "Zet bedragen met een komma tussen aanhalingstekens, of exporteer met puntkomma's.",
                ),
            )

    def _note_periode(self, row: Row) -> None:
        if (periode := row.get("periode")) is None:
            return
        self.table.periodes.add(rows_of.periode_of(periode))
        if dated := re.match(r"(20\d{2})[-/. ]?\d{1,2}(?:\.0)?$", str(periode).strip()):
            self.table.periode_jaren.add(int(dated[1]))

    def _lines(self, row: Row, code: str, label: str, values: dict[int, Decimal | None]) -> list[Line]:
        """Give a row as lines: one, or one per side where lasten and baten are columns."""
        by_side: dict[str | None, tuple[dict[str, Decimal], dict[str, int]]] = {}
        for index, value in rows_of.debet_credit(row, values, label).items():
            slot = row.layout.slots[index]
            if value is None and (label or slot.side == "S"):
                continue  # a total or saldo that prints nothing claims nothing
            sums, columns = by_side.setdefault(slot.side, ({}, {}))
            sums[slot.field] = sums.get(slot.field, Decimal(0)) + (value or Decimal(0))
            columns[slot.field] = index
        side = self.side(row, not label)
        kostenplaats, kostensoort = (
            (None, None) if label else (rows_of.code_of(row, "kostenplaats"), rows_of.code_of(row, "kostensoort"))
        )
        jaar = None if label else rows_of.jaar_of(row)
        return [
            Line(
                row.rij, code, jaar, column_side or side, kostenplaats, kostensoort, sums, columns, label,
                any(rows_of.says_nadeel(row.cells[column]) for column in columns.values()),
            )
            for column_side, (sums, columns) in by_side.items()
        ]  # fmt: skip


def _category_side(row: Row, _: bool) -> str | None:
    return rows_of.category_side(row.get("kostensoort"))


def _merged(sheet: Sheet, layout: Layout) -> dict[int, dict[int, Cell]]:
    """Give what a cell merged downwards says on each of its rows; an amount counts once, where it is printed."""
    columns = {layout.column(name) for name in DIMENSIONS} - {None}
    found: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, _ in sheet.merged:
        if left in columns and layout.row < top < bottom:
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                found.setdefault(row, {})[left] = sheet.rows[top][left]
    return found
