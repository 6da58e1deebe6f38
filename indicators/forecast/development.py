"""Development of late bookings: which share of a month's final amount is known so many months after it.

Volume-weighted link ratios (chain ladder), with recent deliveries weighing more because billing habits drift, and
pooled over the series of a group where a series has little of its own. Method: /docs/prognose.md; Mack 1993.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array, Panel

#: A transition seen one month earlier counts this much less (half-life about ten months).
MEMORY = 0.93
#: The group's pattern counts as so many months of own experience.
GROUP_MONTHS = 6.0


class Development:
    """Learns link ratios month by month; `advance(t)` reads nothing dated after month index t."""

    def __init__(self, panel: Panel) -> None:
        series, years, _, ages = panel.amounts.shape
        self._cells = years * 12
        self._ages = ages
        self._by_lag = np.zeros((series, self._cells, ages))
        for year in range(years):
            for month in range(12):
                seen = panel.amounts[:, year, month, month:]
                self._by_lag[:, year * 12 + month, : seen.shape[1]] = np.nan_to_num(seen)
                self._by_lag[:, year * 12 + month, seen.shape[1] :] = np.nan_to_num(panel.amounts[:, year, month, -1:])
        self._membership = panel.membership
        self._later = np.zeros((series, ages))
        self._earlier = np.zeros((series, ages))

    def advance(self, t: int) -> None:
        """Add the transitions that became visible in month index t (0 is January of the first year)."""
        self._later *= MEMORY
        self._earlier *= MEMORY
        lags = np.arange(min(self._ages - 1, t))
        cells = t - 1 - lags
        if cells.size:
            self._later[:, lags] += self._by_lag[:, cells, lags + 1]
            self._earlier[:, lags] += self._by_lag[:, cells, lags]

    def share_known(self) -> Array:
        """Share [series, lag] of a month's final amount that is known `lag` months after its own month end."""
        m = self._membership
        members = m.sum(axis=1, keepdims=True)
        # In own size, so that a small series tells the group as much as a large one.
        size = np.abs(self._later).max(axis=1, keepdims=True)
        size = np.where(size > 0, size, 1.0)
        own_later, own_earlier = self._later / size, self._earlier / size
        pull = GROUP_MONTHS * (1.0 - MEMORY)
        later = own_later + pull * (m.T @ (m @ own_later / members))
        earlier = own_earlier + pull * (m.T @ (m @ own_earlier / members))
        ratio = np.ones_like(later)
        usable = (later > 1e-9) & (earlier >= 0)
        ratio[usable] = np.clip(earlier[usable] / later[usable], 0.0, 1.5)
        return np.clip(np.cumprod(ratio[:, ::-1], axis=1)[:, ::-1], 0.0, 1.5)
