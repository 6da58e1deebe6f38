"""Period codes of CBS: read them, order them, and write them in Dutch."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

_CODE = re.compile(r"(\d{4})(JJ|SJ|HJ|KW|MM)(\d\d)")
#: Kind -> months, and the highest number within a year.
_KINDS = {"JJ": (12, 0), "SJ": (12, 0), "HJ": (6, 2), "KW": (3, 4), "MM": (1, 12)}
_NAMES = {"JJ": "jaar", "SJ": "schooljaar", "HJ": "halfjaar", "KW": "kwartaal", "MM": "maand"}
#: The months as Dutch writes them: the one list for labels, dates and charts.
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True)
class Period:
    """A period of CBS.

    Attributes:
        code: As CBS writes it: 2024JJ00, 2022SJ00, 2025HJ01, 2024KW03, 2024MM11.
        soort: jaar, schooljaar, halfjaar, kwartaal or maand.
        jaar: Year it is in; of a school year the year it begins.
        begin: First day.
        einde: Last day.
        label: In Dutch: "2024", "schooljaar 2022/'23", "1e halfjaar 2025", "3e kwartaal 2024", "november 2024".
    """

    code: str
    soort: str
    jaar: int
    begin: dt.date
    einde: dt.date
    label: str


# A page orders the same few periods thousands of times.
@lru_cache(maxsize=4096)
def parse(code: str) -> Period:
    """Read a period code; padding around it does not matter.

    Raises:
        ValueError: It is no period code. The message is Dutch.
    """
    match = _CODE.fullmatch(code.strip())
    if not match:
        raise ValueError(f"'{code}' is geen periode van CBS")
    year, kind, number = int(match.group(1)), match.group(2), int(match.group(3))
    months, highest = _KINDS[kind]
    if not (number == 0 if highest == 0 else 1 <= number <= highest) or year == 0:
        raise ValueError(f"'{code}' is geen periode van CBS")
    first = 8 if kind == "SJ" else 1 + months * max(number - 1, 0)
    begin = dt.date(year, first, 1)
    last_year, last_month = divmod(year * 12 + first - 1 + months - 1, 12)
    einde = dt.date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
    return Period(match.group(0), _NAMES[kind], year, begin, einde, _label(kind, year, number))


def _label(kind: str, year: int, number: int) -> str:
    if kind == "JJ":
        return str(year)
    if kind == "SJ":
        return f"schooljaar {year}/'{(year + 1) % 100:02d}"
    if kind == "MM":
        return f"{MAANDEN[number - 1]} {year}"
    return f"{number}e {_NAMES[kind]} {year}"


def label(code: str) -> str:
    """Give the Dutch name of a period code."""
    return parse(code).label


def sort_key(code: str) -> tuple[dt.date, int, str]:
    """Order by end; of two that end together the shorter one first (2e halfjaar 2024 before 2024)."""
    period = parse(code)
    return period.einde, (period.einde - period.begin).days, period.code
