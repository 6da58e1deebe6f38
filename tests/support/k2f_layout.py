"""What a layout of the corpus is, and the plain parts that the layouts are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from tests.support.k2f_files import Table, xlsx
from tests.support.k2f_truth import MEASURES, T2026, Row, Truth

HEAD = ["Kostenplaats", "Kostensoort", "Taakveld", "L/B", "Primitieve begroting", "Begrotingswijzigingen",
        "Begroting na wijziging", "Realisatie", "Verplichtingen"]  # fmt: skip
FIRST_AMOUNT = 4
EURO = "Bedragen in euro's"


@dataclass(frozen=True)
class Layout:
    """One way to write the truth down.

    Attributes:
        make: Writes the file into a folder and gives its path.
        must: "load": an ordinary municipality would send this, so it has to be read right; "refuse": it cannot be told
            what is meant, or part of it is gone; "either": right or refused, but never wrong.
        truths: The truths in it, one a boekjaar.
        measures: The measures that reading has to give; the others are not in the file.
        unit: Amounts in the file are rounded to this many euros.
        peildatum: The state that the file is of.
        mapping: What mapping.toml says.
        why: A part of the reason, where it has to be refused.
    """

    make: Callable[[Path], Path]
    must: Literal["load", "refuse", "either"] = "load"
    truths: tuple[Truth, ...] = (T2026,)
    measures: tuple[str, ...] = MEASURES
    unit: int = 1
    peildatum: dt.date = dt.date(2026, 9, 30)
    mapping: dict[str, Any] = field(default_factory=dict)
    why: str = ""


def titles(truth: Truth = T2026, unit: str = EURO) -> Table:
    """The four lines over an ordinary overview, so that its header stands on row 5."""
    return [
        ["Gemeente Voorbeeld"],
        ["Overzicht budget en realisatie, t/m periode 9"],
        [f"Boekjaar {truth.jaar}"],
        [unit],
    ]


def line(row: Row, amounts: Iterable[Any] | None = None) -> list[Any]:
    """One row as a plain line under HEAD."""
    return [row.kostenplaats, row.kostensoort, row.taakveld, row.kant, *(amounts or row.amounts())]


def lines(truth: Truth = T2026) -> Table:
    """All rows as plain lines under HEAD."""
    return [line(row) for row in truth.rows]


def plain(truth: Truth = T2026, head: list[Any] | None = None, unit: str = EURO) -> Table:
    """The most ordinary overview there is."""
    return [*titles(truth, unit), head or HEAD, *lines(truth)]


def summed(label: str, table: Table, first: int = FIRST_AMOUNT, at: int = 0) -> list[Any]:
    """A printed total of lines: its label in one column, sums from `first` on."""
    row: list[Any] = [None] * first
    row[at] = label
    return [*row, *(sum((r[c] for r in table), Decimal(0)) for c in range(first, len(table[0])))]


def blocks(truth: Truth = T2026) -> dict[str, list[Row]]:
    """The rows by taakveld."""
    found: dict[str, list[Row]] = {}
    for row in truth.rows:
        found.setdefault(row.taakveld, []).append(row)
    return found


def per_taakveld(truth: Truth = T2026) -> dict[str, dict[str, list[Decimal]]]:
    """Sums by taakveld and side, both sides always there."""
    found: dict[str, dict[str, list[Decimal]]] = {}
    for code, rows in blocks(truth).items():
        found[code] = {
            kant: [sum((getattr(r, m) for r in rows if r.kant == kant), Decimal(0)) for m in MEASURES] for kant in "LB"
        }
    return found


def with_totals(table_lines: Table, truth: Truth = T2026, end: bool = True) -> Table:
    """Lines with a subtotal under each taakveld and totals of lasten, baten and saldo at the end."""
    out: Table = []
    for code in blocks(truth):
        own = [row for row in table_lines if row[2] == code]
        out += [*own, summed(f"Subtotaal {code}", own)]
    if end:
        lasten, baten = ([row for row in table_lines if row[3] == kant] for kant in "LB")
        out += [summed("Totaal lasten", lasten), summed("Totaal baten", baten)]
        saldo = [b - a for a, b in zip(out[-2][FIRST_AMOUNT:], out[-1][FIRST_AMOUNT:], strict=True)]
        out.append(["Saldo", *[None] * (FIRST_AMOUNT - 1), *saldo])
    return out


def sheet(table: Table | dict[str, Table], **options: Any) -> Callable[[Path], Path]:
    """A layout that is a workbook."""
    return lambda folder: xlsx(folder / "overzicht.xlsx", table, **options)


def headed(**names: str) -> Callable[[Path], Path]:
    """The ordinary overview with other words for its columns, by field."""
    fields = ["kostenplaats", "kostensoort", "taakveld", "lasten_baten", *MEASURES]
    return sheet(plain(head=[names.get(name, word) for name, word in zip(fields, HEAD, strict=True)]))
