"""Cells of a Wmo registration to values: each function gives a value, None for an empty cell, or BAD."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.cleaning import plain
from etl.lines.values import BAD, Bad, code, reference
from etl.readers.cells import Cell


@lru_cache(maxsize=1)
def _categories() -> dict[str, str]:
    rows = reference("productcategorieen_wmo")
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
    by_code = {row["productcategorie"]: row["onderdeel"] for row in reference("productcategorieen_wmo")}
    return mine.get(categorie, by_code[categorie])


def wmo_onderdelen() -> set[str]:
    """Give the onderdelen of the Wmo."""
    return {row["onderdeel"] for row in reference("onderdelen") if row["wet"] == "wmo"}
