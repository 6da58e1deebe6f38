"""How far a plan is in its time: what the page of programmes and the signal about them both judge against."""

from __future__ import annotations

import datetime as dt


def elapsed(begin: dt.date | None, end: dt.date | None, day: dt.date) -> float | None:
    """Give the share (0-1) of a plan's days that has gone by at the end of a day; None without a first and last day.

    Args:
        begin: First day.
        end: Last day, which counts.
        day: The day to judge on.
    """
    if begin is None or end is None or end < begin:
        return None
    return min(max(((day - begin).days + 1) / ((end - begin).days + 1), 0.0), 1.0)


#: A result this far (in share of the plan) below the time that has gone by is behind; it is not judged before EARLY.
SLACK, EARLY = 0.10, 0.25


def behind(share: float | None, gone: float | None) -> bool:
    """Tell whether a result is behind its plan, for page and signal alike.

    Args:
        share: Part of the plan that was reached (0-1); None or NaN is not judged.
        gone: Part of the time that has gone by (0-1), see `elapsed`.
    """
    return share is not None and gone is not None and gone >= EARLY and share < gone - SLACK
