"""What the awards that run now say about the rest of the year: rest per euro awarded in earlier years x awarded now.

An award is known before its bills are: a new tariff or more clients show in the awards at once and in the ledger only
months later. How far to believe it is learned from what it would have said at every earlier cut, with what was known
then; without earlier years of awards it has no say.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.panel import Array, Panel
from indicators.forecast.standen import Standen
from indicators.forecast.view import FADE

#: Months of awards that are taken together, and part of the awards that may have no price.
TOGETHER, WITHOUT_PRICE = 3, 0.2
#: The awards may move a forecast, and an error counts, by at most this part of a year.
MOST = 0.3
#: A cut of the month before or after counts half; evidence of one year is believed for half, of two for two thirds.
NEXT_MONTH, DOUBT_YEARS = 0.5, 1.0
#: The awards are heard less when so many times as far from the model as they use to; of all counts as two cuts.
APART, POOLED = 1.5, 2.0
#: A narrower band is believed for a third after one year of moves, for half after two.
DOUBT_BAND = 2.0
_TABLE = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'mart' AND table_name = 'fct_toewijzing'"
# Of each month what was known in that month: later states know more, but they were not there at the cut.
_AWARDS = """
    SELECT onderdeel, leveringsvorm = 'PGB' AS pgb, year(maand) AS jaar, month(maand) AS maand,
           CAST(sum(verwacht_eur) AS DOUBLE) AS waarde, sum(toewijzingen) AS aantal, sum(zonder_prijs) AS zonder
    FROM mart.fct_toewijzing
    WHERE peildatum <= $1 AND date_trunc('month', peildatum) = maand
    GROUP BY ALL ORDER BY ALL
