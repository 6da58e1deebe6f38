"""Exports that are a tree (Zorgned): the sheet with one row per product, and what hangs below it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from etl.readers.cells import Cell, Sheet

_PRODUCT = "productCategorie.code"
#: Where the path of a product begins, seen from its request.
_REQUEST = "beschikking.beschikteProducten."
#: What is said of an assignment of a product, or of the deliveries on it: last parts of the path -> column to make.
_LIFTED = {
    "redenWijziging.code": "redenWijziging.code",
    "redenBeeindiging.code": "redenBeeindiging.code",
}


def one_table(sheets: list[Sheet]) -> list[Sheet]:
    """Give the sheets to read: of a tree only the one with a row per product, of other files all of them.

    The reason of an end stands below a product, with each of its assignments: it is put beside the product when all of
    them say the same.
    """
    if not any(sheet.onder for sheet in sheets):
        return sheets
    products = next((s for s in sheets if _header(s, _PRODUCT) is not None), None)
    if products is None:
        return sheets
    return [_from_request(_beside(products, [s for s in sheets if products.naam in s.onder]))]


def _header(sheet: Sheet, tail: str) -> tuple[int, int] | None:
    """Row and column of the header that is a path or ends in it."""
    for number, row in enumerate(sheet.rows[:60]):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and (cell == tail or cell.endswith(f".{tail}")):
                return number, place
    return None


def _from_request(sheet: Sheet) -> Sheet:
    """Let the paths begin at the request, where a list of clients or cases holds the requests."""
    place = _header(sheet, _PRODUCT)
    assert place
    header = str(sheet.rows[place[0]][place[1]])
    before, found, _ = header.partition(_REQUEST)
    if not (before and found):
        return sheet
    rows = list(sheet.rows)
    rows[place[0]] = [c.removeprefix(before) if isinstance(c, str) else c for c in rows[place[0]]]
    return replace(sheet, rows=rows)


def _beside(products: Sheet, below: list[Sheet]) -> Sheet:
    found = _header(products, _PRODUCT)
    assert found
    top, width = found[0], len(products.rows[found[0]])
    rows = [list(row) for row in products.rows]
    for tail, name in _LIFTED.items():
        said: dict[tuple[Cell, ...], set[Cell]] = defaultdict(set)
        for sheet in below:
            if place := _header(sheet, tail):
                for row in sheet.rows[place[0] + 1 :]:
                    if row[place[1]] is not None:
                        said[tuple(row[:width])].add(row[place[1]])
        for number, row in enumerate(rows):
            values = said.get(tuple(products.rows[number][:width]), set())
            row.append(name if number == top else next(iter(values)) if len(values) == 1 else None)
    return replace(products, rows=rows)
