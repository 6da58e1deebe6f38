"""What the finance system would export: the overview of a boekjaar as it stood on one day."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from pathlib import Path

import numpy as np
import xlsxwriter

from etl.sample.holder import Holders
from etl.sample.journal import CLOSING
from etl.sample.ledger import Ledger
from etl.sample.streams import VOORBEELDDATA, euros, month_end, month_ends
from indicators.core.settings import REFERENCE, settings

HEADER = (
    "Kostenplaats", "Omschrijving", "Kostensoort", "Taakveld", "L/B", "Primitieve begroting", "Begrotingswijzigingen",
    "Begroting na wijziging", "Realisatie t/m periode", "Verplichtingen", "Restant",
)  # fmt: skip
#: A column more where budget holders were asked what they expect (etl/sample/holder.py).
EXPECTED = "Prognose budgethouder"
# A fixed moment in the workbook's own metadata: two runs must give the same bytes.
MADE = dt.datetime(2020, 1, 1)  # noqa: DTZ001

Row = tuple[str, str, str, str, str, list[int]]


@lru_cache(maxsize=1)
def _titles() -> list[tuple[str, int, int, str]]:
    with (REFERENCE / "taakvelden.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [(r["taakveld"], int(r["vanaf_jaar"]), int(r["tot_en_met_jaar"] or 9999), r["naam"]) for r in rows]


def _title(taakveld: str, boekjaar: int) -> str:
    names = [naam for code, van, tot, naam in _titles() if code == taakveld and van <= boekjaar <= tot]
    return f"{taakveld} {names[0]}" if names else taakveld


def overview(ledger: Ledger, boekjaar: int, positions: int, holders: Holders | None = None) -> list[Row]:
    """Give the lines of an overview.

    Args:
        ledger: The books.
        boekjaar: Year.
        positions: Booking months known, 1-18 (13-18: January-June of the next year).
        holders: Who say what they expect the year to come to.

    Returns:
        Per post: kostenplaats, omschrijving, kostensoort, taakveld, L/B and six amounts in cents (a seventh where
        budget holders were asked), ordered by taakveld.
    """
    expected = holders.expected(boekjaar, positions) if holders else None
    j = ledger.year_index(boekjaar)
    stand, committed = ledger.stand(boekjaar, positions), ledger.still_committed(boekjaar, positions)
    changes = ledger.budgets.changes_until(positions)[:, j]
    primitief = ledger.budgets.primitief[:, j]
    rows: list[Row] = []
    for i, post in enumerate(ledger.posts):
        actueel = int(primitief[i] + changes[i])
        booked = int(stand[i])
        open_cents = int(committed[i])
        amounts = [int(primitief[i]), int(changes[i]), actueel, booked, open_cents, actueel - booked - open_cents]
        if any(amounts):
            code = post.taakveld(boekjaar)
            amounts += [] if expected is None else [int(expected[i])]
            rows.append((post.kostenplaats, post.naam, post.kostensoort, code, post.lasten_baten, amounts))
    return sorted(rows, key=lambda r: (r[3], r[4] == "B", r[0], r[2]))


def _lines(rows: list[Row], boekjaar: int) -> list[tuple[tuple[str, ...], list[int]]]:
    """Add a subtotal under every taakveld and side, and the totals at the bottom."""
    lines: list[tuple[tuple[str, ...], list[int]]] = []
    width = len(rows[0][5]) if rows else 6
    totals = {side: np.zeros(width, dtype=np.int64) for side in "LB"}
    for n, row in enumerate(rows):
        lines.append((row[:5], row[5]))
        totals[row[4]] += row[5]
        last = n + 1 == len(rows) or (rows[n + 1][3], rows[n + 1][4]) != (row[3], row[4])
        if last:
            part = np.sum([r[5] for r in rows if r[3:5] == row[3:5]], axis=0)
            name = f"Subtotaal {_title(row[3], boekjaar)}"
            lines.append((("", name, "", row[3], row[4]), part.tolist()))
    lines.append((("", "Totaal lasten", "", "", "L"), totals["L"].tolist()))
    lines.append((("", "Totaal baten", "", "", "B"), totals["B"].tolist()))
    lines.append((("", "Saldo", "", "", ""), (totals["B"] - totals["L"]).tolist()))
    return lines


def write_overview(path: Path, rows: list[Row], boekjaar: int, peildatum: dt.date, periode: int) -> None:
    """Write one overview as the finance system lays it out.

    Args:
        path: File to write.
        rows: The lines of `overview`.
        boekjaar: Year.
        peildatum: The day it is printed.
        periode: Period it runs to, 13 for the closing.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        naam = settings().gemeente.naam
        book.set_properties({"title": f"Overzicht {VOORBEELDDATA}", "created": MADE, "comments": VOORBEELDDATA})
        sheet = book.add_worksheet("Overzicht")
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_string(0, 0, f"Gemeente {naam} ({VOORBEELDDATA}, gesimuleerd)", bold)
        sheet.write_string(1, 0, f"Overzicht budget en realisatie t/m periode {periode}")
        sheet.write_string(2, 0, f"Boekjaar {boekjaar} - peildatum {peildatum:%d-%m-%Y} - bedragen in euro's")
        asked = bool(rows) and len(rows[0][5]) > 6
        for c, title in enumerate((*HEADER, EXPECTED) if asked else HEADER):
            sheet.write_string(4, c, title, bold)
        r = 4
        for texts, amounts in _lines(rows, boekjaar):
            r += 1
            for c, text in enumerate(texts):
                if text:
                    sheet.write_string(r, c, text)
            for c, cents in enumerate(amounts):
                sheet.write_number(r, 5 + c, euros(cents), money)
        sheet.write_string(r + 2, 0, f"Afgedrukt op {peildatum:%d-%m-%Y}")
        sheet.set_column(1, 1, 42)
        sheet.set_column(5, 11 if asked else 10, 18)


