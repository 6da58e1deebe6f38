"""Months at equal length: for who is paid by working days, or bills every four weeks, which gives one month two bills.

That month moves through the years. Read as a dear month it is odd, or season, and a rest of the year without it is a
thirteenth too low. How a series goes is read from its months, with what is known at the cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indicators.forecast.development import Development
from indicators.forecast.median import median_of_known
from indicators.forecast.methods.record import Method
from indicators.forecast.month_lengths import ways
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.resized import resized, sizes
from indicators.forecast.view import View, make_view

#: A month tells from this known share on; fewer months than so many tell nothing.
KNOWN, LEAST_MONTHS = 0.5, 24
#: Neighbouring differences overlap: so many of them say as much as one.
OVERLAP = 1.5
#: What is common to all series is read again so often, with what each then most likely does.
ROUNDS = 4


@dataclass(frozen=True)
class EqualMonths:
    """A cut with months of equal length.

    Attributes:
        view: The cut, its months divided by their length.
        lengths: [series, 12] length of each month of this year, in mean months.
        longer: [series] how long the months ahead are, weighed by what they usually cost.
    """

    view: View
    lengths: Array
    longer: Array

    def forecast(self, method: Method, view: View) -> Array:
        """Give what a method says [series] of the year: the rest of the year in equal months, at its real length."""
        if not method.in_year:
            return method.forecast(view)
        return view.booked + (method.forecast(self.view) - self.view.booked) * self.longer

    def of_this_year(self, view: View) -> View:
        """Give the cut with the season of this very year: that of equal months, each at its length."""
        season = self.view.season.copy()
        season[:, :12] *= self.lengths
        total, whole = season.sum(axis=1), view.season.sum(axis=1)
        scale = np.divide(whole, total, out=np.ones_like(total), where=total > 1e-9)
        return replace(view, season=season * scale[:, None])


def forecasts(methods: Sequence[Method], view: View, equal: EqualMonths | None, membership: Array) -> Array:
    """Give what each method says of the year [series, methods], from earlier years at the size of this one.

    Args:
        methods: The methods.
        view: The cut.
        equal: The same in equal months; None where they are for every series.
        membership: [groups, series] which series are in a group.
    """
    if equal is None:
        view = resized(view, sizes(view, membership))
        return np.stack([method.forecast(view) for method in methods], axis=1)
    size = sizes(equal.view, membership)
    view, equal = resized(view, size), replace(equal, view=resized(equal.view, size))
    return np.stack([equal.forecast(method, view) for method in methods], axis=1)


def equal_months(panel: Panel, development: Development, year: int, view: View) -> EqualMonths | None:
    """Give a cut in months of equal length, or None where they are for every series.

    Args:
        panel: All series.
        development: Advanced up to and with the month of the cut.
        year: Index of the running year in panel.years.
        view: The cut.
    """
    first = year - view.history.shape[1]
    lengths = _lengths(view, panel.years[first])
    if np.allclose(lengths, 1.0):
        return None
    over = np.ones(panel.amounts.shape[:3])
    over[:, first : year + 1, :12] = lengths
    even = make_view(replace(panel, amounts=panel.amounts / over[..., None]), development, year, view.peilmaand)
    ahead = np.abs(even.season[:, :12]) * np.clip(1.0 - even.share, 0.0, 1.0)
    closing = np.where(even.current[:, 12] == 0, np.abs(even.season[:, 12]), 0.0)
    total = ahead.sum(axis=1) + closing
    rest = (ahead * lengths[:, -1]).sum(axis=1) + closing
    return EqualMonths(even, lengths[:, -1], np.divide(rest, total, out=np.ones_like(total), where=total > 1e-9))


def _lengths(view: View, first: int) -> Array:
    """Length of each month, in mean months [series, years, 12], the running year last.

    Args:
        view: The cut.
        first: First financial year of its history.
    """
    series, years = view.history.shape[:2]
    all_ways = ways(first, years + 1)
    months, known = _months(view)
    logs = _beside_neighbours(np.log(np.where(known, months, np.nan)))
    expected = _beside_neighbours(np.log(all_ways.lengths))
    left = _beside_other_years(logs[:, None] - expected)
    count = np.isfinite(left[:, 0]).sum(axis=1)
    scatter = np.nansum(np.abs(left), axis=2) / np.maximum(count, 1)[:, None]
    may = (scatter <= all_ways.most * scatter[:, :1]) & (count >= LEAST_MONTHS)[:, None]
    may[:, 0] = True
    likely = np.where(may, -(count / OVERLAP)[:, None] * np.log(np.maximum(scatter, 1e-4)), -np.inf)
    return np.asarray((_chances(likely, all_ways.before) @ all_ways.lengths).reshape(series, years + 1, 12))


def _months(view: View) -> tuple[Array, Mask]:
    """Months of history and of this year at their expected final amounts [series, months], and which of them tell."""
    series = len(view.history)
    share = np.concatenate([view.past_share, view.share[:, None]], axis=1).reshape(series, -1)
    now = np.divide(view.current[:, :12], view.share, out=np.zeros_like(view.share), where=view.share > KNOWN)
    months = np.concatenate([view.history[:, :, :12], now[:, None]], axis=1).reshape(series, -1)
    valid = np.concatenate([view.valid, np.ones((series, 1), dtype=bool)], axis=1).repeat(12, axis=1)
    valid[:, view.history.shape[1] * 12 + view.peilmaand :] = False
    return months, np.asarray(valid & (share > KNOWN) & (months > 0))


def _chances(likely: Array, before: Array) -> Array:
    """Chance of each way [series, ways]; how many series go by each is learned from all of them."""
    common = before / before.sum()
    for _ in range(ROUNDS):
        odds = likely + np.log(common)
        chance = np.exp(odds - odds.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        common = (before + chance.sum(axis=0)) / (before.sum() + len(likely))
    return np.asarray(chance)


def _beside_neighbours(logs: Array) -> Array:
    """Months [series, months] less the mean of the month before and after; NaN where one of them is not known."""
    beside = np.full(logs.shape, np.nan)
    beside[:, 1:-1] = logs[:, 1:-1] - 0.5 * (logs[:, :-2] + logs[:, 2:])
    return beside


def _beside_other_years(logs: Array) -> Array:
    """Months [..., months] less the middle of the same month in all years; NaN where it is known in under three."""
    by_year = logs.reshape(*logs.shape[:-1], -1, 12)
    often = np.isfinite(by_year).sum(axis=-2, keepdims=True) > 2
    return np.where(often, by_year - median_of_known(by_year, axis=-2)[..., None, :], np.nan).reshape(logs.shape)
