"""Which series resemble each other: how much months and level vary and when in the year they are paid, in any group.

Steady series and erratic ones stand in one group, as subsidies and care do in one wet. What is learned from the errors
of others counts as far as those others are like the series itself (a kernel over three properties, Nadaraya 1964 and
Watson 1964). All are seen at every month of the past, and not at a few year ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.months import BASE, Months, apart, level_ahead, level_then, months_of
from indicators.forecast.panel import Array
from indicators.forecast.view import View

#: Series whose properties differ by this factor (in logarithms) count 0.6 times.
WIDTH = 0.5
#: Series of which this part of a year's cost falls in other months count 0.6 times.
OTHER_MONTHS = 0.2
#: Variance below which nobody needs to tell series apart: months that vary by less than a third of a per cent.
STEADY = 1e-5
#: A month so many times the level is as odd as it gets.
ODD = 5.0


@dataclass(frozen=True)
class Alike:
    """How much the experience of one series counts for another, [series, series]; 1 for itself.

    Attributes:
        all: Of all series.
        group: Of those in the same group; else 0.
    """

    all: Array
    group: Array


def alike(view: View, membership: Array) -> Alike:
    """Tell which series resemble each other at a cut.

    Args:
        view: The cut.
        membership: One-hot [group, series].
    """
    months = months_of(view)
    if not months.exposure.any():
        return Alike(np.ones((len(view.last), len(view.last))), membership.T @ membership)
    base = level_then(months, BASE)
    later = apart(level_ahead(months, view.ahead), base)
    found = np.stack([_size(_changes(months, base), 1), _size(later, view.ahead)], axis=1)
    distance = np.square(found[:, None] - found[None]).sum(axis=2)
    moved = 0.5 * np.abs(view.season[:, None] - view.season[None]).sum(axis=2)
    near = np.exp(-0.5 * (distance / WIDTH**2 + np.square(moved / OTHER_MONTHS)))
    return Alike(near, near * (membership.T @ membership))


def _changes(months: Months, base: Array) -> Array:
    """Differences between neighbouring months, in units of the level; NaN where it is not more than nothing."""
    part = np.divide(months.amounts, base * months.exposure.mean(), out=np.full(base.shape, np.nan), where=base > 0)
    return np.clip(np.diff(part, axis=1), -ODD, ODD)


def _size(changes: Array, overlap: int) -> Array:
    """Logarithm of the size of changes [series] against the middle of all, less so where few were seen.

    Args:
        changes: [series, moments]; NaN where not seen.
        overlap: Moments in a row that share their months and count as one.
    """
    seen = np.isfinite(changes)
    n = seen.sum(axis=1) / overlap
    enough = n > 1
    if not enough.any():
        return np.zeros(len(changes))
    squares = np.square(np.where(seen, changes, 0.0)).sum(axis=1) / overlap
    logs = 0.5 * np.log(STEADY + squares / np.maximum(n, 1.0))
    return np.where(enough, (logs - logs[enough].mean()) * n / (n + 1.0), 0.0)
