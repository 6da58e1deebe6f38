"""Codes of the field: taakvelden by year, and the onderdeel each belongs to (data/reference/taakvelden.csv)."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from etl.cleaning import MONTHS, NotUnderstood, text
from etl.readers.cells import Cell
from indicators.core.settings import REFERENCE


@dataclass(frozen=True)
class Taakveld:
    """A taakveld of the social domain and the years it is valid."""

    taakveld: str
    naam: str
    vanaf_jaar: int
    tot_en_met_jaar: int | None
    onderdeel: str

    def valid_in(self, jaar: int) -> bool:
        """Say whether the code exists in a boekjaar."""
        return self.vanaf_jaar <= jaar and (self.tot_en_met_jaar is None or jaar <= self.tot_en_met_jaar)


@lru_cache(maxsize=1)
def taakvelden() -> tuple[Taakveld, ...]:
    """Give all taakvelden of the social domain, of every year."""
    with (REFERENCE / "taakvelden.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Taakveld(
                row["taakveld"], row["naam"], int(row["vanaf_jaar"]),
                int(row["tot_en_met_jaar"]) if row["tot_en_met_jaar"] else None, row["onderdeel"],
            )
            for row in csv.DictReader(handle)
        )  # fmt: skip


@lru_cache(maxsize=64)
def valid_taakvelden(jaar: int) -> dict[str, Taakveld]:
    """Give the taakvelden of one boekjaar by code."""
    return {t.taakveld: t for t in taakvelden() if t.valid_in(jaar)}


@lru_cache(maxsize=1)
def onderdelen() -> frozenset[str]:
    """Give the ids of all onderdelen."""
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(row["onderdeel"] for row in csv.DictReader(handle))


_PREFIX = re.compile(r"(?i)(?:taakveld|tv|iv3)[\s:.-]*(?=\d)")
_DOTTED = re.compile(r"0?(\d)[.,](\d{1,3})\s?([a-zA-Z]?)(?!\w|[.,]\S)")
_BARE = re.compile(r"(\d)(\d{1,3})([a-zA-Z]?)(?:-\d)?(?![\w.,-])")
_MAIN = re.compile(r"(\d)(?:[.,]0)?(?![\w.,])")
_TEXT_REMEDY = "Maak de kolom taakveld in Excel op als tekst, of exporteer opnieuw naar .csv."


def taakveld(cell: Cell) -> str:
    """Read the code at the start of a taakveld cell, as written: "6.71A Hulp", "671-3", 6.711 -> 6.71a, 6.71, 6.711.

    A main field ("6 Sociaal domein") gives "6". Which year it is valid in, is for `in_year`.

    Raises:
        NotUnderstood: No code, or a code that Excel turned into a date.
    """
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        raise NotUnderstood("Excel heeft dit taakveld in een datum veranderd (6.1 wordt 6 januari).", _TEXT_REMEDY)
    written = text(cell)
    if written is None or isinstance(cell, bool):
        raise NotUnderstood("het taakveld ontbreekt.", "Vul op elke regel het taakveld in.")
    _refuse_dates(written)
    written = _PREFIX.sub("", written, count=1) if _PREFIX.match(written) else written
    for pattern in (_DOTTED, _BARE):
        if found := pattern.match(written):
            if found[1] != "6" and len(found[2]) > 2 and found[2].strip("0") not in tuple("123456789"):
                break  # "2026" is no taakveld 2.026: only the social domain has three digits
            return f"{found[1]}.{found[2]}{found[3].lower()}"
    if found := _MAIN.match(written):
        return found[1]
    raise NotUnderstood("dit is geen taakveld.", "Schrijf het taakveld als 6.711, eventueel met de naam erachter.")


def _refuse_dates(written: str) -> None:
    low = written.lower()
    named = re.match(r"\d{1,2}[- ]([a-z]{3,9})\b", low)
    if re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b", low) or (named and named[1] in MONTHS):
        raise NotUnderstood("Excel heeft dit taakveld in een datum veranderd (6.1 wordt 6 januari).", _TEXT_REMEDY)


def in_year(code: str, jaar: int, own: Collection[str] = ()) -> str:
    """Give a 6.x code as Iv3 writes it in a boekjaar; Excel's 6.6 is 6.60 from 2025 on, and 6.10 is 6.1.

    Args:
        code: As written.
        jaar: The boekjaar.
        own: Codes that the list does not have and that the municipality placed itself; these stay as they are.

    Raises:
        NotUnderstood: The code does not exist in that year.
    """
    valid = valid_taakvelden(jaar)
    short = code.rstrip("0") if not code.endswith(".0") else code
    for candidate in (code, code + "0", short, short + "0"):
        if candidate in valid:
            return candidate
    if code in own:
        return code
    known = [t for t in taakvelden() if t.taakveld == code]
    if known and jaar >= 2025 and code[-1].isalpha():
        raise NotUnderstood(
            f"taakveld {code} bestaat niet meer in {jaar}: vanaf 2025 zijn letters cijfers geworden.",
            "Boek om naar de nieuwe code (6.71a is 6.711), of controleer het boekjaar.",
        )
    raise NotUnderstood(
        f"taakveld {code} bestaat niet in boekjaar {jaar}.",
        "Controleer het boekjaar en de code; de geldige codes staan in data/reference/taakvelden.csv. "
        "Is de code nieuw, deel haar dan in onder [onderdeel.taakveld] in mapping.toml.",
    )
