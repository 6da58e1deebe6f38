"""The lines below a header: typed columns, and what is no line at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from etl import cleaning
from etl.cleaning import plain
from etl.lines import values
from etl.lines.kind import Problem
from etl.lines.layout import Layout
from etl.lines.values import BAD
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet

_FOOTERS = (
    "totaal", "subtotaal", "aantal", "afgedrukt", "bron", "einde", "selectie", "peildatum", "voorbeelddata",
    "vertrouwelijk", "gemaakt", "pagina", "uitgedraaid", "toelichting", "legenda",
)  # fmt: skip
_EUROS = re.compile("(?i)eur|€")
#: "25,-" is how whole euros are written.
_WHOLE = re.compile(r",[-\u2013\u2014]{1,2}\s*$")


@dataclass
class Lines:
    """The lines below one header.

    Attributes:
        layout: Where they stood.
        frame: One row per line: a column per field of the kind, `blad`, `rij` (in the sheet, from 1).
        outside: Lines that are no data: footers, repeated headers, lines that the mapping leaves out.
        written: (blad, rij, field) -> what stood in a cell that was not understood; empty for a person source.
        notices: What the data team should know of a column.
    """

    layout: Layout
    frame: pd.DataFrame
    outside: int = 0
    written: dict[tuple[str, int, str], str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


def parse(sheet: Sheet, layout: Layout, blad: str, mapping: Mapping | None) -> Lines | Problem:
    """Type every line below the header; blank ones are none, footers and those left out by the mapping are outside."""
    left_out = _left_out(sheet, layout, mapping)
    if isinstance(left_out, Problem):
        return left_out
    taken, numbers, outside = _lines(sheet.rows, layout, left_out)
    columns: dict[str, list[object]] = {}
    written: dict[tuple[str, int, str], str] = {}
    notices: list[str] = []
    for name, one in layout.kind.fields.items():
        place = layout.columns.get(name)
        cells: list[Cell] = [None] * len(taken) if place is None else [row[place] for row in taken]
        if one.money:
            money = _amounts(cells, layout, name, mapping)
            if isinstance(money, Problem) and one.soft:
                notices.append(f"{money.reden[0].upper()}{money.reden[1:]} De kolom is leeg gelaten. {money.oplossing}")
                money = [None] * len(taken)
            if isinstance(money, Problem):
                return money
            columns[name] = money
        else:
            columns[name] = values.each(cells, one.parse) if place is not None else [None] * len(taken)
        if BAD in columns[name] and not layout.kind.personal:
            pairs = zip(numbers, cells, columns[name], strict=True)
            written |= {(blad, rij, name): str(cell) for rij, cell, value in pairs if value is BAD}
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in columns.items()})
    frame["blad"], frame["rij"] = blad, np.array(numbers, dtype=np.int64)
    return Lines(layout, frame, outside, written, notices)


def _lines(rows: list[list[Cell]], layout: Layout, left_out: set[int]) -> tuple[list[list[Cell]], list[int], int]:
    """The rows that are lines, their numbers, and how many rows are not."""
    header = rows[layout.header]
    fields = layout.kind.fields
    required = [place for name, place in layout.columns.items() if name in fields and fields[name].required]
    places = [place for name, place in layout.columns.items() if name in fields]
    enough = min(3, len(required))
    taken, numbers, outside = [], [], 0
    for number, row in enumerate(rows[layout.header + 1 :], start=layout.header + 2):
        # A line with its first two required cells filled is one without further looking: that is nearly all of them.
        sure = all(row[place] for place in required[:2])
        if not sure and sum(not values.empty(row[place]) for place in places) < enough:
            if all(values.empty(cell) for cell in row):
                continue
            if _is_footer(row):
                outside += 1
                continue
        elif row == header or _is_total(row, required):
            outside += 1
            continue
        if number in left_out:
            outside += 1
            continue
        taken.append(row)
        numbers.append(number)
    return taken, numbers, outside


def _is_footer(row: list[Cell]) -> bool:
    first = next((cell for cell in row if not values.empty(cell)), None)
    return isinstance(first, str) and plain(first).startswith(_FOOTERS)


def _is_total(row: list[Cell], required: list[int]) -> bool:
    """A row of sums below the lines: it begins with the word, and a column that every line fills is empty."""
    if all(row[place] for place in required):
        return False  # nearly every line, without further looking; "n.v.t." is looked at below
    first = next((cell for cell in row if not values.empty(cell)), None)
    return (
        isinstance(first, str)
        and plain(first).startswith(("totaal", "eindtotaal", "subtotaal"))
        and any(values.empty(row[place]) for place in required)
    )


def _left_out(sheet: Sheet, layout: Layout, mapping: Mapping | None) -> set[int] | Problem:
    """Numbers of the rows that the mapping's [filter] leaves out."""
    wanted = mapping.filter if mapping else {}
    header = [plain(str(cell)) if cell is not None else "" for cell in sheet.rows[layout.header]]
    left_out: set[int] = set()
    for name, allowed in wanted.items():
        if plain(name) not in header:
            return Problem(
                f"mapping.toml filtert op kolom '{name}', en die staat niet in het bestand.",
                "Schrijf de kop onder [filter] precies zoals in het bestand.",
            )
        place = header.index(plain(name))
        options = {str(v).strip() for v in (allowed if isinstance(allowed, list) else [allowed])}
        left_out |= {n for n, row in enumerate(sheet.rows, 1) if (values.code(row[place]) or "") not in options}
    return left_out


