"""What of a journal is not certain is refused, with the row, the reason and the remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from etl.source import Reading
from tests.support.k2f_files import xlsx
from tests.support.k2f_journal import (
    HEAD,
    SUM,
    book,
    changed,
    letter,
    lines,
    negative_baten,
    read,
    reasons,
    under,
    with_columns,
    without,
)

REFUSED: dict[str, tuple[Callable[[Path], Reading], str]] = {
    "D/C alone does not say lasten or baten": (
        lambda d: read(book(d, [[c for i, c in enumerate(row) if i != HEAD.index("L/B")]
                                for row in with_columns(["Bedrag", "D/C"], letter)])), "lasten en welke baten",
    ),
    "a kostensoort that is not on the list": (
        lambda d: read(book(d, without("L/B")), lasten_baten={"4*": "L"}), "kostensoort 83000 staat niet",
    ),
    "baten negative without proof": (lambda d: read(book(d, negative_baten())), 'baten_teken = "negatief"'),
    "boekdatum before the year": (lambda d: read(book(d, changed(0, "Boekdatum", "30-12-2024"))), "buiten boekjaar"),
    "boekdatum after the closing": (
        lambda d: read(xlsx(d / "journaal_2026-08-31.xlsx", changed(13, "Boekdatum", "20-07-2026"))), "buiten boekjaar",
    ),
    "boekdatum after the peildatum": (
        lambda d: read(book(d, changed(13, "Boekdatum", "15-03-2026"))), "na de peildatum",
    ),
    "period against boekdatum": (lambda d: read(book(d, changed(2, "Periode", 7))), "spreken elkaar tegen"),
    "closing period in the middle of the year": (
        lambda d: read(book(d, changed(2, "Periode", 13))), "spreken elkaar tegen",
    ),
    "a period that does not exist": (lambda d: read(book(d, changed(2, "Periode", 14))), "geen periode"),
    "year of the period against the boekjaar": (
        lambda d: read(book(d, changed(2, "Periode", "202603"))), "maar de periode noemt 2026",
    ),
    "no boekdatum": (lambda d: read(book(d, changed(2, "Boekdatum", None))), "boekdatum ontbreekt"),
    "a boekdatum that does not exist": (lambda d: read(book(d, changed(2, "Boekdatum", "31-02-2025"))), "bestaat niet"),
    "no amount": (lambda d: read(book(d, changed(2, "Bedrag", None))), "bedrag ontbreekt"),
    "text for an amount": (lambda d: read(book(d, changed(2, "Bedrag", "volgt"))), "geen bedrag"),
    "no taakveld": (lambda d: read(book(d, changed(2, "Taakveld", None))), "taakveld ontbreekt"),
    "a taakveld of before 2025": (lambda d: read(book(d, changed(2, "Taakveld", "6.71a"))), "bestaat niet meer"),
    "a taakveld that Excel made a date": (
        lambda d: read(book(d, changed(2, "Taakveld", dt.date(2025, 1, 6)))), "in een datum veranderd",
    ),
    "neither L nor B": (lambda d: read(book(d, changed(2, "L/B", "X"))), "L (lasten) of B (baten)"),
    "a month of delivery without a year": (
        lambda d: read(book(d, changed(2, "Prestatieperiode", 3))), "prestatieperiode",
    ),
    "a month of delivery of long ago": (
        lambda d: read(book(d, changed(2, "Prestatieperiode", "2005-03"))), "past niet bij boekjaar",
    ),
    "one boekstuk and line twice": (
        lambda d: read(book(d, changed(2, "Boekstuk", "250001"))), "boekstuk en regelnummer staan ook al in rij 2",
    ),
    "a total that does not hold": (
        lambda d: read(book(d, [HEAD, *lines(), under("Totaal", SUM + Decimal("0.02"))])),
        "niet de som van zijn regels",
    ),
    "a minus beside C": (
        lambda d: read(book(d, with_columns(["Bedrag", "D/C"], lambda r: [Decimal(r[7]), letter(r)[1]]))),
        "minteken naast D of C",
    ),
    "debet and credit on one line": (
        lambda d: read(book(d, with_columns(["Debet", "Credit"], lambda r: [Decimal("5.50"), Decimal("3.25")]))),
        "allebei",
    ),
    "two amounts": (
        lambda d: read(book(d, with_columns(["Bedrag", "Geboekt bedrag"], lambda r: [1, 2]))), "betekenen allebei",
    ),
    "no peildatum": (lambda d: read(xlsx(d / "journaal.xlsx", [HEAD, *lines()])), "wat is de peildatum"),
    "two peildata": (
        lambda d: read(book(d, [["Peildatum 31-01-2026"], HEAD, *lines()])), "peildatum is niet eenduidig",
    ),
    "no boekjaar": (lambda d: read(book(d, without("Boekjaar"))), "van welk boekjaar"),
    "euros or thousands": (
        lambda d: read(book(d, [HEAD, *lines(Bedrag=lambda r: Decimal(r[7]).to_integral_value())])), "duizenden euro's",
    ),
    "budget between the bookings": (
        lambda d: read(book(d, [[*HEAD, "Soort"], *([*row, "Realisatie"] for row in lines()),
                                [*lines()[0], "Begroting"]])), "welke regels tellen mee",
    ),
    "with and without VAT": (
        lambda d: read(book(d, [[*HEAD, "Bedrag excl. btw"], *([*row, 5] for row in lines())])), "welk bedrag telt",
    ),
    "lines that are not booked yet": (
        lambda d: read(book(d, [[*HEAD, "Status"], *([*row, "Concept"] for row in lines())])),
        "welke regels tellen mee",
    ),
    "two organisations": (
        lambda d: read(book(d, [[*HEAD, "Administratie"], *([*row, n % 2] for n, row in enumerate(lines()))])),
        "welke regels tellen mee",
    ),
    "two sheets that are no periods": (
        lambda d: read(book(d, {"Alles": [HEAD, *lines()], "Jeugd": [HEAD, *lines()]})), "meer bladen met boekingen",
    ),
    "an overview in the same workbook": (
        lambda d: read(book(d, {"Journaal": [HEAD, *lines()], "Overzicht": [
            ["Taakveld", "L/B", "Primitieve begroting", "Realisatie"], ["6.1", "L", 10, 5]]})), "als twee bestanden",
    ),
    "whole or new, nobody says": (
        lambda d: read(book(d, [HEAD, *(row for row in lines() if row[2] == 3)])), 'levering = "aanvulling"',
    ),
    "nothing of the social domain": (lambda d: read(book(d, [HEAD, lines()[-1]])), "sociaal domein"),
    "only a header": (lambda d: read(book(d, [HEAD])), "geen boekingen"),
    "a journal without boekdatum": (lambda d: read(book(d, without("Boekdatum"))), "geen kolom met een boekdatum"),
    "an error cell": (lambda d: read(book(d, changed(2, "Bedrag", "#N/B"))), "bedrag"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_certain_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    give, words = REFUSED[name]
    reading = give(tmp_path)
    assert reading.refused
    assert words in reasons(reading)
    assert all(refusal.oplossing for refusal in reading.refusals)
    assert not reading.tables
