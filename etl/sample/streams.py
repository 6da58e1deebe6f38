"""Random streams by name, and the small calendar that the whole simulation shares.

Every draw takes its own stream, named after what it is for and the year it is about. So a longer simulation draws the
same numbers for the years that it shares with a shorter one: a snapshot of March cannot depend on what happens in May.
"""

from __future__ import annotations

import calendar
import datetime as dt
import zlib

import numpy as np

VOORBEELDDATA = "VOORBEELDDATA"

#: Yearly rise of prices in care and wages, by year; other years take OTHER_INDEX.
INDEX = {2020: 0.028, 2021: 0.026, 2022: 0.033, 2023: 0.064, 2024: 0.069, 2025: 0.046, 2026: 0.039}
OTHER_INDEX = 0.024
BASE_YEAR = 2019


def stream(seed: int, *names: object) -> np.random.Generator:
    """Give the random stream of one purpose.

    Args:
        seed: Seed of the sample.
        *names: What the draws are for, usually a word and a year.

    Returns:
        A generator that depends on seed and names only.
    """
    key = zlib.crc32("|".join(map(str, names)).encode())
    return np.random.default_rng([seed, key])


def price_level(year: int) -> float:
    """Give the general price level of a year, with BASE_YEAR as 1."""
    level = 1.0
    for y in range(BASE_YEAR + 1, year + 1):
        level *= 1 + INDEX.get(y, OTHER_INDEX)
    for _ in range(year, BASE_YEAR):
        level /= 1 + OTHER_INDEX
    return level


def month_end(year: int, month: int) -> dt.date:
    """Give the last day of a month; months above 12 fall in the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def month_ends(van: int, peildatum: dt.date) -> list[dt.date]:
    """Give every month end from January of `van` up to and with the peildatum."""
    ends = [month_end(y, m) for y in range(van, peildatum.year + 1) for m in range(1, 13)]
    return [d for d in ends if d <= peildatum]


def euros(cents: int) -> float:
    """Give an amount in cents as euros for a file."""
    return round(int(cents) / 100, 2)
