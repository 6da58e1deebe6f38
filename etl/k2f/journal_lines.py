"""Rows of a journal to lines, printed totals and refusals. Amounts stay as written: unit and convention come later."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from etl.cleaning import NotUnderstood, amount, plain
from etl.codes import taakveld
from etl.k2f import journal_values as values
from etl.k2f.journal_layout import SPLITS, amount_columns
from etl.k2f.journal_row import Decimals, JournalLine, Row, SideOf, blank, read_lines
from etl.k2f.layout import Layout
from etl.readers.cells import Sheet
from etl.source import Refusal

_TOTAL = re.compile(
    r"(?i)\b(?:sub|eind)?-?totalen\b|\b(?:sub|eind)?-?totaal\b|^\s*som\b|^\s*saldo\b|\b(?:grand |sub)?total\b"
)
_CODE = re.compile(r"(?<![\d.,])\d[.,]\d{1,3}[a-dA-D]?(?![\d.,])")
_NAMELESS = "regel zonder naam"


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


def read_table(sheet: Sheet, layout: Layout, rows: list[int], decimals: Decimals, side_of: SideOf) -> Table:
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
    memo: dict[object, object] = {}
    for index in rows:
        row = Row(sheet, layout, index, memo)
        dated = row.get("boekdatum")
        if row.cells == sheet.rows[layout.row]:
            continue  # the header again, at the top of a printed page
        if blank(dated) and all(blank(row.cells[column]) for column in amounts):
            table.texts += [cell for cell in row.cells if isinstance(cell, str)]
            continue
        if blank(dated) and (label := _total_label(row, amounts)) is not None:
            _read_total(row, label, amounts, decimals, table)
            continue
        _note_splits(row, table)
        try:
            lines = read_lines(row, amounts, decimals, side_of, signed)
        except NotUnderstood as problem:
            table.refusals.append(row.refuse(problem))
            table.refused_rows[row.rij] = _may_be_social(row)
            continue
        table.lines += lines
        several = lines[0].prestatiemaand is None and not blank(row.get("prestatieperiode"))
        table.many_months += several
        fingerprint = hash(tuple(row.cells))
        if fingerprint in seen:
            table.same.append(row.rij)
        seen.add(fingerprint)
    return table


def _note_splits(row: Row, table: Table) -> None:
    for index, slot in row.layout.slots.items():
        if slot.field in SPLITS and not blank(row.cells[index]):
            table.splits.setdefault(row.layout.headers[index], set()).add(plain(str(row.cells[index])))


def _total_label(row: Row, amounts: tuple[int, ...]) -> str | None:
    """Give the label of a row without boekdatum that is a sum: it says so, or it holds amounts only."""
    texts = [cell for i, cell in enumerate(row.cells) if isinstance(cell, str) and i not in amounts and cell.strip()]
    named = next((cell for cell in texts if _TOTAL.search(cell)), None)
    if named is not None:
        return " ".join(texts)
    side = row.layout.column("lasten_baten")
    letters = row.layout.column("debet_credit")
    return (
        None if any(not blank(c) for i, c in enumerate(row.cells) if i not in (*amounts, side, letters)) else _NAMELESS
    )


def _read_total(row: Row, label: str, amounts: tuple[int, ...], decimals: Decimals, table: Table) -> None:
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
    sign = None if blank(letter) else values.SIGNS.get(str(letter).strip(" .").lower())
    table.totals.append(Total(row.rij, label, found[0].replace(",", ".").lower() if found else "", printed, sign))


def _may_be_social(row: Row) -> bool:
    """Say whether a row may hold money of the social domain: it does not say another domain."""
    with suppress(NotUnderstood):
        return taakveld(row.get("taakveld")).startswith("6")
    return True


def _letters_repeat_the_sign(sheet: Sheet, layout: Layout, rows: list[int], decimals: Decimals) -> bool:
    """Say whether D and C only repeat the sign of the amount: every C is negative, every D positive, and both occur."""
    letter, (column, *_) = layout.column("debet_credit"), amount_columns(layout)
    if letter is None:
        return False
    found: set[tuple[int, bool]] = set()
    for index in rows:
        try:
            value = amount(sheet.rows[index][column], decimals.get(column))
            if value and not blank(sheet.rows[index][letter]):
                found.add((values.sign(sheet.rows[index][letter]), value < 0))
        except NotUnderstood:
            continue  # the row is refused where it is read
    return found == {(1, False), (-1, True)}
