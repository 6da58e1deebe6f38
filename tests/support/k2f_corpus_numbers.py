"""Layouts of the corpus: ways to write amounts, signs, units and codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.k2f_files import Table, as_text, dutch, xlsx
from tests.support.k2f_layout import (
    FIRST_AMOUNT,
    HEAD,
    Layout,
    line,
    lines,
    plain,
    sheet,
    summed,
    titles,
    with_totals,
)
from tests.support.k2f_truth import T2022, T2024, T2026, Truth


def grouped(mark: str) -> Callable[[Decimal], str]:
    """Write thousands with a mark of one's own and a decimal comma."""
    return lambda value: f"{value:,.2f}".replace(",", "x").replace(".", ",").replace("x", mark)


def minus(front: str = "", back: str = "", before: str = "", show: Callable[[Any], str] = dutch) -> Callable[..., str]:
    """Write amounts below zero with signs in front and behind."""
    return lambda value: f"{front}{show(-value)}{back}" if value < 0 else f"{before}{show(value)}"


def dash(value: Decimal) -> str:
    return "-" if not value else dutch(value)


def written(show: Callable[[Decimal], str], baten: int = 1, totals: bool = False, **mapping: Any) -> Layout:
    """Every amount as text in one way."""
    table = signed(1, baten)
    return Layout(sheet([*titles(), HEAD, *as_text(with_totals(table) if totals else table, show)]), mapping=mapping)


def signed(lasten: int, baten: int) -> Table:
    """Lines with the signs of a convention."""
    return [line(row, [v * (lasten if row.kant == "L" else baten) for v in row.amounts()]) for row in T2026.rows]


def proven(lasten: int, baten: int, *, total: bool = True) -> Table:
    """The same with a total that adds them up as written, so that it proves the convention."""
    table = signed(lasten, baten)
    return [*titles(), HEAD, *table, *([summed("Totaal", table)] if total else [])]


def debet_credit(words: tuple[str, str], head: str, cents: int = 1, unit: str = "Bedragen in euro's") -> Table:
    """Amounts without a sign, and a column that says debet or credit; lasten are debet, baten credit."""
    body = []
    for row in T2026.rows:
        prim, wijz, _, real, verpl = row.amounts()
        parts = [(row.kant, [prim, max(wijz, Decimal(0)), prim + max(wijz, Decimal(0)), real, verpl])]
        if wijz < 0:  # a budget that went down stands on the other side
            parts.append(("B" if row.kant == "L" else "L", [Decimal(0), -wijz, -wijz, Decimal(0), Decimal(0)]))
        for debet, amounts in parts:
            shown = [int(v * 100) for v in amounts] if cents == 100 else amounts
            body.append([row.kostenplaats, row.taakveld, row.kant, words[debet == "B"], *shown])
    return [*titles(unit=unit), [HEAD[0], HEAD[2], "L/B", head, *HEAD[FIRST_AMOUNT:]], *body]


def debet_credit_totals() -> Table:
    """The same with totals of lasten and of baten, and their difference, without a letter."""
    lasten, baten = (summed("", [row for row in lines() if row[3] == kant])[FIRST_AMOUNT:] for kant in "LB")
    ends = [("Totaal lasten", lasten), ("Totaal baten", baten),
            ("Saldo", [a - b for a, b in zip(lasten, baten, strict=True)])]  # fmt: skip
    return [*debet_credit(("D", "C"), "D/C"), *([label, None, None, None, *sums] for label, sums in ends)]


def rounded(unit: int, said: str, totals: bool = True, show: Callable[[Decimal], Any] = lambda v: v) -> Table:
    """Amounts in thousands (or whole euros), each rounded on its own, totals of the exact amounts rounded too."""
    table = with_totals(lines()) if totals else lines()

    def small(value: Decimal) -> Any:
        return show((value / unit).quantize(Decimal(1)))

    body = [[small(v) if isinstance(v, Decimal) else v for v in row] for row in table]
    return [*titles(unit=said), HEAD, *body]


def thousandths(said: str) -> Table:
    """Amounts in thousands with all their decimals."""
    return [*titles(unit=said), HEAD,
            *([v / 1000 if isinstance(v, Decimal) else v for v in row] for row in lines())]  # fmt: skip


def coded(write: Callable[[str], Any], truth: Truth = T2026) -> Callable[[Path], Path]:
    """The taakveld written in a way of its own."""
    return sheet([*titles(truth), HEAD, *([*row[:2], write(row[2]), *row[3:]] for row in lines(truth))])


