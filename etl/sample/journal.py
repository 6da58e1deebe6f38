"""The lines behind the overviews: every booking of 2025 and later, one file a month with what is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.invoices import LAGS, POSITIONS, book
from etl.sample.ledger import Ledger
from etl.sample.plain_xlsx import CellValue, row_xml, write_workbook
from etl.sample.streams import VOORBEELDDATA, euros, month_end
from indicators.core.settings import settings

#: The first boekjaar whose lines are exported.
FIRST_YEAR = 2025
#: Booking positions after December of which the old boekjaar is delivered once more: January-April and June.
CLOSING = (13, 14, 15, 16, 18)
HEADER = (
    "Boekjaar", "Periode", "Boekdatum", "Prestatieperiode", "FCL", "ECL", "Taakveld", "L/B", "Bedrag", "Boekstuk",
    "Omschrijving",
)  # fmt: skip
#: From this year on the lines come as a workbook.
WORKBOOK_FROM = 2026


@dataclass(frozen=True)
class Line:
    """One booking.

    Attributes:
        post: Place of the post.
        position: Booking position, 0-17.
        month: Month of care, as year * 12 + month - 1; None when it is not known.
        cents: Amount; of lasten positive, of baten positive.
        text: What it is.
    """

    post: int
    position: int
    month: int | None
    cents: int
    text: str


def lines(ledger: Ledger, boekjaar: int) -> list[Line]:
    """Give every booking of a boekjaar, in order of booking; together they are Ledger.booked to the cent."""
    j = ledger.year_index(boekjaar)
    found = _of_care(ledger, j)
    other = ledger.booked[:, j].copy()
    np.subtract.at(other, [p.post for p in ledger.providers], book(ledger.detail)[:, j])
    for post, year, position, cents, what in ledger.single:
        if year == j:
            other[post, position] -= cents
            found.append(Line(post, position, None, cents, what))
    for post, position in np.argwhere(other).tolist():
        month = boekjaar * 12 + min(position, 11)
        found.append(Line(post, position, month, int(other[post, position]), "maandboeking"))
    return sorted(found, key=lambda one: (one.position, one.post, one.month or 0, one.text))


def _of_care(ledger: Ledger, j: int) -> list[Line]:
    """Give what providers sent, a line per provider and month of care; with what came in after the books closed."""
    found = []
    for year, shift in ((j, 0), (j - 1, -12)):
        for row, m, lag in np.argwhere(ledger.detail[:, year]).tolist():
            late = m + lag >= POSITIONS
            if late == (shift != 0):
                month = ledger.years[year] * 12 + m
                provider = ledger.providers[row]
                cents = int(ledger.detail[row, year, m, lag])
                text = f"declaraties aanbieder {provider.number + 1}"
                found.append(Line(provider.post, m + lag + shift, month, cents, text))
    assert max((one.position for one in found), default=0) <= 11 + LAGS
    return found


def _cells(ledger: Ledger, boekjaar: int, number: int, one: Line) -> list[CellValue]:
    """Give a booking as cells; its number follows from its place in the boekjaar."""
    post = ledger.posts[one.post]
    day = month_end(boekjaar, one.position + 1)
    period = one.position + 1 if one.position < 12 else 12 if one.position == 12 else 13
    month = None if one.month is None else f"{one.month // 12}-{one.month % 12 + 1:02d}"
    return [
        boekjaar, period, day.replace(day=1 + number * 7 % 28), month, post.kostenplaats, post.kostensoort,
        post.taakveld(boekjaar), post.lasten_baten, euros(one.cents), f"{boekjaar}-{number:06d}",
        f"{post.naam}, {one.text}",
    ]  # fmt: skip


def write_journal(out: Path, ledger: Ledger, peildatum: dt.date) -> list[dict[str, Any]]:
    """Write the new lines of every month from January of FIRST_YEAR up to the peildatum.

    Args:
        out: Folder k2f of the inbox.
        ledger: The books.
        peildatum: Last day that anything is known of.

    Returns:
        Of every file its boekjaar, number of lines, and the sums of lasten and baten, for truth.json.
    """
    totals = []
    for boekjaar in range(max(FIRST_YEAR, ledger.years.start + 2), peildatum.year + 1):
        numbered = list(enumerate(lines(ledger, boekjaar), start=1))
        before = 0
        for positions in (*range(1, 13), *CLOSING):
            day = month_end(boekjaar, positions)
            if day > peildatum:
                break
            new = [(n, one) for n, one in numbered if before < one.position + 1 <= positions]
            old = f"{boekjaar}_afsluiting_" if positions > 12 else ""
            name = _write(out / f"k2f_journaal_{old}{day:%Y-%m}", boekjaar, day,
                          [_cells(ledger, boekjaar, n, one) for n, one in new])  # fmt: skip
            sums = {"L": 0, "B": 0}
            for _, one in new:
                sums[ledger.posts[one.post].lasten_baten] += one.cents
            totals.append({
                "bestand": name, "boekjaar": boekjaar, "peildatum": day.isoformat(), "regels": len(new),
                "lasten_eur": euros(sums["L"]), "baten_eur": euros(sums["B"]),
            })  # fmt: skip
            before = positions
    return totals


def _write(stem: Path, boekjaar: int, day: dt.date, rows: list[list[CellValue]]) -> str:
    naam = settings().gemeente.naam
    title = f"Journaalregels gemeente {naam} ({VOORBEELDDATA}, gesimuleerd) - boekjaar {boekjaar}"
    second = f"Nieuwe regels - peildatum {day:%d-%m-%Y} - bedragen in euro's"
    path = stem.with_name(f"{stem.name}.{'xlsx' if day.year >= WORKBOOK_FROM else 'csv'}")
    if path.suffix == ".xlsx":
        head: list[list[CellValue]] = [[title], [second], list(HEADER)]
        write_workbook(path, "Journaal", [row_xml(row) for row in [*head, *rows]])
    else:
        body = [";".join(map(_text, row)) for row in rows]
        text = "\r\n".join([title, second, ";".join(HEADER), *body]) + "\r\n"
        path.write_text(text, encoding="utf-8-sig", newline="")
    return path.name


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    return f"{value:.2f}".replace(".", ",") if isinstance(value, float) else str(value)
