"""The course of a year: cost by month, late invoices included, and the date on which a budget is passed."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

import numpy as np

from indicators.forecast.panel import Array, Panel
from indicators.forecast.view import View


@dataclass(frozen=True)
class Course:
    """Expected course at a cut; arrays are [series, 12].

    Attributes:
        booked: Cumulative bookings as known; NaN after the cut.
        late: Expected late bookings over the months so far; NaN after the cut.
        late_of: The same, by month of the cost and not added up; 0 after the cut.
        cost: [series] cost up to the cut, late bookings included.
        rest: [series] what the rest of the year is expected to cost.
        path: Share of the rest of the year's cost that is spent by the end of each month; 0 up to the cut.
        spread: Share of the year's uncertainty that each month's cumulative cost has.
    """

    peilmaand: int
    booked: Array
    late: Array
    late_of: Array
    cost: Array
    rest: Array
    path: Array
    spread: Array

    def together(self, members: list[int]) -> Course:
        """Give the course of a sum of series, as the only one: its bookings and late bills are theirs, to the cent.

        Args:
            members: Places of the series.
        """
        booked, late, late_of, cost, rest = (
            part[members].sum(axis=0, keepdims=True)
            for part in (self.booked, self.late, self.late_of, self.cost, self.rest)
        )
        weight = np.abs(self.rest[members])[:, None]
        paths = self.path[members]
        path = (weight * paths).sum(axis=0) / weight.sum() if weight.sum() > 0 else paths.mean(axis=0)
        spread = _spread(self.peilmaand, late, path[None, :], rest, np.abs(cost + rest))
        return Course(self.peilmaand, booked, late, late_of, cost, rest, path[None, :], spread)

    def late_when(self, series: int, middle: float) -> Array:
        """Give `late` [12] of a series of which the year is expected to end at `middle`.

        Once all months are over, what is still to come is what the forecast has beyond the bookings: no months are left
        in which the course could get there.
        """
        late = self.late[series].copy()
        if self.peilmaand == 12:
            to_come = middle - self.booked[series, -1]
            late *= to_come / late[-1] if late[-1] > 0 and to_come > 0 else 0.0
            late[-1] = to_come
        return late

    def cumulative(self, series: int, quantiles: Array) -> Array:
        """Give cumulative cost [12, quantiles] of a series when the year ends at `quantiles`."""
        m = self.peilmaand
        middle = quantiles[2]
        centre = self.booked[series] + self.late_when(series, middle)
        centre[m:] = self.cost[series] + (middle - self.cost[series]) * self.path[series, m:]
        return centre[:, None] + (quantiles - middle)[None, :] * self.spread[series][:, None]


def course(panel: Panel, view: View, year: int, middle: Array) -> Course:
    """Derive the course of a year.

    Cost booked after the year (month 13) is a backlog of late invoices. It builds up early in the year as fast as it
    is worked off after it: the backlog after k months is what is worked off in the first k months after a year.

    Args:
        panel: All series.
        view: What was known at the cut.
        year: Index of the running year.
        middle: [series] p50 of the year.

    Returns:
        The course.
    """
    m = view.peilmaand
    worked_off = _worked_off(panel, year, m)
    backlog = np.maximum(view.season[:, 12] * middle, 0.0)[:, None] * worked_off
    unseen = view.season[:, :12] * np.clip(1.0 - view.share, 0.0, 1.0) * middle[:, None]
    late_of = np.maximum(unseen, 0.0)
    # Of a backlog the newest months have the most.
    late_of[:, :m] += np.diff(backlog, axis=1, prepend=0.0)[:, :m][:, ::-1]
    late_of[:, m:] = 0.0
    # In whole cents, so that sums have what their parts show.
    late = np.round(backlog + np.maximum(np.cumsum(unseen, axis=1), 0.0), 2)
    booked = np.cumsum(view.current[:, :12], axis=1)
    late[:, m:], booked[:, m:] = np.nan, np.nan
    cost = booked[:, m - 1] + late[:, m - 1]
    spent = np.cumsum(np.maximum(view.season[:, :12], 0.0), axis=1) + np.maximum(view.season[:, 12:], 0.0) * worked_off
    rest = spent - spent[:, m - 1 : m]
    rest[:, :m] = 0.0
    total = rest[:, -1:]
    path = np.divide(rest, total, out=np.tile(_even(m), (len(rest), 1)), where=total > 1e-9)
    spread = _spread(m, late, path, middle - cost, np.abs(middle))
    return Course(m, booked, late, late_of, cost, middle - cost, path, spread)


def _spread(peilmaand: int, late: Array, path: Array, rest: Array, size: Array) -> Array:
    """Share of the year's uncertainty by the end of each month [series, 12]: it lies in what is not booked yet."""
    unknown = late.copy()
    unknown[:, peilmaand:] = late[:, peilmaand - 1 : peilmaand] + path[:, peilmaand:] * np.abs(rest)[:, None]
    spread = np.clip(unknown / np.maximum(unknown[:, -1:], 1e-9 * np.maximum(size, 1.0)[:, None]), 0.0, 1.0)
    spread[:, -1] = 1.0
    return np.maximum.accumulate(spread, axis=1)


def _even(peilmaand: int) -> Array:
    path = np.zeros(12)
    path[peilmaand:] = np.arange(1, 13 - peilmaand) / max(12 - peilmaand, 1)
    return path


def _worked_off(panel: Panel, year: int, peilmaand: int) -> Array:
    """Share [series, 12] of closing entries that was booked within 1..12 months after earlier years, by group."""
    top, bottom = np.zeros((len(panel.names), 12)), np.zeros(len(panel.names))
    for j in range(max(0, year - 4), year - 1):
        final = np.abs(np.nan_to_num(panel.known(j, peilmaand, year)[:, 12]))
        bottom += final
        for h in range(1, 13):
            top[:, h - 1] += np.minimum(np.abs(np.nan_to_num(panel.known(j, h, j + 1)[:, 12])), final)
    m = panel.membership
    bottom, top = m.T @ (m @ bottom), m.T @ (m @ top)
    share = np.divide(
        top, bottom[:, None], out=np.tile(1.0 - 0.5 ** np.arange(1, 13), (len(top), 1)), where=bottom[:, None] > 0
    )
    share = np.maximum.accumulate(share, axis=1)
    return share / np.maximum(share[:, -1:], 1e-9)


def passing_date(year: int, cumulative: Array, budget: float) -> dt.date | None:
    """Give the date on which cumulative cost first passes the budget.

    Args:
        year: Financial year.
        cumulative: [12] cost at the end of each month.
        budget: Budget in force, in euros.

    Returns:
        The date, taking cost as even within a month; None when it does not happen this year.
    """
    before = 0.0
    for month, at_end in enumerate(cumulative, start=1):
        if at_end > budget:
            days = calendar.monthrange(year, month)[1]
            part = (budget - before) / (at_end - before) if at_end > before else 0.0
            return dt.date(year, month, 1 + int(np.clip(part * days, 0, days - 1)))
        before = float(at_end)
    return None
