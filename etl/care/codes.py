"""Cells of a care registration to codes: each function gives a code, None for an empty cell, or BAD."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from etl.care.law import Law, category_names, code_list
from etl.cleaning import plain
from etl.lines.values import BAD, Bad, code, empty
from etl.readers.cells import Cell, CellError

_CODE_AND_NAME = re.compile(r"(\d{1,2})\s*[-:.]?\s+(\S.*)|(\d{1,2})[-:.](\S.*)|(\S.*)\((\d{1,2})\)\s*")
_AGB = re.compile(r"(?i)(?:agb(?:-?code)?\W*)?(\d{7,8})(?:\s*[-:(]\s*.*|\s+\D.*)?")
_PRODUCT = re.compile(r"(?=.*\d)[0-9A-Z][0-9A-Z.-]{0,11}")
#: A number that was given again: the old one got this behind it ("1010009_OUD").
_OLD = re.compile(r"(?i)\s*[_ -]\s*\(?(?:oud|old)\)?\s*$|\s*\((?:oud|old)\)\s*$")
_LAWS = {
    "wmo": "wmo", "wmo2015": "wmo", "wetmaatschappelijkeondersteuning": "wmo",
    "wetmaatschappelijkeondersteuning2015": "wmo",
    "jw": "jeugd", "jeugd": "jeugd", "jeugdwet": "jeugd", "jeugdzorg": "jeugd", "jeugdhulp": "jeugd",
    "pw": "anders", "participatiewet": "anders", "bijstand": "anders", "leerlingenvervoer": "anders", "llv": "anders",
    "wlz": "anders", "zvw": "anders", "awbz": "anders", "schuldhulp": "anders", "schuldhulpverlening": "anders",
    "gpk": "anders", "gehandicaptenparkeerkaart": "anders", "inburgering": "anders", "wgs": "anders",
}  # fmt: skip


def listed(known: Mapping[str, str], digits: int) -> Callable[[Cell], str | Bad | None]:
    """Make a parser for a column that holds codes of a list, their names, or both.

    Args:
        known: Way of writing as `plain` gives it -> code.
        digits: How long a code is; lost leading zeros come back.
    """

    def parse(cell: Cell) -> str | Bad | None:
        if isinstance(cell, CellError):
            return BAD
        if empty(cell):
            return None
        text = code(cell) or ""
        if re.fullmatch(r"\d{1,2}", text):
            return known.get(text.lstrip("0").zfill(digits), BAD)
        if found := known.get(plain(text)):
            return found
        both = _CODE_AND_NAME.fullmatch(text)
        if not both:
            return BAD
        number, name = next((both[n], both[m]) for n, m in ((1, 2), (3, 4), (6, 5)) if both[n])
        first = known.get(number.lstrip("0").zfill(digits))
        return first if first and known.get(plain(name)) == first else BAD

    return parse


unit = listed(code_list("eenheid"), 2)
frequency = listed(code_list("frequentie"), 1)
referrer = listed(code_list("verwijzer"), 2)


def law_of(cell: Cell) -> str | None:
    """Say which law a line is of: wmo, jeugd or anders (a law that is neither); None where the cell does not say."""
    return None if empty(cell) or isinstance(cell, CellError) else _LAWS.get(plain(code(cell) or ""))


def provider(cell: Cell) -> str | Bad | None:
    """Understand a provider by AGB code (8 digits, one leading zero may be lost); a name is BAD: it can be a person."""
    if isinstance(cell, CellError):
        return BAD
    if empty(cell):
        return None
    found = _AGB.fullmatch(code(cell) or "")
    return found[1].zfill(8) if found and int(found[1]) else BAD


def without_old(text: str) -> str:
    """Take off what was put behind a number that was given again: "1010009_OUD" is 1010009."""
    return _OLD.sub("", text) if text[-1:] in "dD)" or text[-1:].isspace() else text


def product(cell: Cell) -> str | Bad | None:
    """Understand a product code; "1010009_OUD" stays as it is, for `without_old`."""
    if isinstance(cell, CellError):
        return BAD
    if empty(cell):
        return None
    text = (code(cell) or "").upper()
    return text if _PRODUCT.fullmatch(without_old(text)) else BAD


@dataclass(frozen=True)
class Category:
    """A productcategorie as understood: its code where there is one, the onderdeel, and whether it is certain.

    Attributes:
        code: Code of the law's list, or the municipality's own; None for an own name.
        onderdeel: Its budget part; None when it is not known.
        wet: The law whose list knows it; None for an own code or an unknown one.
    """

    code: str | None
    onderdeel: str | None
    wet: str | None


def category(text: str | None, law: Law, own: Mapping[str, str]) -> Category:
    """Understand a productcategorie: its code ("1" is "01"), its name as in the list, or both; own codes come first.

    Args:
        text: What stands in the cell.
        law: The law of the source.
        own: The mapping's [onderdeel.productcategorie]: code or name -> onderdeel.
    """
    found = None if text is None else listed(category_names(law.wet), 2)(text)
    known = found if isinstance(found, str) else None
    mine = {plain(key): value for key, value in own.items()}
    said = mine.get(plain(text or "")) or (mine.get(known) or mine.get(known.lstrip("0")) if known else None)
    if known:
        return Category(known, said or law.categories[known]["onderdeel"], law.wet)
    if said:
        own_code = (text or "").strip().upper()
        return Category(own_code if _PRODUCT.fullmatch(own_code) else None, said, None)
    other = None if text is None else listed(category_names(law.other.wet), 2)(text)
    return Category(None, None, law.other.wet if isinstance(other, str) else None)
