"""All months of a series in a row, over the turn of the year: levels as they were, and what came after them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.level import IDLE
from indicators.forecast.panel import Array
from indicators.forecast.view import View

#: The level that others are held against: the part that a month further back counts for.
BASE = 0.8
#: Further apart than this is a step or an odd month, from which nothing is learned.
FAR = 0.3
#: A month of which less is known is not used.
KNOWN = 0.3


@dataclass(frozen=True)
class Months:
    """All months side by side: expected final amounts and the part of a year they stand for, [series, months].

    Attributes:
        amounts: Euros; 0 where not used.
        exposure: Part of a year; 0 where not used.
        known: [months back] part that a delivery holds, mean of all series.
    """

    amounts: Array
    exposure: Array
    known: Array


def months_of(view: View) -> Months:
    """Put earlier years and this year's months in a row, without those that are hardly known.

    Args:
        view: The cut.
    """
    m, years = view.peilmaand, view.history.shape[1]
    share = np.concatenate([view.past_share.reshape(len(view.last), -1), view.share[:, :m]], axis=1)
    amounts = np.concatenate([view.history[:, :, :12].reshape(len(view.last), -1), view.current[:, :m]], axis=1)
    this_year = np.arange(amounts.shape[1]) >= 12 * years
    amounts = np.where(this_year, amounts / np.maximum(share, KNOWN), amounts)
    exposure = np.tile(view.season[:, :12], years + 1)[:, : amounts.shape[1]]
    used = np.concatenate([np.repeat(view.valid, 12, axis=1), np.ones((len(view.last), m), dtype=bool)], axis=1)
    exposure = np.where(used & (share > KNOWN), exposure, 0.0)
    newest = np.flatnonzero((exposure != 0).any(axis=0))
    upto = newest[-1] + 1 if newest.size else 0
    known = np.clip(share[:, :upto].mean(axis=0), 0.0, 1.0)[::-1]
    return Months(np.where(exposure != 0, amounts, 0.0)[:, :upto], exposure[:, :upto], known)


def level_then(months: Months, memory: float) -> Array:
    """Give the level [series, months] as a delivery after each month would have shown it: the newest in part only."""
    back = np.arange(len(months.known))[None, :] - np.arange(len(months.known))[:, None]
    weight = np.where(back >= 0, (memory ** np.maximum(back, 0)) * months.known[np.maximum(back, 0)], 0.0)
    exposure = months.exposure @ weight
    due = exposure > IDLE * weight.sum(axis=0) / 12
    return np.divide(months.amounts @ weight, exposure, out=np.full(exposure.shape, np.nan), where=due)


def level_ahead(months: Months, ahead: int) -> Array:
    """Give the level [series, months] of the months that came after each; NaN where they are not all known."""
    level: Array = np.full(months.amounts.shape, np.nan)
    if len(months.known) > ahead:
        amount, exposure = (_run(part, ahead) for part in (months.amounts, months.exposure))
        enough = exposure > KNOWN * ahead / 12
        level[:, :-ahead] = np.divide(amount, exposure, out=np.full(amount.shape, np.nan), where=enough)
    return level


def apart(level: Array, base: Array) -> Array:
    """Give how far a level lies from the base, as a part of it; NaN where that is not more than nothing."""
    parts = np.divide(level, base, out=np.full(base.shape, np.nan), where=base > 0)
    return np.clip(parts - 1.0, -FAR, FAR)


def _run(part: Array, ahead: int) -> Array:
    total = np.cumsum(part, axis=1)
    return total[:, ahead:] - total[:, :-ahead]
