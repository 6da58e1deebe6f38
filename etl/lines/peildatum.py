"""The peildatum of an export of lines: what mapping, cells and file name say; two that contradict are refused."""

from __future__ import annotations

import datetime as dt
import re

from etl import cleaning
from etl.lines.kind import Problem
from etl.lines.layout import PEILDATUM, Layout
from etl.readers.cells import Cell, Sheet
from etl.source import Context

_TITLE_ROWS = 40
_WORDS = re.compile(r"(?i)\b(?:peildatum|stand\s+(?:per|op)|per\s+datum)\b\s*[:=]?\s*(.*)")
_DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} [a-z]+ \d{4}", re.IGNORECASE)
_NAME = re.compile(r"(?<!\d)(?:(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})|(\d{2})[-_.](\d{2})[-_.](\d{4}))(?!\d)")


def find_peildatum(
    sheets: list[Sheet], tables: list[tuple[Sheet, str, Layout]], context: Context
) -> dt.date | Problem | None:
    """Find the state the file is of; None when nothing says it.

    Mapping, cells and file name: all that speak have to agree.
    """
    headers = {id(sheet): layout.header for sheet, _, layout in tables}
    in_cells: set[dt.date] = set()
    for sheet in sheets:
        in_cells |= _in_titles(sheet.rows[: headers.get(id(sheet), _TITLE_ROWS)])
    for sheet, _, layout in tables:
        in_cells |= _in_column(sheet, layout)
    said = {
        "mapping.toml": {context.mapping.peildatum} if context.mapping and context.mapping.peildatum else set(),
        "het bestand": in_cells,
        "de bestandsnaam": _in_name(context.bestand),
    }
    found = set().union(*said.values())
    if len(found) == 1:
        return found.pop()
    if not found:
        return None
    spoken = "; ".join(
        f"{place}: {' en '.join(day.strftime('%d-%m-%Y') for day in sorted(days))}"
        for place, days in said.items()
        if days
    )
    return Problem(f"er staan verschillende peildatums ({spoken}).", "Zorg dat overal dezelfde peildatum staat.")


def _understood(cell: Cell) -> set[dt.date]:
    try:
        return {cleaning.date(cell)}
    except cleaning.NotUnderstood:
        return set()


def _in_titles(rows: list[list[Cell]]) -> set[dt.date]:
    found: set[dt.date] = set()
    for row in rows:
        for place, cell in enumerate(row):
            words = _WORDS.search(cell) if isinstance(cell, str) else None
            if not words:
                continue
            written = _DATE.search(words[1])
            if written:
                found |= _understood(written[0])
            elif not words[1].strip():
                found |= _understood(next((c for c in row[place + 1 :] if c is not None and c != ""), None))
    return found


def _in_column(sheet: Sheet, layout: Layout) -> set[dt.date]:
    place = layout.columns.get(PEILDATUM)
    if place is None:
        return set()
    cells = {row[place] for row in sheet.rows[layout.header + 1 :]}
    return set().union(*(_understood(cell) for cell in cells))


def _in_name(bestand: str) -> set[dt.date]:
    found: set[dt.date] = set()
    for part in _NAME.finditer(bestand):
        year, month, day = (part[1], part[2], part[3]) if part[1] else (part[6], part[5], part[4])
        try:
            found.add(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found
