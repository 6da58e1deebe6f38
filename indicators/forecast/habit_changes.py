"""The ways in which bills may come otherwise from some month on, and what each makes of the pattern learned before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.panel import Array

#: A change is looked for in so many months back, by bills of so many months, of at most so many months old.
WINDOW, SPAN = 10, 13
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Change:
    """A change of habits.

    Attributes:
        kind: `later` by size months (negative: sooner), `slower` by a factor, once a `quarter` with size months' delay
            or back to every `month`; these four for care from some month on. A new `system` holds all bills up by size
            months from some month of billing on; in a `pause` they wait and then come all at once.
        size: Months, or a factor.
    """

    kind: str
    size: float


CHANGES = (
    *(Change("later", d) for d in (0.5, 1.0, 1.5, 2.0, 3.0, -0.5, -1.0)),
    *(Change("slower", f) for f in (1.5, 2.0, 0.67)),
    *(Change("quarter", d) for d in (0.0, 1.0)),
    *(Change("month", d) for d in (0.0, 1.0)),
    *(Change("system", d) for d in (1.0, 2.0)),
    *(Change("pause", d) for d in (1.0, 2.0)),
)
#: Who is billed once a quarter cannot begin with that, nor who is not end it.
POSSIBLE = {
    quarterly: np.array([change.kind != ("quarter" if quarterly else "month") for change in CHANGES])
    for quarterly in (False, True)
}
MONTHS = np.arange(SPAN + 1)
SEEN = MONTHS[None, :] <= MONTHS[:, None]


def after(tables: Array, phase: int) -> Array:
    """Give what is known [candidate, change, month, lag] of the final amount of a month.

    Args:
        tables: [candidate, 3, lag] the pattern before each candidate by a month's place in its quarter; candidates and
            months are counted back from now.
        phase: Month index of now.
    """
    padded = np.concatenate([np.zeros((*tables.shape[:2], 1)), tables], axis=2)
    low, part = _places(phase % 3)
    step = np.diff(padded, axis=2, append=padded[:, :, -1:])
    row, place = np.arange(len(tables))[:, None, None, None], ((phase - MONTHS) % 3)[:, None]
    return np.asarray(padded[row, place, low] + part * step[row, place, low])


@cache
def _places(phase: int) -> tuple[NDArray[np.int_], Array]:
    """Place [candidate, change, month, lag] in the pattern before a change: lag + 1 (0: nothing), and the fraction."""
    c = np.arange(WINDOW + 1)[:, None, None]
    m, k = MONTHS[None, :, None], MONTHS[None, None, :].astype(float)
    stood = np.maximum(m - c - 1, -1).astype(float)  # lag of the last bookings before the change
    found = []
    for change in CHANGES:
        if change.kind == "system":
            place = np.where(k > stood, np.maximum(k - change.size, stood), k)
        elif change.kind == "pause":
            place = np.where((m - k <= c) & (m - k > c - change.size), stood, k)
        else:
            place = np.where(m <= c, _moved(change, k, (phase - m) % 3), k)
        found.append(np.clip(np.broadcast_to(place, (WINDOW + 1, SPAN + 1, SPAN + 1)), -1.0, SPAN) + 1.0)
    index = np.stack(found, axis=1)
    low = np.minimum(np.floor(index).astype(int), SPAN)
    return low, index - low


def _moved(change: Change, lag: Array, place: NDArray[np.int_]) -> Array:
    """The lag in the old pattern that a lag has after a change, for a month with a place in its quarter."""
    wait = 2 - place
    if change.kind == "quarter":
        return np.where(lag < wait + change.size, -1.0, lag - wait - change.size)
    if change.kind == "month":
        return np.asarray(lag + wait - change.size)
    return (lag + 1) / change.size - 1 if change.kind == "slower" else lag - change.size


def turned(old: Array, change: Change, lags: int) -> Array:
    """Give the whole pattern [3, lag], by place in the quarter, of care after a change; `old` has fewer lags."""
    lag = np.arange(lags, dtype=float)
    result = np.ones((3, lags))
    for place in range(3):
        before = np.concatenate([[0.0], old[place], np.ones(lags - old.shape[1])])
        result[place] = np.interp(_moved(change, lag, np.array(place)), np.arange(-1, lags), before)
    return result


def parts(cumulative: Array) -> Array:
    """Give the part of what is known by now of each month [..., month, lag] that came at each lag."""
    last = cumulative[..., MONTHS, MONTHS][..., None]
    return np.where(SEEN, np.diff(cumulative, axis=-1, prepend=0.0), 0.0) / np.maximum(last, LEAST_SHARE)
