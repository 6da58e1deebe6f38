"""Ways in which an overview was once read wrongly, or refused though it is clear; and what must stay a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.source import Reading
from tests.support.k2f_overview import (
    HEAD,
    TITLES,
    TRUTH,
    Rows,
    changed,
    expected,
    got,
    lines,
    read,
    titled,
    total,
    workbook,
)

Make = Callable[[Path], Reading]


def headed(column: int, text: Any) -> Make:
    head = [*HEAD[:column], text, *HEAD[column + 1 :]]
    return lambda d: read(saved(d, titled([head], lines())))


def under(*titles: str, factor: int = 1, name: str = "a.xlsx") -> Make:
    rows = [[*row[:3], *(value / factor for value in row[3:])] for row in lines()]
    return lambda d: read(workbook(d / name, titled([HEAD], rows, titles=list(titles))))


def thousand(text: str) -> Make:
    return under(*TITLES[:3], text, factor=1000)


def coded(write: Callable[[str], Any]) -> Make:
    return lambda d: read(workbook(d / "a.xlsx", titled([HEAD], [[r[0], write(r[1]), *r[2:]] for r in lines()])))


def ending(*rows: list[Any]) -> Make:
    return lambda d: read(saved(d, titled([HEAD], lines(), list(rows))))


def saved(folder: Path, rows: Rows, *merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def once_per_block() -> Rows:
    rows = lines()
    rows[1][1] = rows[4][1] = None
    return titled([HEAD], rows)


def opposite(measure: int) -> Rows:
    return titled(
        [HEAD], [[*r[:measure], -r[measure] if r[2] == "B" else r[measure], *r[measure + 1 :]] for r in lines()]
    )


def second_table(*titles: str) -> Rows:
    less = [[*row[:3], *(round(value * 0.9, 2) for value in row[3:])] for row in lines()]
    return titled([HEAD], lines(), [[], *([text] for text in titles)], [HEAD], less)


NAMELESS = total("", lines())
EURO = "Bedragen in euro's"
RIGHT: dict[str, Make] = {
    **{f"header {text}": headed(6, text) for text in (
        "Realisatie cum.", "Realisatie periode 1 t/m 9", "Realisatie jan t/m sep", "Realisatie x € 1",
        "Geboekt bedrag")},
    **{f"header {text}": headed(7, text) for text in ("Obligo", "Openst. verpl.")},
    "header 1e en 2e wijziging": headed(4, "1e en 2e wijziging"),
    "header Taakveldnr": headed(1, "Taakveldnr"),
    "share beside the realisation": lambda d: read(
        workbook(d / "a.xlsx", titled([[*HEAD, "% realisatie"]], [[*r, 0.5] for r in lines()]))),
    "budget of nine months beside that of the year": lambda d: read(
        workbook(d / "a.xlsx", titled([[*HEAD, "Begroting t/m periode 9"]], [[*r, r[5] * 0.75] for r in lines()]))),
    **{f"unit {text}": thousand(text) for text in (
        "Bedragen in € 1.000", "Bedragen in 1.000 euro", "EUR 1.000", "in k€", "bedragen x 1 000")},
    "a threshold is no unit": under(*TITLES, "Afwijkingen groter dan € 1.000 worden toegelicht"),
    **{f"title {text}": under(text, EURO) for text in (
        "Overzicht t/m september 2026", "Q3 2026", "Derde kwartaal 2026", "Realisatie t/m 09-2026", "Periode 09-2026",
        "t/m periode 202609", "Januari t/m september 2026")},
    "year beside a print date": under("Overzicht 2026 t/m periode 9", "Afgedrukt op 05-10-2025", EURO),
    **{f"name {name}": under(EURO, name=name) for name in (
        "K2F periode 9 2026.xlsx", "k2f_09-2026.xlsx", "k2f_2026Q3.xlsx", "k2f_30092026.xlsx", "k2f_P09_2026.xlsx",
        "k2f 2026 tm september.xlsx")},
    "peildatum as a date cell under other titles": lambda d: read(
        saved(d, [["Peildatum:", dt.date(2026, 9, 30)], [EURO], HEAD, *lines()])),
    "period with its year": lambda d: read(
        workbook(d / "a.xlsx", titled([["Periode", *HEAD]], [[202609, *r] for r in lines()], titles=[EURO]))),
    "code after a word": coded(lambda code: f"Taakveld {code}"),
    "code with a nought before it": coded(lambda code: f"0{code}"),
    "code with a point after it": coded(lambda code: f"{code}. Naam"),
    "side with its name": lambda d: read(workbook(d / "a.xlsx", titled(
        [HEAD], [[*r[:2], {"L": "L - Lasten", "B": "B - Baten"}[r[2]], *r[3:]] for r in lines()]))),
    "name of the taakveld beside its code": lambda d: read(
        workbook(d / "a.xlsx", titled([["Taakveld", "Taakveld omschrijving", *HEAD[2:]]],
                                      [[r[1], "Naam", *r[2:]] for r in lines()]))),
    "total of the social domain": ending(total("Totaal taakveld 6", lines()[:5]), total("Totaal", lines())),
    "total without a name": ending([None, None, None, *NAMELESS[3:]]),
    "taakveld merged downwards": lambda d: read(saved(d, once_per_block(), "B6:B7", "B9:B10")),
}  # fmt: skip


@pytest.mark.parametrize("layout", RIGHT)
def test_a_clear_file_loads_without_a_mapping(layout: str, tmp_path: Path) -> None:
    reading = RIGHT[layout](tmp_path)
    assert not reading.refused, [refusal.reden for refusal in reading.refusals]
    assert reading.peildatum == dt.date(2026, 9, 30)
    assert got(reading) == expected()


ASKED: dict[str, tuple[Make, str]] = {
    "realisation of one month only": (headed(6, "Realisatie periode 9"), "is dit realisatie"),
    "realisation with commitments": (headed(6, "Realisatie incl. verplichtingen"), "is dit realisatie"),
    "a share instead of the realisation": (headed(6, "Realisatie %"), "is dit realisatie"),
    "no name over the realisation": (headed(6, None), "is dit realisatie"),
    "budget of nine months only": (
        lambda d: read(workbook(d / "a.xlsx", titled(
            [["Taakveld", "L/B", "Begroting t/m periode 9", "Realisatie"]],
            [[r[1], r[2], r[5], r[6]] for r in lines()]))),
        "is dit actueel",
    ),
    "realisation of another year than the title": (headed(6, "Realisatie 2025"), "verschillende jaren"),
    "small amounts with a decimal, no unit": (under(*TITLES[:3], factor=1000), "duizenden"),
    "realisation of baten negative, budget positive": (
        lambda d: read(workbook(d / "a.xlsx", opposite(6))), "verschillend teken"),
    "another year under the first table": (
        lambda d: read(workbook(d / "a.xlsx", second_table("Boekjaar 2025"))), "tweede tabel"),
    "another month under the first table": (
        lambda d: read(workbook(d / "a.xlsx", second_table("Stand t/m periode 8"))), "tweede tabel"),
    "a year where a code belongs": (lambda d: read(workbook(d / "a.xlsx", changed(1, "2026"))), "geen taakveld"),
    "total without a name that is off": (
        ending([None, None, None, *NAMELESS[3:6], NAMELESS[6] + 100, 0]), "niet de som"),
    "a line that lost all but its amounts": (
        lambda d: read(workbook(d / "a.xlsx", titled(
            [HEAD], [*lines()[:2], [None] * 3 + lines()[2][3:], *lines()[3:]]))),
        "niet de som",
    ),
    "an amount merged over two lines": (lambda d: read(saved(d, titled([HEAD], lines()), "G6:G7")), "samengevoegd"),
    "taakveld on the first line only, not merged": (lambda d: read(saved(d, once_per_block())), "taakveld ontbreekt"),
    "an error in the row of a total": (
        ending([*total("Totaal", lines())[:1], "#N/A", *total("Totaal", lines())[2:]]), "#N/A"),
    "true as an amount": (lambda d: read(saved(d, changed(6, True))), "hier hoort een bedrag"),
    "a date as an amount": (lambda d: read(saved(d, changed(6, dt.date(2026, 1, 1)))), "hier hoort een bedrag"),
}  # fmt: skip


@pytest.mark.parametrize("layout", ASKED)
def test_what_could_be_read_wrongly_is_asked(layout: str, tmp_path: Path) -> None:
    make, why = ASKED[layout]
    reading = make(tmp_path)
    assert reading.refused and not reading.tables
    assert any(why in refusal.reden for refusal in reading.refusals), [refusal.reden for refusal in reading.refusals]


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", titled([[*HEAD, "Prognose"]], [[*r, 1] for r in lines()])))
    assert any("niet worden gelezen: I ('Prognose')" in notice for notice in reading.notices)


def test_a_refused_row_outside_the_social_domain_says_that_totals_were_not_checked(tmp_path: Path) -> None:
    rows = changed(6, "onbekend", row=len(TRUTH) - 1)
    reading = read(workbook(tmp_path / "a.xlsx", [*rows, total("Totaal", lines())]))
    assert not reading.refused and got(reading) == expected() and reading.rijen_geweigerd == 1
    assert any("totalen zijn niet nagerekend" in notice for notice in reading.notices)


def test_a_refused_row_inside_the_social_domain_refuses_the_whole_delivery(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", changed(6, "onbekend", row=0)))
    assert reading.refused and reading.rijen_geladen == 0
    assert any("als geheel geweigerd" in refusal.reden for refusal in reading.refusals)


def test_a_mapping_settles_a_sign_that_looks_odd(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", opposite(6)), baten_teken="positief")
    assert got(reading)["6.1", "B"][3] == Decimal("-61000.10")


@pytest.mark.parametrize("printed_totals", [False, True])
def test_a_blank_where_error_cells_cannot_be_seen_needs_proof(printed_totals: bool, tmp_path: Path) -> None:
    import dataclasses

    from etl.readers.files import read_file
    from etl.source import Context, sources

    rows = changed(6, None)
    if printed_totals:
        rows = [*rows, total("Totaal", [[0 if cell is None else cell for cell in row] for row in rows[-len(TRUTH) :]])]
    [sheet] = read_file(workbook(tmp_path / "k2f_2026-09-30.xlsx", rows))
    old_format = dataclasses.replace(sheet, blind=True)
    reading = sources()["k2f"].read([old_format], Context(sheet.bestand))
    assert reading.refused is not printed_totals, [r.reden for r in reading.refusals]
