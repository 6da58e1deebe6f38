"""What is not certain refuses an overview with its place and a remedy; what is odd but clear is told."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

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
    negative_baten,
    read,
    subtotals,
    text_file,
    thousands,
    titled,
    workbook,
)


def wrong_subtotal() -> Rows:
    rows = subtotals()
    next(row for row in rows if row[0] == "Subtotaal 6.711")[6] += 10
    return rows


REFUSED: dict[str, tuple[Callable[[Path], Reading], str]] = {
    "no lasten or baten": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD[:2] + HEAD[3:]], [r[:2] + r[3:] for r in lines()]))),
        "lasten en welke baten",
    ),
    "baten negative without proof": (lambda d: read(workbook(d / "a.xlsx", negative_baten(False))), "negatief"),
    "subtotal ten euros off": (lambda d: read(workbook(d / "a.xlsx", wrong_subtotal())), "niet de som"),
    "letter code in 2026": (lambda d: read(workbook(d / "a.xlsx", changed(1, "6.71a"))), "letters"),
    "code became a date": (lambda d: read(workbook(d / "a.xlsx", changed(1, "06-01-2026"))), "datum"),
    "unknown code": (lambda d: read(workbook(d / "a.xlsx", changed(1, "6.999"))), "bestaat niet"),
    "no code": (lambda d: read(workbook(d / "a.xlsx", changed(1, None))), "taakveld ontbreekt"),
    "amount is a word": (lambda d: read(workbook(d / "a.xlsx", changed(6, "onbekend"))), "geen bedrag"),
    "formula as kostenplaats": (lambda d: read(workbook(d / "a.xlsx", changed(0, "=LINK(1)"))), "formule"),
    "side is X": (lambda d: read(workbook(d / "a.xlsx", changed(2, "X"))), "L (lasten) of B (baten)"),
    "changes do not add up": (lambda d: read(workbook(d / "a.xlsx", changed(4, 151_000))), "primitief plus"),
    "parent is not the sum": (
        lambda d: read(
            workbook(d / "a.xlsx", titled([HEAD], [["", "6.71", "L", 1, 0, 1, 1, 0]], lines()))
        ), "taakveld 6.71 is niet de som",
    ),
    "peildatum and period contradict": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines(), titles=[*TITLES, "Peildatum: 31-08-2026"]))),
        "niet eenduidig",
    ),
    "file name contradicts": (
        lambda d: read(workbook(d / "k2f_2026-08.xlsx", titled([HEAD], lines()))), "niet eenduidig",
    ),
    "no peildatum": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines(), titles=["Bedragen in euro's"]))), "peildatum",
    ),
    "no unit": (
        lambda d: read(workbook(d / "a.xlsx", titled(
            [HEAD], [[*r[:3], *(round(v) // 10 for v in r[3:])] for r in lines()], titles=TITLES[:3]))), "duizenden",
    ),
    "unit of mapping contradicts": (
        lambda d: read(workbook(d / "a.xlsx", thousands()), eenheid="euro"), "zegt iets anders",
    ),
    "two tables": (
        lambda d: read(workbook(d / "a.xlsx", {"2025": titled([HEAD], lines()), "2026": titled([HEAD], lines())})),
        "meer bladen",
    ),
    "journal": (
        lambda d: read(workbook(d / "a.xlsx", [["Boekdatum", "Taakveld", "Bedrag", "L/B"], ["x", "6.1", 1, "L"]])),
        "journaal",
    ),
    "years side by side": (
        lambda d: read(workbook(d / "a.xlsx", titled(
            [["Taakveld", "L/B", "Rekening 2024", "Begroting 2025", "Begroting 2026"]],
            [[r[1], r[2], 1, 2, 3] for r in lines()]))), "verschillende jaren",
    ),
    "same line twice": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines(), [lines()[3]]))), "precies zo al eerder",
    ),
    "ambiguous decimals": (
        lambda d: read(text_file(d / "a.csv", titled(
            [HEAD], [[*r[:3], *(["1.234"] * 5)] for r in lines()]))), "duizenden zijn of decimalen",
    ),
    "one separator too many": (
        lambda d: read(_append(text_file(d / "a.csv", titled([HEAD], lines())), "67110001;6.711;L;1;0;1;1;0;9\n")),
        "meer velden dan de kop",
    ),
    "unknown column in mapping": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines())), kolommen={"realisatie": "Bestaat niet"}),
        "staat niet in het bestand",
    ),
    "only outside the social domain": (
        lambda d: read(workbook(d / "a.xlsx", titled([HEAD], lines(TRUTH[-1:])))), "geen enkel taakveld",
    ),
}  # fmt: skip


def _append(path: Path, line: str) -> Path:
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    return path


@pytest.mark.parametrize("layout", REFUSED)
def test_what_is_not_certain_refuses_the_file_and_says_why(layout: str, tmp_path: Path) -> None:
    make, why = REFUSED[layout]
    reading = make(tmp_path)
    assert reading.refused and not reading.tables and reading.rijen_geladen == 0
    assert any(why in refusal.reden for refusal in reading.refusals), [refusal.reden for refusal in reading.refusals]


@pytest.mark.parametrize("code", ["#N/A", "#DIV/0!"])
def test_an_error_cell_refuses_the_file_with_its_place(code: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", titled([HEAD], lines()))
    book = openpyxl.load_workbook(path)
    book.active["G9"] = code
    book.save(path)
    refusal = read(path).refusals[0]
    assert (refusal.rij, refusal.kolom, refusal.waarde) == (9, "G (Realisatie)", code)


def test_a_formula_without_a_value_is_refused_and_not_read_as_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", titled([HEAD], lines()))
    book = openpyxl.load_workbook(path)
    book.active["G9"] = "=1+1"
    book.save(path)
    assert read(path).refused


def test_hidden_sheets_are_skipped_and_hidden_rows_are_read_both_with_a_notice(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Data": titled([HEAD], lines()), "Oud": titled([HEAD], lines())})
    book = openpyxl.load_workbook(path)
    book["Oud"].sheet_state = "hidden"
    book["Data"].row_dimensions[8].hidden = True
    book.save(path)
    reading = read(path)
    assert got(reading) == expected()
    assert any("Verborgen blad 'Oud'" in notice for notice in reading.notices)
    assert any("verborgen rijen (8)" in notice for notice in reading.notices)


def test_a_blank_amount_beside_filled_ones_is_nought_and_is_named(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", changed(7, None, row=0)))
    assert got(reading)["6.1", "L"][4] == 0
    assert any("leeg bedrag" in notice for notice in reading.notices)


def test_rows_are_counted_and_traced_to_their_place(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", subtotals()))
    assert (reading.rijen_gelezen, reading.rijen_geladen, reading.rijen_buiten_bereik) == (12, 5, 7)
    frame = reading.tables["overzicht"]
    assert set(frame["bron_blad"]) == {"Overzicht"} and min(frame["bron_rij"]) == 6


def test_the_kostenplaats_of_the_mapping_goes_before_the_taakveld(tmp_path: Path) -> None:
    reading = read(
        workbook(tmp_path / "a.xlsx", titled([HEAD], lines())),
        onderdeel={"kostenplaats": {"67110001": "begeleiding"}, "taakveld": {"6.1": "toegang"}},
    )
    found = reading.tables["overzicht"].groupby("taakveld")["onderdeel"].first().to_dict()
    assert found == {"6.1": "toegang", "6.60": "hulpmiddelen_en_diensten", "6.711": "begeleiding"}


def test_an_error_outside_the_social_domain_is_named_and_stops_nothing(tmp_path: Path) -> None:
    reading = read(workbook(tmp_path / "a.xlsx", changed(6, "onbekend", row=5)))
    assert not reading.refused and reading.rijen_geweigerd == 1
    assert got(reading) == expected()


@pytest.mark.shared
def test_the_published_budget_of_2025_loads_with_a_mapping_and_asks_without() -> None:
    path = Path(__file__).resolve().parents[2] / "../shared/data/messy/iv3_2025_begroting_alle_gemeenten.csv"
    if not path.is_file():
        pytest.skip("../shared/data is er niet")
    said = {"filter": {"Gemeenten": "Oldambt"}, "eenheid": "x1000", "decimaal": ".", "boekjaar": 2025}
    reading = read(path, **said, peildatum="2024-11-15")
    frame = reading.tables["overzicht"].set_index(["taakveld", "lasten_baten"])["actueel_eur"]
    assert frame["6.3", "L"] == Decimal("28020000.00")
    assert frame["6.3", "B"] == Decimal("21761000.00")
    assert frame["6.711", "L"] == Decimal("6294000.00")
    assert reading.tables["overzicht"]["bedrag_eur"].isna().all()
    questions = " ".join(refusal.reden + refusal.oplossing for refusal in read(path).refusals)
    for word in ("Gemeenten", "eenheid", "boekjaar", "peildatum"):
        assert word in questions
