"""Earlier years at the size of this one, where a whole group took another size on 1 January: a task came or went.

A decentralisation gives every onderdeel of a wet another size at once. A step of one series may be a bill that came
early; the same step in most of its group may not. At each turn of the year a series' step is either as its turns use to
be, or a change of size (a mixture of two, fitted by EM; how many change at a turn is learned from all of them).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from indicators.forecast.indexed import LITTLE, MONTHS, turns
from indicators.forecast.median import median_of_known
from indicators.forecast.panel import Array, Mask
from indicators.forecast.view import View

#: How far a change of size goes as a rule (standard deviation, in logarithms), and at most.
CHANGE, FAR = 0.5, 1.5
#: Series thought of beforehand that change their size at a turn, and that do not.
CHANGED, STAYED = 0.5, 30.0
#: Turns of the year, the last one included, from which on it is known how they scatter.
LEAST_TURNS = 3
#: Turns of others that the scatter of a series is drawn to, and the least it is; freedom of its distribution too.
OTHERS, QUIET = 3.0, 0.05
#: No turn of the year is usually larger than this.
MOST_USUAL = 0.1
#: From this part of a group on a change is theirs together; from twice as much on it is certain.
TOGETHER, LEAST_SERIES = 0.3, 3
ROUNDS = 6


def sizes(view: View, membership: Array) -> Array:
    """Give how many times its size each earlier year would have now [series, years]: 1 where no group changed.

    Args:
        view: The cut.
        membership: [groups, series] which series are in a group.
    """
    steps = turns(view, FAR)
    seen = np.isfinite(steps)
    seen &= (seen.sum(axis=1) >= LEAST_TURNS)[:, None]
    steps = np.where(seen, steps, np.nan)
    variance = _variance(steps) * _less_sure(view, steps.shape[1])
    chance, beyond = _changes(np.where(seen, steps, 0.0), seen, variance)
    many, of = membership @ chance, membership @ seen
    part = np.where(of >= LEAST_SERIES, many / np.maximum(of, 1), 0.0)
    together = membership.T @ np.clip(part / TOGETHER - 1.0, 0.0, 1.0)
    change = together * chance * beyond * CHANGE**2 / (CHANGE**2 + variance)
    return np.asarray(np.exp(np.clip(np.cumsum(change[:, ::-1], axis=1)[:, ::-1], -FAR, FAR)))


def resized(view: View, size: Array) -> View:
    """Give the view with history, what was known of it and last year at the size of this year, as `sizes` gives it."""
    return replace(
        view,
        history=view.history * size[:, :, None],
        past_known=view.past_known * size[:, :, None],
        last=view.last * size[:, -1],
    )


def _variance(steps: Array) -> Array:
    """How steps scatter as a rule [series, 1]: by the middle distance, so that one change makes no series erratic."""
    past = steps[:, :-1]
    count = np.isfinite(past).sum(axis=1)
    off = median_of_known(np.abs(steps - median_of_known(steps, axis=1)[:, None])[:, :-1], axis=1)
    own = np.square(1.4826 * off)
    typical = float(np.median(own[count > 0])) if (count > 0).any() else CHANGE**2 / 25
    return ((count * own + OTHERS * typical) / (count + OTHERS) + QUIET**2)[:, None]


def _less_sure(view: View, count: int) -> Array:
    """How many times less sure the last turn is [series, turns], for what is known of this year so far."""
    season, m = view.season[:, :12], min(view.peilmaand, MONTHS)
    due = (season[:, :m] * view.share[:, :m]).sum(axis=1)
    less = np.ones((len(season), count))
    usual = np.maximum(season[:, :MONTHS].sum(axis=1), LITTLE) / np.maximum(due, LITTLE)
    less[:, -1] = np.maximum(0.5 + 0.5 * usual, 1.0)
    return less


def _changes(steps: Array, seen: Mask, variance: Array) -> tuple[Array, Array]:
    """Chance [series, turns] that a step is a change of size, and how far it lies beyond what was usual then."""
    freedom = (seen[:, :-1].sum(axis=1) + OTHERS)[:, None]
    own = np.clip(median_of_known(np.where(seen, steps, np.nan), axis=1), -MOST_USUAL, MOST_USUAL)[:, None]
    usual = np.broadcast_to(own, steps.shape)
    part = np.full(steps.shape[1], CHANGED / (CHANGED + STAYED))
    wide = variance + CHANGE**2
    for _ in range(ROUNDS):
        as_ever = (1 + np.square(steps - usual) / (freedom * variance)) ** (-0.5 * (freedom + 1)) / np.sqrt(variance)
        changed = np.exp(-0.5 * np.square(steps) / wide) / np.sqrt(wide)
        chance = np.where(seen, part * changed / (part * changed + (1 - part) * as_ever + 1e-300), 0.0)
        part = (CHANGED + chance.sum(axis=0)) / (CHANGED + STAYED + seen.sum(axis=0))
        # What is usual at a turn is what those do that did not change, where they are the most.
        stayed = np.where(seen & (chance < 0.5), steps, np.nan)
        most = np.isfinite(stayed).sum(axis=0) > 0.5 * seen.sum(axis=0)
        usual = np.where(most, np.clip(median_of_known(stayed, axis=0), -MOST_USUAL, MOST_USUAL), own)
    return chance, steps - usual
