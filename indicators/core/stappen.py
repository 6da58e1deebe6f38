"""What is known about coming months before the ledger shows it: the list of known steps, so that no code holds one."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from indicators.core.settings import REFERENCE, reference_list

COLUMNS = ("onderdeel", "lasten_baten", "vanaf", "tot_en_met", "soort", "waarde", "bekend_sinds", "toelichting")
WETTEN = ("wmo", "jeugd", "participatiewet", "overig")
#: A step of more than this many per cent is a slip of the pen, or a change that is no price.
MOST_PERCENT = 50.0
# Three figures after a point or comma may be thousands or decimals: that is not for us to say.
_NUMBER = re.compile(r"-?\d+([.,]\d{1,2})?")


@dataclass(frozen=True)
class Stap:
    """A known step.

    Attributes:
        onderdeel: An onderdeel, or a wet (soort procent only).
        lasten_baten: L or B.
        vanaf: First day of the first month.
        tot_en_met: First day of the last month; None: it lasts.
        soort: procent (of the price, beyond the usual indexation) or bedrag (euros in each of the months).
        waarde: Per cent or euros; negative: less.
        bekend_sinds: Forecasts as of an earlier day do not know it.
        toelichting: What it is, in a few Dutch words.
    """

    onderdeel: str
    lasten_baten: str
    vanaf: dt.date
    tot_en_met: dt.date | None
    soort: Literal["procent", "bedrag"]
    waarde: float
    bekend_sinds: dt.date
    toelichting: str


class UnusableStep(ValueError):
    """A line of the list cannot be used. The message is Dutch and names file, line, column and remedy."""


def stappen() -> list[Stap]:
    """Give the known steps in order of the first month.

    They stand in the file that `stappen` in the settings names (from the folder of that file), else in
    data/reference/stappen.csv, which is empty: nobody's steps are the same.

    Raises:
        UnusableStep: The list is not there, or a line in it cannot be used.
    """
    path = reference_list("stappen")
    if not path.is_file():
        raise UnusableStep(
            f"{path.name}: dit bestand is er niet. Zet het naast de instellingen, of haal 'stappen' weg."
        )
    known = _onderdelen()
    found: dict[Stap, int] = {}
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableStep(f"{path.name}: dit is geen tekst in UTF-8. Bewaar het als 'CSV UTF-8'.") from error
    lines = text.splitlines()
    reader = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    _check_header(path.name, reader.fieldnames)
    for row in reader:
        cells = _Cells(path.name, reader.line_num, {k: v for k, v in row.items() if isinstance(v, str)})
        if None in row:
            cells.refuse(
                "toelichting", "er staan meer kolommen dan er koppen zijn", "zet de tekst tussen aanhalingstekens"
            )
        if any(value.strip() for value in cells.row.values()):
            step = _step(cells, known)
            if step in found:
                cells.refuse("onderdeel", f"deze regel staat er al, op regel {found[step]}", "haal er een weg")
            found[step] = reader.line_num
    return sorted(found, key=lambda step: (step.vanaf, step.onderdeel, step.lasten_baten, step.toelichting))


@dataclass(frozen=True)
class _Cells:
    """One line of the list, with its place for what has to be said about it."""

    file: str
    line: int
    row: dict[str, str]

    def text(self, column: str) -> str:
        value = self.row.get(column, "").strip()
        if not value:
            self.refuse(column, "hier staat niets", "vul deze kolom in")
        return value

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        value = self.text(column)
        if value not in allowed:
            self.refuse(column, f"'{value}' ken ik niet", f"kies uit {', '.join(allowed)}")
        return value

    def day(self, column: str, first: bool = False) -> dt.date:
        value = self.text(column)
        try:
            found = dt.date.fromisoformat(value)
        except ValueError:
            self.refuse(column, f"'{value}' is geen datum", "schrijf een dag als 2026-07-01")
        if first and found.day != 1:
            self.refuse(column, f"'{value}' is niet de eerste dag van een maand", f"schrijf {found:%Y-%m}-01")
        return found

    def number(self, column: str) -> float:
        value = self.text(column)
        if not _NUMBER.fullmatch(value):
            self.refuse(
                column, f"'{value}' is geen getal", "schrijf het zonder punten voor duizend, zoals 45000 of 2,5"
            )
        return float(value.replace(",", "."))

    def refuse(self, column: str, what: str, remedy: str) -> NoReturn:
        raise UnusableStep(f"{self.file}, regel {self.line}, kolom {column}: {what}; {remedy}.")


def _check_header(file: str, header: Sequence[str] | None) -> None:
    missing = [name for name in COLUMNS if name not in (header or ())]
    strange = [name for name in header or () if name not in COLUMNS]
    if missing or strange:
        wrong = f"kolom {missing[0]} ontbreekt" if missing else f"kolom '{strange[0]}' ken ik niet"
        raise UnusableStep(f"{file}, regel 1: {wrong}; de koppen zijn {', '.join(COLUMNS)}.")


def _step(cells: _Cells, known: tuple[str, ...]) -> Stap:
    onderdeel = cells.one_of("onderdeel", known)
    soort: Literal["procent", "bedrag"] = (
        "procent" if cells.one_of("soort", ("procent", "bedrag")) == "procent" else "bedrag"
    )
    since, value = cells.day("vanaf", first=True), cells.number("waarde")
    until = cells.day("tot_en_met", first=True) if cells.row.get("tot_en_met", "").strip() else None
    if until is not None and until < since:
        cells.refuse("tot_en_met", "deze maand ligt voor 'vanaf'", "wissel ze om, of laat deze kolom leeg")
    if soort == "bedrag" and until is None:
        cells.refuse("tot_en_met", "een bedrag heeft een laatste maand", "bij één betaling is dat dezelfde als 'vanaf'")
    if soort == "bedrag" and onderdeel in WETTEN:
        cells.refuse("onderdeel", "een bedrag hoort bij één onderdeel, niet bij een wet", "verdeel het over onderdelen")
    if soort == "procent" and abs(value) > MOST_PERCENT:
        cells.refuse("waarde", f"een stap van {value:g} procent is te groot", "of bedoelt u een bedrag?")
    if value == 0:
        cells.refuse("waarde", "een stap van nul is geen stap", "vul een waarde in of haal de regel weg")
    side = cells.one_of("lasten_baten", ("L", "B"))
    return Stap(onderdeel, side, since, until, soort, value, cells.day("bekend_sinds"), cells.text("toelichting"))


def _onderdelen() -> tuple[str, ...]:
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8-sig", newline="") as handle:
        return (*(row["onderdeel"] for row in csv.DictReader(handle)), *WETTEN)
