"""A small overview in plain rows, and helpers to write it in other ways and to read it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

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


def changed(column: int, value: Any, row: int = 3) -> Rows:
    rows = lines()
    rows[row][column] = value
    return titled([HEAD], rows)
