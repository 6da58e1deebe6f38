"""One truth in many layouts of an overview: each is read right or refused with a reason, and never silently wrong."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from etl.mapping import parse_mapping
from etl.reading import read_delivery
from etl.source import Reading, sources

# taakveld, kostenplaats, L/B, primitief, wijzigingen, realisatie, verplichting; the last is outside the social domain.
TRUTH = [
    ("6.1", "60100001", "L", 500_000, 25_000, 310_250.55, 40_000),
    ("6.1", "60100001", "B", 80_000, 0, 61_000.10, 0),
    ("6.60", "66000001", "L", 1_200_000, 0, 900_100.25, 100_000),
    ("6.711", "67110001", "L", 3_000_000, 150_000, 2_400_000.75, 0),
    ("6.711", "67110001", "B", 250_000, 0, 187_500.5, 0),
    ("0.4", "04000001", "L", 700_000, 0, 500_000.25, 0),
]
TITLES = ["Gemeente Voorbeeld", "Overzicht budget en realisatie, t/m periode 9", "Boekjaar 2026", "Bedragen in euro's"]
HEAD = ["Kostenplaats", "Taakveld", "L/B", "Primitieve begroting", "Begrotingswijzigingen", "Begroting na wijziging",
        "Realisatie", "Verplichtingen"]  # fmt: skip
Rows = list[list[Any]]
K2F = sources()["k2f"]


def lines(rows: list[tuple] = TRUTH, baten: int = 1) -> Rows:
    out = []
    for tv, kpl, side, prim, wijz, real, verpl in rows:
        sign = baten if side == "B" else 1
        out.append([kpl, tv, side, *(sign * v for v in (prim, wijz, prim + wijz, real, verpl))])
    return out


def total(label: str, rows: Rows) -> list[Any]:
    return [label, None, None, *(round(sum(row[c] for row in rows), 2) for c in range(3, 8))]


def titled(*tables: Rows, titles: list[str] = TITLES) -> Rows:
    return [*([text] for text in titles), *(row for table in tables for row in table)]


def expected(factor: int = 1) -> dict[tuple[str, str], tuple[Decimal, ...]]:
    return {
        (tv, side): tuple(Decimal(str(v)) * factor for v in (prim, wijz, prim + wijz, real, verpl))
        for tv, _, side, prim, wijz, real, verpl in TRUTH
        if tv.startswith("6.")
    }


def got(reading: Reading) -> dict[tuple[str, str], tuple[Decimal, ...]]:
    columns = ["primitief_eur", "wijzigingen_eur", "actueel_eur", "bedrag_eur", "verplichting_eur"]
    return {
        (row["taakveld"], row["lasten_baten"]): tuple(row[c] for c in columns)
        for row in reading.tables["overzicht"].to_dict("records")
        if any(row[c] for c in columns)
    }


def workbook(path: Path, sheets: dict[str, Rows] | Rows) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in (sheets if isinstance(sheets, dict) else {"Overzicht": sheets}).items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    sheet.write_string(r, c, value) if isinstance(value, str) else sheet.write(r, c, value)
    book.close()
    return path


def read(path: Path, **mapping: Any) -> Reading:
    reading = read_delivery(path, K2F, parse_mapping(mapping) if mapping else None)
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    for refusal in reading.refusals:
        assert refusal.reden and refusal.oplossing and refusal.bestand == path.name
    assert not any("liep vast" in refusal.reden for refusal in reading.refusals), reading.refusals
    return reading


def dutch(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def text_file(path: Path, rows: Rows, separator: str = ";", encoding: str = "utf-8", show: Callable = dutch) -> Path:
    width = max(map(len, rows))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerows([[show(v) for v in row] + [""] * (width - len(row)) for row in rows])
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path


def grouped(per: str) -> Rows:
    """Lasten and baten as columns: groups over measures, or measures over groups."""
    measures = ["Primitieve begroting", "Wijzigingen", "Begroting na wijziging", "Realisatie", "Verplichtingen"]
    cells: dict[str, dict[str, list]] = {}
    for _, tv, side, *values in lines():
        cells.setdefault(tv, {})[side] = values
    if per == "side":
        top = [None, "Lasten", None, None, None, None, "Baten", None, None, None, None]
        head = ["Taakveld", *measures, *measures]
        body = [[tv, *sides["L"], *sides.get("B", [0] * 5)] for tv, sides in cells.items()]
    else:
        top = [None, *(x for m in measures for x in (m, None, None))]
        head = ["Taakveld", *["Lasten", "Baten", "Saldo"] * 5]
        body = []
        for tv, sides in cells.items():
            pairs = zip(sides["L"], sides.get("B", [0] * 5), strict=True)
            body.append([tv, *(x for last, baat in pairs for x in (last, baat, round(baat - last, 2)))])
    return [*([t] for t in TITLES), top, head, *body]


def thousands() -> Rows:
    rows = [[*row[:3], *(v / 1000 for v in row[3:])] for row in lines()]
    return titled([HEAD], rows, titles=[*TITLES[:3], "Bedragen x € 1.000"])


def subtotals() -> Rows:
    rows, table = lines(), []
    for tv in dict.fromkeys(row[1] for row in rows):
        own = [row for row in rows if row[1] == tv]
        table += [*own, total(f"Subtotaal {tv}", own)]
    return titled([HEAD], table, [total("Totaal", rows)], [["Afgedrukt op 05-10-2026"]])


def negative_baten(proof: bool) -> Rows:
    rows = lines(baten=-1)
    return titled([HEAD], rows, [total("Totaal", rows)] if proof else [])


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


def wrong_subtotal() -> Rows:
    rows = subtotals()
    next(row for row in rows if row[0] == "Subtotaal 6.711")[6] += 10
    return rows


def changed(column: int, value: Any, row: int = 3) -> Rows:
    rows = lines()
    rows[row][column] = value
    return titled([HEAD], rows)


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
