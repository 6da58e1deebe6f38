"""Headers as people write them, to something that compares: units, years and periods set aside."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.cleaning import MONTHS, plain
from etl.readers.cells import Cell

_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_UNIT = re.compile(
    r"(?i)(bedragen\s+)?(in\s+(hele\s+)?(euro'?s?|eur|€)|[x×]\s*(€|eur|euro)?\s*1([.,]?000)?|€|in\s+duizenden.*)\s*$"
)
_UNTIL = re.compile(r"(?i)\b(t\s*/\s*m|tot en met|per)\b.*$")
_SPAN = re.compile(
    rf"(?i)\b(?:periode|maand|p)?\s*0?1\s*(?:-|t\s*/\s*m)\s*(?:periode|maand|p)?\s*\d{{1,2}}\b"
    rf"|\b(?:januari|jan)\.?\s*(?:-|t\s*/\s*m)\s*(?:{'|'.join(MONTHS)})\b\.?"
)
_CUMULATIVE = re.compile(r"(?i)\bcum(?:ulatief|\.|\b)")
#: A share is no amount, whatever it is a share of.
_SHARE = re.compile(r"(?i)%|\b(?:percentage|procent|perc\.?|pct\.?)(?![a-z])")
_YEAR = re.compile(r"\b(20\d{2})\b")


def forms(cell: Cell) -> list[str]:
    """Give the ways to compare a header, strictest first.

    "Realisatie t/m periode 9 (x € 1.000)" gives "realisatietmperiode9x1000" ... "realisatie"; a cell that is no text
    gives nothing.
    """
    return list(_forms(cell)) if isinstance(cell, str) else []


@lru_cache(maxsize=20_000)  # the files of a source begin with the same rows, month after month
def _forms(cell: str) -> tuple[str, ...]:
    if _SHARE.search(cell):
        return ()
    whole = cell.strip()
    bare = _CUMULATIVE.sub(" ", _UNIT.sub("", _PARENTHESES.sub(" ", whole))).strip()
    no_year = _SPAN.sub(" ", _YEAR.sub(" ", bare))
    until = _UNTIL.sub("", no_year)
    found = [plain(form) for form in (whole, bare, no_year, until)]
    return tuple(form for form in dict.fromkeys(found) if form)


def year_in(cell: Cell) -> int | None:
    """Give the one year that a header names, if any."""
    years = set(_YEAR.findall(cell)) if isinstance(cell, str) else set()
    return int(years.pop()) if len(years) == 1 else None


def runs_until(cell: Cell) -> bool:
    """Say whether a header names a stretch of the year ("t/m periode 9", "1-9", "cumulatief")."""
    if not isinstance(cell, str):
        return False
    return bool(re.search(r"(?i)\bt\s*/\s*m\b|\btot en met\b", cell) or _SPAN.search(cell) or _CUMULATIVE.search(cell))


def match(cell: Cell, synonyms: dict[str, str]) -> str | None:
    """Give the field a header means, by plain synonym -> field; None when it is not known."""
    if not isinstance(cell, str):
        return None
    return next((synonyms[form] for form in _forms(cell) if form in synonyms), None)
