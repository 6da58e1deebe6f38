"""The planning and control cycle: when the council decides about what (data/reference/pc_cyclus.csv)."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from indicators.core.settings import REFERENCE


@dataclass(frozen=True)
class Moment:
    """A moment at which the council decides.

    Attributes:
        naam: In Dutch.
        datum: Latest day.
        boekjaar: Year that it is about.
        gaat_over: What is decided, in Dutch.
    """

    naam: str
    datum: dt.date
    boekjaar: int
    gaat_over: str


@lru_cache(maxsize=1)
def _listed() -> tuple[dict[str, str], ...]:
    with (REFERENCE / "pc_cyclus.csv").open(encoding="utf-8") as handle:
        return tuple(csv.DictReader(handle))


def coming(after: dt.date, count: int = 2) -> list[Moment]:
    """Give the moments that come after a day, the nearest first.

    Args:
        after: Moments on or before this day are past.
        count: How many.
    """
    found = [
        Moment(
            row["naam"],
            dt.date(year, int(row["maand"]), int(row["dag"])),
            year + int(row["over_jaar"]),
            row["gaat_over"],
        )
        for year in (after.year, after.year + 1)
        for row in _listed()
    ]
    return sorted((m for m in found if m.datum > after), key=lambda m: m.datum)[:count]
