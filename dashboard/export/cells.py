"""A cell of a screen as a cell of a file: a Dutch number becomes a number written the same way, a word stays one.

The screens write a number and its unit with a no-break space between them (formatting.py); text with ordinary spaces,
as a date or a range, is no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dashboard.formatting import MINUS, NBSP

_NUMBER = re.compile(
    rf"^(?P<sign>[+\-{MINUS}]?)(?P<euro>€{NBSP})?(?P<whole>\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,(?P<part>\d+))?"
    rf"(?:{NBSP}(?P<unit>.+))?$"
)
#: What the screens say where no number stands; each means something else, so each stays a word.
GEEN_WAARDE, GEHEIM = "geen waarde", "geheim"


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes:
        text: As the screen says it.
        number: What it is worth in the unit that is written with it (4,2 % is 4.2); None for text.
        decimals: Digits behind the comma.
        unit: What stands behind the number, or "".
        euro: Whether a euro sign stands before it.
        signed: Whether a plus is written before what is above zero.
        grouped: Whether thousands are separated; a year is not.
    """

    text: str
    number: Decimal | None = None
    decimals: int = 0
    unit: str = ""
    euro: bool = False
    signed: bool = False
    grouped: bool = True

    @property
    def number_format(self) -> str:
        """The format with which Excel shows the number as the screen does, with the separators of its own language."""
        digits = ("#,##0" if self.grouped else "0") + (f".{'0' * self.decimals}" if self.decimals else "")
        before = f'"€{NBSP}"' if self.euro else ""
        after = f'"{NBSP}{self.unit.replace(chr(34), chr(39))}"' if self.unit else ""
        shown = f"{before}{digits}{after}"
        below = f'"{MINUS}"{shown}'
        return f'"+"{shown};{below};{shown}' if self.signed else f"{shown};{below}"

    @property
    def plain(self) -> str:
        """The number for a csv file: without unit and separators of thousands, with a comma."""
        return self.text if self.number is None else f"{self.number:.{self.decimals}f}".replace(".", ",")


def cell(text: str, numeric: bool = True) -> Cell:
    """Read the text of a cell.

    Args:
        text: As the screen says it.
        numeric: Whether its column holds numbers; elsewhere "2024" is the name of a year.
    """
    text = text.strip()
    found = _NUMBER.match(text) if numeric else None
    if found is None:
        return Cell(text)
    whole, part = found["whole"], found["part"] or ""
    number = Decimal(whole.replace(".", "") + (f".{part}" if part else ""))
    return Cell(
        text,
        -number if found["sign"] in ("-", MINUS) else number,
        len(part),
        found["unit"] or "",
        bool(found["euro"]),
        found["sign"] == "+",
        "." in whole or len(whole) < 4,
    )
