"""One truth in many layouts of an overview: each is read right, without or with a mapping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.source import Reading
from tests.support.k2f_overview import (
    HEAD,
    dutch,
    expected,
    got,
    grouped,
    lines,
    negative_baten,
    read,
    subtotals,
    text_file,
    thousands,
    titled,
    workbook,
)

RIGHT: dict[str, Callable[[Path], Reading]] = {
    "plain on row 5": lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines()))),
    "header far down": lambda d: read(workbook(d / "a.xlsx", [*[[]] * 25, *titled([HEAD], lines())])),
    "subtotals and footer": lambda d: read(workbook(d / "a.xlsx", subtotals())),
    "groups lasten and baten": lambda d: read(workbook(d / "a.xlsx", grouped("side"))),
    "groups per measure with saldo": lambda d: read(workbook(d / "a.xlsx", grouped("measure"))),
    "thousands in a title": lambda d: read(workbook(d / "a.xlsx", thousands())),
    "baten negative, total proves": lambda d: read(workbook(d / "a.xlsx", negative_baten(True))),
    "baten negative, mapping says": lambda d: read(
        workbook(d / "a.xlsx", negative_baten(False)), baten_teken="negatief"
    ),
    "csv semicolon": lambda d: read(text_file(d / "a.csv", titled([HEAD], lines()))),
    "csv tab cp1252": lambda d: read(text_file(d / "a.csv", titled([HEAD], lines()), "\t", "cp1252")),
    "csv comma with quotes and bom": lambda d: read(text_file(d / "a.csv", titled([HEAD], lines()), ",", "utf-8-sig")),
    "csv points as decimals": lambda d: read(
        text_file(d / "a.csv", titled([HEAD], lines()), show=lambda v: "" if v is None else str(v))
    ),
    "workbook called csv": lambda d: read(workbook(d / "a.csv", titled([HEAD], lines()))),
    "peildatum in the file name": lambda d: read(
        workbook(d / "k2f_2026-09-30.xlsx", titled([HEAD], lines(), titles=["Bedragen in euro's"]))
    ),
    "peildatum and year by mapping": lambda d: read(
        workbook(d / "a.xlsx", [HEAD, *lines()]), peildatum="30-09-2026", boekjaar=2026, eenheid="euro"
    ),
    "own header names": lambda d: read(
        workbook(d / "a.xlsx", titled([["KP", "TV-nr", "Kant", *HEAD[3:6], "Uitgegeven", HEAD[7]]], lines())),
        kolommen={"taakveld": "TV-nr", "lasten_baten": "Kant", "realisatie": "Uitgegeven", "kostenplaats": "KP"},
    ),
    "I and U, FCL, long code names": lambda d: read(
        workbook(
            d / "a.xlsx",
            titled(
                [["FCL", "Subtaakveld", "I/U", "Primair", "Mutaties", "Begroot na wijz. 2026", "Besteed", "Verplicht"]],
                [[r[0], f"{r[1]} Een naam (Wmo)", {"L": "U", "B": "I"}[r[2]], *r[3:]] for r in lines()],
            ),
        )
    ),
    "codes as numbers (6.60 is 6.6)": lambda d: read(
        workbook(d / "a.xlsx", titled([HEAD], [[r[0], float(r[1]), *r[2:]] for r in lines()]))
    ),
    "parent beside children": lambda d: read(
        workbook(
            d / "a.xlsx",
            titled(
                [HEAD],
                [["", "6.71", r[2], *r[3:]] if r[1] == "6.711" else r for r in lines() if r[1] == "6.711"],
                lines(),
            ),
        )
    ),
    "amounts as text": lambda d: read(
        workbook(d / "a.xlsx", titled([HEAD], [[*r[:3], *map("€ {}".format, map(dutch, r[3:]))] for r in lines()]))
    ),
    "other sheets": lambda d: read(workbook(d / "a.xlsx", {"Uitleg": [["tekst"]], "Data": titled([HEAD], lines())})),
    "header repeated per page": lambda d: read(
        workbook(d / "a.xlsx", titled([HEAD], lines()[:3], [HEAD], lines()[3:]))
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", RIGHT)
def test_every_layout_gives_the_same_figures(layout: str, tmp_path: Path) -> None:
    reading = RIGHT[layout](tmp_path)
    assert not reading.refused, [refusal.reden for refusal in reading.refusals]
    assert reading.peildatum == dt.date(2026, 9, 30)
    assert got(reading) == expected()
    assert set(reading.tables["overzicht"]["periode"]) == {9}