def _amounts(cells: list[Cell], layout: Layout, name: str, mapping: Mapping | None) -> list[object] | Problem:
    """Euros as Decimal, None for nothing, BAD for what is no amount; asks when a whole column reads two ways."""
    decimaal = mapping.decimaal if mapping else None
    try:
        decimaal = decimaal or cleaning.decimal_sign(set(cells))
    except cleaning.NotUnderstood as problem:
        return Problem(f"kolom {layout.letter(name)} ({_shown(layout, name)}): {problem.reden}",
                       problem.oplossing)  # fmt: skip
    known: dict[Cell, object] = {}
    for cell in set(cells):
        try:
            known[cell] = None if values.empty(cell) and cell != "-" else cleaning.amount(cell, decimaal)
        except cleaning.NotUnderstood:
            known[cell] = BAD
    found = [known[cell] for cell in cells]
    factor = _factor(cells, found, layout, name, mapping)
    if isinstance(factor, Problem):
        return factor
    if factor == 1:
        return found
    return [value * factor if isinstance(value, Decimal) else value for value in found]


def _shown(layout: Layout, name: str) -> str:
    """How a message calls a column: of a person source never by its header, which somebody typed."""
    return name if layout.kind.personal else layout.titles.get(name, name)


def _factor(
    cells: list[Cell], found: list[object], layout: Layout, name: str, mapping: Mapping | None
) -> Decimal | Problem:
    """What an amount is multiplied with to be in euros."""
    if not layout.kind.fields[name].cents:
        return Decimal(1)
    said = mapping.eenheid if mapping else None
    title = layout.titles.get(name, "").lower()
    if said:
        return {"euro": Decimal(1), "eurocent": Decimal("0.01"), "x1000": Decimal(1000)}[said]
    if "cent" in title:
        return Decimal("0.01")
    numbers = [v for v in found if isinstance(v, Decimal) and v]
    if _EUROS.search(title) or not numbers or any(v != v.to_integral_value() for v in numbers):
        return Decimal(1)
    if any(isinstance(cell, str) and (_EUROS.search(cell) or _WHOLE.search(cell)) for cell in cells):
        return Decimal(1)
    return Problem(
        f"kolom {layout.letter(name)} ({_shown(layout, name)}) kan in euro of in eurocent zijn.",
        'Schrijf in mapping.toml eenheid = "eurocent" of eenheid = "euro".',
    )
