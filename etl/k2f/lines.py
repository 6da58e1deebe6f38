"""Rows under the header to lines, totals and refusals. Amounts stay as written here: signs and unit come later."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from etl.cleaning import DecimalSign, NotUnderstood, amount, code_text, decimal_sign, plain, text
from etl.codes import taakveld
from etl.k2f.layout import DIMENSIONS, Layout
from etl.readers.cells import Cell, CellError, Sheet, column_letter
from etl.source import Refusal

_TOTAL = re.compile(
    r"(?i)^\s*(saldo|resultaat|generaal totaal)\b|\b(sub|eind)?-?totalen\b|\b(sub|eind)?-?totaal\b"
    r"|^\s*som\b|^\s*tot\.|\b(grand |sub)?total\b"
)
_NAMELESS = "regel zonder naam"
_CODE = re.compile(r"(?<![\d.,])(\d[.,]\d{1,3}[a-dA-D]?|\d(?=\s+[A-Za-z])|(?<=taakveld )\d(?=\s*$))(?![\d.,])")
_SIDES = {
    "l": "L", "lasten": "L", "last": "L", "u": "L", "uitgaven": "L", "uitgave": "L", "kosten": "L",
    "b": "B", "baten": "B", "bate": "B", "i": "B", "inkomsten": "B", "opbrengsten": "B",
}  # fmt: skip
_SIGNS = {"d": 1, "db": 1, "debet": 1, "c": -1, "cr": -1, "credit": -1}


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


@dataclass
class Table:
    """Everything under a header, sorted out; rijen_gelezen counts every row that is not empty."""

    lines: list[Line] = field(default_factory=list)
    totals: list[Line] = field(default_factory=list)
    saldi: list[Line] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_rows: dict[int, bool] = field(default_factory=dict)  # row -> whether it may be in the social domain
    texts: list[str] = field(default_factory=list)
    gelezen: int = 0
    blank_as_zero: int = 0
    without_amount: int = 0
    repeated: list[int] = field(default_factory=list)
    headed_again: list[int] = field(default_factory=list)  # rows that repeat the header
    periodes: set[int] = field(default_factory=set)
    periode_jaren: set[int] = field(default_factory=set)  # years that stand in a period, as in 202609
    splits: dict[str, set[str]] = field(default_factory=dict)


class _Row:
    """One row with the layout beside it."""

    def __init__(self, sheet: Sheet, layout: Layout, index: int, merged: dict[int, dict[int, Cell]]) -> None:
        self.cells = sheet.rows[index]
        if said := merged.get(index):
            self.cells = [said.get(column, cell) for column, cell in enumerate(self.cells)]
        self.rij = index + 1
        self.layout = layout

    def get(self, name: str) -> Cell:
        index = self.layout.column(name)
        return None if index is None else self.cells[index]

    def refuse(self, sheet: Sheet, index: int | None, problem: NotUnderstood) -> Refusal:
        header = self.layout.headers.get(index) if index is not None else None
        place = None if index is None else f"{column_letter(index)} ({header})" if header else column_letter(index)
        value = None if index is None or self.cells[index] is None else str(self.cells[index])[:80]
        return Refusal(sheet.bestand, sheet.naam, self.rij, place, value, problem.reden, problem.oplossing)


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
        values = [sheet.rows[row][column] for row in rows]
        try:
            found[column] = decimal_sign(values)
        except NotUnderstood:
            found[column] = decimal_sign(sheet.rows[row][other] for row in rows for other in columns)
    return found


def read_table(sheet: Sheet, layout: Layout, rows: list[int], signs: dict[int, DecimalSign | None]) -> Table:
    """Sort out the given rows (indices) of a sheet into lines, totals and refusals."""
    table = Table()
    amounts = layout.used_amounts
    split_columns = [index for index, slot in layout.slots.items() if slot.field == "splitsing"]
    seen: set[tuple[Cell, ...]] = set()
    heads = sheet.rows[max(0, layout.row - 2) : layout.row + 1]
    merged = _merged(sheet, layout)
    for index in rows:
        row = _Row(sheet, layout, index, merged)
        table.gelezen += 1
        if all(row.cells[column] is None or _is_blank(row.cells[column]) for column in amounts):
            table.texts += [cell for cell in row.cells if isinstance(cell, str)]
            with suppress(NotUnderstood):  # a heading or a footer is no line
                table.without_amount += bool(row.get("taakveld") is not None and taakveld(row.get("taakveld")))
            continue
        if row.cells in heads:
            table.headed_again.append(row.rij)
            continue  # the header again, at the top of a printed page
        for column in split_columns:
            if row.cells[column] is not None:
                table.splits.setdefault(layout.headers[column], set()).add(str(row.cells[column]))
        _read_row(sheet, row, amounts, signs, table)
        fingerprint = tuple(str(cell) for cell in row.cells)
        if fingerprint in seen:
            table.repeated.append(row.rij)
        seen.add(fingerprint)
    return table


def _merged(sheet: Sheet, layout: Layout) -> dict[int, dict[int, Cell]]:
    """Give what a cell merged downwards says on each of its rows; an amount counts once, where it is printed."""
    columns = {layout.column(name) for name in DIMENSIONS} - {None}
    found: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, _ in sheet.merged:
        if left in columns and layout.row < top < bottom:
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                found.setdefault(row, {})[left] = sheet.rows[top][left]
    return found


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip("\u00a0\u202f \t\r\n")


def _read_row(
    sheet: Sheet, row: _Row, amounts: tuple[int, ...], signs: dict[int, DecimalSign | None], table: Table
) -> None:
    label: str | None = None
    at: int | None = row.layout.column("taakveld")
    code = ""
    try:
        label = _total_label(row)
        if label is None:
            code = taakveld(row.get("taakveld"))
        elif found := _CODE.search(label):
            code = found[1].replace(",", ".").lower()
        values: dict[int, Decimal | None] = {}
        for at in amounts:
            values[at] = amount(row.cells[at], signs.get(at))
        if sheet.text and (extra := _beyond_header(row)) is not None:
            at = extra
            raise NotUnderstood(
                "deze regel heeft meer velden dan de kop; er is een scheidingsteken te veel.",
                "Zet bedragen met een komma tussen aanhalingstekens, of exporteer met puntkomma's.",
            )
        lines = _lines(row, code, label or "", values)
    except _At as problem:
        table.refusals.append(row.refuse(sheet, problem.index, problem.why))
        table.refused_rows[row.rij] = not code or code.startswith("6")
        return
    except NotUnderstood as problem:
        table.refusals.append(row.refuse(sheet, at, problem))
        table.refused_rows[row.rij] = not code or code.startswith("6")
        return
    table.blank_as_zero += any(value is None for value in values.values())
    if label is None and (periode := row.get("periode")) is not None:
        table.periodes.add(_periode(periode))
        if dated := re.match(r"(20\d{2})[-/. ]?\d{1,2}(?:\.0)?$", str(periode).strip()):
            table.periode_jaren.add(int(dated[1]))
    if label is None:
        table.lines += [line for line in lines if line.side != "S"]
        table.saldi += [line for line in lines if line.side == "S"]
    else:
        table.totals += lines


def _periode(cell: Cell) -> int:
    """Give the period of a cell such as 9, "09", "t/m 9", "P9", "Q3" or "2026-09"; -1 when it is not certain."""
    written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip().lower()
    if quarter := re.fullmatch(r"(?:q|kwartaal\s*|k)([1-4])(?:\s*\d{4})?", written):
        return 3 * int(quarter[1])
    found = re.fullmatch(r"(?:20\d{2}[-/. ]?)?(?:t/m\s*|1\s*t/m\s*|periode\s*|p)*(\d{1,2})", written)
    return int(found[1]) if found and int(found[1]) <= 13 else -1


class _At(Exception):
    """A refusal with the column it is about."""

    def __init__(self, index: int | None, why: NotUnderstood) -> None:
        super().__init__(why.reden)
        self.index, self.why = index, why


def _code_of(row: _Row, name: str) -> str | None:
    try:
        return code_text(row.get(name))
    except NotUnderstood as problem:
        raise _At(row.layout.column(name), problem) from None


def _jaar(row: _Row) -> int | None:
    cell = row.get("boekjaar")
    if cell is None:
        return None
    written = text(cell) if not isinstance(cell, CellError) else ""
    if not re.fullmatch(r"20\d{2}", written or ""):
        problem = NotUnderstood("dit is geen boekjaar.", "Schrijf het boekjaar als vier cijfers, bijvoorbeeld 2026.")
        raise _At(row.layout.column("boekjaar"), problem)
    return int(written or 0)


def _side(row: _Row, required: bool) -> str | None:
    column = row.layout.column("lasten_baten")
    if column is None:
        return None
    words = {_SIDES.get(word) for word in re.findall(r"[a-z]+", str(row.cells[column] or "").lower())}
    side = words.pop() if len(words) == 1 else None
    if side is None and required:
        problem = NotUnderstood("hier hoort L (lasten) of B (baten) te staan.", "Vul op elke regel L of B in.")
        raise _At(column, problem)
    return side


def _debet_credit(row: _Row, values: dict[int, Decimal | None]) -> dict[int, Decimal | None]:
    """Give amounts their sign from a D/C column: debet is positive, credit negative."""
    column = row.layout.column("debet_credit")
    if column is None:
        return values
    sign = _SIGNS.get(plain(str(row.cells[column] or "")))
    if sign is None or any(value is not None and value < 0 for value in values.values()):
        problem = NotUnderstood(
            "hier hoort D of C te staan, met bedragen zonder minteken.", "Vul D of C in, of laat de kolom weg."
        )
        raise _At(column, problem)
    return {index: None if value is None else sign * value for index, value in values.items()}


def _lines(row: _Row, code: str, label: str, values: dict[int, Decimal | None]) -> list[Line]:
    """Give a row as lines: one, or one per side where lasten and baten are columns."""
    by_side: dict[str | None, tuple[dict[str, Decimal], dict[str, int]]] = {}
    for index, value in _debet_credit(row, values).items():
        slot = row.layout.slots[index]
        sums, columns = by_side.setdefault(slot.side, ({}, {}))
        if value is None and label:
            continue  # a total that prints nothing in a column claims nothing there
        sums[slot.field] = sums.get(slot.field, Decimal(0)) + (value or Decimal(0))
        columns[slot.field] = index
    side = _side(row, required=not label)
    kostenplaats, kostensoort = (None, None) if label else (_code_of(row, "kostenplaats"), _code_of(row, "kostensoort"))
    jaar = None if label else _jaar(row)
    return [
        Line(row.rij, code, jaar, column_side or side, kostenplaats, kostensoort, sums, columns, label)
        for column_side, (sums, columns) in by_side.items()
    ]


def _total_label(row: _Row) -> str | None:
    """Give the label of a subtotal or total row, or None for a line."""
    used = row.layout.used_amounts
    texts = {i: cell for i, cell in enumerate(row.cells) if isinstance(cell, str) and i not in used and cell.strip()}
    if not texts or (set(texts) == {row.layout.column("lasten_baten")}):
        # Only amounts (and a side): a sum that nobody named. It has to hold like any other, or the file is refused.
        bare = all(
            cell is None or i in used or i in texts for i, cell in enumerate(row.cells[: row.layout.last_column + 1])
        )
        return _NAMELESS if bare else None
    first = min(texts)
    own = {first, row.layout.column("taakveld"), row.layout.column("kostenplaats")}
    has_kostenplaats = row.layout.column("kostenplaats") is not None
    loose = row.get("kostenplaats") is None and (has_kostenplaats or row.get("taakveld") is None)
    for index, cell in texts.items():
        if _TOTAL.search(cell) and (index in own or loose):
            given = row.get("taakveld")
            return cell if _CODE.search(cell) or given is None or given == cell else f"{cell} {text(given)}"
    return None


def _beyond_header(row: _Row) -> int | None:
    last = row.layout.last_column + 1
    return next((i for i, cell in enumerate(row.cells[last:], last) if cell is not None and not _is_blank(cell)), None)
