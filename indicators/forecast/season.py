"""The season: which share of a year's cost falls in each month, from earlier years, the group and caution.

Two readings. The plain one is a month's share in its own year: growth within the year counts as season, which is right
where it comes back every year. The centred one holds a month against the year around it (Census ratio to moving
average), so that a level that happened to move does not pass for season. The methods use either; the errors they made
decide which is believed.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.median import median_of_known
from indicators.forecast.panel import Array, Mask

#: A month further from the same month of other years than so many usual deviations is drawn to that edge.
ODD = 6.0
#: Series of which the months vary this factor (in logarithms) more or less count 0.6 times; least variation told apart.
WIDTH, STEADY = 0.5, 0.005


def season(history: Array, totals: Array, weight: Array, membership: Array, centred: bool = False) -> Array:
    """Give the share [series, 13] of each month in a year's total.

    Own years, drawn to the group's and that to flat as far as the differences are noise (Buhlmann credibility).

    Args:
        history: [series, years, 13] expected final amounts.
        totals: [series, years] their sums.
        weight: [series, years] weights; 0 where a year is not usable.
        membership: One-hot [group, series].
        centred: Hold months against the twelve months around them instead of against their own year.

    Returns:
        Shares that add up to one.
    """
    steady = (np.abs(totals) > 0.4 * np.abs(history).sum(axis=2)) & (weight > 0)
    shares = np.divide(history, totals[:, :, None], out=np.zeros_like(history), where=steady[:, :, None])
    if centred:
        shares = _centred(history, totals, steady, shares)
    shares = _without_odd_months(shares, steady)
    w = np.where(steady, weight, 0.0)
    n = w.sum(axis=1)
    own = (w[:, :, None] * shares).sum(axis=1) / np.where(n > 0, n, 1.0)[:, None]
    count = np.square(n) / np.maximum(np.square(w).sum(axis=1), 1e-9)
    spread = (w[:, :, None] * np.square(shares - own[:, None])).sum(axis=1)[:, :12].mean(axis=1)
    noise = np.where(count > 1.2, spread / np.maximum(n, 1e-9) * count / np.maximum(count - 1, 0.2), np.nan)
    like = _like(_variation(history, w > 0)) * (membership.T @ membership)
    drawn = _drawn(own, n > 0, _pooled(noise, like) / np.maximum(count, 1.0), like)
    total = drawn.sum(axis=1, keepdims=True)
    plain = np.append(np.full(12, 1 / 12), 0.0)
    return np.where(np.abs(total) > 0.5, drawn / np.where(np.abs(total) > 0.5, total, 1.0), plain)


def _drawn(own: Array, has: Mask, error: Array, like: Array) -> Array:
    """Draw own shares to the group's and those to flat, as far as the differences are no more than their error."""
    members = np.maximum(like @ has, 1e-9)
    group = (like @ np.where(has[:, None], own, 0.0)) / members[:, None]
    flat = np.full_like(own, 1 / 12) * (1 - group[:, 12:])
    flat[:, 12] = group[:, 12]
    between = (like @ np.where(has, np.square(own - group)[:, :12].mean(axis=1), 0.0)) / members - error
    group_error = error / members
    between_months = np.square(group - flat)[:, :12].mean(axis=1) - group_error
    to_group = _credibility(between, error)
    to_flat = _credibility(between_months, group_error)
    target = flat + to_flat[:, None] * (group - flat)
    drawn = np.where(has[:, None], target + to_group[:, None] * (own - target), target)
    alone = has & (members < 1.5)
    drawn[alone] = (flat + to_flat[:, None] * (own - flat))[alone]
    return drawn


