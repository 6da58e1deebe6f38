"""The yearly level that the bookings so far point to (Cape Cod: known amounts over the exposure they stand for)."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array
from indicators.forecast.view import View


def year_level(view: View, prior: Array, prior_exposure: float) -> Array:
    """Give the level [series] in euros a year from the running year alone.

    Args:
        view: The cut.
        prior: Level expected beforehand.
        prior_exposure: Part of a year that the prior counts for; keeps the level finite when nothing is booked yet.
    """
    exposure = (view.season[:, :12] * view.share).sum(axis=1)
    return (view.booked + prior_exposure * prior) / np.maximum(np.maximum(exposure, 0.0) + prior_exposure, 1e-6)


def rolling_level(view: View, memory: float, prior_exposure: float = 0.05) -> Array:
    """Give the level [series] from all months up to the cut, each month back counting `memory` times less."""
    m, years = view.peilmaand, view.history.shape[1]
    season = view.season[:, None, :12]
    back = (m - 1) + 12 * np.arange(years, 0, -1)[:, None] - np.arange(12)[None, :]
    fade = memory**back * view.valid[:, :, None]
    known = (fade * view.past_known).sum(axis=(1, 2))
    exposure = (fade * np.clip(view.past_share, 0.0, 1.2) * season).sum(axis=(1, 2))
    now = memory ** np.arange(m - 1, -1, -1)
    known = known + (now * view.current[:, :m]).sum(axis=1)
    exposure = exposure + (now * view.share[:, :m] * season[:, 0, :m]).sum(axis=1)
    return (known + prior_exposure * view.last) / np.maximum(np.maximum(exposure, 0.0) + prior_exposure, 1e-6)


def complete(view: View, level: Array, growth: Array | None = None) -> Array:
    """Give the year's total: what is known, plus what `level` says of months not (fully) known yet.

    Args:
        view: The cut.
        level: Euros a year at the cut.
        growth: Yearly growth that goes on during the rest of the year, or None.
    """
    missing = view.season.copy()
    missing[:, :12] *= 1.0 - view.share
    if growth is not None:
        ahead = np.maximum(np.arange(1, 14) - view.peilmaand, 0)
        missing = missing * (1.0 + growth[:, None] * ahead / 12.0)
    unseen = missing[:, :12].sum(axis=1) + np.where(view.current[:, 12] == 0, missing[:, 12], 0.0)
    return view.booked + level * unseen
