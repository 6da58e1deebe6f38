"""The level of the rest of the year, learned from every month of the past instead of from a few year ends.

At every earlier month the mean of as many months as are left now is held against what levels of shorter and longer
memory said then. How a level goes on (stays, returns to its long mean, keeps its pace) is thus seen at some hundred
moments. What series do apart from each other and what they do together are learned apart (a regression within and
one between moments): of the first there is plenty, of the second there is one course for all. Ridge regression (Hoerl
and Kennard 1970), direct for the horizon (Marcellino, Stock and Watson 2006); months that overlap count once.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.level import rolling_level
from indicators.forecast.months import BASE, FAR, apart, level_ahead, level_then, months_of
from indicators.forecast.panel import Array, Mask
from indicators.forecast.view import View

#: Levels that are held against the base (months.py): parts that a month further back counts for.
MEMORIES = (0.2, 0.55, 0.93, 0.98)
#: Size of the effects that are thought possible (standard deviation) for series apart, and in what all do together; of
#: that a larger one lets a common pace go on.
OWN, TOGETHER = 1.0, 0.3
#: Months needed before the first moment, and pairs of series and moment.
FIRST, PAIRS = 12, 20


def learned_level(view: View) -> Array:
    """Give the level [series] in euros a year that is to be expected for the rest of the year.

    Args:
        view: The cut.
    """
    now = rolling_level(view, BASE)
    months = months_of(view)
    base, levels = level_then(months, BASE), [level_then(months, memory) for memory in MEMORIES]
    year_ago = np.full(base.shape, np.nan)
    year_ago[:, 12:] = base[:, :-12]
    x = np.stack([apart(level, base) for level in [*levels, year_ago]], axis=2)
    y = apart(level_ahead(months, view.ahead), base)
    seen: Mask = np.asarray(np.isfinite(x).all(axis=2))
    train: Mask = np.asarray(seen & np.isfinite(y))
    train[:, :FIRST] = False
    if train.sum() < PAIRS:
        return now
    move = _move(np.where(seen[:, :, None], x, 0.0), np.where(train, y, 0.0), train, view.ahead)
    return np.where(seen[:, -1], now * (1.0 + np.clip(move, -FAR, FAR)), now)


def _move(x: Array, y: Array, train: Mask, overlap: int) -> Array:
    """What the level [series] is expected to do: what each series does apart from the others, and with them.

    Args:
        x: [series, moments, features] levels against the base.
        y: [series, moments] the level afterwards against the base.
        train: [series, moments] pairs to learn from.
        overlap: Moments in a row that share their months.
    """
    n = np.maximum(train.sum(axis=0), 1)
    x_mean = (train[:, :, None] * x).sum(axis=0) / n[:, None]
    y_mean = (train * y).sum(axis=0) / n
    own = _ridge((x - x_mean)[train], (y - y_mean)[train], OWN, overlap) if len(x) > 1 else np.zeros(x.shape[2])
    many = train.sum(axis=0) >= max(0.5 * len(x), 1)
    common = _ridge(x_mean[many], y_mean[many], TOGETHER, overlap) if many.any() else own
    here = x[:, -1].mean(axis=0)
    return np.asarray((x[:, -1] - here) @ own + here @ common)


def _ridge(x: Array, y: Array, size: float, overlap: int) -> Array:
    """Effects [features], drawn to none by their usual `size`; `overlap` moments in a row count as one."""
    square, product = x.T @ x / overlap, x.T @ y / overlap
    effect: Array = np.zeros(x.shape[1])
    for _ in range(2):
        noise = max(float(np.mean(np.square(y - x @ effect))), 1e-8)
        effect = np.asarray(np.linalg.solve(square + noise / size**2 * np.eye(x.shape[1]), product))
    return effect
