"""A tariff that changed in the running year, told apart from care that seeps in heavier. Pure functions.

Against the same months a year before, season and mix fall out; a tariff changes all at once, while heavier or longer
care seeps in with new clients. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_jump import DRIFTS, DRIFTS_BEYOND_AWARDS, Growth, compare
from indicators.forecast.panel import Array

#: What is usual is never thought to be more than this a year.
MOST_USUAL = 0.10
#: A price is named from this chance of a jump on, and has all of its euros from that one on; where no awards leave out
#: who happens to be in care, and how heavily, it must be surer.
NAMED, SURER = (0.2, 0.5), (0.3, 0.6)
#: A smaller jump is not told from how one year differs from the other.
LEAST_JUMP = 0.02
#: Months of a half year; so many known ones say how fast the cost per client was growing.
WINDOW, LEAST_MONTHS = 6, 4
#: The pace of the other onderdelen counts for so many times the own one.
PEERS = 5.0
#: Half years before the last one that tell how much months scatter.
HALVES = 3
#: The worth of awards per client moves with who comes and goes; from so many robust deviations and this size in one
#: month their prices were changed.
RESTATED, LEAST_RESTATED = 6.0, 0.02
#: What is billed per euro awarded must be seen in the cost per client for so much of it at least, and a jump of
#: the cost per client alone, not at new year, in what is billed per euro awarded.
LEAST_SEEN, LEAST_USED = 0.1, 0.2
#: Place of this January among the months that have a year before them.
THIS_YEAR = (YEARS - 1) * 12


@dataclass(frozen=True)
class Billed:
    """Cost per client by month, running year last.

    Attributes:
        per_client: As known now.
        as_young: The same, of last year as it was known when it was as young.
        now, then: Part of the clients that is known of each month, and that was known of it a year ago (0-1).
    """

    per_client: Array
    as_young: Array
    now: Array
    then: Array

    def over(self, worth: Array) -> Billed:
        """Give what is billed for each euro awarded; awards without any worth are not priced yet, and tell nothing."""
        known = np.where(worth > 0, worth, np.nan)
        return Billed(self.per_client / known, self.as_young / known, self.now, self.then)

    def yearly(self) -> Array:
        """Give the growth of each month against a year before; this year's against last year as it was known then."""
        with np.errstate(invalid="ignore", divide="ignore"):
            logs = np.log(np.where(self.per_client > 0, self.per_client, np.nan))
            base = np.log(np.where(self.as_young > 0, self.as_young, np.nan))
        return np.asarray(logs[12:] - np.concatenate([logs[:THIS_YEAR], base[THIS_YEAR:-12]]))

    def pace(self) -> float | None:
        """Give how fast it grew in the last half of last year; None: not known."""
        before = _known(self.yearly()[THIS_YEAR - WINDOW : THIS_YEAR])
        return float(before.mean()) if len(before) >= LEAST_MONTHS else None


@dataclass(frozen=True)
class Step:
    """How the cost per client grew, in natural logarithms.

    Attributes:
        usual: Yearly growth that is usual; None: not known.
        of_year: What a change all at once beyond that does to the mean of the whole year; 0: none beyond noise.
        since: Month of the jump (0-11).
        unclear: A jump and something else fit these months about as well.
        error: Standard error of the change, whether or not it is a jump.
        doubt: Standard error of `of_year` where it is one.
    """

    usual: float | None
    of_year: float
    since: int = 0
    unclear: bool = False
    error: float = 0.0
    doubt: float = 0.0


@dataclass(frozen=True)
class Usual:
    """Growth that is usual, and the part of it that is from the own series."""

    pace: float
    own: float = 1.0


def pooled(own: float, peers: list[float]) -> Usual:
    """Give the usual pace: the own one and the middle one of the other onderdelen, at most MOST_USUAL.

    How fast one onderdeel was growing tells mostly what fell together that year; what prices do is common to all.
    """
    part = 1.0 / (1.0 + PEERS) if peers else 1.0
    pace = part * own + (1.0 - part) * float(np.median(peers)) if peers else own
    return Usual(float(np.clip(pace, -MOST_USUAL, MOST_USUAL)), part)


