"""Every past forecast as it would have been made: the track record, and what the model learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast import combine, intervals
from indicators.forecast.alike import Alike, alike
from indicators.forecast.development import Development
from indicators.forecast.errors import SMALL, Earlier, open_share
from indicators.forecast.methods import baselines, candidates
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.view import HISTORY, OTHER_SIZE, View, make_view

#: Where habits of billing changed: so many times as much as usual still to come makes the band wider, up to so much.
MORE_OPEN, MOST_OPEN = 1.15, 3.0


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


class Backtest:
    """Walks through time once; each cut learns from the forecasts made at the cuts before it."""

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
        self._first_fall = _first_fall(panel)
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
                    cuts.append(self._cut(make_view(self.panel, development, year, peilmaand), year))
        return cuts

    def _cut(self, view: View, year: int) -> Cut:
        m = view.peilmaand
        usable = view.valid[:, -1] & _no_gap(self.panel, year, m)
        each = np.stack([method.forecast(view) for method in self._methods], axis=1)
        each[~usable] = np.nan
        still_open = open_share(view)
        self._each[:, year, m - 1], self._open[:, year, m - 1] = each, still_open
        earlier = Earlier(view, year, still_open, self._open)
        start = self._start * np.where(self._in_year, np.mean(still_open) ** 0.75, 1.0)
        can = usable[:, None] & ~np.isnan(each)
        near = alike(view, self.panel.membership)
        w = combine.weights(earlier.of(self._each), earlier.fade, near, start, can)
        point = np.where(usable, combine.combined(w, np.nan_to_num(each), view.scale), np.nan)
        # Every month is in, none develops and no closing entries ever came: the year is what it is.
        point = np.where(usable & (still_open <= SMALL), view.booked, point)
        self._model[:, year, m - 1] = point
        quantiles, common = self._quantiles(view, year, earlier, point, w, near, still_open)
        return Cut(
            year=year,
            peilmaand=m,
            view=view,
            usable=usable,
            quantiles=quantiles,
            baselines={name: method.forecast(view) for name, method in baselines().items()},
            years_before=view.valid.sum(axis=1),
            common=common,
            doubt=self._doubt[:, year, m - 1].copy(),
        )

    def _quantiles(
        self, view: View, year: int, earlier: Earlier, point: Array, w: Array, near: Alike, still_open: Array
    ) -> tuple[Array, float]:
        """Quantiles [series, 5] around the forecast, and the part of the variance common to a year."""
        at = (slice(None), year, view.peilmaand - 1)
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
        band = intervals.band(past, learned, apart, near, still_open)
        wider = _wider(view, band.quantiles) * self._more_open(still_open, view.changed, at)
        self._doubt[at], self._apart[at] = band.doubt * wider, apart
        around = band.quantiles[:, 2:3] + wider[:, None] * (band.quantiles - band.quantiles[:, 2:3])
        may_fall = self._first_fall <= year * 12 + view.peilmaand - 1
        return _floor(point[:, None] + around * size[:, None], view, may_fall), band.common

    def _more_open(self, still_open: Array, changed: Mask, at: tuple[slice, int, int]) -> Array:
        """How much wider a band [series] is where bills come later than in the years it was learned from."""
        past = self._usually_open[:, max(at[1] - HISTORY, 0) : at[1], at[2]]
        seen = np.isfinite(past).sum(axis=1)
        usual = np.divide(np.nansum(past, axis=1), seen, out=still_open.copy(), where=seen > 0)
        more = np.where(changed & (still_open > MORE_OPEN * usual), still_open / usual, 1.0)
        # Errors of this year are brought to the usual size by their doubt; so what was open is noted likewise.
        self._usually_open[at] = still_open / more
        return np.minimum(more, MOST_OPEN) ** 0.75


def _no_gap(panel: Panel, year: int, peilmaand: int) -> Mask:
    """Months of the year up to the cut are known, save the last ones where deliveries always come later."""
    known = ~np.isnan(panel.known(year, peilmaand, year)[:, :peilmaand])
    before = ~np.isnan(panel.known(year - 1, peilmaand, year - 1)[:, :peilmaand])
    no_hole = (np.diff(known.astype(int), axis=1) <= 0).all(axis=1) if peilmaand > 1 else np.ones(len(known), bool)
    return no_hole & (known.sum(axis=1) >= before.sum(axis=1))


def _wider(view: View, quantiles: Array) -> Array:
    """How much wider a band [series] is where habits of billing may have changed at once."""
    season = np.maximum(view.season[:, :12], 0.0)
    exposure = (season * view.share).sum(axis=1)
    missing = np.maximum(1.0 - exposure, 0.0)
    unsure = (season * view.unsure).sum(axis=1) * (1.0 + missing / (exposure + 0.25))
    sigma = (quantiles[:, 4] - quantiles[:, 0]) / 2.563
    return np.sqrt(1.0 + np.square(np.divide(unsure, sigma, out=np.zeros_like(sigma), where=sigma > 0)))


def _first_fall(panel: Panel) -> Array:
    """Month index [series] at which an amount below zero, or one that went down, was first known; inf if never."""
    first = np.full(len(panel.names), np.inf)
    size = np.nanmax(np.abs(np.nan_to_num(panel.amounts)), axis=(1, 2, 3), initial=0.0)
    for year in range(len(panel.years)):
        known = panel.amounts[:, year]
        down = np.nan_to_num(known) < 0
        down[:, :, 1:] |= np.nan_to_num(np.diff(known, axis=2)) < -1e-9 * size[:, None, None]
        at = np.argmax(down.any(axis=1), axis=1) + year * 12.0
        first = np.minimum(first, np.where(down.any(axis=(1, 2)), at, np.inf))
    return first


def _floor(quantiles: Array, view: View, may_fall: Mask) -> Array:
    """No quantile below what is booked, where bookings never went down so far; and never falling."""
    floor = np.where(may_fall, -np.inf, view.booked)[:, None]
    return np.maximum.accumulate(np.maximum(quantiles, floor), axis=1)
