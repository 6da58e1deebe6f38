"""One journal by hand, to write in many layouts, and what it must come to.

The year 2025 of two taakvelden, as it stood on 28-02-2026: care of January booked in March (late), a credit note, a
correction of an earlier month, an own contribution, and an entry of the closing (period 13).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from etl.mapping import parse_mapping
from etl.reading import read_delivery
from etl.source import Reading, sources
from tests.support.k2f_files import Table, dutch, xlsx

PEILDATUM = dt.date(2026, 2, 28)
HEAD = ["Boekjaar", "Boekdatum", "Periode", "Prestatieperiode", "FCL", "ECL", "Taakveld", "L/B", "Bedrag", "Boekstuk",
        "Regel", "Omschrijving"]  # fmt: skip
# boekdatum, periode, prestatiemaand, FCL, ECL, taakveld, L/B, bedrag, boekstuk; the last is outside the social domain.
TRUTH: list[tuple[str, int, str | None, str, str, str, str, str, str]] = [
    ("2025-01-20", 1, "2025-01", "67110001", "43000", "6.711", "L", "1000.10", "250001"),
    ("2025-02-18", 2, "2025-02", "67110001", "43000", "6.711", "L", "1200.20", "250002"),
    ("2025-03-14", 3, "2025-01", "67110001", "43000", "6.711", "L", "150.35", "250003"),  # late
    ("2025-03-20", 3, "2025-03", "67110001", "43000", "6.711", "L", "1100.00", "250004"),
    ("2025-04-03", 4, "2025-02", "67110001", "43000", "6.711", "L", "-200.20", "250005"),  # credit note
    ("2025-05-09", 5, None, "67110001", "83000", "6.711", "B", "300.75", "250006"),  # own contribution
    ("2025-06-30", 6, "2025-06", "67520001", "43000", "6.752", "L", "9000.00", "250007"),
    ("2025-07-31", 7, "2025-06", "67520001", "43000", "6.752", "L", "-500.50", "250008"),  # correction
    ("2025-08-29", 8, "2025-08", "67520001", "43000", "6.752", "L", "700.05", "250009"),
    ("2025-09-30", 9, "2025-09", "67520001", "43000", "6.752", "L", "700.15", "250010"),
    ("2025-10-31", 10, "2025-10", "67520001", "43000", "6.752", "L", "700.25", "250011"),
    ("2025-11-28", 11, "2025-11", "67520001", "43000", "6.752", "L", "700.35", "250012"),
    ("2025-12-31", 12, "2025-12", "67520001", "43000", "6.752", "L", "700.45", "250013"),
    ("2026-02-10", 13, "2025-12", "67520001", "43000", "6.752", "L", "1234.56", "260001"),  # closing
    ("2025-05-09", 5, None, "00400001", "43000", "0.4", "L", "77.77", "250014"),
]
#: taakveld, side -> the state, added up by hand.
STATE = {
    ("6.711", "L"): Decimal("3250.45"),
    ("6.711", "B"): Decimal("300.75"),
    ("6.752", "L"): Decimal("13235.31"),
}
Facts = dict[tuple[int, dt.date | None, str, str], Decimal]


def expected() -> Facts:
    """Booked per period, month of the care, taakveld and side."""
    facts: Facts = defaultdict(Decimal)
    for _, periode, maand, _, _, taakveld, side, bedrag, _ in TRUTH:
        if taakveld.startswith("6"):
            facts[periode, dt.date.fromisoformat(f"{maand}-01") if maand else None, taakveld, side] += Decimal(bedrag)
    return dict(facts)


def day(iso: str) -> str:
    """Write a date as a Dutch export does."""
    return f"{iso[8:]}-{iso[5:7]}-{iso[:4]}"


def lines(**columns: Any) -> list[list[Any]]:
    """Give the lines under HEAD; `columns` gives for a header a function of the line of TRUTH."""
    table = []
    for number, line in enumerate(TRUTH):
        boekdatum, periode, maand, fcl, ecl, taakveld, side, bedrag, boekstuk = line
        cells: dict[str, Any] = dict(
            zip(HEAD, [2025, day(boekdatum), periode, maand, fcl, ecl, taakveld, side, Decimal(bedrag), boekstuk, 1,
                       f"Voorbeeld-Jansen {number}"], strict=True)
        )  # fmt: skip
        cells |= {name: give(line) for name, give in columns.items()}
        table.append([cells[name] for name in HEAD])
    return table


def read(path: Path, **mapping: Any) -> Reading:
    """Read a file as the K2F source does."""
    return read_delivery(path, sources()["k2f"], parse_mapping(mapping) if mapping else None)


def frame(reading: Reading) -> pd.DataFrame:
    """Give the booked lines."""
    return reading.tables["journaal"]


def facts(reading: Reading) -> Facts:
    """Give what was read per period, month of the care, taakveld and side."""
    found: Facts = defaultdict(Decimal)
    for row in frame(reading).itertuples():
        found[row.periode, row.prestatiemaand, row.taakveld, row.lasten_baten] += row.bedrag_eur
    return dict(found)


def reasons(reading: Reading) -> str:
    """Give everything that the data team is told about what was refused."""
    return " ".join(f"{refusal.reden} {refusal.oplossing}" for refusal in reading.refusals)


NAME = "journaal_2026-02-28"
PER_MONTH = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec", "periode 13")


def book(folder: Path, table: Table | dict[str, Table], **more: Any) -> Path:
    return xlsx(folder / f"{NAME}.xlsx", table, **more)


def without(*names: str) -> Table:
    """The journal without some of its columns."""
    keep = [i for i, name in enumerate(HEAD) if name not in names]
    return [[row[i] for i in keep] for row in [HEAD, *lines()]]


def renamed(names: dict[str, str], **columns: Any) -> Table:
    return [[names.get(name, name) for name in HEAD], *lines(**columns)]


def with_columns(names: list[str], give: Callable[[tuple], list[Any]], drop: str = "Bedrag") -> Table:
    """The journal with columns of its own in the place of one."""
    at = HEAD.index(drop)
    head = [*HEAD[:at], *names, *HEAD[at + 1 :]]
    return [head, *([*row[:at], *give(line), *row[at + 1 :]] for row, line in zip(lines(), TRUTH, strict=True))]


def as_ledger(line: tuple) -> Decimal:
    """Lasten are debet, baten credit."""
    return Decimal(line[7]) * (1 if line[6] == "L" else -1)


def debet_credit(line: tuple) -> list[Any]:
    value = as_ledger(line)
    return [value, None] if value >= 0 else [None, -value]


def letter(line: tuple) -> list[Any]:
    value = as_ledger(line)
    return [abs(value), "D" if value >= 0 else "C"]


def lasten_en_baten(line: tuple) -> list[Any]:
    return [Decimal(line[7]), None] if line[6] == "L" else [None, Decimal(line[7])]


def negative_baten(*below: list[Any]) -> Table:
    return [HEAD, *lines(Bedrag=as_ledger), *below]


def under(label: str, value: Decimal, column: str = "Bedrag") -> list[Any]:
    row: list[Any] = [None] * len(HEAD)
    row[4], row[HEAD.index(column)] = label, value
    return row


SUM = sum((Decimal(line[7]) for line in TRUTH), Decimal(0))
LEDGER = sum(map(as_ledger, TRUTH), Decimal(0))
WORDS = {"1": "januari", "2": "februari", "3": "mrt"}


def per_month() -> dict[str, Table]:
    sheets = {name: [HEAD, *(r for r in lines() if r[2] == n)] for n, name in enumerate(PER_MONTH, 1)}
    return {"Toelichting": [["uitleg"]]} | sheets


def changed(row: int, column: str, value: Any) -> Table:
    """The journal with one cell changed."""
    table = lines()
    table[row][HEAD.index(column)] = value
    return [HEAD, *table]


def written(value: Any) -> str:
    """Write a cell as a Dutch text export does."""
    return dutch(value) if isinstance(value, Decimal) else "" if value is None else str(value)
