"""Journals of the finance system: one by hand in many layouts, each read to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from etl.propose import propose
from etl.source import Reading, sources
from tests.support.k2f_files import delimited, english, ods, xlsx
from tests.support.k2f_journal import (
    HEAD,
    LEDGER,
    NAME,
    PEILDATUM,
    PER_MONTH,
    STATE,
    SUM,
    TRUTH,
    WORDS,
    as_ledger,
    book,
    changed,
    day,
    debet_credit,
    expected,
    facts,
    frame,
    lasten_en_baten,
    letter,
    lines,
    negative_baten,
    per_month,
    read,
    reasons,
    renamed,
    under,
    with_columns,
    without,
    written,
)

RIGHT: dict[str, Callable[[Path], Reading]] = {
    "header on row 1": lambda d: read(book(d, [HEAD, *lines()])),
    "titles above": lambda d: read(book(d, [["Gemeente Voorbeeld"], ["Journaalposten"], [], HEAD, *lines()])),
    "dates of Excel": lambda d: read(
        book(d, [HEAD, *lines(Boekdatum=lambda r: dt.date.fromisoformat(r[0]))])
    ),
    "dates of old Macs": lambda d: read(
        book(d, [HEAD, *lines(Boekdatum=lambda r: dt.date.fromisoformat(r[0]))], date_1904=True)
    ),
    "dates as serial numbers": lambda d: read(
        book(d, [HEAD, *lines(Boekdatum=lambda r: (dt.date.fromisoformat(r[0]) - dt.date(1899, 12, 30)).days)])
    ),
    "dates in ISO": lambda d: read(book(d, [HEAD, *lines(Boekdatum=lambda r: r[0])])),
    "semicolons and comma decimals": lambda d: read(delimited(d / f"{NAME}.csv", [HEAD, *lines()], show=written)),
    "TAB and cp1252": lambda d: read(
        delimited(d / f"{NAME}.txt", [HEAD, *lines()], "\t", "cp1252", show=written)
    ),
    "commas and point decimals": lambda d: read(delimited(d / f"{NAME}.csv", [HEAD, *lines()], ",", show=english)),
    "OpenDocument": lambda d: read(ods(d / f"{NAME}.ods", [HEAD, *lines()])),
    "amounts with a minus behind": lambda d: read(
        book(d, [HEAD, *lines(Bedrag=lambda r: f"{written(abs(Decimal(r[7])))}{'-' if r[7][0] == '-' else ''}")])
    ),
    "amounts in brackets with a euro sign": lambda d: read(
        book(d, [HEAD, *lines(Bedrag=lambda r: f"€ ({r[7][1:]})" if r[7][0] == "-" else f"€ {r[7]}")])
    ),
    "prestatieperiode 202501": lambda d: read(
        book(d, [HEAD, *lines(Prestatieperiode=lambda r: r[2] and int(r[2].replace("-", "")))])
    ),
    "prestatieperiode mrt 2025": lambda d: read(
        book(d, [HEAD, *lines(Prestatieperiode=lambda r: r[2] and f"{PER_MONTH[int(r[2][5:]) - 1]} {r[2][:4]}")])
    ),
    "prestatieperiode as a date": lambda d: read(
        book(d, [HEAD, *lines(Prestatieperiode=lambda r: r[2] and dt.date.fromisoformat(f"{r[2]}-17"))])
    ),
    "prestatieperiode as a stretch": lambda d: read(
        book(d, [HEAD, *lines(Prestatieperiode=lambda r: r[2] and f"{day(r[2] + '-01')} t/m {day(r[2] + '-28')}")])
    ),
    "other names": lambda d: read(
        book(d, renamed({"Boekdatum": "Boekingsdatum", "Prestatieperiode": "Zorgmaand", "FCL": "Kostenplaats",
                         "ECL": "Grootboekrekening", "L/B": "Lasten/Baten", "Bedrag": "Mutatiebedrag (EUR)",
                         "Boekstuk": "Boekstuknummer", "Regel": "Volgnr", "Periode": "Boekperiode"}))
    ),
    "own names": lambda d: read(
        book(d, renamed({"Boekdatum": "Datum", "Bedrag": "Waarde"})),
        kolommen={"boekdatum": "Datum", "bedrag": "Waarde"},
    ),
    "I and U": lambda d: read(book(d, renamed({"L/B": "I/U"}, **{"L/B": lambda r: "U" if r[6] == "L" else "I"}))),
    "period with its year": lambda d: read(book(d, [HEAD, *lines(Periode=lambda r: f"2025{r[1]:02d}")])),
    "period in words": lambda d: read(
        book(d, [HEAD, *lines(Periode=lambda r: WORDS.get(str(r[1]), f"P{r[1]:02d}"))])
    ),
    "no column for the period": lambda d: read(book(d, without("Periode"))),
    "year in the title": lambda d: read(book(d, [["Boekjaar 2025"], [], *without("Boekjaar")])),
    "year by the mapping": lambda d: read(book(d, without("Boekjaar")), boekjaar=2025),
    "baten negative by the mapping": lambda d: read(book(d, negative_baten()), baten_teken="negatief"),
    "baten negative, the total proves it": lambda d: read(book(d, negative_baten(under("Totaal", LEDGER)))),
    "D/C beside L/B": lambda d: read(book(d, with_columns(["Bedrag", "D/C"], letter))),
    "D/C that repeats the sign": lambda d: read(
        book(d, with_columns(["Bedrag", "D/C"], lambda r: [as_ledger(r), letter(r)[1]]))
    ),
    "debet and credit columns": lambda d: read(book(d, with_columns(["Debet", "Credit"], debet_credit))),
    "lasten and baten columns": lambda d: read(
        book(d, [[c for i, c in enumerate(row) if i != HEAD.index("L/B")]
                 for row in with_columns(["Lasten", "Baten"], lasten_en_baten)])
    ),
    "the category says lasten or baten": lambda d: read(
        book(d, [[c for i, c in enumerate(row) if i != HEAD.index("L/B")] for row in
                 [HEAD, *lines(ECL=lambda r: "L4.3.3" if r[6] == "L" else "B3.7")]])
    ),
    "a list of kostensoorten": lambda d: read(book(d, without("L/B")), lasten_baten={"4*": "L", "8*": "B"}),
    "subtotals and a total": lambda d: read(
        book(d, [HEAD, *lines()[:6], under("Subtotaal 6.711", Decimal("3551.20")), *lines()[6:],
                 under("Totaal", SUM), ["Afgedrukt op 02-03-2026"]])
    ),
    "total of lasten and of baten": lambda d: read(
        book(d, [HEAD, *lines(), under("Totaal lasten", SUM - Decimal("300.75")),
                 under("Totaal baten", Decimal("300.75"))])
    ),
    "header again on every page": lambda d: read(book(d, [HEAD, *lines()[:5], HEAD, *lines()[5:]])),
    "a sheet per month": lambda d: read(book(d, per_month())),
    "hidden sheet": lambda d: read(book(d, {"Data": [HEAD, *lines()], "Oud": [HEAD, *lines()]}, hidden=["Oud"])),
    "hidden rows": lambda d: read(book(d, [HEAD, *lines()], hidden_rows=[3, 4])),
    "numbers for the peildatum in the sheet": lambda d: read(
        xlsx(d / "a.xlsx", [["Peildatum: 28-02-2026"], [], HEAD, *lines()])
    ),
    "codes as numbers": lambda d: read(book(d, [HEAD, *lines(Taakveld=lambda r: float(r[5]))])),
    "with and without VAT, and the mapping says which": lambda d: read(
        book(d, [[*HEAD, "Bedrag excl. btw"], *([*row, 5] for row in lines())]), kolommen={"bedrag": "Bedrag"}
    ),
    "a kostenplaats without its zeros": lambda d: read(
        book(d, [HEAD, *lines(FCL=lambda r: 671 if r[5] == "0.4" else int(r[3]))]),
        onderdeel={"kostenplaats": {"067110001": "hulp_bij_het_huishouden"}},
    ),
    "eurocents by the header": lambda d: read(
        book(d, renamed({"Bedrag": "Bedrag (eurocent)"}, Bedrag=lambda r: int(Decimal(r[7]) * 100)))
    ),
    "names over two lines, columns the other way round": lambda d: read(
        book(d, [[None, *reversed(row)] for row in renamed({"Boekdatum": "Boek-\ndatum"})])
    ),
    "totals under debet and under credit": lambda d: read(
        book(d, [*with_columns(["Debet", "Credit"], debet_credit),
                 ["Totaal", *[None] * 7, sum(v for r in TRUTH if (v := as_ledger(r)) > 0),
                  -sum(v for r in TRUTH if (v := as_ledger(r)) < 0)]])
    ),
    "thousands, because the title says so": lambda d: read(
        book(d, [["Bedragen x € 1.000"], [], HEAD, *lines(Bedrag=lambda r: Decimal(r[7]) / 1000)])
    ),
    "only the bookings of a column": lambda d: read(
        book(d, [[*HEAD, "Soort"], *([*row, "Realisatie"] for row in lines()),
                 [*lines()[0][:8], Decimal(5), "1", 1, "", "Begroting"]]),
        filter={"Soort": "Realisatie"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_journal_is_read_to_the_cent(name: str, tmp_path: Path) -> None:
    reading = RIGHT[name](tmp_path)
    assert not reading.refused, reasons(reading)
    assert facts(reading) == expected()
    assert reading.peildatum == PEILDATUM
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    assert reading.rijen_geladen == len(TRUTH) - 1
    assert not any("maand na hun periode" in notice for notice in reading.notices)


def test_the_state_added_up_by_hand_is_the_sum_of_the_lines() -> None:
    sums: dict[tuple[str, str], Decimal] = dict.fromkeys(STATE, Decimal(0))
    for (_, _, taakveld, side), bedrag in expected().items():
        sums[taakveld, side] += bedrag
    assert sums == STATE


def test_a_line_is_found_back_by_its_row(tmp_path: Path) -> None:
    reading = read(book(tmp_path, changed(2, "Boekdatum", "31-02-2025")))
    first = reading.refusals[0]
    assert (first.blad, first.rij, first.kolom, first.waarde) == ("Overzicht", 4, "B (Boekdatum)", "31-02-2025")


def test_descriptions_are_never_read_and_words_never_shown(tmp_path: Path) -> None:
    good = read(book(tmp_path, [HEAD, *lines()]))
    assert "Jansen" not in frame(good).to_string() + " ".join(good.notices)
    bad = read(book(tmp_path, changed(2, "Bedrag", "Voorbeeld-Jansen")))
    number = read(book(tmp_path, changed(2, "Boekdatum", "999900006")))
    assert bad.refusals[0].waarde == "(tekst)"
    assert number.refusals[0].waarde == "(nummer)"


def test_the_text_of_a_boekstuk_is_not_stored(tmp_path: Path) -> None:
    reading = read(book(tmp_path, [HEAD, *lines(Boekstuk=lambda r: f"Voorbeeld-Jansen {r[8]}")]))
    assert "Jansen" not in frame(reading).to_string()
    assert frame(reading)["boekregel"].nunique() == len(TRUTH) - 1


def test_equal_lines_without_a_number_all_count_and_are_named(tmp_path: Path) -> None:
    table = without("Boekstuk", "Regel")
    reading = read(book(tmp_path, [*table, table[1]]))
    assert facts(reading)[1, dt.date(2025, 1, 1), "6.711", "L"] == Decimal("2000.20")
    assert any("precies zo al eerder" in notice for notice in reading.notices)
    assert frame(reading)["boekregel"].nunique() == len(TRUTH)


def test_a_line_booked_in_the_month_after_its_period_counts_in_its_period(tmp_path: Path) -> None:
    reading = read(book(tmp_path, changed(3, "Boekdatum", "02-04-2025")))
    assert facts(reading) == expected()
    assert any("maand na hun periode" in notice for notice in reading.notices)


def test_several_months_of_care_on_one_line_leave_the_month_open(tmp_path: Path) -> None:
    reading = read(book(tmp_path, changed(0, "Prestatieperiode", "01-2025 t/m 02-2025")))
    assert facts(reading)[1, None, "6.711", "L"] == Decimal("1000.10")
    assert any("meer dan één prestatiemaand" in notice for notice in reading.notices)


def test_what_is_outside_the_social_domain_may_be_wrong_without_harm(tmp_path: Path) -> None:
    reading = read(book(tmp_path, changed(len(TRUTH) - 1, "Bedrag", "volgt")))
    assert not reading.refused and facts(reading) == expected()
    assert (reading.rijen_geladen, reading.rijen_geweigerd, reading.rijen_buiten_bereik) == (len(TRUTH) - 1, 1, 0)


def test_two_boekjaren_in_one_increment_are_kept_apart(tmp_path: Path) -> None:
    table = [HEAD, lines()[13], [2026, "10-02-2026", 2, "2026-01", *lines()[0][4:9], "260002", 1, ""]]
    reading = read(book(tmp_path, table), levering="aanvulling")
    assert [tuple(row) for row in frame(reading)[["boekjaar", "periode"]].to_numpy()] == [(2025, 13), (2026, 2)]


def test_a_journal_with_an_unknown_date_column_gets_a_mapping_that_reads_it(tmp_path: Path) -> None:
    path = book(tmp_path, renamed({"Boekdatum": "Datum"}))
    assert read(path).refused
    proposal = propose(path, sources()["k2f"])
    assert not proposal.refused
    reading = read(path, kolommen={guess.veld: guess.kop for guess in proposal.guesses})
    assert facts(reading) == expected()
