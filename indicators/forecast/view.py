"""What is known at one cut (financial year, peilmaand), turned into what every method needs.

Earlier years are brought to their expected final amounts with the development pattern; months of the running year stay
as known, beside the share of them that is expected to be known by now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.development import Development
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.season import season

#: Years of history in use, and how much less a year one further back counts.
HISTORY = 6
FADE = 0.8
#: A year so many times as large as another is of another size: onderdelen were merged or split.
OTHER_SIZE = 2.0
#: A month of which less is expected to be known is not blown up by more than that.
LEAST_KNOWN = 0.25
#: Growth of a year counts for no more than this (in logarithms); that of the group counts as so many own years; so much
#: of both is thought to go on, within these bounds.
FAR_GROWTH, GROUP_YEARS, GOES_ON, LEAST_GROWTH, MOST_GROWTH = 0.4, 3.0, 0.6, -0.10, 0.15


@dataclass(frozen=True)
class View:
    """State at one cut; arrays are [series, ...].

    Attributes:
        peilmaand: 1-12.
        seen: [series] at least one month of the running year is known.
        history: [series, years, 13] expected final amounts, oldest year first; 0 where `valid` is False.
        valid: [series, years] complete years directly before, without interruption.
        totals: [series, years] their sums.
        weight: [series, years] weights that fade with age; 0 where not valid.
        scale: [series] size of a year in euros (sum of absolute months): the mean year, or last year if far larger;
            this year at its pace so far where there is none before it.
        current: [series, 13] running year as known (0 where unknown).
        share: [series, 12] expected share of each month of the running year that is known by now; 0 after the cut.
        unsure: [series, 12] standard deviation of `share`, where habits of billing may have changed; else 0.
        changed: [series] habits of billing were seen to change at once.
        past_share: [series, years, 12] the same for earlier years.
        past_known: [series, years, 12] earlier years as known.
        season: [series, 13] expected share of each month in the year's total.
        season_centred: [series, 13] the same, of months held against the year around them (see season.py).
        growth: [series] damped yearly growth.
        last: [series] expected final total of last year.
        known_last: [series] last year's total as known; NaN where last year is not complete.
        budget: [series] budget known at the cut.
        past_budget: [series, years] budget of earlier years as known at the same peilmaand.
    """

    peilmaand: int
    seen: Mask
    history: Array
    valid: Mask
    totals: Array
    weight: Array
    scale: Array
    current: Array
    share: Array
    unsure: Array
    changed: Mask
    past_share: Array
    past_known: Array
    season: Array
    season_centred: Array
    growth: Array
    last: Array
    known_last: Array
    budget: Array
    past_budget: Array

    @property
    def booked(self) -> Array:
        """Total of the running year as known."""
        return self.current.sum(axis=1)

    @property
    def ahead(self) -> int:
        """Months that are still to come; at least one, over which levels are held against each other."""
        return max(12 - self.peilmaand, 1)

    @property
    def grown(self) -> Array:
        """Expected final total of last year x growth."""
        return self.last * (1.0 + self.growth)

    @property
    def likely_budget(self) -> Array:
        """Budget known at the cut; NaN where it is nothing for a series that does cost money: that is no opinion."""
        return np.where((self.budget > 0) | (self.scale == 0), self.budget, np.nan)

    @property
    def centred(self) -> View:
        """The same cut, with the season of months held against the year around them."""
        return replace(self, season=self.season_centred)


def make_view(panel: Panel, development: Development, year: int, peilmaand: int) -> View:
    """Build the view of a cut.

    Args:
        panel: All series.
        development: Advanced up to and with the month of the cut.
        year: Index of the running year in panel.years.
        peilmaand: 1-12.

    Returns:
        The view; series without one complete earlier year have no valid history.
    """
    past = list(range(max(0, year - HISTORY), year))
    pattern = development.share_known()
    known = np.stack([panel.known(j, peilmaand, year) for j in past], axis=1)
    past_share = np.stack([_share(pattern, development.last_delivery, j) for j in past], axis=1)
    complete = np.asarray(np.isfinite(known[:, :, :12]).all(axis=2))
    valid = np.cumprod(complete[:, ::-1], axis=1)[:, ::-1].astype(bool)
    known = np.where(valid[:, :, None], np.nan_to_num(known), 0.0)
    history = known.copy()
    history[:, :, :12] = known[:, :, :12] / np.maximum(past_share, LEAST_KNOWN)
    history[:, -1, 12] += _closing_to_come(panel, year, peilmaand, history, valid)
    totals = history.sum(axis=2)
    weight = valid * FADE ** np.arange(len(past))[::-1]
    running = panel.known(year, peilmaand, year)
    current = np.nan_to_num(running)
    return View(
        peilmaand=peilmaand,
        seen=np.asarray(np.isfinite(running).any(axis=1)),
        history=history,
        valid=valid,
        totals=totals,
        weight=weight,
        scale=_scale(history, valid, np.abs(current).sum(axis=1) * 12 / peilmaand),
        current=current,
        share=_share(pattern, development.last_delivery, year),
        unsure=_share(development.spread, development.last_delivery, year),
        changed=development.changed.copy(),
        past_share=past_share,
        past_known=known[:, :, :12],
        season=season(history, totals, weight, panel.membership),
        season_centred=season(history, totals, weight, panel.membership, centred=True),
        growth=_growth(totals, valid, panel.membership),
        last=totals[:, -1],
        known_last=np.where(valid[:, -1], known[:, -1].sum(axis=1), np.nan),
        budget=panel.budget(year, peilmaand),
        past_budget=np.stack([panel.budget(j, peilmaand) for j in past], axis=1),
    )


def _scale(history: Array, valid: Mask, this_year: Array) -> Array:
    """Size of a year [series], as in `View`."""
    size = np.abs(history).sum(axis=2)
    mean = size.sum(axis=1) / np.maximum(valid.sum(axis=1), 1)
    scale = np.where(size[:, -1] > OTHER_SIZE * mean, size[:, -1], mean)
    return np.where(scale > 0, scale, this_year)


def _share(pattern: Array, last: NDArray[np.int_], year: int) -> Array:
    """Share [series, 12] of each month of a year index that the newest delivery is expected to hold; 0 after it."""
    lag = last[:, None] - (year * 12 + np.arange(12))
    return np.where(lag >= 0, np.take_along_axis(pattern, np.clip(lag, 0, pattern.shape[1] - 1), axis=1), 0.0)


def _closing_to_come(panel: Panel, year: int, peilmaand: int, history: Array, valid: Mask) -> Array:
    """Closing entries of last year still to come, from what older years still got after the same number of months."""
    extra = np.zeros(len(panel.names))
    base = np.zeros(len(panel.names))
    for back, j in enumerate(range(year - 2, max(-1, year - HISTORY - 1), -1)):
        ok = valid[:, -2 - back]
        then = np.nan_to_num(panel.known(j, peilmaand, j + 1)[:, 12])
        now = np.nan_to_num(panel.known(j, peilmaand, year)[:, 12])
        extra += np.where(ok, FADE**back * (now - then), 0.0)
        base += np.where(ok, FADE**back * np.abs(history[:, -2 - back, :12]).sum(axis=1), 0.0)
    m = panel.membership
    pooled_base = m.T @ (m @ base)
    pooled = np.divide(m.T @ (m @ extra), pooled_base, out=np.zeros_like(base), where=pooled_base > 0)
    ratio = np.divide(extra, base, out=pooled.copy(), where=base > 0)
    return ratio * np.abs(history[:, -1, :12]).sum(axis=1) * valid[:, -1]


def _growth(totals: Array, valid: Mask, membership: Array) -> Array:
    """Yearly growth [series] of recent years, drawn to the group's, of which a part is thought to go on."""
    pair = valid[:, 1:] & valid[:, :-1] & (totals[:, 1:] > 0) & (totals[:, :-1] > 0)
    logs = np.zeros(pair.shape)
    np.log(np.divide(totals[:, 1:], totals[:, :-1], out=np.ones_like(logs), where=pair), out=logs, where=pair)
    logs = np.clip(logs, -FAR_GROWTH, FAR_GROWTH)
    if pair.shape[1] == 0:
        return np.zeros(len(totals))
    w = pair * FADE ** np.arange(pair.shape[1])[::-1]
    own_sum, own_n = (w * logs).sum(axis=1), w.sum(axis=1)
    members = membership.T @ (membership @ own_n)
    group = np.divide(membership.T @ (membership @ own_sum), members, out=np.zeros_like(own_n), where=members > 0)
    growth = GOES_ON * (own_sum + GROUP_YEARS * group) / (own_n + GROUP_YEARS)
    return np.clip(np.expm1(growth), LEAST_GROWTH, MOST_GROWTH)
