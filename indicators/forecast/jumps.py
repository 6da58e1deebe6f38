"""The level since the last step (Bayesian online change point detection, Adams and MacKay 2007).

After every month: how likely is it that the level has been what it is for one month, two months, and so on? What came
before a likely step no longer counts. One month far off is more likely odd than a step; two are a step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.level import EVEN, IDLE, rolling_level
from indicators.forecast.months import BASE, months_of
from indicators.forecast.panel import Array, Mask
from indicators.forecast.view import View

#: Longest run that is told apart, and what is looked at, in months; months needed before anything is said.
LONGEST, WINDOW, FIRST = 36, 60, 6
#: Chance of a step in a month, and its usual size as a part of the level.
STEP, STEP_SIZE = 0.03, 0.2
#: Chance of an odd month, and how far off it is.
ODD, ODD_SIZE = 0.05, 1.0
#: A level wanders too: what is known of it counts so many times less each month.
KEEP = 0.95
#: No month counts for further from the level than this; no noise is less than this variance.
FAR, QUIET = 5.0, 1e-5
#: Differences are cut off at this part of the order of size; so much of the variance of a normal one is left.
EDGE, LEFT = 0.9, 0.83


@dataclass(frozen=True)
class _Runs:
    """The level by how long it has lasted, [series, run]: how likely, its mean, and how sure (1 / variance)."""

    chance: Array
    mean: Array
    sure: Array

    @property
    def level(self) -> Array:
        """Expected level [series]."""
        return np.asarray((self.chance * self.mean).sum(axis=1))


def level_since_step(view: View) -> Array:
    """Give the level [series] in euros a year since the last step.

    Args:
        view: The cut.
    """
    months, rolling = months_of(view), rolling_level(view, BASE)
    due = months.exposure > IDLE * EVEN
    usable = (rolling != 0) & (due.sum(axis=1) >= FIRST)
    if not usable.any():
        return rolling
    scale = np.where(usable, np.abs(rolling), 1.0)[:, None]
    rate = np.divide(months.amounts, months.exposure * scale, out=np.zeros_like(months.amounts), where=due)
    rate = np.clip(rate, -FAR, FAR)
    weight = np.where(due, np.minimum(months.exposure / EVEN, 2.0), 0.0)
    late = slice(-WINDOW, None)
    level = _since_step(rate[:, late], weight[:, late], _noise(rate, due)[:, late])
    return np.where(usable, scale[:, 0] * level, rolling)


def _noise(rate: Array, due: Mask) -> Array:
    """Variance [series, months] of a month around its level, of differences between neighbours.

    A step hardly changes it. But where the last six months go up and down, none of them is a level.
    """
    seen = due[:, 1:] & due[:, :-1]
    squares = np.where(seen, np.square(np.diff(rate, axis=1)), 0.0)
    n = seen.sum(axis=1)
    ordered = np.sort(np.where(seen, squares, np.inf), axis=1)
    at = np.maximum(np.ceil(EDGE * n).astype(int) - 1, 0)
    edge = np.where(n > 0, np.take_along_axis(ordered, at[:, None], axis=1)[:, 0], 0.0)
    usual = 0.5 / LEFT * np.minimum(squares, edge[:, None]).sum(axis=1) / np.maximum(n, 1)
    total, count = (np.cumsum(np.pad(part, ((0, 0), (7, 0))), axis=1) for part in (squares, seen))
    lately = 0.25 * (total[:, 6:] - total[:, :-6]) / np.maximum(count[:, 6:] - count[:, :-6], 3)
    return np.maximum(np.maximum(usual, QUIET)[:, None], lately)


def _since_step(rate: Array, weight: Array, noise: Array) -> Array:
    """The level [series] after the last month, in units of rate; months of weight 0 say nothing."""
    new = 1.0 / np.maximum(STEP_SIZE**2, 4.0 * noise.min(axis=1, initial=np.inf))
    shape = (len(rate), LONGEST)
    runs = _Runs(np.eye(1, LONGEST).repeat(len(rate), axis=0), np.ones(shape), np.full(shape, new[:, None]))
    for t in range(rate.shape[1]):
        seen = weight[:, t] > 0
        if seen.any():
            variance = noise[:, t] / np.where(seen, weight[:, t], 1.0)
            runs = _after(_before(runs, new), rate[:, t, None], variance[:, None], seen[:, None])
    return runs.level


def _before(runs: _Runs, new: Array) -> _Runs:
    """Runs before a month is seen: all a month longer, or just begun. The two longest become one."""
    stay, last = (1.0 - STEP) * runs.chance, runs.chance[:, -2:]
    both = np.maximum(last.sum(axis=1, keepdims=True), 1e-300)
    longest = (last * runs.mean[:, -2:]).sum(axis=1, keepdims=True) / both
    begun = np.full((len(new), 1), STEP)
    return _Runs(
        np.concatenate([begun, stay[:, :-2], stay[:, -2:].sum(axis=1, keepdims=True)], axis=1),
        np.concatenate([runs.level[:, None], runs.mean[:, :-2], longest], axis=1),
        np.concatenate(
            [new[:, None], KEEP * runs.sure[:, :-2], KEEP * runs.sure[:, -2:].max(axis=1, keepdims=True)], axis=1
        ),
    )


def _after(runs: _Runs, rate: Array, variance: Array, seen: Mask) -> _Runs:
    """Runs after a month: an ordinary one, or an odd one that says little."""
    off, unsure = np.square(rate - runs.mean), 1.0 / runs.sure
    ordinary = (1.0 - ODD) * _density(off, variance + unsure)
    odd = ODD * _density(off, variance + unsure + ODD_SIZE**2)
    either = np.maximum(ordinary + odd, 1e-250)
    counts = (ordinary / variance + odd / (variance + ODD_SIZE**2)) / either
    chance = runs.chance * either
    return _Runs(
        np.where(seen, chance / chance.sum(axis=1, keepdims=True), runs.chance),
        np.where(seen, (runs.sure * runs.mean + counts * rate) / (runs.sure + counts), runs.mean),
        np.where(seen, runs.sure + counts, runs.sure),
    )


def _density(squares: Array, variance: Array) -> Array:
    """Normal density, without its constant."""
    return np.asarray(np.exp(-0.5 * squares / variance) / np.sqrt(variance))
