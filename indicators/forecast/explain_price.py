"""A tariff that changed in the running year, told apart from care that seeps in heavier. Pure functions.

Against the same months a year before, season and mix fall out; a tariff changes all at once, while heavier or longer
care seeps in with new clients. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from indicators.forecast.explain_data import YEARS
from indicators.forecast.panel import Array

#: What is usual is never thought to be more than this a year.
MOST_USUAL = 0.10
#: A jump at new year counts from so many standard errors, and from this size.
JUMP, LEAST_JUMP = 2.5, 0.01
#: In another month it is looked for in many places, so that chance finds more: it must be surer, be seen for so many
#: months, and fit this much better (twice the log likelihood) than a jump at new year, when tariffs mostly change.
LATER_JUMP, LATER_MONTHS, BETTER = 3.5, 3, 2.0
#: Months before and after a jump that are held against each other.
WINDOW = 6


@dataclass(frozen=True)
class Step:
    """How the cost per client grew, in natural logarithms.

    Attributes:
        usual: Yearly growth at the end of last year; None: not known.
        jump: Change all at once beyond that; 0: none beyond noise.
        since: Month of the jump (0-11).
    """

    usual: float | None
    jump: float
    since: int = 0

    @property
    def of_year(self) -> float:
        """What the jump does to the mean of the whole year."""
        return self.jump * (12 - self.since) / 12


def step(per_client: Array, as_young: Array, months: int) -> Step:
    """Find the month of this year in which the cost per client jumped, and how far.

    Args:
        per_client: Cost per client by month, running year last.
        as_young: The same, of last year as it was known when it was as young.
        months: Months of the running year that are over.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(np.where(per_client > 0, per_client, np.nan))
        base = np.log(np.where(as_young > 0, as_young, np.nan))
    at = (YEARS - 1) * 12
    yearly = logs[12:] - np.concatenate([logs[:at], base[at:-12]])
    before, now = _known(yearly[at - WINDOW : at]), yearly[at : at + months]
    if len(before) < 4:
        return Step(None, 0.0)
    usual = float(np.clip(before.mean(), -MOST_USUAL, MOST_USUAL))
    since = _when(before, now)
    if since is None:
        return Step(usual, 0.0)
    after = _known(now[since : since + WINDOW])
    if not len(after):
        return Step(usual, 0.0)
    earlier = np.concatenate([before, _known(now[:since])])
    jump = float(after.mean() - earlier.mean())
    squares = _squares(earlier) + _squares(after)
    error = np.sqrt(squares / max(len(earlier) + len(after) - 2, 1) * (1 / len(earlier) + 1 / len(after)))
    sure = abs(jump) > max((LATER_JUMP if since else JUMP) * error, LEAST_JUMP)
    return Step(usual, jump, since) if sure else Step(usual, 0.0)


def _when(before: Array, now: Array) -> int | None:
    """Month in which a jump fits best, new year unless another one is clearly better; None: it rises bit by bit."""
    places = np.flatnonzero(np.isfinite(now))
    if len(places) <= LATER_MONTHS:
        return 0
    new_year, steady = _broken(before, now, 0), _steady(before, now, places)
    best = 0 if new_year <= steady else None
    least = min(new_year, steady) * np.exp(-BETTER / (len(before) + len(places)))
    for month in places[1 : 1 - LATER_MONTHS]:
        squares = _broken(before, now, int(month))
        if squares < least:
            least, best = squares, int(month)
    return best


def _steady(before: Array, now: Array, places: NDArray[np.int_]) -> float:
    """Squares that are left when it rises or falls by as much each month of this year."""
    values = np.concatenate([before, now[places]])
    months = np.concatenate([np.zeros(len(before)), places + 1.0])
    line = Polynomial.fit(months, values, 1)
    return float(np.square(line(months) - values).sum())


def _broken(before: Array, now: Array, month: int) -> float:
    """Squares that are left when the level changes in a month."""
    return _squares(np.concatenate([before, _known(now[:month])])) + _squares(_known(now[month:]))


def _squares(values: Array) -> float:
    return float(np.square(values - values.mean()).sum()) if len(values) else 0.0


def _known(values: Array) -> Array:
    return values[np.isfinite(values)]
