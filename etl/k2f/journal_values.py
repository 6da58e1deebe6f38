"""Cells of a journal line to values: period, month of delivery, side and sign; and what of a cell may be shown."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from etl.cleaning import MONTHS, NotUnderstood, date, text
from etl.readers.cells import Cell

SIDES = {
    "l": "L", "lasten": "L", "last": "L", "u": "L", "uitgaven": "L", "uitgave": "L", "kosten": "L",
    "b": "B", "baten": "B", "bate": "B", "i": "B", "inkomsten": "B", "opbrengsten": "B",
}  # fmt: skip
SIGNS = {"d": 1, "db": 1, "deb": 1, "debet": 1, "c": -1, "cr": -1, "cred": -1, "credit": -1}

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR_MONTH = re.compile(r"(20\d{2})[-/. ]?p?(0?[0-9]|1[0-3])")
_MONTH_YEAR = re.compile(r"p?(0?[0-9]|1[0-3])[-/. ](20\d{2})")
_NAMED = re.compile(rf"({_MONTH})\.?[-/ ']*(\d{{4}}|\d{{2}})?")
_BARE = re.compile(r"(?:periode|per\.?|p|maand)?\s*(\d{1,2})")
_NO_PERIOD = NotUnderstood("dit is geen periode.", "Schrijf de periode als 0 tot en met 13, bijvoorbeeld 9 of 2026-09.")
_NO_MONTH = NotUnderstood(
    "dit is geen maand met een jaar.", "Schrijf de prestatieperiode als 2026-03, 202603, mrt 2026 of een datum."
)
_TO = re.compile(r"\s*(?:t\s*/\s*m|tot en met|\s-\s)\s*")


def _written(cell: Cell) -> str:
    return (text(cell) or "").lower()


def periode(cell: Cell) -> tuple[int, int | None]:
    """Read a booking period: 9, "09", "P9", "september", "202609", "2026-09", "sep 2026" -> (9, year or None).

    Raises:
        NotUnderstood: No period from 0 (opening) to 13 (closing).
    """
    if isinstance(cell, dt.date):
        return cell.month, cell.year
    written = _written(cell)
    if found := _YEAR_MONTH.fullmatch(written):
        return int(found[2]), int(found[1])
    if found := _MONTH_YEAR.fullmatch(written):
        return int(found[1]), int(found[2])
    if found := _NAMED.fullmatch(written):
        return MONTHS[found[1]], _year(found[2])
    if (found := _BARE.fullmatch(written)) and int(found[1]) <= 13:
        return int(found[1]), None
    raise _NO_PERIOD


def _year(written: str | None) -> int | None:
    return None if written is None else int(written) + (2000 if len(written) == 2 else 0)


def prestatiemaand(cell: Cell) -> dt.date | None:
    """Read the month in which the care was delivered, as its first day; None when empty or more than one month.

    Raises:
        NotUnderstood: No month with a year.
    """
    if cell is None or (isinstance(cell, str) and not _written(cell)):
        return None
    if isinstance(cell, str) and len(ends := _TO.split(_written(cell))) == 2 and all(ends):
        first, last = (_month(end) for end in ends)
        return first if first == last else None
    return _month(cell)


def _month(cell: Cell) -> dt.date:
    if isinstance(cell, dt.date):
        return dt.date(cell.year, cell.month, 1)
    written = _written(cell)
    for pattern, year, month in ((_YEAR_MONTH, 1, 2), (_MONTH_YEAR, 2, 1)):
        if (found := pattern.fullmatch(written)) and 1 <= int(found[month]) <= 12:
            return dt.date(int(found[year]), int(found[month]), 1)
    if (found := _NAMED.fullmatch(written)) and (jaar := _year(found[2])):
        return dt.date(jaar, MONTHS[found[1]], 1)
    try:
        first = date(cell, serial=True).replace(day=1)
    except NotUnderstood:
        raise _NO_MONTH from None
    if first.year < 2000:  # a bare 3 is no serial number of a day in 1900, but a month without its year
        raise _NO_MONTH
    return first


def side(cell: Cell) -> str:
    """Read L (lasten) or B (baten) from a cell that says it.

    Raises:
        NotUnderstood: It says neither, or both.
    """
    words = {SIDES.get(word) for word in re.findall(r"[a-z]+", _written(cell))}
    found = words.pop() if len(words) == 1 else None
    if found is None:
        raise NotUnderstood("hier hoort L (lasten) of B (baten) te staan.", "Vul op elke regel L of B in.")
    return found


def sign(cell: Cell) -> int:
    """Read debet (1) or credit (-1).

    Raises:
        NotUnderstood: It says neither.
    """
    found = SIGNS.get(_written(cell).strip(" ."))
    if found is None:
        raise NotUnderstood("hier hoort D (debet) of C (credit) te staan.", "Vul op elke regel D of C in.")
    return found


def decimals(cell: Cell, value: Decimal) -> int:
    """Count the figures behind the decimal sign of an amount: as written in text ("25,00" has two), else as needed."""
    if isinstance(cell, str) and (found := re.search(r"[.,](\d+)\D*$", cell)) and len(found[1]) != 3:
        return len(found[1])
    return max(0, -int(value.normalize().as_tuple().exponent))


def shown(cell: Cell) -> str | None:
    """Give what a refusal may show of a cell: figures, dates and codes, never words and no number of nine digits.

    A journal describes its lines: what stands in a wrong column can be a name or a BSN.
    """
    if cell is None:
        return None
    written = str(cell)
    letters = re.sub(rf"(?i)\b(?:{_MONTH}|eur|t/m|db|cr)\b", "", written)
    if re.search(r"[^\W\d_]{2}", letters):
        return "(tekst)"
    return re.sub(r"(?<!\d)\d{9}(?!\d)", "(nummer)", written)[:40]
