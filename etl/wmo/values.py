"""Cells of a Wmo registration to values: each function gives a value, None for an empty cell, or BAD."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from etl import cleaning
from etl.cleaning import plain
from etl.readers.cells import Cell, CellError
from indicators.core.settings import REFERENCE


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
_SHORT_YEAR = re.compile(r"\d{1,2}\D+(\d{1,2}|[a-z]+\.?)\D+\d{2}", re.IGNORECASE)
_EMPTY = {"", "-", "nvt", "n.v.t.", "null", "onbekend", "geen", "leeg"}
_DECISIONS = {
    "toegekend": "toegekend", "toekenning": "toegekend", "toekennen": "toegekend", "toegewezen": "toegekend",
    "toewijzen": "toegekend", "toewijzing": "toegekend", "gehonoreerd": "toegekend", "positief": "toegekend",
    "gedeeltelijktoegekend": "toegekend", "deelstoegekend": "toegekend",
    "afgewezen": "afgewezen", "afwijzing": "afgewezen", "afwijzen": "afgewezen", "geweigerd": "afgewezen",
    "negatief": "afgewezen", "nietingewilligd": "afgewezen",
    "ingetrokken": "ingetrokken", "intrekking": "ingetrokken", "ingetrokkendooraanvrager": "ingetrokken",
    "aanvraagingetrokken": "ingetrokken", "intrekkingaanvraag": "ingetrokken",
    "inbehandeling": None, "lopend": None, "openstaand": None, "nogtebeslissen": None, "aangevraagd": None,
}  # fmt: skip
_FORMS = {
    "zin": "ZIN", "zorginnatura": "ZIN", "natura": "ZIN", "innatura": "ZIN",
    "pgb": "PGB", "persoonsgebondenbudget": "PGB",
}  # fmt: skip


def empty(cell: Cell) -> bool:
    """Say whether a cell holds nothing, or a word that says so."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _EMPTY)


def each(cells: list[Cell], parse: Callable[[Cell], object]) -> list[object]:
    """Parse a column, every distinct cell once: a delivery repeats its dates and codes many times."""
    known = {cell: parse(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


@lru_cache(maxsize=50_000, typed=True)
def date(cell: Cell) -> dt.date | Bad | None:
    """Understand a date as etl.cleaning does; an empty cell gives None."""
    if empty(cell):
        return None
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
    if isinstance(cell, str | int) and _FAR.fullmatch(str(cell).strip()):
        return None
    value = date(cell)
    return None if isinstance(value, dt.date) and value.year >= OPEN_FROM else value


def decision(cell: Cell) -> str | Bad | None:
    """Understand a decision: toegekend, afgewezen, ingetrokken; None while it is pending."""
    if empty(cell):
        return None
    return _DECISIONS.get(plain(str(cell)), BAD)


def form(cell: Cell) -> str | Bad | None:
    """Understand how care is delivered: ZIN or PGB."""
    return None if empty(cell) else _FORMS.get(plain(str(cell)), BAD)


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


@lru_cache(maxsize=4)
def _reference(name: str) -> tuple[dict[str, str], ...]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=1)
def _categories() -> dict[str, str]:
    rows = _reference("productcategorieen_wmo")
    return {row["productcategorie"]: row["productcategorie"] for row in rows} | {
        plain(row["naam"]): row["productcategorie"] for row in rows
    }


def category(cell: Cell) -> str | Bad | None:
    """Understand a productcategorie: its code ("1" is "01"), its name as in the list, or both ("01 Hulp bij ...")."""
    text = code(cell)
    if text is None:
        return None
    known = _categories()
    if re.fullmatch(r"\d{1,2}", text):
        return known.get(text.zfill(2), BAD)
    both = re.fullmatch(r"(\d{1,2})\s*[-:.]?\s+(.+)", text)
    if both:
        number = known.get(both[1].zfill(2))
        return number if number and known.get(plain(both[2])) == number else BAD
    return known.get(plain(text), BAD)


def onderdeel_of(categorie: str, own: dict[str, str]) -> str:
    """Give the onderdeel of a productcategorie: the municipality's own mapping beats the reference list."""
    mine = {key.zfill(2): value for key, value in own.items()}
    by_code = {row["productcategorie"]: row["onderdeel"] for row in _reference("productcategorieen_wmo")}
    return mine.get(categorie, by_code[categorie])


def wmo_onderdelen() -> set[str]:
    """Give the onderdelen of the Wmo."""
    return {row["onderdeel"] for row in _reference("onderdelen") if row["wet"] == "wmo"}


@lru_cache(maxsize=1)
def _regions() -> dict[str, str | None]:
    """Code or unique name of a wijk or buurt -> code of the wijk; a name that stands for two wijken gives None."""
    found: dict[str, str | None] = {}
    for row in _reference("gebieden"):
        if row["niveau"] not in {"wijk", "buurt"}:
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
    text = code(cell) or ""
    return (
        _regions().get(plain(text)) or _regions().get("wk" + plain(text)) or _regions().get("bu" + plain(text)) or BAD
    )
