"""Cells of a line to values: each function gives a value, None for an empty cell, or BAD where it is not certain."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from etl import cleaning
from etl.cleaning import plain
from etl.readers.cells import Cell, CellError
from indicators.core.settings import reference_list, settings, settings_file


class Bad:
    """Marks a cell whose meaning is not certain."""

    def __repr__(self) -> str:
        return "BAD"


BAD = Bad()
#: An end date from this year on means that there is none (31-12-9999, 31-12-2099).
OPEN_FROM = 2090
_FAR_YEAR = r"(?:[3-9]\d{3}|2[1-9]\d{2})"
_FAR = re.compile(
    rf"\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_FAR_YEAR}(?:[ T].*)?|{_FAR_YEAR}[-/.]?\d{{1,2}}[-/.]?\d{{1,2}}(?:[ T].*)?"
)
#: What a database writes where there is no date.
_NO_DATE = re.compile(r"0+(?:\.0)?|00?[-/.]00?[-/.]0000|0000-00-00(?:[ T].*)?")
_SHORT_YEAR = re.compile(r"\d{1,2}\D+(\d{1,2}|[a-z]+\.?)\D+\d{2}", re.IGNORECASE)
_EMPTY = {"", "-", "nvt", "n.v.t.", "null", "onbekend", "geen", "leeg"}


def empty(cell: Cell) -> bool:
    """Say whether a cell holds nothing, or a word that says so."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _EMPTY)


def each(cells: Sequence[Cell], parse: Callable[[Cell], object]) -> list[object]:
    """Parse a column, every distinct cell once: a delivery repeats its dates and codes many times."""
    known = {cell: parse(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


@lru_cache(maxsize=50_000, typed=True)
def date(cell: Cell) -> dt.date | Bad | None:
    """Understand a date as etl.cleaning does; an empty cell gives None."""
    if empty(cell) or (isinstance(cell, str | int | float) and _NO_DATE.fullmatch(str(cell).strip())):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 19_000_101 <= cell < 22_000_000:
        cell = code(cell)  # 20250301 as a number
    try:
        return cleaning.date(cell, serial=True)
    except cleaning.NotUnderstood:
        return BAD


def birth_date(cell: Cell) -> dt.date | Bad | None:
    """Understand a birth date; with a year of two digits the century is not certain."""
    if isinstance(cell, str) and _SHORT_YEAR.fullmatch(cell.strip()):
        return BAD
    return date(cell)


def end_date(cell: Cell) -> dt.date | Bad | None:
    """Understand an end date; empty and far away (31-12-9999, 31-12-2099) both mean that there is none."""
    if isinstance(cell, dt.date) and cell.year >= OPEN_FROM:
        return None
    if isinstance(cell, str | int | float) and _FAR.fullmatch(code(cell) or ""):
        return None
    value = date(cell)
    return None if isinstance(value, dt.date) and value.year >= OPEN_FROM else value


def code(cell: Cell) -> str | None:
    """Write a number or code as text, as it was typed: 123.0 is 123."""
    if cell is None or isinstance(cell, CellError):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


@lru_cache(maxsize=50_000, typed=True)
def bsn(cell: Cell) -> str | Bad | None:
    """Understand a BSN: nine digits (leading zeros may be lost) that pass the 11-test."""
    text = re.sub(r"[\s.]", "", code(cell) or "")
    if not text:
        return None
    if not re.fullmatch(r"\d{8,9}", text) or not int(text):
        return BAD
    digits = [int(d) for d in text.zfill(9)]
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return text.zfill(9) if total % 11 == 0 else BAD


def reference(name: str) -> tuple[dict[str, str], ...]:
    """Give the rows of a list in data/reference; of regions the installation's own list counts."""
    return _rows(reference_list(name))


@lru_cache(maxsize=16)
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def choice(words: Mapping[str, str | None]) -> Callable[[Cell], str | Bad | None]:
    """Make a parser for a column that holds one of a few words.

    Args:
        words: Word as `plain` writes it -> value; a word that says that there is nothing yet gives None.
    """

    def parse(cell: Cell) -> str | Bad | None:
        return None if empty(cell) else words.get(plain(code(cell) or ""), BAD)

    return parse


def meanings(words: Mapping[str, str | None]) -> tuple[str, ...]:
    """Give the values that words stand for."""
    return tuple(sorted({value for value in words.values() if value}))


def whole(cell: Cell) -> int | Bad | None:
    """Understand a whole number that is not negative; 12.0 is 12, 12,5 is none."""
    if empty(cell):
        return None
    text = code(cell) or ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else BAD


def first_of_month(cell: Cell) -> dt.date | Bad | None:
    """Understand a month: a date, 202603, 2026-03, 03-2026, "mrt 2026"; gives its first day."""
    if empty(cell):
        return None
    written = plain(code(cell) or "") if not isinstance(cell, dt.date) else ""
    text = (code(cell) or "").strip().lower() if not isinstance(cell, dt.date) else ""
    year, month = 0, 0
    if found := re.fullmatch(r"(20\d{2})[-/. ]?(0[1-9]|1[0-2])", text):
        year, month = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(0?[1-9]|1[0-2])[-/. ](20\d{2})", text):
        year, month = int(found[2]), int(found[1])
    elif (found := re.fullmatch(r"([a-z]+)(20\d{2})", written)) and found[1] in cleaning.MONTHS:
        year, month = int(found[2]), cleaning.MONTHS[found[1]]
    if year:
        return dt.date(year, month, 1)
    value = date(cell)
    return value.replace(day=1) if isinstance(value, dt.date) else value


@lru_cache(maxsize=4)
def _regions(_settings_file: str) -> dict[str, str | None]:
    """Code or unique name of an own wijk or buurt -> code of the wijk; a name that stands for two gives None."""
    number = settings().gemeente.code[2:]
    found: dict[str, str | None] = {}
    for row in reference("gebieden"):
        if row["niveau"] not in {"wijk", "buurt"} or row["gebied_code"][2:6] != number:
            continue
        wijk = row["gebied_code"] if row["niveau"] == "wijk" else row["ouder_code"]
        names = {plain(row["gebied_code"]), plain(row["naam"]), plain(re.sub(r"^Wijk \d+ ", "", row["naam"]))}
        for name in names:
            found[name] = wijk if found.get(name, wijk) == wijk else None
    return found


def wijk(cell: Cell) -> str | Bad | None:
    """Understand a wijk or buurt, by code or by a name that only one wijk has; gives the code of the wijk."""
    if empty(cell):
        return None
    text = plain(code(cell) or "")
    known = _regions(settings_file())
    return known.get(text) or known.get("wk" + text) or known.get("bu" + text) or BAD


def amount(cell: Cell) -> object:
    """Understand an amount by itself; "1.234" reads two ways here, so it fits too."""
    try:
        return None if empty(cell) else cleaning.amount(cell, ",")
    except cleaning.NotUnderstood:
        return number_with_dot(cell)


def number_with_dot(cell: Cell) -> object:
    """Understand an amount with a decimal point."""
    try:
        return cleaning.amount(cell, ".")
    except cleaning.NotUnderstood:
        return BAD
