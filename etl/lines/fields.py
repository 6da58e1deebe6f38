"""Fields that several sources share beside those of a registration: money, months, years, regions, periods, texts."""

from __future__ import annotations

import re

from etl import cleaning
from etl.cleaning import plain
from etl.lines.kind import Field
from etl.lines.values import BAD, Bad, code, empty, reference
from etl.readers.cells import Cell, CellError
from indicators.core.settings import settings

_YEAR = re.compile(r"(?:19|20)\d{2}")
_CBS = re.compile(r"(?:19|20)\d{2}(?:JJ00|HJ0[12]|KW0[1-4]|MM(?:0[1-9]|1[0-2])|G3|X0)")


def money(*headers: str, required: bool = False, filled: bool = False, cents: bool = False) -> Field:
    """Give the field of an amount in euros (or, with `cents`, perhaps in eurocents)."""
    oplossing = "Vul een bedrag in, bijvoorbeeld 1.234,56, en lever het bestand opnieuw aan."
    reden = "dit is geen bedrag dat de monitor begrijpt."
    return Field(headers, required=required, filled=filled, money=True, cents=cents, reden=reden, oplossing=oplossing)


def text(cell: Cell) -> str | Bad | None:
    """Understand a text; an error cell is none."""
    if isinstance(cell, CellError):
        return BAD
    return None if cell is None else cleaning.text(cell)


def year(cell: Cell) -> int | Bad | None:
    """Understand a year, written as number or text, or as a school or survey year with one year in it."""
    if empty(cell):
        return None
    found = set(_YEAR.findall(code(cell) or ""))
    return int(found.pop()) if len(found) == 1 else BAD


def number(cell: Cell) -> object:
    """Understand a number with decimals; "1.234" reads two ways and is refused, unlike in a column of amounts."""
    if empty(cell):
        return None
    try:
        return cleaning.amount(cell.replace("%", "").strip() if isinstance(cell, str) else cell)
    except cleaning.NotUnderstood:
        return BAD


def cbs_period(cell: Cell) -> str | Bad | None:
    """Understand a period as CBS writes it: 2024JJ00; a bare year is the whole year."""
    if empty(cell):
        return None
    written = (code(cell) or "").upper().replace(" ", "")
    if _YEAR.fullmatch(written):
        return f"{written}JJ00"
    return written if _CBS.fullmatch(written) else BAD


def region(cell: Cell) -> str | Bad | None:
    """Understand a region: its CBS code, or the name of the own gemeente, its province, the country or an own wijk."""
    if empty(cell):
        return None
    written = (code(cell) or "").strip()
    if re.fullmatch(r"(?i)NL\d{2}|PV\d{2}|CR\d{2}|GM\d{4}|WK\d{6}|BU\d{8}", written):
        return written.upper()
    own = settings().gemeente
    names = {own.naam: own.code, own.provincie_naam: own.provincie_code, own.land_naam: own.land_code}
    names |= {f"{own.naam} (gemeente)": own.code, f"{own.provincie_naam} (provincie)": own.provincie_code}
    known = {plain(name): found for name, found in names.items()}
    for row in reference("gebieden"):
        if row["niveau"] == "wijk" and row["ouder_code"] == own.code:
            known.setdefault(plain(row["naam"]), row["gebied_code"])
    return known.get(plain(written), BAD)
