"""Amounts such as 1.234 that may be a thousand or a bit more than one: the sums of the sheet itself can tell."""

from __future__ import annotations

from etl.cleaning import DecimalSign, NotUnderstood
from etl.k2f import filldown, sums
from etl.k2f.layout import Layout
from etl.k2f.lines import Table, decimal_signs, read_table
from etl.readers.cells import Sheet


def read_with_decimals(sheet: Sheet, layout: Layout, rows: list[int], said: DecimalSign | None) -> Table:
    """Read a table with the decimal sign that its values show, or else the only one with which its sums hold.

    Raises:
        NotUnderstood: Values contradict each other, or can be read both ways and no sum tells which.
    """
    try:
        return _read(sheet, layout, rows, decimal_signs(sheet, layout, rows, said))
    except NotUnderstood:
        proven = [table for sign in (",", ".") if (table := _holds(sheet, layout, rows, sign)) is not None]
        if len(proven) != 1:
            raise
        return proven[0]


def _read(sheet: Sheet, layout: Layout, rows: list[int], signs: dict[int, DecimalSign | None]) -> Table:
    table = read_table(sheet, layout, rows, signs)
    filldown.settle(table)
    return table


def _holds(sheet: Sheet, layout: Layout, rows: list[int], sign: DecimalSign) -> Table | None:
    """Give the table as read with a decimal sign, when no sum in it fails and some hold."""
    table = _read(sheet, layout, rows, dict.fromkeys(layout.used_amounts, sign))
    if table.refusals:
        return None
    slack = sums.Slack((value for line in table.lines for value in line.amounts.values()), thousands=True)
    verdict = sums.judge(list(table.lines), table.totals, table.saldi, slack)
    held, wrong = sums.changes(verdict.leaves, slack)
    return table if not verdict.mismatches and not wrong and verdict.checked + held else None
