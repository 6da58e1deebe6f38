"""Development of late bookings: which share of a month's final amount is known so many months after it.

Volume-weighted link ratios (chain ladder), with recent deliveries weighing more because billing habits drift, and
pooled over the series of a group where a series has little of its own. Method: /docs/prognose.md; Mack 1993.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.panel import Array, Mask, Panel

#: A transition seen one month earlier counts this much less (half-life about ten months).
MEMORY = 0.93
#: The group's pattern counts as so many months of own experience.
GROUP_MONTHS = 6.0
#: After so many months without a delivery no rhythm is kept any more.
LONGEST_GAP = 12


class Development:
    """Learns link ratios delivery by delivery; `advance(t)` reads nothing dated after month index t.

    Where deliveries come once a quarter, a month is known at lags of its own (3 and 6 months, or 1 and 4), so a link
    runs from one delivery to the next and not from month to month.
    """

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
        self._delivered = _delivered(panel)
        self._now = 0
        self._last = np.full(series, -1)
        self._gap, self._previous_gap = np.ones(series, dtype=int), np.zeros(series, dtype=int)

    @property
    def last_delivery(self) -> NDArray[np.int_]:
        """Month index [series] of the newest delivery; now, of a series that has not begun or has ended."""
        return np.where((self._last >= 0) & (self._now - self._last <= LONGEST_GAP), self._last, self._now)

    def advance(self, t: int) -> None:
        """Add the transitions that became visible in month index t (0 is January of the first year)."""
        self._now = t
        self._later *= MEMORY
        self._earlier *= MEMORY
        now = self._delivered[:, t] if t < self._delivered.shape[1] else np.zeros(len(self._last), dtype=bool)
        for last in np.unique(self._last[now & (self._last >= 0)]):
            at = np.flatnonzero(now & (self._last == last))
            self._pass(at, int(last), t)
        self._last = np.where(now, t, self._last)

    def _pass(self, at: NDArray[np.int_], last: int, t: int) -> None:
        """Add the transitions of some series from the delivery of month `last` to that of month `t`."""
        gap = t - last
        # A rhythm that is seen twice is a rhythm; what was learned in another one does not fit it.
        other = at[(self._gap[at] != gap) & (self._previous_gap[at] == gap)]
        self._gap[other] = gap
        self._later[other], self._earlier[other] = 0.0, 0.0
        self._previous_gap[at] = gap
        at = at[self._gap[at] == gap]
        lags = np.arange(min(self._ages - gap, last + 1))
        if at.size and lags.size:
            self._later[np.ix_(at, lags)] += self._by_lag[at[:, None], last - lags, lags + gap]
            self._earlier[np.ix_(at, lags)] += self._by_lag[at[:, None], last - lags, lags]

    def share_known(self) -> Array:
        """Share [series, lag] of a month's final amount that is known in the delivery `lag` months after its end."""
        # In own size, so that a small series tells the group as much as a large one.
        size = np.abs(self._later).max(axis=1, keepdims=True)
        size = np.where(size > 0, size, 1.0)
        own_later, own_earlier = self._later / size, self._earlier / size
        pull = GROUP_MONTHS * (1.0 - MEMORY)
        result = np.ones_like(own_later)
        for gap in np.unique(self._gap):
            same = self._gap == gap
            m = self._membership[:, same]
            members = np.maximum(m.sum(axis=1, keepdims=True), 1.0)
            later = own_later[same] + pull * (m.T @ (m @ own_later[same] / members))
            earlier = own_earlier[same] + pull * (m.T @ (m @ own_earlier[same] / members))
            ratio = np.ones_like(later)
            usable = (later > 1e-9) & (earlier >= 0)
            ratio[usable] = np.clip(earlier[usable] / later[usable], 0.0, 1.5)
            for first in range(gap):
                ratio[:, first::gap] = np.cumprod(ratio[:, first::gap][:, ::-1], axis=1)[:, ::-1]
            result[same] = ratio
        return np.clip(result, 0.0, 1.5)


def _delivered(panel: Panel) -> Mask:
    """Months [series, month index] in which an amount became known or changed."""
    series, years, _, ages = panel.amounts.shape
    before = np.concatenate([np.full_like(panel.amounts[..., :1], np.nan), panel.amounts[..., :-1]], axis=-1)
    news = np.isfinite(panel.amounts) & ~(panel.amounts == before)
    result = np.zeros((series, years * 12 + ages), dtype=bool)
    for year in range(years):
        result[:, year * 12 : year * 12 + ages] |= news[:, year].any(axis=1)
    return result
