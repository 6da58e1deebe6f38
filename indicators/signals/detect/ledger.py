"""Breaks in a ledger: a year that grows faster than earlier years did, and one booking that stands out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import special

from indicators.signals.detect.series import Array

#: Corrected chance below which growth is raised, and its least size.
ALPHA, LEAST = 0.03, 0.04
#: Earlier growth figures needed; weight (in years) of the scatter of all onderdelen together against the own one.
YEARS, POOL = 3, 4.0
#: No judgement before so much of last year's outturn was booked at this point last year.
BOOKED = 0.15
#: A booking stands out by so many times the usual scatter, and by this share of a year's total at least.
TIMES, SHARE = 5.5, 0.02


@dataclass(frozen=True)
class Growth:
    """Growth against last year up to the same month, what was usual, and the chance that it is nothing."""

    growth: float
    usual: float
    excess_eur: float
    p: float


@dataclass(frozen=True)
class Booking:
    """A month that stands out: its index, the amount, and what is usual in that month."""

    month: int
    amount: float
    usual: float
    times: float


def growth_scatter(cumulative: list[Array], month: int) -> float:
    """Give the usual scatter (variance) of growth in one year, over all onderdelen together.

    Args:
        cumulative: Per onderdeel [year, month]: total up to and with a month; the last year is the running one.
        month: Index of the month now.
    """
    squares, freedom = 0.0, 0
    for series in cumulative:
        growths = _growths(series, month)[:-1]
        if len(growths) >= 2:
            squares += float(((growths - growths.mean()) ** 2).sum())
            freedom += len(growths) - 1
    return max(squares / freedom, 0.02**2) if freedom else 0.05**2


def growth_break(series: Array, month: int, scatter: float) -> Growth | None:
    """Compare this year's growth with that of earlier years, up to the same month.

    Args:
        series: [year, month]: total up to and with a month, oldest year first.
        month: Index of the month now.
        scatter: From `growth_scatter`.

    Returns:
        The growth when it is unusual; None when it is not, or cannot be told.
    """
    growths = _growths(series, month)
    if len(growths) < YEARS + 1 or len(series) < YEARS + 2 or not np.isfinite(series[-1, month]):
        return None
    last_year = float(series[-2, month])
    if last_year < BOOKED * float(np.nanmax(series[-2])):
        return None
    now, before = growths[-1], growths[:-1]
    n = len(before)
    variance = (float(((before - before.mean()) ** 2).sum()) + POOL * scatter) / (n - 1 + POOL)
    error = np.sqrt(variance * (1 + 1 / n))
    p = float(2 * special.stdtr(n - 1 + POOL, -abs(now - before.mean()) / error))
    usual = float(before.mean())
    excess = float(series[-1, month] - last_year * np.exp(usual))
    if p > ALPHA or abs(now - usual) < LEAST:
        return None
    return Growth(float(np.exp(now) - 1), float(np.exp(usual) - 1), excess, p)


def _growths(series: Array, month: int) -> Array:
    """Growth of each year that directly follows a known one; a series that began or was cut anew starts again."""
    level = series[:, month]
    usable: list[float] = []
    for before, after in pairwise(level):
        if before > 0 and after > 0:
            usable.append(float(np.log(after / before)))
        else:
            usable = []
    return np.array(usable)


def large_booking(monthly: Array, until: int) -> Booking | None:
    """Find the booking in the newest year that stands out most.

    Instalments move by a month and December is large every year: so a month is compared with the largest of the same
    and the neighbouring months of earlier years, at today's level.

    Args:
        monthly: [year, month]: booked in a month, oldest year first; the last year is the running one.
        until: Number of months known in the running year.

    Returns:
        The booking, or None.
    """
    years = [y for y in range(len(monthly) - 1) if np.isfinite(monthly[y]).all() and monthly[y].sum() > 0]
    if len(years) < 2 or until < 1:
        return None
    recent = years[-4:]
    best: Booking | None = None
    surprise = _surprises(monthly, recent)
    total = float(monthly[recent[-1]].sum())
    scatter = float(1.4826 * np.median(np.abs(surprise))) if len(surprise) else total / 24
    least = max(TIMES * max(scatter, total / 200), SHARE * total)
    for m in range(until):
        usual, largest = _usual(monthly, recent, len(monthly) - 1, m, until)
        over = float(monthly[-1, m]) - max(largest, 0.0)
        if over >= least and (best is None or over / scatter > best.times):
            best = Booking(m, float(monthly[-1, m]), usual, over / max(scatter, 1.0))
    return best


def _usual(monthly: Array, years: list[int], year: int, m: int, until: int) -> tuple[float, float]:
    """Median of this month in earlier years, and the largest of it and its neighbours, at the level of `year`."""
    same: list[float] = []
    near: list[float] = []
    now = float(np.median(monthly[year, :until]))
    for y in years:
        level = float(np.median(monthly[y, :until]))
        scale = min(max(now / level, 0.8), 1.3) if level > 0 and now > 0 else 1.0
        same.append(scale * float(monthly[y, m]))
        near += [scale * float(monthly[y, k]) for k in range(max(m - 1, 0), min(m + 2, 12))]
    return float(np.median(same)), max(near)


def _surprises(monthly: Array, years: list[int]) -> Array:
    """How far months of earlier years were from the median of the same month in the others."""
    block = monthly[years]
    level = block.sum(axis=1, keepdims=True)
    scaled = block / level * level[-1]
    return (scaled - np.median(scaled, axis=0)).ravel()
