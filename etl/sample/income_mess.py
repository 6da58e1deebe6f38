"""Mistakes that are put in the income exports on purpose: extra lines that a reader has to refuse, and a total."""

from __future__ import annotations

import datetime as dt

from etl.sample.exports import HEAD_ROWS, Planted
from etl.sample.plain_xlsx import CellValue

BRON = "participatiewet"
#: Places in the old layout of "Uitkeringen" and "Bijzondere bijstand".
_DOSSIER, _REGELING, _FIRST, _LAST = 7, 9, 13, 14
_SOORT, _ASKED, _DECIDED, _AMOUNT = 7, 9, 10, 12


def _benefit(cells: list[CellValue], number: int, **changed: CellValue) -> list[CellValue]:
    """Give a line with a file number of its own and other cells."""
    places = {"regeling": _REGELING, "van": _FIRST, "tot": _LAST}
    found = list(cells)
    found[_DOSSIER] = f"D{990_000 + number}"
    for name, value in changed.items():
        found[places[name]] = value
    return found


def benefit_mistakes(date: dt.date, running: list[CellValue]) -> list[tuple[list[CellValue], str]]:
    """Give the wrong lines of "Uitkeringen" in one month.

    Args:
        date: Peildatum of the file.
        running: Cells of a benefit that runs.

    Returns:
        Cells and what is wrong with them.
    """
    found: list[tuple[list[CellValue], str]] = []
    if date.month % 3 == 0:
        found.append((running, "dubbele regel"))
    if date.year == 2023:
        # A scheme of the pandemic that was left in the registration.
        found += [(_benefit(running, n, regeling="Tozo"), "onbekende regeling") for n in (1, 2)]
    if dt.date(2024, 5, 1) <= date <= dt.date(2024, 8, 31) or dt.date(2026, 2, 1) <= date <= dt.date(2026, 3, 31):
        first = running[_FIRST]
        before = first - dt.timedelta(days=40) if isinstance(first, dt.date) else dt.date(2020, 1, 1)
        found.append((_benefit(running, 3, tot=before), "einddatum vóór ingangsdatum"))
    return found


def grant_mistakes(date: dt.date, awarded: list[CellValue]) -> list[tuple[list[CellValue], str]]:
    """Give the wrong lines of "Bijzondere bijstand" in one month.

    Args:
        date: Peildatum of the file.
        awarded: Cells of a grant that was asked for and awarded.

    Returns:
        Cells and what is wrong with them.
    """
    found: list[tuple[list[CellValue], str]] = []

    def other(place: int, value: CellValue) -> list[CellValue]:
        cells = list(awarded)
        cells[place] = value
        return cells

    asked = awarded[_ASKED]
    if dt.date(2024, 3, 1) <= date <= dt.date(2024, 5, 31) and isinstance(asked, dt.date):
        found.append((other(_DECIDED, asked - dt.timedelta(days=9)), "besluit vóór aanvraag"))
    if date == dt.date(2025, 2, 28):
        found.append((other(_AMOUNT, -125.0), "negatief bedrag"))
    if date.month == 11:
        found.append((other(_SOORT, "Witgoedregeling"), "onbekende soort voorziening"))
    return found


def plant(bestand: str, blad: str, lines: int, wrong: list[tuple[list[CellValue], str]]) -> list[Planted]:
    """Say where the wrong lines stand: below the `lines` good ones."""
    first = HEAD_ROWS + lines + 1
    return [Planted(BRON, bestand, blad, first + i, fout, "geweigerd") for i, (_, fout) in enumerate(wrong)]
