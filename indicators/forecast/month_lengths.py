"""How long each month is for who is paid by working days, or by bills of four weeks, in mean months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np
from dateutil.easter import easter

from indicators.forecast.panel import Array

FOUR_WEEKS = 28
#: How far amounts follow the days worked, or the weekdays where holidays are paid too.
FOLLOWS = (0.5, 1.0)
#: Holidays on fixed days (month, day), and so many days after Easter.
FIXED, AFTER_EASTER = ((1, 1), (4, 27), (12, 25), (12, 26)), (1, 39, 50)


@dataclass(frozen=True)
class Ways:
    """Ways in which months differ in length; the first is not at all.

    Attributes:
        lengths: [ways, months] parts of a mean month.
        before: [ways] series thought of beforehand that go by it.
        most: [ways] what months may still scatter, as a part of what they do when all are equally long.
    """

    lengths: Array
    before: Array
    most: Array


@cache
def ways(first: int, years: int) -> Ways:
    """Give the ways for months from a January on: equal, by days worked, by weekdays, by four weeks.

    Args:
        first: First year.
        years: Number of years.
    """
    start, end = dt.date(first, 1, 1), dt.date(first + years, 1, 1)
    days = [start + dt.timedelta(days=n) for n in range((end - start).days)]
    month = np.array([(day.year - first) * 12 + day.month - 1 for day in days])
    off = {dt.date(y, *day) for y in range(first, first + years) for day in FIXED}
    off |= {easter(y) + dt.timedelta(days=n) for y in range(first, first + years) for n in AFTER_EASTER}
    weekdays = np.array([day.weekday() < 5 for day in days])
    worked = weekdays & np.array([day not in off for day in days])
    each = [np.bincount(month, of) for of in (worked, weekdays)]
    by_days = [1.0 + part * (of / of.mean() - 1.0) for of in each for part in FOLLOWS]
    phase = np.array([day.toordinal() % FOUR_WEEKS for day in days])
    bills = [np.bincount(month[phase == p], minlength=years * 12) * 12 * FOUR_WEEKS / 365.25 for p in range(FOUR_WEEKS)]
    return Ways(
        np.array([np.ones(years * 12), *by_days, *bills]),
        np.repeat([3.0, 1.0 / len(by_days), 0.5 / FOUR_WEEKS], [1, len(by_days), FOUR_WEEKS]),
        np.repeat([1.0, 0.85, 0.4], [1, len(by_days), FOUR_WEEKS]),
    )
