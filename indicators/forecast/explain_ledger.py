"""What the ledger alone tells: how an onderdeel grew in earlier years, and which bookings stand alone. Pure functions.

Method: /docs/verklaring.md.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.explain_clients import LARGEST
from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known

#: Robust deviations from the usual month that make a booking stand alone, and its least part of a year.
ALONE, ALONE_PART = 8.0, 0.01


def growth(known: Known) -> list[float]:
    """Yearly changes of the outturn of earlier years, newest first."""
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(known.outturn[1:] / known.outturn[:-1])
    return [float(v) for v in logs[::-1] if np.isfinite(v) and abs(v) < LARGEST]


def alone(known: Known) -> list[tuple[int, int, float]]:
    """Find bookings that stand alone: (year index, month 0-11, euros above the usual month), this year and the last.

    The usual month is the middle month of its year times what that month usually is of it in the other years.
    A level that stays is no single booking: the month after must be back halfway at least.
    """
    ledger = known.ledger
    enough = np.isfinite(ledger).sum(axis=1) >= 3
    if enough.sum() < 2:
        return []
    middle = np.full(len(ledger), np.nan)
    middle[enough] = [np.nanmedian(row) for row in ledger[enough]]
    shape = ledger / np.where(middle > 0, middle, np.nan)[:, None]
    found = []
    rest = np.full_like(ledger, np.nan)
    for year in range(len(ledger)):
        others = np.delete(shape, year, axis=0)
        usable = np.isfinite(others).sum(axis=0) >= 1
        season = np.full(12, np.nan)
        season[usable] = np.nanmedian(others[:, usable], axis=0)
        rest[year] = ledger[year] - season * middle[year]
    known_rest = rest[np.isfinite(rest)]
    if known_rest.size < 18:
        return []
    spread = 1.4826 * float(np.median(np.abs(known_rest)))
    for year in (YEARS - 1, YEARS):
        limit = max(ALONE * spread, ALONE_PART * 12.0 * float(np.nan_to_num(middle[year])), 1.0)
        for month in np.flatnonzero(np.abs(np.nan_to_num(rest[year])) > limit):
            after = rest.ravel()[year * 12 + month + 1 :][:1]
            back = not after.size or not np.isfinite(after[0]) or abs(after[0]) < 0.5 * abs(rest[year, month])
            if back or np.sign(after[0]) != np.sign(rest[year, month]):
                found.append((year, int(month), float(rest[year, month])))
    return found
