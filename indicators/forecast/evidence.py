"""Forecasts moved towards what another source says of the year, as far as that made earlier forecasts better.

A source may know what the bookings do not show yet: running awards (awards.py), commitments (commitments.py). How far
to believe it is learned from what it would have said at every earlier cut, with what was known then. Without earlier
years it has no say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.panel import Array, Mask, Panel
from indicators.forecast.view import FADE

#: The source may move a forecast, and an error counts, by at most this part of a year.
MOST = 0.3
#: A cut of the month before or after counts half; evidence of one year is believed for half, of two for two thirds.
NEXT_MONTH, DOUBT_YEARS = 0.5, 1.0
#: The source is heard less when so many times as far from the model as it uses to; of all counts as two cuts.
APART, POOLED = 1.5, 2.0
#: A narrower band is believed for a third after one year of moves, for half after two.
DOUBT_BAND = 2.0
#: What a source says the year [series] comes to, in euros, with what was known at the cut; NaN where it is silent.
Says = Callable[[Cut], Array]


def with_evidence(cuts: list[Cut], says: Says) -> list[Cut]:
    """Move forecasts towards what a source says, as far as that would have made earlier forecasts better.

    Args:
        cuts: Forecasts at all cuts in order of time.
        says: The source.

    Returns:
        The cuts, with quantiles moved where the source had something to say in earlier years too.
    """
    if not cuts:
        return cuts
    shape = (len(cuts[0].usable), max(cut.year for cut in cuts) + 1, 12)
    record = _Record(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan))
    result = []
    for cut in cuts:
        at = (slice(None), cut.year, cut.peilmaand - 1)
        size = np.where(cut.view.scale > 0, cut.view.scale, np.nan)
        record.model[at] = np.where(cut.usable, cut.quantiles[:, 2], np.nan)
        record.said[at] = np.clip((says(cut) - record.model[at]) / size, -MOST, MOST)
        belief, usual = _belief(cut, record)
        belief[np.isnan(record.said[at])] = 0.0
        # A register that is cleaned up says what no earlier year did: the further off, the less it is heard.
        far = np.abs(np.nan_to_num(record.said[at])) / np.maximum(usual, 1e-12)
        told = record.said[at] * np.minimum(1.0, (APART / np.maximum(far, 1e-12)) ** 2)
        move = belief * np.nan_to_num(told * size)
        record.moved[at] = record.model[at] + move
        width = np.where(told == record.said[at], _size_of_errors(cut, record), 1.0)
        result.append(_moved(cut, move, belief, width))
    return result


@dataclass(frozen=True)
class Before:
    """An earlier year at the moment of a cut.

    Attributes:
        year: Index in panel.years.
        counts: How much it counts: less the longer ago.
        total: [series] its final total as expected now.
        rest: [series] what was still to be booked of it then.
        alike: [series] it is complete, and as many of its months were known then as are of this year now.
    """

    year: int
    counts: float
    total: Array
    rest: Array
    alike: Mask


def years_before(cut: Cut, panel: Panel) -> Iterator[Before]:
    """Give what was known of each earlier year after as many months as of this one, the last year first.

    Args:
        cut: Forecast at a cut.
        panel: The series.
    """
    view, m = cut.view, cut.peilmaand
    seen = np.isfinite(panel.known(cut.year, m, cut.year)).sum(axis=1)
    for back in range(1, view.totals.shape[1] + 1):
        known = panel.known(cut.year - back, m, cut.year - back)
        alike = view.valid[:, -back] & (np.isfinite(known).sum(axis=1) == seen)
        total = view.totals[:, -back]
        yield Before(cut.year - back, FADE**back, total, total - np.nan_to_num(known).sum(axis=1), alike)


@dataclass(frozen=True)
class _Record:
    """Earlier cuts, each [series, year, 12].

    Attributes:
        said: What the source said, less the model, in parts of a year.
        model: The forecast before.
        moved: The forecast after.
    """

    said: Array
    model: Array
    moved: Array


def _belief(cut: Cut, record: _Record) -> tuple[Array, Array]:
    """How far to move to the source, and how far source and model lay apart, at earlier cuts; both [series].

    How far: what would have been best, own and pooled; less so after few years, the more of the errors that leaves.
    Apart: in parts of a year, drawn to that of all.
    """
    both, square, errors, mass = np.zeros((4, len(record.said)))
    years = 0
    for back in range(1, cut.view.totals.shape[1] + 1):
        near = _near(cut)
        at = (slice(None), cut.year - back, near)
        error = _errors(cut, back, record.model[at])
        seen = np.isfinite(error * record.said[at]) & (record.said[at] != 0.0)
        weight = seen * np.where(np.arange(12)[near] == cut.peilmaand - 1, 1.0, NEXT_MONTH)
        told, error = np.where(seen, record.said[at], 0.0), np.where(seen, error, 0.0)
        both += (weight * told * error).sum(axis=1)
        square += (weight * told**2).sum(axis=1)
        errors += (weight * error**2).sum(axis=1)
        mass += weight.sum(axis=1)
        years += bool(seen.any())
    if years == 0:
        return both, both
    usual = np.sqrt((square + POOLED * square.sum() / mass.sum()) / (mass + POOLED))
    both, square, errors = (of + of.sum() / np.count_nonzero(square) for of in (both, square, errors))
    best = both / square
    left = np.clip(1.0 - best * both / np.maximum(errors, 1e-300), 0.0, 1.0)
    return np.clip(best * years / (years + DOUBT_YEARS * left), 0.0, 1.0), usual


def _near(cut: Cut) -> slice:
    """The months of a year whose cuts tell of this one: its own and its neighbours."""
    return slice(max(0, cut.peilmaand - 2), min(12, cut.peilmaand + 1))


def _errors(cut: Cut, back: int, forecast: Array) -> Array:
    """Outturn of an earlier year, as known at the cut, less forecasts [series, months] of it, in parts of a year."""
    error = (cut.view.totals[:, -back, None] - forecast) / np.maximum(cut.view.scale, 1e-9)[:, None]
    return np.where(cut.view.valid[:, -back, None], np.clip(error, -MOST, MOST), np.nan)


def _size_of_errors(cut: Cut, record: _Record) -> Array:
    """Errors [series] after earlier moves against those before, each move learned from years before it; above 1: harm.

    Drawn to all series together, and to 1 where few years were moved.
    """
    after, before = np.zeros((2, len(record.said)))
    years = 0
    for back in range(1, cut.view.totals.shape[1] + 1):
        at = (slice(None), cut.year - back, _near(cut))
        model, moved = record.model[at], record.moved[at]
        made = (moved != model) & np.isfinite(moved)
        after += np.nansum(np.where(made, _errors(cut, back, moved), 0.0) ** 2, axis=1)
        before += np.nansum(np.where(made, _errors(cut, back, model), 0.0) ** 2, axis=1)
        years += bool(made.any())
    together = after.sum() / before.sum() if before.any() else 1.0
    if together >= 1.0:
        return np.full(len(after), together)
    after, before = (of + POOLED * of.sum() / np.count_nonzero(before) for of in (after, before))
    return np.minimum(after / before, 1.0) ** (0.5 * years / (years + DOUBT_BAND))


def _moved(cut: Cut, move: Array, belief: Array, width: Array) -> Cut:
    """The cut with its quantiles moved, and the band as much narrower as errors became smaller; as it was if larger."""
    if not move.any() or width.max() > 1.0:
        return cut
    middle = cut.quantiles[:, 2:3]
    quantiles = middle + move[:, None] + np.where(move != 0.0, width, 1.0)[:, None] * (cut.quantiles - middle)
    floor = np.minimum(cut.view.booked, cut.quantiles[:, 0])
    before = 0.0 if cut.evidence is None else cut.evidence
    return replace(cut, quantiles=np.maximum(quantiles, floor[:, None]), evidence=np.maximum(before, belief))
