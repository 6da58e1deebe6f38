"""Every past forecast as it would have been made: the track record, and what the model learns from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast import combine, intervals
from indicators.forecast.development import Development
from indicators.forecast.methods import baselines, candidates
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.view import FADE, HISTORY, View, make_view

#: Errors of the month before and after say nearly as much about this peilmaand as its own.
_SMALL = 1e-4
_NEIGHBOURS = {-1: 0.5, 0: 1.0, 1: 0.5}


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
    """

    year: int
    peilmaand: int
    view: View
    usable: Mask
    quantiles: Array
    baselines: dict[str, Array]
    years_before: Array
    common: float


class Backtest:
    """Walks through time once; each cut learns from the forecasts made at the cuts before it."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self._methods = candidates()
        shape = (len(panel.names), len(panel.years), 12)
        self._each = np.full((*shape, len(self._methods)), np.nan)
        self._model = np.full(shape, np.nan)
        self._open = np.full(shape, np.nan)
        self._learned = np.zeros(shape)
        self._first_fall = _first_fall(panel)
        self._start = np.array([m.start for m in self._methods])

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
        panel = self.panel
        usable = view.valid[:, -1] & _no_gap(panel, year, m)
        each = np.stack([method.forecast(view) for method in self._methods], axis=1)
        each[~usable] = np.nan
        self._each[:, year, m - 1] = each
        months = [(k, w) for k, w in ((m + d, w) for d, w in _NEIGHBOURS.items()) if 1 <= k <= 12]
        past = np.arange(max(0, year - HISTORY), year)
        fade = np.concatenate([w * FADE ** (year - 1 - past) for _, w in months])
        fade = fade / sum(w for _, w in months)
        outturn = np.where(view.valid, view.totals, np.nan)[:, :, None]
        scale = np.where(view.scale > 0, view.scale, 1.0)
        # Another month's error is brought to this month's size by how much of the year is still open in each.
        still_open = _open_share(view)
        self._open[:, year, m - 1] = still_open
        learned = view.valid.sum(axis=1)
        self._learned[:, year, m - 1] = learned
        in_year = np.array([method.in_year for method in self._methods])

        def past_errors(made: Array) -> Array:
            """Relative errors [series, cuts, ...], those of neighbouring months brought to this month's size."""
            by_month = [(outturn - made[:, past, k - 1]) / scale[:, None, None] for k, _ in months]
            here = by_month[[k for k, _ in months].index(m)]
            opened = [_ratio(still_open, self._open[:, past, k - 1]) for k, _ in months]
            sized = [e * _resize(here, e, r) for e, r in zip(by_month, opened, strict=True)]
            return np.concatenate(sized, axis=1)

        errors = past_errors(self._each)
        start = self._start * np.where(in_year, np.mean(still_open) ** 0.75, 1.0)
        w = combine.weights(errors, fade, panel.membership, start, usable[:, None] & ~np.isnan(each))
        point = np.where(usable, (w * np.nan_to_num(each)).sum(axis=1), np.nan)
        # Every month is in, none develops and no closing entries ever came: the year is what it is.
        point = np.where(usable & (still_open <= _SMALL), view.booked, point)
        self._model[:, year, m - 1] = point
        made = intervals.Past(
            errors=past_errors(self._model[..., None])[:, :, 0],
            years=np.tile(past, len(months)),
            fade=fade,
            learned=np.concatenate([self._learned[:, past, k - 1] for k, _ in months], axis=1),
        )
        spread = intervals.band(made, learned, panel.membership, still_open)
        may_fall = self._first_fall <= year * 12 + m - 1
        quantiles = _floor(point[:, None] + spread.quantiles * view.scale[:, None], view, may_fall)
        return Cut(
            year=year,
            peilmaand=m,
            view=view,
            usable=usable,
            quantiles=quantiles,
            baselines={name: method.forecast(view) for name, method in baselines().items()},
            years_before=view.valid.sum(axis=1),
            common=spread.common,
        )


def _ratio(here: Array, there: Array) -> float:
    """Part of the year still open here against [series, years] there; NaN where nothing was open there."""
    ok = there > 2 * _SMALL
    if not ok.size:
        return 1.0
    return float(np.mean(np.broadcast_to(here[:, None], there.shape)[ok]) / np.mean(there[ok])) if ok.any() else np.nan


def _resize(here: Array, there: Array, opened: float) -> Array:
    """How much larger errors are in this month than in another, per method.

    Args:
        here: [series, years, methods] errors of this month.
        there: The same of the other month.
        opened: What to expect beforehand: ratio of the parts of the year still unknown.
    """
    if here is there:
        return np.ones(here.shape[2])
    if np.isnan(opened):
        # Nothing was open there: its errors of nought say nothing about a month in which something is.
        return np.full(here.shape[2], np.nan)
    both = np.isfinite(here) & np.isfinite(there)
    n = both.sum(axis=(0, 1))
    top = np.where(both, np.clip(here, -0.6, 0.6) ** 2, 0.0).sum(axis=(0, 1))
    bottom = np.where(both, np.clip(there, -0.6, 0.6) ** 2, 0.0).sum(axis=(0, 1))
    expected = float(np.clip(opened, 0.5, 2.0)) ** 2
    measured = np.divide(top, bottom, out=np.full(n.shape, expected), where=bottom > 1e-12)
    return np.sqrt(np.clip((n * measured + 4.0 * expected) / (n + 4.0), 0.0, 9.0))


def _open_share(view: View) -> Array:
    """Part [series] of a year's bookings that is expected to be unknown still."""
    size = np.abs(view.season)
    missing = (size[:, :12] * (1.0 - np.clip(view.share, 0.0, 1.0))).sum(axis=1)
    missing = missing + np.where(view.current[:, 12] != 0, 0.0, size[:, 12])
    return np.clip(missing / np.maximum(size.sum(axis=1), 1e-9), _SMALL, 1.0)


def _no_gap(panel: Panel, year: int, peilmaand: int) -> Mask:
    """Months of the year up to the cut are known, save the last ones where deliveries always come later."""
    known = ~np.isnan(panel.known(year, peilmaand, year)[:, :peilmaand])
    before = ~np.isnan(panel.known(year - 1, peilmaand, year - 1)[:, :peilmaand])
    no_hole = (np.diff(known.astype(int), axis=1) <= 0).all(axis=1) if peilmaand > 1 else np.ones(len(known), bool)
    return no_hole & (known.sum(axis=1) >= before.sum(axis=1))


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