"""


def read_awards(connection: duckdb.DuckDBPyConnection, standen: Standen, peildatum: dt.date) -> Array:
    """Give the value of the awards running in each month as known in that month, in euros a day.

    Args:
        connection: Database; without mart.fct_toewijzing nothing is known.
        standen: The series; awards belong to the lasten of their onderdeel. Of an onderdeel with help in kind and
            budgets of one's own (PGB) the help in kind counts, for the budgets are paid from an onderdeel of their own.
        peildatum: Nothing dated later is read.

    Returns:
        [series, year, 12]; NaN where not known, or where more than a fifth of the awards has no price.
    """
    panel = standen.panel
    value = np.full((len(standen.keys), len(panel.years), 12), np.nan)
    found = connection.execute(_TABLE).fetchone()
    if not found or not found[0]:
        return value
    rows = connection.execute(_AWARDS, [peildatum]).fetchall()
    in_kind = {onderdeel for onderdeel, pgb, *_ in rows if not pgb}
    place = {onderdeel: i for i, (onderdeel, lb) in enumerate(standen.keys) if lb == "L"}
    for onderdeel, pgb, year, month, worth, count, priceless in rows:
        if onderdeel not in place or year not in panel.years or (pgb and onderdeel in in_kind):
            continue
        if worth is not None and priceless <= WITHOUT_PRICE * count:
            at = place[onderdeel], panel.years.index(year), month - 1
            value[at] = worth / calendar.monthrange(year, month)[1]
    return value


def with_awards(cuts: list[Cut], panel: Panel, value: Array) -> list[Cut]:
    """Move forecasts towards what the awards say, as far as that would have made earlier forecasts better.

    Args:
        cuts: Forecasts at all cuts in order of time.
        panel: The series.
        value: As `read_awards` gives it.

    Returns:
        The cuts, with quantiles moved where awards were known in earlier years too.
    """
    if not np.isfinite(value).any():
        return cuts
    record = _Record(np.full(value.shape, np.nan), np.full(value.shape, np.nan), np.full(value.shape, np.nan))
    result = []
    for cut in cuts:
        at = (slice(None), cut.year, cut.peilmaand - 1)
        size = np.where(cut.view.scale > 0, cut.view.scale, np.nan)
        record.model[at] = np.where(cut.usable, cut.quantiles[:, 2], np.nan)
        record.said[at] = np.clip((_from_awards(cut, panel, value) - record.model[at]) / size, -MOST, MOST)
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
class _Record:
    """Earlier cuts, each [series, year, 12].

    Attributes:
        said: What the awards said, less the model, in parts of a year.
        model: The forecast before.
        moved: The forecast after.
    """

    said: Array
    model: Array
    moved: Array


def _from_awards(cut: Cut, panel: Panel, value: Array) -> Array:
    """The year [series] when its rest costs as much per euro awarded as in earlier years; NaN where not known."""
    view, m = cut.view, cut.peilmaand
    now = _level(value, cut.year, m)
    seen = np.isfinite(panel.known(cut.year, m, cut.year)).sum(axis=1)
    rest, mass = np.zeros(len(now)), np.zeros(len(now))
    for back in range(1, view.totals.shape[1] + 1):
        known = panel.known(cut.year - back, m, cut.year - back)
        then = _level(value, cut.year - back, m)
        same = view.valid[:, -back] & (then > 0) & (np.isfinite(known).sum(axis=1) == seen)
        per_euro = (view.totals[:, -back] - np.nan_to_num(known).sum(axis=1)) / np.where(same, then, 1.0)
        rest += np.where(same, FADE**back * per_euro, 0.0)
        mass += np.where(same, FADE**back, 0.0)
    return np.where(mass > 0, view.booked + now * rest / np.where(mass > 0, mass, 1.0), np.nan)


def _level(value: Array, year: int, peilmaand: int) -> Array:
    """Mean value a day [series] of the awards in the months up to a cut; NaN where the last month is not known."""
    end = year * 12 + peilmaand
    recent = value.reshape(len(value), -1)[:, max(0, end - TOGETHER) : end]
    return np.where(
        np.isfinite(recent).all(axis=1) & (recent.shape[1] == TOGETHER), recent.sum(axis=1) / TOGETHER, np.nan
    )


def _belief(cut: Cut, record: _Record) -> tuple[Array, Array]:
    """How far to move to the awards, and how far awards and model lay apart, at earlier cuts; both [series].

    How far: what would have been best, own and pooled. Apart: in parts of a year, drawn to that of all.
    """
    view, m = cut.view, cut.peilmaand
    both, square, mass = np.zeros((3, len(record.said)))
    years = 0
    for back in range(1, view.totals.shape[1] + 1):
        near = range(max(0, m - 2), min(12, m + 1))
        at = (slice(None), cut.year - back, near)
        error = _errors(cut, back, record.model[at])
        told = np.where(np.isfinite(error * record.said[at]), record.said[at], 0.0)
        weight = np.array([1.0 if month == m - 1 else NEXT_MONTH for month in near])
        both += (weight * told * np.nan_to_num(error)).sum(axis=1)
        square += (weight * told**2).sum(axis=1)
        mass += (weight * (told != 0.0)).sum(axis=1)
        years += bool(told.any())
    if years == 0:
        return both, both
    usual = np.sqrt((square + POOLED * square.sum() / mass.sum()) / (mass + POOLED))
    typical = square.sum() / np.count_nonzero(square)
    own = (both + typical * both.sum() / square.sum()) / (square + typical)
    return np.clip(own * years / (years + DOUBT_YEARS), 0.0, 1.0), usual


def _errors(cut: Cut, back: int, forecast: Array) -> Array:
    """Outturn of an earlier year, as known at the cut, less forecasts [series, months] of it, in parts of a year."""
    error = (cut.view.totals[:, -back, None] - forecast) / np.maximum(cut.view.scale, 1e-9)[:, None]
    return np.where(cut.view.valid[:, -back, None], np.clip(error, -MOST, MOST), np.nan)


def _size_of_errors(cut: Cut, record: _Record) -> float:
    """Errors after earlier moves against those before, each move learned from the years before it; above 1: harm.

    Over all onderdelen together, drawn to 1 where few years were moved.
    """
    after = before = 0.0
    years = 0
    for back in range(1, cut.view.totals.shape[1] + 1):
        model, moved = record.model[:, cut.year - back], record.moved[:, cut.year - back]
        made = (moved != model) & np.isfinite(moved)
        after += float(np.nansum(_errors(cut, back, moved)[made] ** 2))
        before += float(np.nansum(_errors(cut, back, model)[made] ** 2))
        years += bool(made.any())
    return float((after / before) ** (0.5 * years / (years + DOUBT_BAND))) if before > 0 else 1.0


def _moved(cut: Cut, move: Array, belief: Array, width: Array) -> Cut:
    """The cut with its quantiles moved, and the band as much narrower as errors became smaller; as it was if larger."""
    if not move.any() or width.max() > 1.0:
        return cut
    middle = cut.quantiles[:, 2:3]
    quantiles = middle + move[:, None] + np.where(move != 0.0, width, 1.0)[:, None] * (cut.quantiles - middle)
    floor = np.minimum(cut.view.booked, cut.quantiles[:, 0])
    return replace(cut, quantiles=np.maximum(quantiles, floor[:, None]), awarded=belief)