def write_k2f(out: Path, ledger: Ledger, seed: int, van: int, peildatum: dt.date) -> None:
    """Write every overview from January of `van` up to the peildatum, and the mapping.

    Args:
        out: Folder k2f of the inbox.
        ledger: The books.
        seed: Seed of the sample.
        van: First boekjaar.
        peildatum: Last day that anything is known of.
    """
    out.mkdir(parents=True, exist_ok=True)
    holders = Holders(ledger, seed)
    for day in month_ends(van, peildatum):
        rows = overview(ledger, day.year, day.month, holders)
        write_overview(out / f"k2f_overzicht_{day:%Y-%m}.xlsx", rows, day.year, day, day.month)
    for boekjaar in range(van, peildatum.year):
        for positions in CLOSING:
            day = month_end(boekjaar, positions)
            if day <= peildatum:
                name = f"k2f_overzicht_{boekjaar}_afsluiting_{day:%Y-%m}.xlsx"
                periode = 12 if positions == 13 else 13
                rows = overview(ledger, boekjaar, positions, holders)
                write_overview(out / name, rows, boekjaar, day, periode)
    _write_mapping(out / "mapping.toml", ledger)


def _write_mapping(path: Path, ledger: Ledger) -> None:
    """Write what only the municipality knows: which cost centre belongs to which onderdeel, across all schemes."""
    known = {p.kostenplaats: p.onderdeel for p in ledger.posts if p.onderdeel}
    lines = [f"# {VOORBEELDDATA}: mapping van de gesimuleerde gemeente", "koprij = 5", 'eenheid = "euro"', ""]
    lines += ["[[bestanden]]", 'patroon = "k2f_journaal*"', "koprij = 3", 'levering = "aanvulling"', ""]
    lines += ["[onderdeel.kostenplaats]", *(f'"{k}" = "{v}"' for k, v in sorted(known.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