def with_cell(row: int, column: int, value: Any) -> Table:
    table = plain()
    table[row - 1] = [*table[row - 1][: column - 1], value, *table[row - 1][column:]]
    return table


def changed_by_openpyxl(place: str, value: Any) -> Callable[[Path], Path]:
    """Put in what xlsxwriter does not write: an error cell, a formula without a stored value."""

    def make(folder: Path) -> Path:
        path = xlsx(folder / "overzicht.xlsx", plain())
        book = openpyxl.load_workbook(path)
        book.active[place] = value
        book.save(path)
        return path

    return make


def excel_code(code: str) -> Any:
    """What Excel makes of a code in a column of numbers: 6.60 is 6.6."""
    return code if code[-1].isalpha() else Decimal(code)


LAYOUTS: dict[str, Layout] = {
    "1.234.567,89 as text": written(dutch),
    "1 234 567,89 with spaces": written(grouped(" ")),
    "1 234 567,89 with hard spaces": written(grouped("\u00a0")),
    "1 234 567,89 with narrow hard spaces": written(grouped("\u202f")),
    "1'234'567,89": written(grouped("'")),
    "1’234’567,89": written(grouped("\u2019")),
    "1'234'567.89": written(lambda v: f"{v:,.2f}".replace(",", "'")),
    "1,234,567.89": written(lambda v: f"{v:,.2f}"),
    "€ 1.234,56": written(lambda v: f"€ {dutch(v)}"),
    "1.234,56 EUR": written(lambda v: f"{dutch(v)} EUR"),
    "€ and hard space": written(lambda v: f"€\u00a0{dutch(v)}"),
    "a dash for nought": written(dash),
    "(1.234,56) below nought": written(minus("(", ")")),
    "25.991- : minus behind": written(minus(back="-")),
    "- 19.796 : minus and a space": written(minus("- ")),
    "long minus": written(minus("\u2212")),
    "minus behind the euro sign": written(minus("€ -", before="€ ")),
    "baten with minus behind, totals prove it": written(minus(back="-"), baten=-1, totals=True),
    "baten in brackets, a total proves it": Layout(sheet(as_text(proven(1, -1), minus("(", ")")))),
    "baten negative, a total proves it": Layout(sheet(proven(1, -1))),
    "lasten negative, a total proves it": Layout(sheet(proven(-1, 1))),
    "baten negative, nothing proves it": Layout(sheet(proven(1, -1, total=False)), "refuse", why="negatief"),
    "baten negative, the mapping says it": Layout(
        sheet(proven(1, -1, total=False)), mapping={"baten_teken": "negatief"}),
    "lasten negative, the mapping says it": Layout(
        sheet(proven(-1, 1, total=False)), mapping={"lasten_teken": "negatief"}),
    "D/C": Layout(sheet(debet_credit(("D", "C"), "D/C"))),
    "D/C with totals": Layout(sheet(debet_credit_totals())),
    "Debet/Credit in words": Layout(sheet(debet_credit(("Debet", "Credit"), "Debet/Credit"))),
    "DB/CR with cents": Layout(sheet(debet_credit(("DB", "CR"), "DB/CR", 100, "Bedragen in eurocenten"))),
    "DB/CR with cents, unsaid": Layout(
        sheet(debet_credit(("DB", "CR"), "DB/CR", 100, "Overzicht")), "refuse", why="duizenden"),
    "DB/CR with cents, the mapping says it": Layout(
        sheet(debet_credit(("DB", "CR"), "DB/CR", 100, "Overzicht")), mapping={"eenheid": "eurocent"}),
    "D/C without L/B": Layout(
        sheet([[c for i, c in enumerate(row) if i != 2] for row in debet_credit(("D", "C"), "D/C")]), "refuse",
        why="lasten en welke baten"),
    "Bedragen x € 1.000 in a title, whole": Layout(sheet(rounded(1000, "Bedragen x € 1.000")), unit=1000),
    "Bedragen x EUR 1.000 in a title, decimals": Layout(sheet(thousandths("Bedragen x EUR 1.000"))),
    "(x 1.000) in a title": Layout(sheet(thousandths("Uitputting sociaal domein (x 1.000)"))),
    "in duizenden euro's": Layout(sheet(thousandths("Bedragen in duizenden euro's"))),
    "x € 1.000 as text with points": Layout(
        sheet(rounded(1000, "Bedragen x € 1.000", show=lambda v: f"{v:,}".replace(",", "."))), unit=1000),
    "whole euros, totals of the exact amounts": Layout(sheet(rounded(1, "Bedragen in hele euro's")), unit=0),
    "x € 1.000 in a footer": Layout(sheet([*thousandths("Overzicht"), [], ["Bedragen x € 1.000"]])),
    "x € 1.000 in the header of each column": Layout(
        sheet([*titles(unit="Overzicht"), [*HEAD[:4], *(f"{word} (x € 1.000)" for word in HEAD[4:])],
               *thousandths("")[5:]])),
    "millions": Layout(sheet(thousandths("Bedragen x € 1 miljoen")), "refuse", why="eenheden"),
    "no unit, small whole amounts": Layout(
        sheet(rounded(1000, "Overzicht", totals=False)), "refuse", why="duizenden"),
    "title says thousands, header says euros": Layout(
        sheet([*titles(unit="Bedragen x € 1.000"), [*HEAD[:-1], "Verplichtingen (in euro's)"], *lines()]), "refuse"),
    "1.234 that is both a thousand and one": Layout(
        sheet([*titles(), HEAD, *([*row[:4], *["1.234"] * 5] for row in lines()[:3])]), "refuse",
        why="duizenden zijn of decimalen"),
    "points and commas for decimals mixed": Layout(
        sheet([*titles(), HEAD, *as_text(lines()[:6], dutch), *as_text(lines()[6:], lambda v: f"{v:,.2f}")]), "refuse",
        why="een punt én"),
    "code with its name": Layout(coded(lambda code: f"{code} Een naam (Wmo)")),
    "code in capitals with its name": Layout(
        coded(lambda code: f"{code.upper()} Hulp bij het huishouden (WMO)", T2024), truths=(T2024,),
        peildatum=dt.date(2024, 9, 30)),
    "code - name": Layout(coded(lambda code: f"{code} - Een naam")),
    "61-3 - Samenkracht: Iv3-functie": Layout(coded(lambda code: code.replace(".", "") + " - Naam")),
    "code with a space before its letter": Layout(
        coded(lambda code: f"{code[:-1]} {code[-1]}" if code[-1].isalpha() else code, T2024), truths=(T2024,),
        peildatum=dt.date(2024, 9, 30)),
    "code with a comma": Layout(coded(lambda code: code.replace(".", ","))),
    "codes as numbers, 6.60 is 6.6": Layout(coded(excel_code)),
    "codes as numbers, 2022": Layout(coded(excel_code, T2022), truths=(T2022,), peildatum=dt.date(2022, 9, 30)),
    "codes of two forms, 6.60 and 6.6": Layout(coded(lambda code: "6.6" if code == "6.60" else code)),
    "6.10 for 6.1": Layout(coded(lambda code: "6.10" if code == "6.1" else code)),
    "a code that became 6 January": Layout(
        coded(lambda code: dt.date(2026, 1, 6) if code == "6.1" else code), "refuse", why="datum"),
    "a code that became 6-jan": Layout(coded(lambda code: "6-jan" if code == "6.1" else code), "refuse", why="datum"),
    "a code of 2024 in 2026": Layout(
        coded(lambda code: "6.71a" if code == "6.711" else code), "refuse", why="letters cijfers"),
    "a code of 2025 in 2024": Layout(coded(lambda code: "6.711" if code == "6.71a" else code, T2024), "refuse",
                                     why="bestaat niet in boekjaar 2024"),
    "a code that never was": Layout(coded(lambda code: "6.999" if code == "6.1" else code), "refuse"),
    "kostenplaatsen that lost their noughts": Layout(
        sheet([*titles(), HEAD, *([Decimal(row[0]), Decimal(row[1]), *row[2:]] for row in lines())])),
    "an error cell": Layout(changed_by_openpyxl("H8", "#N/A"), "refuse", why="#N/A"),
    "#VERW! as text": Layout(sheet(with_cell(8, 8, "#VERW!")), "refuse", why="geen bedrag"),
    "a formula without a value": Layout(changed_by_openpyxl("H8", "=1+1"), "refuse", why="fout"),
    "a row of ####": Layout(sheet(with_cell(8, 8, "########")), "refuse", why="geen bedrag"),
    "a cost centre that Excel rounded off": Layout(sheet(with_cell(8, 1, "6,03E+07")), "refuse", why="afgerond"),
}  # fmt: skip
