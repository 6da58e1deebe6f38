"""The one truth behind every layout of an overview: budgets and spending of an invented gemeente, per boekjaar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.source import Reading

MEASURES = ("primitief", "wijzigingen", "actueel", "realisatie", "verplichting")
_STORED = ("primitief_eur", "wijzigingen_eur", "actueel_eur", "bedrag_eur", "verplichting_eur")
Figures = dict[tuple[int, str, str], tuple[Decimal | None, ...]]


@dataclass(frozen=True)
class Row:
    """One line of the truth: amounts in euros, lasten and baten both positive."""

    taakveld: str
    kostenplaats: str
    kostensoort: str
    kant: str
    primitief: Decimal
    wijzigingen: Decimal
    realisatie: Decimal
    verplichting: Decimal

    @property
    def actueel(self) -> Decimal:
        return self.primitief + self.wijzigingen

    def amounts(self) -> list[Decimal]:
        return [getattr(self, measure) for measure in MEASURES]


@dataclass(frozen=True)
class Truth:
    """All lines of one boekjaar, with one taakveld outside the social domain."""

    jaar: int
    rows: tuple[Row, ...]


def _row(taakveld: str, plaats: str, kant: str, *amounts: str) -> Row:
    soort = "43300" if kant == "L" else "83300"
    return Row(taakveld, plaats, soort, kant, *map(Decimal, amounts))


_2026 = (
    _row("6.1", "60100001", "L", "500000", "25000", "310250.55", "40000"),
    _row("6.1", "60100002", "L", "125000", "-5000", "98765.43", "1200.5"),
    _row("6.1", "60100001", "B", "80000", "0", "61000.10", "0"),
    _row("6.3", "60300001", "L", "9000000", "250000", "7104001.99", "0"),
    _row("6.3", "60300001", "B", "7100000", "100000", "5300000.01", "0"),
    _row("6.60", "66000001", "L", "1200000", "0", "900100.25", "100000"),
    _row("6.711", "67110001", "L", "3000000", "150000", "2400000.75", "0"),
    _row("6.711", "67110002", "L", "64000", "0", "19796", "2500"),
    _row("6.711", "67110001", "B", "250000", "0", "187500.5", "0"),
    _row("6.751", "67510001", "L", "4100000", "-31393", "3333333.33", "0"),
    _row("6.82x", "68210001", "L", "700000", "0", "512345.67", "0"),
    _row("0.4", "04000001", "L", "700000", "0", "500000.25", "0"),
    _row("0.4", "04000001", "B", "20000", "0", "10000", "0"),
)  # fmt: skip


def _of(jaar: int, codes: dict[str, str]) -> Truth:
    """The same amounts under the codes of another boekjaar."""
    rows = (Row(codes.get(r.taakveld, r.taakveld), *list(r.__dict__.values())[1:]) for r in _2026)
    return Truth(jaar, tuple(rows))


T2026 = _of(2026, {"6.82x": "6.821"})
T2025 = _of(2025, {"6.82x": "6.822"})
T2024 = _of(2024, {"6.60": "6.6", "6.711": "6.71a", "6.751": "6.72a", "6.82x": "6.82a"})
T2022 = _of(2022, {"6.60": "6.6", "6.711": "6.71", "6.751": "6.72", "6.82x": "6.82"})


def expected(*truths: Truth, measures: tuple[str, ...] = MEASURES, unit: int = 1) -> Figures:
    """Give the figures of the social domain per boekjaar, taakveld and side; None for a measure the file lacks.

    Args:
        truths: One truth a boekjaar.
        measures: The measures that a reading has to give.
        unit: Amounts are rounded to this many euros in the file (1 keeps the cents).
    """
    found: dict[tuple[int, str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(MEASURES))
    for truth in truths:
        for row in truth.rows:
            if row.taakveld.startswith("6"):
                sums = found[truth.jaar, row.taakveld, row.kant]
                for place, value in enumerate(row.amounts()):
                    sums[place] += value if unit == 1 else value.quantize(Decimal(unit).normalize())
    return {
        key: tuple(v if m in measures else None for m, v in zip(MEASURES, sums, strict=True))
        for key, sums in found.items()
    }


def got(reading: Reading) -> Figures:
    """Give what was read in the same form; a key of which every amount is 0 says nothing and is left out."""
    sums: dict[tuple[int, str, str], list[Any]] = {}
    for row in reading.tables["overzicht"].to_dict("records"):
        values = [row[column] for column in _STORED]
        key = (row["boekjaar"], row["taakveld"], row["lasten_baten"])
        known = sums.get(key)
        sums[key] = values if known is None else [_plus(a, b) for a, b in zip(known, values, strict=True)]
    return {key: tuple(values) for key, values in sums.items() if any(values)}


def _plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return right if left is None else left if right is None else left + right
