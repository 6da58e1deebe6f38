"""Dutch words for signals: amounts, percentages, months and titles."""

from __future__ import annotations

import datetime as dt

from indicators.core.period import MAANDEN

TITLE_WORDS = 10


def euro(amount: float) -> str:
    """Write an amount without more digits than it deserves: € 950.000, € 1,2 miljoen."""
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    if round(size, -3) >= 1_000_000:
        return f"{sign}€ {size / 1e6:.1f} miljoen".replace(".", ",")
    digits = -3 if size >= 10_000 else -2 if size >= 1000 else 0
    return f"{sign}€ {round(size, digits):,.0f}".replace(",", ".")


def percent(share: float) -> str:
    """Write a share as a percentage: 0.083 -> 8 procent, 0.0123 -> 1,2 procent."""
    value = abs(share) * 100
    return f"{value:.0f} procent" if value >= 9.95 else f"{value:.1f}".removesuffix(".0").replace(".", ",") + " procent"


def chance(share: float) -> str:
    """Write a chance, without claiming certainty: 91 procent, meer dan 99 procent."""
    return "meer dan 99 procent" if share > 0.99 else f"{share * 100:.0f} procent"


def number(value: float) -> str:
    """Write a count or average: 47, 1.255, 3,4."""
    value = round(value, 1)
    if abs(value) >= 20 or value == int(value):
        return f"{value:,.0f}".replace(",", ".")
    return f"{value:.1f}".replace(".", ",")


def month(day: dt.date) -> str:
    """Write a month: oktober 2025."""
    return f"{MAANDEN[day.month - 1]} {day.year}"


def date(day: dt.date) -> str:
    """Write a day: 24 december 2026."""
    return f"{day.day} {month(day)}"


def titel(naam: str, kern: str) -> str:
    """Put a name before what is the matter, in at most ten words: a long name is cut off."""
    room = TITLE_WORDS - len(kern.split())
    words = naam.split()
    short = naam if len(words) <= room else " ".join(words[:room]).rstrip(",(") + "…"
    return f"{short}: {kern}"


def first_lower(text: str) -> str:
    """Write a name inside a sentence, unless it is an abbreviation."""
    return text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
