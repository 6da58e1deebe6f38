"""A figure as text with semicolons, as a Dutch spreadsheet opens it: UTF-8 with its mark, a comma before decimals.

Lines that begin with # say what it is; a number stands without its unit, which its column says then.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from dashboard.export.cells import Cell
from dashboard.export.notes import BANNER, Taken
from dashboard.export.read import Table
from indicators.core.spreadsheet import safe_cell

MARK = "\ufeff"


def delimited(taken: Taken) -> bytes:
    """Write the tables of a figure below each other, with a blank line and their caption between them."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n")
    figure = taken.figure
    about = [figure.title, figure.source, f"Publicatie: {taken.run} · adres: {figure.address}#{figure.id}"]
    for line in [BANNER, *about] if taken.synthetic else about:
        held.write(_remark(line))
    for number, table in enumerate(figure.tables):
        if number:
            held.write("\r\n")
        held.write(_remark(table.caption))
        writer.writerows(_lines(table))
    return (MARK + held.getvalue()).encode("utf-8")


def _remark(text: str) -> str:
    """A line that is no row: one cell, whatever stands in it."""
    one = re.sub(r"[;\r\n]+", ",", text)
    return f"# {one}\r\n"


def _lines(table: Table) -> Iterator[list[str]]:
    units = [_unit([row[i] for row in table.rows if i < len(row)]) for i in range(len(table.heads))]
    yield [_safe(f"{head} ({unit})" if unit else head) for head, unit in zip(table.heads, units, strict=True)]
    for row in table.rows:
        yield [_text(cell, i < len(units) and units[i] is not None) for i, cell in enumerate(row)]


def _unit(column: list[Cell]) -> str | None:
    """The one unit of a column's numbers; None where they differ, so that each keeps its own."""
    found = {(cell.unit, cell.euro) for cell in column if cell.number is not None}
    if len(found) > 1:
        return None
    unit, euro = next(iter(found), ("", False))
    return " ".join(part for part in ("€" if euro else "", unit) if part)


def _text(cell: Cell, bare: bool) -> str:
    if cell.number is None:
        return _safe(cell.text)
    # With its unit it is a text, and a text may not begin as a formula does.
    return cell.plain if bare else _safe(cell.text)


def _safe(text: str) -> str:
    return str(safe_cell(text))
