"""Numbers, money, dates and periods as the Dutch write them. Pure functions: value in, text out.

One way of writing on every screen and in the edition: a share has %, an amount with its euro sign is "miljoen" and is
read in a sentence, and "mln" stands only behind a bare number, in a column, at a bar or on an axis.
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from indicators.core.period import MAANDEN, label, parse

MINUS, NBSP, DASH = "\u2212", "\u00a0", "–"
MAANDEN_KORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
#: CBS says of each figure how final it is; where it says nothing the screen says that.
STATUS = {
    "definitief": "definitief",
    "voorlopig": "voorlopig",
    "nader_voorlopig": "nader voorlopig",
    "onbekend": "niet vermeld door CBS",
}
TELWOORDEN = ("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
#: What stands in a cell without a value; screen readers get the word, see components.table.
LEEG = "—"


def missing(value: Any) -> bool:
    """Tell whether a value from a query is absent (None, NaN, NaT or NA, which whole numbers have)."""
    return value is None or value is pd.NA or value != value  # noqa: PLR0124  (only NaN and NaT differ from themselves)


def half_up(value: float, decimals: int = 0) -> float:
    """Round as the reader and Excel do: a half goes away from nought, 44.5 is 45; never minus nought.

    Args:
        value: A finite number; its shortest decimal form counts, so 0.15 is a half.
        decimals: Digits kept behind the comma; -3 for thousands.
    """
    step = Decimal(1).scaleb(-decimals)
    return float((Decimal(repr(float(value))) / step).to_integral_value(ROUND_HALF_UP) * step) + 0.0


def number(value: Any, decimals: int = 0, sign: bool = False) -> str:
    """Write a number with Dutch separators and a real minus.

    Args:
        value: The number; None or NaN gives a dash.
        decimals: Digits behind the comma.
        sign: Write + before positive numbers.
    """
    if missing(value) or math.isinf(value):
        return LEEG
    rounded = half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", "_").replace(".", ",").replace("_", ".")
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if sign and rounded > 0 else text


def euro(value: Any, sign: bool = False) -> str:
    """Write an amount in whole euros, for tables: € 1.234.567."""
    if missing(value):
        return LEEG
    text = number(value, 0, sign)
    return f"{text[0]}€{NBSP}{text[1:]}" if text[0] in f"+{MINUS}" else f"€{NBSP}{text}"


def euro_text(value: Any) -> str:
    """Write the size of an amount for running text, without its sign: € 1,2 miljoen, or € 45.000 when it is small."""
    if missing(value):
        return LEEG
    size = abs(float(value))
    if size >= 95_000:
        return f"€{NBSP}{number(size / 1e6, 1)}{NBSP}miljoen"
    return f"€{NBSP}{number(half_up(size, -3) if size >= 1000 else size)}"


def mln_small(value: Any, sign: bool = False) -> str:
    """Write millions with one decimal, and two where one would say nothing: +0,03 mln."""
    return mln(value, sign, 2 if not missing(value) and 0 < abs(value) < 50_000 else 1)


def mln(value: Any, sign: bool = False, decimals: int = 1) -> str:
    """Write euros as millions for an aligned column: +0,5 mln."""
    return LEEG if missing(value) else f"{number(float(value) / 1e6, decimals, sign)}{NBSP}mln"


def percent(share: Any, decimals: int = 0) -> str:
    """Write a share (0-1) as a percentage: 0.94 -> 94 %."""
    return LEEG if missing(share) else f"{number(round(float(share) * 100, 9), decimals)}{NBSP}%"


def chance(probability: Any) -> str:
    """Write a probability (0-1); never as certain as 0 % or 100 %."""
    if missing(probability):
        return LEEG
    if probability > 0.99:
        return f">{NBSP}99{NBSP}%"
    return f"<{NBSP}1{NBSP}%" if probability < 0.01 else percent(probability)


def chance_text(probability: Any) -> str:
    """Write a probability (0-1) for running text: meer dan 99 %."""
    return chance(probability).replace(f">{NBSP}", "meer dan ").replace(f"<{NBSP}", "minder dan ")


def datum(day: Any) -> str:
    """Write a date in full: 30 september 2026."""
    return LEEG if missing(day) else f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


def dag_maand(day: Any) -> str:
    """Write a date without its year: 11 november."""
    return LEEG if missing(day) else f"{day.day} {MAANDEN[day.month - 1]}"


def datum_kort(day: Any) -> str:
    """Write a date for a narrow column: 11 nov."""
    return LEEG if missing(day) else f"{day.day} {MAANDEN_KORT[day.month - 1]}"


def maand(day: Any) -> str:
    """Write a month: september 2026."""
    return LEEG if missing(day) else f"{MAANDEN[day.month - 1]} {day.year}"


def telwoord(count: int, capital: bool = False) -> str:
    """Write a small count as a word: 2 -> twee."""
    word = TELWOORDEN[count] if 0 <= count < len(TELWOORDEN) else str(count)
    return word[0].upper() + word[1:] if capital else word


def periode(code: str) -> str:
    """Write a CBS period code: 2024JJ00 -> 2024, 2025HJ01 -> 1e halfjaar 2025; an unknown code stays as it is."""
    try:
        return label(code)
    except ValueError:
        return code


def periode_kort(code: str) -> str:
    """Write a period for a narrow place: 2024KW03 -> 3e kw. 2024, 2025HJ01 -> 1e hj. 2025, 2024MM11 -> nov 2024."""
    text = periode(code)
    for long, short in (("kwartaal", "kw."), ("halfjaar", "hj."), *zip(MAANDEN, MAANDEN_KORT, strict=True)):
        text = text.replace(long, short)
    return text


def periode_positie(code: str) -> float:
    """Give the middle of a CBS period in years, to draw it on an axis of time: 2025HJ01 -> 2025.25."""
    period = parse(code)
    first = period.begin.year + (period.begin.month - 1) / 12
    return (first + period.einde.year + period.einde.month / 12) / 2


def status(value: Any) -> str:
    """Write how final a figure is; "niet vermeld door CBS" where the source does not say."""
    return STATUS["onbekend"] if missing(value) or not value else STATUS.get(value, str(value).replace("_", " "))


def status_of(values: Any) -> str:
    """Say how final figures are together: "definitief", or "definitief en voorlopig" where they differ."""
    return " en ".join(dict.fromkeys(status(v) for v in values)) or status(None)


def as_date(value: Any) -> date | None:
    """Turn a pandas Timestamp, datetime or date into a date; None when absent."""
    if missing(value):
        return None
    return value.date() if hasattr(value, "date") else value


def keep(text: Any) -> str:
    """Write a sentence made elsewhere as the screens do: an amount and a share on one line, a share with %."""
    tied = "" if missing(text) else str(text).replace("€ ", f"€{NBSP}")
    return re.sub(r"(?<=\d) (?=%|miljoen)", NBSP, re.sub(r"(?<=\d) procent(?!\w)", " %", tied))
