"""The level of the rest of the year, learned from every month of the past instead of from a few year ends.

At every earlier month the mean of as many months as are left now is held against what levels of shorter and longer
memory said then. How a level goes on (stays, returns to its long mean, keeps its pace) is thus seen at some hundred
moments. What series do apart from each other and what they do together are learned apart (a regression within and
one between moments): of the first there is plenty, of the second there is one course for all. Ridge regression (Hoerl
and Kennard 1970), direct for the horizon (Marcellino, Stock and Watson 2006); months that overlap count once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.level import rolling_level
from indicators.forecast.panel import Array, Mask
from indicators.forecast.view import View

#: The level that others are held against, and theirs: parts that a month further back counts for.
BASE, MEMORIES = 0.8, (0.2, 0.55, 0.93, 0.98)
#: Size of the effects that are thought possible (standard deviation) for series apart, and in what all do together; of
#: that a larger one lets a common pace go on.
OWN, TOGETHER = 1.0, 0.3
#: Further apart than this is a step or an odd month, from which nothing is learned.
FAR = 0.3
#: A month of which less is known is not used.
KNOWN = 0.3
#: Months in which less than this part of an even share is due say nothing of the level.
IDLE = 0.1
#: Months needed before the first moment, and pairs of series and moment.
FIRST, PAIRS = 12, 20


@dataclass(frozen=True)
class _Months:
    """All months side by side: expected final amounts and the part of a year they stand for, [series, months]."""

    amounts: Array
    exposure: Array
    known: Array  # [months back] part that a delivery holds, mean of all series


def learned_level(view: View) -> Array:
    """Give the level [series] in euros a year that is to be expected for the rest of the year.

    Args:
        view: The cut.
    """
    now = rolling_level(view, BASE)
    months = _months(view)
    base, levels = _level(months, BASE), [_level(months, memory) for memory in MEMORIES]
    year_ago = np.full(base.shape, np.nan)
    year_ago[:, 12:] = base[:, :-12]
    x = np.stack([_apart(level, base) for level in [*levels, year_ago]], axis=2)
    y = _apart(_ahead(months, max(12 - view.peilmaand, 1)), base)
    seen: Mask = np.asarray(np.isfinite(x).all(axis=2))
    train: Mask = np.asarray(seen & np.isfinite(y))
    train[:, :FIRST] = False
    if train.sum() < PAIRS:
        return now
    move = _move(np.where(seen[:, :, None], x, 0.0), np.where(train, y, 0.0), train, view.peilmaand)
    return np.where(seen[:, -1], now * (1.0 + np.clip(move, -FAR, FAR)), now)


def _move(x: Array, y: Array, train: Mask, peilmaand: int) -> Array:
    """What the level of each series is expected to do: what it does apart from the others, and with them."""
    n = np.maximum(train.sum(axis=0), 1)
    x_mean = (train[:, :, None] * x).sum(axis=0) / n[:, None]
    y_mean = (train * y).sum(axis=0) / n
    overlap = max(12 - peilmaand, 1)
    apart = _ridge((x - x_mean)[train], (y - y_mean)[train], OWN, overlap) if len(x) > 1 else np.zeros(x.shape[2])
    many = train.sum(axis=0) >= max(0.5 * len(x), 1)
    common = _ridge(x_mean[many], y_mean[many], TOGETHER, overlap) if many.any() else apart
    here = x[:, -1].mean(axis=0)
    return np.asarray((x[:, -1] - here) @ apart + here @ common)


def _ridge(x: Array, y: Array, size: float, overlap: int) -> Array:
    """Effects [features], drawn to none; `overlap` moments in a row share their months and count as one."""
    square, product = x.T @ x / overlap, x.T @ y / overlap
    effect: Array = np.zeros(x.shape[1])
    for _ in range(2):
        noise = max(float(np.mean(np.square(y - x @ effect))), 1e-8)
        effect = np.asarray(np.linalg.solve(square + noise / size**2 * np.eye(x.shape[1]), product))
    return effect


def _months(view: View) -> _Months:
    """Put earlier years and this year's months in a row, without those that are hardly known."""
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
    return _Months(np.where(exposure != 0, amounts, 0.0)[:, :upto], exposure[:, :upto], known)


def _level(months: _Months, memory: float) -> Array:
    """Level [series, months] as a delivery after each month would have shown it: the newest months in part only."""
    back = np.arange(len(months.known))[None, :] - np.arange(len(months.known))[:, None]
    weight = np.where(back >= 0, (memory ** np.maximum(back, 0)) * months.known[np.maximum(back, 0)], 0.0)
    exposure = months.exposure @ weight
    due = exposure > IDLE * weight.sum(axis=0) / 12
    return np.divide(months.amounts @ weight, exposure, out=np.full(exposure.shape, np.nan), where=due)


def _ahead(months: _Months, ahead: int) -> Array:
    """Level [series, months] of the months that came after each; NaN where they are not all known."""
    level: Array = np.full(months.amounts.shape, np.nan)
    if len(months.known) > ahead:
        amount, exposure = (_run(part, ahead) for part in (months.amounts, months.exposure))
        enough = exposure > KNOWN * ahead / 12
        level[:, :-ahead] = np.divide(amount, exposure, out=np.full(amount.shape, np.nan), where=enough)
    return level


def _run(part: Array, ahead: int) -> Array:
    total = np.cumsum(part, axis=1)
    return total[:, ahead:] - total[:, :-ahead]


def _apart(level: Array, base: Array) -> Array:
    """How far a level lies from the base, as a part of it; NaN where that is not more than nothing."""
    parts = np.divide(level, base, out=np.full(base.shape, np.nan), where=base > 0)
    return np.clip(parts - 1.0, -FAR, FAR)