def _centred(history: Array, totals: Array, steady: Mask, shares: Array) -> Array:
    """Months against the mean of the two twelve-month sums around them; at either end against their own year."""
    months = history[:, :, :12].reshape(len(history), -1)
    level = np.repeat(totals - history[:, :, 12], 12, axis=1)
    if months.shape[1] >= 24:
        run = np.cumsum(np.concatenate([np.zeros((len(months), 1)), months], axis=1), axis=1)
        year = run[:, 12:] - run[:, :-12]
        centre = 0.5 * (year[:, 1:] + year[:, :-1])
        good = np.repeat(steady, 12, axis=1)
        around = good[:, 6:-6] & good[:, :-12] & good[:, 12:] & (centre > 0.4 * level[:, 6:-6])
        level[:, 6:-6] = np.where(around, centre, level[:, 6:-6])
    trend = level.reshape(shares[:, :, :12].shape)
    ok = steady[:, :, None] & (np.abs(trend) > 0)
    ratio = np.divide(history[:, :, :12], trend, out=np.zeros_like(trend), where=ok)
    return np.concatenate([ratio * (1.0 - shares[:, :, 12:]), shares[:, :, 12:]], axis=2)


def _without_odd_months(shares: Array, used: Mask) -> Array:
    """Draw a month far from the same month of other years to the edge of what is usual in the series.

    From three years on: of two that differ, nobody can say which is odd. Closing entries are left alone.
    """
    enough = used & (used.sum(axis=1) >= 3)[:, None]
    middle = median_of_known(np.where(enough[:, :, None], shares, np.nan), axis=1)
    off = np.where(enough[:, :, None], shares - middle[:, None], np.nan)
    # A month in which as a rule nothing is due, and nothing was, does not show how steady the others are.
    idle = (shares == 0.0) & (middle[:, None] == 0.0)
    usual = median_of_known(np.abs(np.where(idle, np.nan, off))[:, :, :12].reshape(len(off), -1), axis=1)
    room = np.maximum(ODD * usual, 1e-9)[:, None, None]
    clipped = middle[:, None] + np.clip(np.nan_to_num(off), -room, room)
    clipped[:, :, 12] = shares[:, :, 12]
    return np.where(enough[:, :, None], clipped, shares)


def _credibility(signal: Array, error: Array) -> Array:
    """Weight of the finer estimate: variance of what it measures against variance of its error."""
    signal = np.maximum(signal, 0.0)
    return np.divide(signal, signal + error, out=np.full_like(signal, 0.5), where=signal + error > 0)


def _variation(history: Array, used: Mask) -> Array:
    """How much neighbouring months differ [series], as a part of the mean month and in logarithms; season or not."""
    months = history[:, :, :12].reshape(len(history), -1)
    pairs = np.repeat(used, 12, axis=1)
    pairs = pairs[:, 1:] & pairs[:, :-1]
    squares = np.where(pairs, np.square(np.diff(months, axis=1)), 0.0).sum(axis=1) / np.maximum(pairs.sum(axis=1), 1)
    mean = np.where(np.repeat(used, 12, axis=1), np.abs(months), 0.0).sum(axis=1) / np.maximum(12 * used.sum(axis=1), 1)
    size = np.sqrt(np.divide(squares, np.square(mean), out=np.ones_like(mean), where=mean > 0))
    return np.asarray(np.log(np.maximum(size, STEADY)))


def _like(variation: Array) -> Array:
    """How much series count for each other [series, series]: as far as their months vary as much."""
    return np.asarray(np.exp(-0.5 * np.square((variation[:, None] - variation[None]) / WIDTH)))


def _pooled(value: Array, like: Array) -> Array:
    """Mean of own value and that of those that are like it; where neither is known, that of all.

    The others' is there for who was steady by chance, for a few years; not for who is steady in every month.
    Where nothing is known, a cautious default.
    """
    known = ~np.isnan(value)
    filled = np.where(known, value, 0.0)
    members = like @ known
    everyone = filled.sum() / known.sum() if known.any() else 1e-4
    group = np.where(members > 1e-6, (like @ filled) / np.maximum(members, 1e-9), everyone)
    return np.where(known, 0.5 * filled + 0.5 * group, group)
