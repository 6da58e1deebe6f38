"""Development of late bookings: which share of a month's final amount is known so many months after it.

Volume-weighted link ratios (chain ladder), with recent deliveries weighing more because billing habits drift, and
pooled over the series of a group where a series has little of its own. Method: /docs/prognose.md; Mack 1993.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.habits import Habits
from indicators.forecast.panel import Array, Mask, Panel

#: A transition seen one month earlier counts this much less (half-life about ten months).
MEMORY = 0.93
#: The group's pattern counts as so many months of own experience.
GROUP_MONTHS = 6.0
#: A series' own pattern of all months counts so much in that of a place in the quarter.
LITTLE = 0.002
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
        # By the month's place in its quarter: some series are billed once a quarter.
        self._later = np.zeros((series, 3, ages))
        self._earlier = np.zeros((series, 3, ages))
        self._delivered = _delivered(panel)
        self._now = 0
        self._last = np.full(series, -1)
        self._gap, self._previous_gap = np.ones(series, dtype=int), np.zeros(series, dtype=int)
        self._habits = Habits(self._by_lag)
        self._share = self.spread = np.ones((series, ages))

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
        may = now & (self._gap == 1) & (self._previous_gap == 1)
        before = self._habits.since.copy()
        self._share, self.spread = self._habits.see(t, *self.learned(), may)
        for s in np.flatnonzero(self._habits.since != before):
            self._again(int(s), t)

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
            counts = last - lags >= self._habits.since[at, None]
            place = (at[:, None], (last - lags) % 3, lags)
            self._later[place] += counts * self._by_lag[at[:, None], last - lags, lags + gap]
            self._earlier[place] += counts * self._by_lag[at[:, None], last - lags, lags]

    def _again(self, s: int, t: int) -> None:
        """Learn a series again, from months with its new habits only."""
        since = int(self._habits.since[s])
        self._later[s], self._earlier[s] = 0.0, 0.0
        for at in range(since + 1, t + 1):
            lags = np.arange(min(self._ages - 1, at - since))
            fade = MEMORY ** (t - at)
            place = (at - 1 - lags) % 3
            self._later[s, place, lags] += fade * self._by_lag[s, at - 1 - lags, lags + 1]
            self._earlier[s, place, lags] += fade * self._by_lag[s, at - 1 - lags, lags]

    @property
    def changed(self) -> Mask:
        """Series [series] that were seen to change their habits of billing at once."""
        return self._habits.changed

    def share_known(self) -> Array:
        """Share [series, lag] of a month's final amount that is known in the delivery `lag` months after its end."""
        return self._share

    def learned(self) -> tuple[Array, Array]:
        """The learned pattern [series, lag], and that by the month's place in its quarter [series, 3, lag]."""
        later, earlier = self._later.sum(axis=1), self._earlier.sum(axis=1)
        # In own size, so that a small series tells the group as much as a large one.
        size = np.abs(later).max(axis=1, keepdims=True)
        size = np.where(size > 0, size, 1.0)
        own_later, own_earlier = later / size, earlier / size
        pull = GROUP_MONTHS * (1.0 - MEMORY)
        result = np.ones_like(own_later)
        by_quarter = np.ones_like(self._later)
        for gap in np.unique(self._gap):
            same = np.flatnonzero(self._gap == gap)
            turned = self._habits.since[same] >= 0
            of_group = _of_group(self._membership[:, same], turned)
            later, earlier = of_group @ own_later[same], of_group @ own_earlier[same]
            thought = self._habits.turned[same][turned]
            following = np.append(thought[:, :, gap:], np.ones((*thought.shape[:2], gap)), axis=2)
            later[turned], earlier[turned] = following.mean(axis=1), thought.mean(axis=1)
            result[same] = _shares(own_later[same] + pull * later, own_earlier[same] + pull * earlier, int(gap))
            if gap == 1:
                most = LITTLE * own_later[same][:, None], LITTLE * own_earlier[same][:, None]
                later, earlier = (np.broadcast_to(x, by_quarter[same].shape).copy() for x in most)
                later[turned], earlier[turned] = pull / 3 * following, pull / 3 * thought
                for_size = size[same][:, None]
                later, earlier = self._later[same] / for_size + later, self._earlier[same] / for_size + earlier
                by_quarter[same] = _shares(later, earlier, 1)
        return np.clip(result, 0.0, 1.5), np.clip(by_quarter, 0.0, 1.5)


def _of_group(membership: Array, turned: Mask) -> Array:
    """Weights [series, series] of the mean of a group; who has other habits since lately is no example for others."""
    usual = membership * ~turned
    usual = np.where(usual.any(axis=1, keepdims=True), usual, membership)
    return np.asarray(membership.T @ (usual / np.maximum(usual.sum(axis=1, keepdims=True), 1.0)))


def _shares(later: Array, earlier: Array, gap: int) -> Array:
    """Share known [..., lag] from sums over months at two deliveries, `gap` months apart."""
    ratio = np.ones_like(later)
    usable = (later > 1e-9) & (earlier >= 0)
    ratio[usable] = np.clip(earlier[usable] / later[usable], 0.0, 1.5)
    for first in range(gap):
        ratio[..., first::gap] = np.cumprod(ratio[..., first::gap][..., ::-1], axis=-1)[..., ::-1]
    return ratio


def _delivered(panel: Panel) -> Mask:
    """Months [series, month index] in which an amount became known or changed."""
    series, years, _, ages = panel.amounts.shape
    before = np.concatenate([np.full_like(panel.amounts[..., :1], np.nan), panel.amounts[..., :-1]], axis=-1)
    news = np.isfinite(panel.amounts) & ~(panel.amounts == before)
    result = np.zeros((series, years * 12 + ages), dtype=bool)
    for year in range(years):
        result[:, year * 12 : year * 12 + ages] |= news[:, year].any(axis=1)
    return result
