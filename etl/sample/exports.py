"""What the smaller exports of the sample share: a titled table, quarter ends, and a list of what must be refused."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from etl.sample.plain_xlsx import CellValue, row_xml
from etl.sample.streams import VOORBEELDDATA, month_end, month_ends
from indicators.core.settings import settings

#: Rows of a table before its first row of data: title, blank, header.
HEAD_ROWS = 3


@dataclass(frozen=True)
class Planted:
    """A mistake that was put in a file on purpose.

    Attributes:
        bron, bestand, blad: Where.
        rij: Row in the sheet, from 1.
        fout: What is wrong with it, in Dutch.
        gevolg: What a reader has to do: geweigerd, buiten_bereik (no data) or geladen (unusual, but certain).
    """

    bron: str
    bestand: str
    blad: str
    rij: int
    fout: str
    gevolg: str

    def as_dict(self) -> dict[str, Any]:
        """Give it as it stands in truth.json."""
        return asdict(self)


@dataclass
class Log:
    """What was written: rows to load per file, and the mistakes among and below them."""

    loaded: dict[tuple[str, str], int] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def add(self, bron: str, bestand: str, rows: int, planted: Iterable[Planted] = ()) -> None:
        """Note a file with the rows that a reader has to load, and the mistakes beside them."""
        self.loaded[bron, bestand] = rows
        self.planted += planted

    def counts(self) -> list[tuple[str, str, int, int, int, int]]:
        """Give of every file its source, name and rows: read, loaded, refused and out of scope."""
        kinds = Counter((p.bron, p.bestand, p.gevolg) for p in self.planted)
        found = []
        for (bron, bestand), rows in self.loaded.items():
            refused, outside = (kinds[bron, bestand, gevolg] for gevolg in ("geweigerd", "buiten_bereik"))
            found.append((bron, bestand, rows + refused + outside, rows, refused, outside))
        return found


def title(subject: str, peildatum: dt.date) -> str:
    """Give the first line of a sheet: what it is, of whom, that it is made up, and of which day."""
    return (
        f"{subject} gemeente {settings().gemeente.naam} ({VOORBEELDDATA}, gesimuleerd) - peildatum {dutch(peildatum)}"
    )


def table(subject: str, peildatum: dt.date, header: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> list[str]:
    """Give a sheet as rows of XML: title, blank row, header and data."""
    return [
        row_xml([title(subject, peildatum)]),
        row_xml([]),
        row_xml(list(header)),
        *(row_xml(list(row)) for row in rows),
    ]


def dutch(date: dt.date) -> str:
    """Write a date as dd-mm-jjjj."""
    return f"{date:%d-%m-%Y}"


def euro_text(amount: float) -> str:
    """Write an amount as people type it: € 1.234,50."""
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def add_months(date: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or the last day of that month when it has no such day."""
    end = month_end(date.year, date.month + months)
    return end.replace(day=min(date.day, end.day))


def quarter_ends(van: int, peildatum: dt.date) -> list[dt.date]:
    """Give every quarter end from the first of `van` up to and with the peildatum."""
    return [d for d in month_ends(van, peildatum) if d.month % 3 == 0]
