"""How much more is settled of a year, booked and committed, than a year ago on the same day. Pure functions."""

from __future__ import annotations

import numpy as np

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known

#: The least part of last year's outturn, and of what was still to be booked then, that must have been settled.
SETTLED, COMMITTED = 0.75, 0.5


def granted(known: Known, last: float, usual: float, single: list[tuple[int, int, float]]) -> float:
    """Give the euros that are booked and committed beyond those of last year with the usual growth.

    Args:
        known: Facts of the onderdeel.
        last: Last year's outturn without bookings that stand alone.
        usual: Usual growth of a year, as a natural logarithm.
        single: Bookings that stand alone: year index, month 0-11, euros.

    Returns:
        Euros; 0 where too little of the year is ever committed for it to tell something.
    """
    m = known.month
    booked = [
        float(known.ledger[year, :m].sum()) - sum(v for y, month, v in single if y == year and month < m)
        for year in (YEARS - 1, YEARS)
    ]
    still = known.committed[YEARS - 1 :]
    then, now = booked[0] + still[0], booked[1] + still[1]
    if not np.isfinite(now) or then < SETTLED * last or still[0] < COMMITTED * (last - booked[0]):
        return 0.0
    return float(now - then * np.exp(usual)) if np.isfinite(then) else 0.0
