"""The yearly level that the bookings so far point to (Cape Cod: known amounts over the exposure they stand for)."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array
from indicators.forecast.view import View

EVEN = 1 / 12
#: Part of a year that last year's expected total counts for in a level over the turn of the year.
PRIOR = 0.05
#: A month in which less than this part of an even share is due says nothing of the level.
IDLE = 0.1
#: Part of the months left out at either end of the order of size.
EDGE = 0.2


def year_level(view: View, prior: Array, prior_exposure: float) -> Array:
    """Give the level [series] in euros a year from the running year alone.

    Args:
        view: The cut.
        prior: Level expected beforehand.
        prior_exposure: Part of a year that the prior counts for; keeps the level finite when nothing is booked yet.
    """
    exposure = (view.season[:, :12] * view.share).sum(axis=1)
    return (view.booked + prior_exposure * prior) / np.maximum(np.maximum(exposure, 0.0) + prior_exposure, 1e-6)


def rolling_level(view: View, memory: float) -> Array:
    """Give the level [series] from all months up to the cut.

    Args:
        view: The cut.
        memory: Each month back counts so many times less.
    """
    m, years = view.peilmaand, view.history.shape[1]
    season = view.season[:, None, :12]
    back = (m - 1) + 12 * np.arange(years, 0, -1)[:, None] - np.arange(12)[None, :]
    fade = memory**back * view.valid[:, :, None]
    known = (fade * view.past_known).sum(axis=(1, 2))
    exposure = (fade * np.clip(view.past_share, 0.0, 1.2) * season).sum(axis=(1, 2))
    now = memory ** np.arange(m - 1, -1, -1)
    known = known + (now * view.current[:, :m]).sum(axis=1)
    exposure = exposure + (now * view.share[:, :m] * season[:, 0, :m]).sum(axis=1)
    return (known + PRIOR * view.last) / np.maximum(np.maximum(exposure, 0.0) + PRIOR, 1e-6)


def median_level(view: View, memory: float) -> Array:
    """Give the level [series] as the mean of the middle six tenths of the months: an odd month does not move it.

    Args:
        view: The cut.
        memory: Months weigh by how much of a year they stand for, each month back `memory` times less.
    """
    m, years = view.peilmaand, view.history.shape[1]
    season = np.maximum(view.season[:, None, :12], 0.0)
    back = (m - 1) + 12 * np.arange(years, 0, -1)[:, None] - np.arange(12)[None, :]
    past = np.clip(view.past_share, 0.0, 1.2) * season * view.valid[:, :, None]
    now = view.share[:, :m] * season[:, 0, :m]
    exposure = np.concatenate([past.reshape(len(season), -1), now], axis=1)
    known = np.concatenate([view.past_known.reshape(len(season), -1), view.current[:, :m]], axis=1)
    fade = np.concatenate([(memory**back).ravel(), memory ** np.arange(m - 1, -1, -1)])
    counts = exposure > IDLE * EVEN
    weight = np.where(counts, exposure * fade, 0.0)
    rate = np.divide(known, exposure, out=np.zeros_like(known), where=counts)
    order = np.argsort(rate, axis=1, kind="stable")
    upto = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    total = upto[:, -1:]
    inside = np.clip(upto / np.where(total > 0, total, 1.0), EDGE, 1.0 - EDGE)
    inside = np.diff(inside, axis=1, prepend=EDGE) / (1.0 - 2 * EDGE)
    middle = (np.take_along_axis(rate, order, axis=1) * inside).sum(axis=1)
    return np.where(total[:, 0] > 0, middle, view.last)


def complete(view: View, level: Array) -> Array:
    """Give the year's total: what is known, plus what `level` says of months not (fully) known yet.

    Args:
        view: The cut.
        level: Euros a year at the cut.
    """
    missing = view.season.copy()
    missing[:, :12] *= 1.0 - view.share
    unseen = missing[:, :12].sum(axis=1) + np.where(view.current[:, 12] == 0, missing[:, 12], 0.0)
    return view.booked + level * unseen