def step(billed: Billed, months: int, usual: Usual | None, awarded: bool = False) -> Step:
    """Find how far the cost per client jumped this year, and in which month.

    Args:
        billed: The cost per client.
        months: Months of the running year that are over.
        usual: Growth that is usual.
        awarded: Whether it is what is billed for each euro awarded.
    """
    if usual is None:
        return Step(None, 0.0)
    span = slice(max(THIS_YEAR - WINDOW * (HALVES + 1), 0), THIS_YEAR + months)
    values = billed.yearly()[span] - usual.pace
    start = THIS_YEAR - span.start
    if not np.isfinite(values[start:]).any():
        return Step(usual.pace, 0.0)
    then = np.where(np.arange(len(values)) < start, 1.0, billed.then[:-12][span])
    found = compare(
        Growth(values, billed.now[12:][span], then, start, DRIFTS_BEYOND_AWARDS if awarded else DRIFTS, usual.own)
    )
    since = int(found.weights.argmax())
    of_year = float((found.jumps * found.weights * (12 - np.arange(12)) / 12).sum())
    least, all_of_it = NAMED if awarded else SURER
    sure = float(np.clip((found.chance - least) / (all_of_it - least), 0.0, 1.0))
    large = sure * abs(of_year) * 12 / (12 - since) >= LEAST_JUMP
    unclear = NAMED[0] < found.chance < 1.0 - NAMED[0] and abs(of_year) * 12 / (12 - since) >= LEAST_JUMP
    error = found.scatter * float(np.sqrt(2 / WINDOW + 2 / np.isfinite(values[start:]).sum()))
    return Step(usual.pace, sure * of_year if large else 0.0, since, unclear, error, _doubt(found.doubt, of_year, sure))


def with_awards(seen: Step, billed: Billed, worth: Array, months: int, usual: Usual | None) -> Step:
    """Look for the jump in what is billed for each euro awarded, where the worth of the awards is known.

    A tariff raises at once what is billed for the same award; heavier care comes with awards for more care. Who happens
    to be in care moves both alike, so that less scatter is left. Where the awards themselves jump in one month, their
    prices were changed, and the cost per client tells of it as it is.

    Args:
        seen: What the cost per client tells.
        billed: The cost per client.
        worth: Worth of the running awards per client and day.
        months: As for `step`.
        usual: Growth that is usual of what is billed per euro awarded.
    """
    told = step(billed.over(worth), months, usual, awarded=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        moves = np.diff(np.log(np.where(worth > 0, worth, np.nan)))
    past, now = _known(moves[: YEARS * 12 - 1]), _known(moves[YEARS * 12 - 1 :])
    if told.usual is None or seen.usual is None or len(past) < 12:
        return seen
    middle = float(np.median(past))
    scatter = 1.4826 * float(np.median(np.abs(past - middle)))
    if len(now) and np.abs(now - middle).max() > max(RESTATED * scatter, LEAST_RESTATED):
        return seen
    # At new year other things change too, and only what is billed per euro awarded leaves most of them out.
    along = _part_of(told, billed, months, seen.usual, LEAST_SEEN)
    alone = _part_of(seen, billed.over(worth), months, told.usual, LEAST_USED) if seen.since else 0.0
    best, sure = max((told, along), (seen, alone), key=lambda of: abs(of[0].of_year * of[1]))
    doubt = _doubt(best.doubt, best.of_year, sure)
    return Step(seen.usual, sure * best.of_year, best.since, best.unclear, seen.error, doubt)


def _doubt(doubt: float, of_year: float, sure: float) -> float:
    """Standard error of a jump that is believed in part: of its size, and of whether it is there at all."""
    return float(np.sqrt(sure * doubt**2 + sure * (1.0 - sure) * of_year**2))


def _part_of(found: Step, other: Billed, months: int, usual: float | None, least: float) -> float:
    """How far a jump is believed for its part in the other series: 0 under the least part, 1 from twice as much."""
    if not found.of_year or usual is None:
        return 0.0
    yearly, since = other.yearly(), found.since
    after = _known(yearly[THIS_YEAR + since : THIS_YEAR + min(since + WINDOW, months)])
    before = _known(yearly[THIS_YEAR - WINDOW : THIS_YEAR + since]) if since else np.array([usual])
    if not len(after) or not len(before):
        return 0.0
    jump = found.of_year * 12 / (12 - since)
    return float(np.clip((after.mean() - before.mean()) / jump / least - 1.0, 0.0, 1.0))


def _known(values: Array) -> Array:
    return values[np.isfinite(values)]
