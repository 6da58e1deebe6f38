"""Every past forecast as it would have been made: the track record, and what the model learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast import combine, intervals
from indicators.forecast.alike import Alike, alike
from indicators.forecast.band_bounds import first_fall, in_order, wider
from indicators.forecast.development import Development
from indicators.forecast.equal_months import EqualMonths, equal_months, forecasts
from indicators.forecast.errors import SMALL, Earlier, open_share
from indicators.forecast.methods import baselines, candidates
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.view import HISTORY, OTHER_SIZE, View, make_view

#: Where habits of billing changed: so many times as much as usual still to come makes the band wider, up to so much.
MORE_OPEN, MOST_OPEN = 1.15, 3.0
#: Errors fall with this power of what is open of the year; bands grow with it.
SHRINKS = 0.75


@dataclass(frozen=True)
class Cut:
    """Forecasts at one cut.

    Attributes:
        year: Index in panel.years.
        peilmaand: 1-12.
        view: What was known.
        usable: [series] at least one complete earlier year, and no gap in this one.
        quantiles: [series, 5] of the year's total, of `model`.
        baselines: Method name -> [series].
        years_before: [series] complete consecutive earlier years.
        common: Share of the variance common to all series.
        doubt: [series] how much wider than usual the band is, because the methods contradict each other.
        evidence: [series] how far it was moved to what awards or commitments say, 0-1 (evidence.py); None: not at all.
    """

    year: int
    peilmaand: int
    view: View
    usable: Mask
    quantiles: Array
    baselines: dict[str, Array]
    years_before: Array
    common: float
    doubt: Array
    evidence: Array | None = None


@dataclass(frozen=True)
class _Now:
    """A cut before it is forecast.

    Attributes:
        year: Index in panel.years.
        view: What is known.
        equal: The same in months of equal length, where months are not for some series.
        still_open: [series] part of the year that is still unknown.
        earlier: The cuts that it learns from.
        near: Whose experience counts for whom.
    """

    year: int
    view: View
    equal: EqualMonths | None
    still_open: Array
    earlier: Earlier
    near: Alike

    @property
    def at(self) -> tuple[slice, int, int]:
        """Its place in arrays [series, years, 12]."""
        return slice(None), self.year, self.view.peilmaand - 1


class Backtest:
    """Walks through time once; each cut learns from the forecasts made at the cuts before it.

    What is noted at every cut, in arrays [series, years, 12]: what each method said and the model, which part of the
    year was open and is as a rule, complete years before it, and how wide the band and how far apart the methods were.
    """

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self._methods = candidates()
        shape = (len(panel.names), len(panel.years), 12)
        self._each = np.full((*shape, len(self._methods)), np.nan)
        self._model = np.full(shape, np.nan)
        self._open = np.full(shape, np.nan)
        self._usually_open = np.full(shape, np.nan)
        self._learned = np.zeros(shape)
        self._doubt = np.ones(shape)
        self._apart = np.full(shape, np.nan)
        self._first_fall = first_fall(panel)
        self._start = np.array([m.start for m in self._methods])
        self._in_year = np.array([m.in_year for m in self._methods])

    def run(self, until: tuple[int, int] | None = None) -> list[Cut]:
        """Forecast at every cut, in order of time, up to and with (year index, peilmaand)."""
        development = Development(self.panel)
        cuts: list[Cut] = []
        for year in range(len(self.panel.years)):
            for peilmaand in range(1, 13):
                if until and (year, peilmaand) > until:
                    return cuts
                development.advance(year * 12 + peilmaand - 1)
                if year > 0:
                    view = make_view(self.panel, development, year, peilmaand)
                    cuts.append(self._cut(view, equal_months(self.panel, development, year, view), year))
        return cuts

    def _cut(self, view: View, equal: EqualMonths | None, year: int) -> Cut:
        usable = view.valid[:, -1] & _no_gap(self.panel, year, view.peilmaand)
        still_open = open_share(view)
        earlier = Earlier(view, year, still_open, self._open)
        now = _Now(year, view, equal, still_open, earlier, alike(view, self.panel.membership))
        point, w = self._point(now, usable)
        quantiles, common = self._quantiles(now, point, w)
        return Cut(
            year=year,
            peilmaand=view.peilmaand,
            view=view if equal is None else equal.of_this_year(view),
            usable=usable,
            quantiles=quantiles,
            baselines={name: method.forecast(view) for name, method in baselines().items()},
            years_before=view.valid.sum(axis=1),
            common=common,
            doubt=self._doubt[now.at].copy(),
        )

    def _point(self, now: _Now, usable: Mask) -> tuple[Array, Array]:
        """The forecast [series], and the weights [series, methods] that it is made with."""
        view, still_open, earlier = now.view, now.still_open, now.earlier
        each = forecasts(self._methods, view, now.equal, self.panel.membership)
        each[~usable] = np.nan
        self._each[now.at], self._open[now.at] = each, still_open
        start = self._start * np.where(self._in_year, np.mean(still_open) ** SHRINKS, 1.0)
        can = usable[:, None] & ~np.isnan(each)
        w = combine.weights(earlier.of(self._each), earlier.fade, now.near, start, can)
        point = np.where(usable, combine.combined(w, np.nan_to_num(each), view.scale), np.nan)
        # Every month is in, none develops and no closing entries ever came: the year is what it is.
        point = np.where(usable & (still_open <= SMALL), view.booked, point)
        self._model[now.at] = point
        return point, w

    def _quantiles(self, now: _Now, point: Array, w: Array) -> tuple[Array, float]:
        """Quantiles [series, 5] around the forecast, and the part of the variance common to a year."""
        view, earlier, at = now.view, now.earlier, now.at
        learned = self._learned[at] = view.valid.sum(axis=1)
        past = intervals.Past(
            errors=earlier.of(self._model[..., None])[:, :, 0],
            years=earlier.years,
            fade=earlier.fade,
            learned=earlier.as_was(self._learned),
            doubt=earlier.as_was(self._doubt),
            apart=earlier.as_was(self._apart),
        )
        size = np.where(np.abs(point) > OTHER_SIZE * view.scale, np.abs(point), view.scale)
        distance = (w * np.abs(np.nan_to_num(self._each[at]) - np.nan_to_num(point)[:, None])).sum(axis=1)
        apart = np.divide(distance, size, out=np.zeros_like(distance), where=size > 0)
        band = intervals.band(past, learned, apart, now.near, now.still_open)
        factor = wider(view, band.quantiles) * self._more_open(now)
        self._doubt[at], self._apart[at] = band.doubt * factor, apart
        around = band.quantiles[:, 2:3] + factor[:, None] * (band.quantiles - band.quantiles[:, 2:3])
        may_fall = self._first_fall <= now.year * 12 + view.peilmaand - 1
        return in_order(point[:, None] + around * size[:, None], view, may_fall), band.common

    def _more_open(self, now: _Now) -> Array:
        """How much wider a band [series] is where bills come later than in the years it was learned from."""
        still_open = now.still_open
        past = self._usually_open[:, max(now.year - HISTORY, 0) : now.year, now.view.peilmaand - 1]
        seen = np.isfinite(past).sum(axis=1)
        usual = np.divide(np.nansum(past, axis=1), seen, out=still_open.copy(), where=seen > 0)
        more = np.where(now.view.changed & (still_open > MORE_OPEN * usual), still_open / usual, 1.0)
        # Errors of this year are brought to the usual size by their doubt; so what was open is noted likewise.
        self._usually_open[now.at] = still_open / more
        return np.minimum(more, MOST_OPEN) ** SHRINKS


def _no_gap(panel: Panel, year: int, peilmaand: int) -> Mask:
    """Months of the year up to the cut are known, save the last ones where deliveries always come later."""
    known = ~np.isnan(panel.known(year, peilmaand, year)[:, :peilmaand])
    before = ~np.isnan(panel.known(year - 1, peilmaand, year - 1)[:, :peilmaand])
    no_hole = (np.diff(known.astype(int), axis=1) <= 0).all(axis=1) if peilmaand > 1 else np.ones(len(known), bool)
    return no_hole & (known.sum(axis=1) >= before.sum(axis=1))
