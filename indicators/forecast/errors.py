"""Errors of earlier forecasts, made comparable: between years of another size and between months of the year."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array
from indicators.forecast.view import FADE, HISTORY, OTHER_SIZE, View

SMALL = 1e-4
#: Errors of the month before and after say nearly as much about this peilmaand as its own.
NEIGHBOURS = {-1: 0.5, 0: 1.0, 1: 0.5}
#: A month in which so many times more or less of the year is open is no neighbour: between them lies an instalment.
COMPARABLE = 2.5


class Earlier:
    """The earlier cuts that one cut learns from: the same month and its neighbours, in up to six years back.

    Attributes:
        years: [cuts] year index of each.
        fade: [cuts] how much each counts.
    """

    def __init__(self, view: View, year: int, still_open: Array, opened: Array) -> None:
        """Take what is known at a cut.

        Args:
            view: The cut.
            year: Its year index.
            still_open: [series] part of this year that is still unknown.
            opened: [series, years, 12] the same at earlier cuts.
        """
        m = view.peilmaand
        self._months = [(m + d, w) for d, w in NEIGHBOURS.items() if 1 <= m + d <= 12]
        self._here = [k for k, _ in self._months].index(m)
        self._past = np.arange(max(0, year - HISTORY), year)
        self._outturn = np.where(view.valid, view.totals, np.nan)[:, :, None]
        self._sizes = _sizes(view, np.where(view.scale > 0, view.scale, 1.0))[:, :, None]
        # Another month's error is brought to this month's size by how much of the year is still open in each.
        self._opened = [_ratio(still_open, opened[:, self._past, k - 1]) for k, _ in self._months]
        fade = np.concatenate([w * FADE ** (year - 1 - self._past) for _, w in self._months])
        self.fade = fade / sum(w for _, w in self._months)
        self.years: Array = np.tile(self._past, len(self._months)).astype(float)

    def of(self, made: Array) -> Array:
        """Relative errors [series, cuts, methods] of forecasts [series, years, 12, methods], as of this month."""
        by_month = [(self._outturn - made[:, self._past, k - 1]) / self._sizes for k, _ in self._months]
        here = by_month[self._here]
        sized = [e * _resize(here, e, r) for e, r in zip(by_month, self._opened, strict=True)]
        return np.concatenate(sized, axis=1)

    def as_was(self, kept: Array) -> Array:
        """What was noted [series, years, 12] at the cuts, as [series, cuts]."""
        return np.concatenate([kept[:, self._past, k - 1] for k, _ in self._months], axis=1)


def open_share(view: View) -> Array:
    """Part [series] of a year's bookings that is expected to be unknown still."""
    size = np.abs(view.season)
    # A share above one is open too: what comes is a correction downwards.
    missing = (size[:, :12] * np.abs(1.0 - np.clip(view.share, 0.0, 2.0))).sum(axis=1)
    missing = missing + np.where(view.current[:, 12] != 0, 0.0, size[:, 12])
    return np.clip(missing / np.maximum(size.sum(axis=1), 1e-9), SMALL, 1.0)


def _sizes(view: View, scale: Array) -> Array:
    """Size [series, years] that an error counts against: that of the series, or of the year where it was of another."""
    size = np.abs(view.history).sum(axis=2)
    of_series = np.repeat(scale[:, None], size.shape[1], axis=1)
    other = (size > OTHER_SIZE * of_series) | (size < of_series / OTHER_SIZE)
    return np.where(other, np.maximum(size, 0.05 * of_series), of_series)


def _ratio(here: Array, there: Array) -> float:
    """Part of the year still open here against [series, years] there; NaN where nothing was open there."""
    ok = there > 2 * SMALL
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
    if np.isnan(opened) or not 1 / COMPARABLE <= opened <= COMPARABLE:
        # Little or nothing was open there: its errors say nothing about a month in which much is, nor the reverse.
        return np.full(here.shape[2], np.nan)
    both = np.isfinite(here) & np.isfinite(there)
    n = both.sum(axis=(0, 1))
    top = np.where(both, np.clip(here, -0.6, 0.6) ** 2, 0.0).sum(axis=(0, 1))
    bottom = np.where(both, np.clip(there, -0.6, 0.6) ** 2, 0.0).sum(axis=(0, 1))
    expected = float(np.clip(opened, 0.5, 2.0)) ** 2
    measured = np.divide(top, bottom, out=np.full(n.shape, expected), where=bottom > 1e-12)
    return np.sqrt(np.clip((n * measured + 4.0 * expected) / (n + 4.0), 0.0, 9.0))
