"""A tariff that changed in the running year, told apart from care that seeps in heavier. Pure functions.

Against the same months a year before, season and mix fall out; a tariff changes all at once, while heavier or longer
care seeps in with new clients. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.polynomial import Polynomial

from indicators.forecast.explain_data import YEARS
from indicators.forecast.panel import Array

#: What is usual is never thought to be more than this a year.
MOST_USUAL = 0.10
#: A jump at new year counts from so many standard errors, and from this size.
JUMP, LEAST_JUMP = 2.3, 0.01
#: From so many on it is said that it may be a price: a step of the last months is too young to be seen as one.
MAYBE = 1.5
#: In another month it is looked for in many places, so that chance finds more: it must be surer, be seen for so many
#: months, and fit this much better (twice the log likelihood) than a jump at new year, when tariffs mostly change. So
#: must a steady rise, since care seldom gets heavier by as much month after month; under UNCLEAR both are said.
LATER_JUMP, LATER_MONTHS, BETTER, UNCLEAR = 3.0, 3, 2.0, 4.0
#: Squares smaller than this are rounding.
TINY = 1e-12
#: Months before and after a jump that are held against each other.
WINDOW = 6
#: Half years before these that tell how much months scatter.
HALVES = 3
#: The worth of awards per client moves with who comes and goes; from so many robust deviations and this size in one
#: month their prices were changed.
RESTATED, LEAST_RESTATED = 6.0, 0.02
#: A jump of the cost per client is a price where so much of it is in what is billed per euro awarded.
MOSTLY = 0.5
#: And what is billed per euro awarded must be seen in the cost per client for so much of it at least.
LEAST_SEEN = 0.25
#: Place of this January among the months that have a year before them.
THIS_YEAR = (YEARS - 1) * 12


@dataclass(frozen=True)
class Step:
    """How the cost per client grew, in natural logarithms.

    Attributes:
        usual: Yearly growth at the end of last year; None: not known.
        jump: Change all at once beyond that; 0: none beyond noise.
        since: Month of the jump (0-11).
        unclear: A jump and a steady rise fit these months about as well.
        error: Standard error of the change, whether or not it is a jump.
    """

    usual: float | None
    jump: float
    since: int = 0
    unclear: bool = False
    error: float = 0.0

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
    at, yearly = THIS_YEAR, _yearly(per_client, as_young)
    before, now = _known(yearly[at - WINDOW : at]), yearly[at : at + months]
    if len(before) < 4:
        return Step(None, 0.0)
    usual = float(np.clip(before.mean(), -MOST_USUAL, MOST_USUAL))
    since = _when(before, now)
    after = _known(now[since : since + WINDOW])
    if not len(after):
        return Step(usual, 0.0)
    earlier = np.concatenate([before, _known(now[:since])])
    jump = float(after.mean() - earlier.mean())
    older, freedom = _scatter(yearly[: at - WINDOW])
    squares = _squares(earlier) + _squares(after) + older
    variance = squares / max(len(earlier) + len(after) - 2 + freedom, 1)
    error = float(np.sqrt(variance * (1 / len(earlier) + 1 / len(after))))
    seeps = _seeps(before, now, since)
    if abs(jump) <= max((LATER_JUMP if since else JUMP) * error, LEAST_JUMP):
        maybe = abs(jump) > max(MAYBE * error, LEAST_JUMP) and seeps < UNCLEAR
        return Step(usual, 0.0, 0, maybe, error)
    unclear = abs(seeps) < UNCLEAR
    return Step(usual, jump, since, unclear, error) if seeps < BETTER else Step(usual, 0.0, 0, unclear, error)


def _yearly(per_client: Array, as_young: Array) -> Array:
    """Growth of each month against a year before; this year's against last year as it was known then."""
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(np.where(per_client > 0, per_client, np.nan))
        base = np.log(np.where(as_young > 0, as_young, np.nan))
    return np.asarray(logs[12:] - np.concatenate([logs[:THIS_YEAR], base[THIS_YEAR:-12]]))


