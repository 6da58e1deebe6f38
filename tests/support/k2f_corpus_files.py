"""Layouts of the corpus: kinds of files, what says the boekjaar and the peildatum, workbooks of several sheets."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.support.k2f_files import Table, delimited, dutch, english, ods, xls, xlsx
from tests.support.k2f_layout import EURO, HEAD, Layout, lines, plain, sheet, summed, titles, with_totals
from tests.support.k2f_truth import T2024, T2025, T2026, Truth

Make = Callable[[Path], Path]


def text(name: str = "overzicht.csv", table: Table | None = None, **options: Any) -> Make:
    return lambda folder: delimited(folder / name, table or plain(), **options)


def under(*rows: Any, name: str = "overzicht.xlsx", truth: Truth = T2026) -> Make:
    """The ordinary table under titles of its own."""
    head = [[row] if isinstance(row, str) else row for row in rows]
    return lambda folder: xlsx(folder / name, [*head, HEAD, *lines(truth)])


def until(period: int, truth: Truth = T2026, part: Decimal = Decimal(1)) -> Table:
    """The state up to a period: spending is a part of the whole."""
    head = [["Overzicht"], [f"Stand t/m periode {period}"], [f"Boekjaar {truth.jaar}"], [EURO]]
    body = [[*row[:7], (row[7] * part).quantize(Decimal("0.01")), row[8]] for row in lines(truth)]
    return [*head, HEAD, *body]


def months(say: str = "Stand t/m periode {}") -> dict[str, Table]:
    """A sheet a month, each the state up to its own."""
    sheets = {}
    for period, name in ((7, "Juli"), (8, "Augustus"), (9, "September")):
        sheets[name] = until(period, part=Decimal(period) / 9)
        sheets[name][1] = [say.format(period)]
    return sheets


def years(closed: bool = True) -> dict[str, Table]:
    """A sheet a year: the year before at its end (or at the same period), this year up to period 9."""
    return {"2026": until(9), "2025": until(13 if closed else 9, T2025)}


def quarters() -> dict[str, Table]:
    return {f"Q{q}": until(3 * q, part=Decimal(q) / 3) for q in (1, 2, 3)}


def halves(left: Callable[[Any], bool]) -> dict[str, Table]:
    """Lines over two sheets, with the same titles."""
    return {
        "Eerste": [*titles(), HEAD, *(row for row in lines() if left(row))],
        "Tweede": [*titles(), HEAD, *(row for row in lines() if not left(row))],
    }


def side_sheets() -> dict[str, Table]:
    """A sheet Lasten and a sheet Baten; only their names say what they are."""
    head = HEAD[:3] + HEAD[4:]
    return {
        word: [*titles(), head, *(row[:3] + row[4:] for row in lines() if row[3] == kant)]
        for word, kant in (("Lasten", "L"), ("Baten", "B"))
    }


def summary() -> dict[str, Table]:
    """A sheet with sums per taakveld beside the sheet with all lines."""
    sums: dict[tuple[str, str], list[Any]] = {}
    for row in lines():
        known = sums.setdefault((row[2], row[3]), [None, None, *row[2:4], *[Decimal(0)] * 5])
        known[4:] = [a + b for a, b in zip(known[4:], row[4:], strict=True)]
    return {"Samenvatting": [*titles(), HEAD, *sums.values()], "Detail": plain()}


def printed_late() -> Table:
    return [*titles(), HEAD, *lines(), [], ["Afgedrukt op", None, None, "05-10-2026"], ["Pagina 1 van 1"]]


def sep_line(folder: Path) -> Path:
    path = delimited(folder / "overzicht.csv", plain(), ";", "utf-8-sig")
    path.write_text("sep=;\r\n" + path.read_text("utf-8-sig"), "utf-8-sig")
    return path


NINE = dt.date(2026, 9, 30)
LAYOUTS: dict[str, Layout] = {
    ".xls of Excel 97": Layout(lambda d: xls(d / "overzicht.xls", plain())),
    ".xls with totals and blank amounts": Layout(lambda d: xls(d / "overzicht.xls", [
        *titles(), HEAD, *([v if v or i < 4 else None for i, v in enumerate(r)] for r in with_totals(lines()))])),
    ".xls with blank amounts and no totals": Layout(
        lambda d: xls(d / "overzicht.xls", [
            *titles(), HEAD, *([v if v or i < 4 else None for i, v in enumerate(r)] for r in lines())]),
        "refuse", why="foutcel"),
    ".xls that is in fact .xlsx": Layout(lambda d: xlsx(d / "overzicht.xls", plain())),
    ".ods": Layout(lambda d: ods(d / "overzicht.ods", plain())),
    ".ods with totals": Layout(lambda d: ods(d / "overzicht.ods", [*titles(), HEAD, *with_totals(lines())])),
    ".csv with semicolons": Layout(text()),
    ".csv with a BOM": Layout(text(encoding="utf-8-sig")),
    ".csv in cp1252 with euro signs": Layout(text(encoding="cp1252", show=lambda v: f"€ {dutch(v)}" if isinstance(
        v, Decimal) else dutch(v))),
    ".csv that is TAB": Layout(text(separator="\t")),
    ".csv in UTF-16 with TAB": Layout(text(separator="\t", encoding="utf-16")),
    ".csv with comma decimals in quotes": Layout(text(separator=",")),
    ".csv with everything in quotes": Layout(text(quoting=csv.QUOTE_ALL)),
    ".csv with semicolons and decimal points": Layout(text(show=english)),
    ".csv with commas and decimal points": Layout(text(separator=",", show=english)),
    ".csv with a line sep=;": Layout(sep_line),
    ".txt with bars": Layout(text("overzicht.txt", separator="|")),
    ".csv with totals and a minus behind": Layout(text(
        table=[*titles(), HEAD, *with_totals(lines())],
        show=lambda v: f"{dutch(-v)}-" if isinstance(v, Decimal) and v < 0 else dutch(v))),
    ".csv without titles, the name says the rest": Layout(text("k2f_2026-09-30.csv", [HEAD, *lines()])),
    ".csv with a separator too many": Layout(
        text(table=[*plain(), ["", "", "6.1", "L", "1", "0", "1", "1", "0", "9"]]), "refuse",
        why="meer velden dan de kop"),
    "1904 dates": Layout(lambda d: xlsx(
        d / "overzicht.xlsx", [["Peildatum:", NINE], [EURO], HEAD, *lines()], date_1904=True)),
    "peildatum in a date cell": Layout(under(["Peildatum", NINE], EURO)),
    "peildatum in a text": Layout(under("Peildatum: 30-09-2026", EURO)),
    "stand per 30 september 2026": Layout(under("Stand per 30 september 2026", EURO)),
    "peildatum dd-mm-jj": Layout(under("Peildatum: 30-09-26", EURO)),
    "boekjaar in a title only": Layout(under("Begroting 2026 en rekening t/m periode 9", EURO)),
    "Boekjaar and Periode in cells of their own": Layout(
        under(["Boekjaar", Decimal(2026)], ["T/m periode", Decimal(9)], EURO)),
    "Periode P9 in a cell of its own": Layout(under(["Boekjaar", Decimal(2026)], ["Periode", "P9"], EURO)),
    "3e kwartaal": Layout(under("Budgetrapportage 3e kwartaal 2026", EURO)),
    "t/m Q3": Layout(under("Stand t/m Q3 2026", EURO)),
    "t/m september": Layout(under("Uitputting t/m september 2026", EURO)),
    "t/m 09-2026": Layout(under("Realisatie t/m 09-2026", EURO)),
    "columns Boekjaar and Periode": Layout(sheet(
        [[EURO], ["Boekjaar", "T/m periode", *HEAD], *([Decimal(2026), Decimal(9), *row] for row in lines())])),
    "period 13, the closing": Layout(
        under("Jaarrekening 2024 t/m periode 13", EURO, truth=T2024), truths=(T2024,), peildatum=dt.date(2024, 12, 31)),
    "period in a header": Layout(sheet(
        [["Boekjaar 2026"], [EURO], [*HEAD[:7], "Realisatie t/m periode 9", HEAD[8]], *lines()])),
    "year in the headers": Layout(sheet(
        [["Peildatum 30-09-2026"], [EURO], [*HEAD[:4], *(f"{word} 2026" for word in HEAD[4:])], *lines()])),
    "the realisation of last year beside this year's": Layout(sheet(
        [*titles(), [*HEAD[:4], "Rekening 2025", *(f"{word} 2026" for word in HEAD[4:])],
         *([*row[:4], row[7] + 1, *row[4:]] for row in lines())])),
    "printed later": Layout(sheet(printed_late()), "either"),
    "file name only": Layout(under(EURO, name="k2f_overzicht_2026-09.xlsx")),
    "file name with a period": Layout(under(EURO, name="K2F P09 2026.xlsx")),
    "file name against title": Layout(
        under("Boekjaar 2026 t/m periode 9", EURO, name="k2f_2026-08.xlsx"), "refuse", why="niet eenduidig"),
    "two years in titles": Layout(
        under("Begroting 2026", "Boekjaar 2025", "t/m periode 9", EURO), "refuse", why="verschillende jaren"),
    "nothing says when": Layout(under("Overzicht", EURO), "refuse", why="peildatum"),
    "nothing says when, the mapping does": Layout(
        under("Overzicht", EURO), mapping={"peildatum": "30-09-2026", "boekjaar": 2026}),
    "a sheet a month, each t/m its own": Layout(sheet(months())),
    "a sheet a month, the name of the file is the newest": Layout(
        lambda d: xlsx(d / "k2f_2026-09-30.xlsx", months())),
    "a sheet a month, perhaps each its own month": Layout(sheet(months("Periode {}")), "refuse", why="meer bladen"),
    "a sheet a quarter": Layout(sheet(quarters())),
    "a sheet a year, the older closed": Layout(sheet(years()), truths=(T2025, T2026)),
    "a sheet a year, the older at the same period": Layout(sheet(years(False)), "refuse", why="meer bladen"),
    "a sheet a year, the mapping chooses": Layout(sheet(years(False)), mapping={"blad": "2026"}),
    "a sheet Lasten and a sheet Baten": Layout(sheet(side_sheets())),
    "taakvelden over two sheets": Layout(sheet(halves(lambda row: row[2] < "6.6"))),
    "kostenplaatsen over two sheets": Layout(sheet(halves(lambda row: row[0].endswith("1")))),
    "a summary beside the detail": Layout(sheet(summary()), "refuse", why="meer bladen"),
    "a sheet of a month to come, only a header": Layout(sheet({"Nu": plain(), "Straks": [*titles(), HEAD]})),
    "a row of a total only": Layout(sheet([*titles(), HEAD, summed("Totaal", lines())]), "refuse"),
}  # fmt: skip
