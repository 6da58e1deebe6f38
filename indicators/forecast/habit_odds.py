"""What is seen of the bills of a series: whether they come otherwise than usual, and which change explains that best.

Pure functions beside `Habits`, which follows the series over time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.habit_changes import LEAST_SHARE, MONTHS, SEEN, WINDOW, parts
from indicators.forecast.panel import Array, Mask

#: Months scatter with a tail as heavy as Student's t with so many degrees of freedom.
TAIL = 4.0
#: No month tells more than this by how its bills came, and the newest ones not more by how few came (log of odds).
MOST, MOST_LEVEL = 8.0, 7.0
#: Worth a closer look: a mean delay so many standard deviations away, or a month so many times its usual scatter.
APART, FAR = 3.5, 12.0
#: A month of which less than this part is due by now says nothing by how few of its bills came.
EXPECTED = 0.1
#: Parts of a month that come apart from each other: one less than the lags that are seen of it, five at most.
_FREEDOM = np.minimum(MONTHS, 5)


@dataclass(frozen=True)
class Seen:
    """What is seen of one series; months are counted back from now."""

    came: Array  # [month, lag] part of what is known that came at each lag
    height: Array  # [month] known, in units of a usual month
    known: Mask  # [month] something is known, and of the habits of now
    low: Mask  # [month] next to nothing is known
    scatter: float
    wander: float
    old: Array  # [candidate, 3, lag] the pattern before each candidate


def apart(x: Array, p: Array) -> Array:
    """How far what came lies from what was expected, over lags; a scatter of one is that of a single bill."""
    return np.asarray((np.square(x - p) / (np.abs(p) + LEAST_SHARE)).sum(axis=-1))


def delayed(came: Array, p: Array, known: Mask, scatter: Array) -> Mask:
    """Series whose mean delay over some of the last months, or any one of these months, lies far from the pattern."""
    far = known & (apart(came, p) > FAR * _FREEDOM * scatter[:, None])
    variance = (np.square(MONTHS) * (np.abs(p) + LEAST_SHARE) * SEEN).sum(axis=2) - np.square((MONTHS * p).sum(axis=2))
    delay = (MONTHS * (came - p)).sum(axis=2) / np.sqrt(scatter[:, None] * np.maximum(variance, LEAST_SHARE))
    upto = np.cumsum(np.where(known, delay, 0.0), axis=1) / np.sqrt(np.maximum(np.cumsum(known, axis=1), 1))
    return np.asarray((far | (np.abs(upto) > APART))[:, : WINDOW + 1].any(axis=1))


def odds(seen: Seen, changed: Array, usual: Array) -> Array:
    """How much better [candidate, change] a change explains what was seen than no change (log of likelihood ratio)."""
    p, p0 = parts(changed), parts(usual)
    variance = seen.scatter * (np.maximum(np.abs(p), np.abs(p0)) + LEAST_SHARE)
    off, off0 = ((np.square(seen.came - q) / variance).sum(axis=-1) for q in (p, p0))
    gain = (TAIL + _FREEDOM) / 2.0 * (np.log1p(off0 / TAIL) - np.log1p(off / TAIL))
    gain = np.where(seen.known, np.clip(gain, -MOST, MOST), 0.0).sum(axis=-1)
    each, base = changed[:, :, MONTHS, MONTHS], usual[:, :, MONTHS, MONTHS]
    scale = seen.wander * np.maximum(np.maximum(each, base), EXPECTED)
    short, short0 = (np.square((seen.height - q) / scale) for q in (each, base))
    level = ((TAIL + 1.0) / 2.0 * (np.log1p(short0 / TAIL) - np.log1p(short / TAIL)) * seen.low).sum(axis=-1)
    return np.asarray(gain + np.clip(level, -MOST_LEVEL, MOST_LEVEL))