def with_awards(seen: Step, per_client: Array, as_young: Array, worth: Array, months: int) -> Step:
    """Look for the jump in what is billed for each euro awarded, where the worth of the awards is known.

    A tariff raises at once what is billed for the same award; heavier care comes with awards for more care. Who happens
    to be in care moves both alike, so that less scatter is left. Where the awards themselves jump in one month, their
    prices were changed, and the cost per client tells of it as it is.

    Args:
        seen: What the cost per client tells.
        per_client: As for `step`.
        as_young: As for `step`.
        worth: Worth of the running awards per client and day.
        months: As for `step`.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        told = step(per_client / worth, as_young / worth, months)
        moves = np.diff(np.log(np.where(worth > 0, worth, np.nan)))
    past, now = _known(moves[: YEARS * 12 - 1]), _known(moves[YEARS * 12 - 1 :])
    if told.usual is None or seen.usual is None or len(past) < 12:
        return seen
    middle = float(np.median(past))
    usual = 1.4826 * float(np.median(np.abs(past - middle)))
    if len(now) and np.abs(now - middle).max() > max(RESTATED * usual, LEAST_RESTATED):
        return seen
    growth = _yearly(per_client / worth, as_young / worth)
    if seen.jump and not told.jump and _moved(growth, seen.since, months) / seen.jump >= MOSTLY:
        return seen
    if told.jump and _moved(_yearly(per_client, as_young), told.since, months) / told.jump < LEAST_SEEN:
        told = replace(told, jump=0.0, since=0)
    return replace(told, usual=seen.usual, error=seen.error)


def _moved(yearly: Array, since: int, months: int) -> float:
    """How far the growth moved in a month of this year, whether or not that is more than chance; 0: not known."""
    earlier = _known(yearly[THIS_YEAR - WINDOW : THIS_YEAR + since])
    after = _known(yearly[THIS_YEAR + since : THIS_YEAR + min(since + WINDOW, months)])
    return float(after.mean() - earlier.mean()) if len(earlier) and len(after) else 0.0


def _scatter(older: Array) -> tuple[float, int]:
    """Squares within the half years before, each around its own level, and their degrees of freedom."""
    squares, freedom = 0.0, 0
    for half in range(HALVES):
        of = _known(older[len(older) - (half + 1) * WINDOW : len(older) - half * WINDOW])
        if len(of) >= 3:
            squares, freedom = squares + _squares(of), freedom + len(of) - 1
    return squares, freedom


def _when(before: Array, now: Array) -> int:
    """Month in which a jump fits best; new year unless another one is clearly better."""
    places = np.flatnonzero(np.isfinite(now))
    least, best = _broken(before, now, 0) * np.exp(-BETTER / (len(before) + len(places))), 0
    for month in places[1 : 1 - LATER_MONTHS]:
        squares = _broken(before, now, int(month))
        if squares < least:
            least, best = squares, int(month)
    return best


def _seeps(before: Array, now: Array, since: int) -> float:
    """Twice the log likelihood of a rise (or fall) by as much each month of this year, less that of a jump."""
    places = np.flatnonzero(np.isfinite(now))
    if len(places) < LATER_MONTHS:
        return -BETTER
    values = np.concatenate([before, now[places]])
    months = np.concatenate([np.zeros(len(before)), places + 1.0])
    line = Polynomial.fit(months, values, 1)
    steady, jumped = float(np.square(line(months) - values).sum()), _broken(before, now, since)
    return len(values) * float(np.log(max(jumped, TINY) / max(steady, TINY)))


def _broken(before: Array, now: Array, month: int) -> float:
    """Squares that are left when the level changes in a month."""
    return _squares(np.concatenate([before, _known(now[:month])])) + _squares(_known(now[month:]))


def _squares(values: Array) -> float:
    return float(np.square(values - values.mean()).sum()) if len(values) else 0.0


def _known(values: Array) -> Array:
    return values[np.isfinite(values)]
