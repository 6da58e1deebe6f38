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
#: A booking stands out by so many times the usual scatter, by so much more than the second largest surprise of earlier
#: years, and by this share of a year's total at least.
TIMES, MORE, SHARE = 4.5, 1.6, 0.015


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
    if len(growths) < YEARS + 1:
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
    """Growth up to now of consecutive known years; none where this year is not known, and anew after a gap."""
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

    December is large every year, so a month is compared with the same month of four earlier years at today's level. How
    far months were from that before says what is large; one earlier outlier does not hide the next. An instalment that
    came a month late is missing in the month before (or after): both months together must stand out too.

    Args:
        monthly: [year, month]: booked in a month, oldest year first; the last year is the running one.
        until: Number of months known in the running year.

    Returns:
        The booking, or None.
    """
    years = [y for y in range(len(monthly) - 1) if np.isfinite(monthly[y]).all() and monthly[y].sum() > 0][-4:]
    if len(years) < 2 or until < 1:
        return None
    block = monthly[years]
    total = float(block[-1].sum())
    usual = np.median(block * _scale(block, monthly[-1], until)[:, None], axis=0)
    # A large month scatters more: surprises are measured by the size of the month, at least an average one.
    size = np.maximum(usual, total / 12)
    surprises = (_surprises(block) / size).ravel()
    scatter = max(1.4826 * float(np.median(np.abs(surprises))), 0.02)
    least = np.maximum(max(TIMES * scatter, MORE * float(np.sort(surprises)[-2])) * size, SHARE * total)
    over = np.nan_to_num(monthly[-1, :until] - usual[:until], nan=0.0)
    best: Booking | None = None
    for m in range(until):
        pairs = [over[m] + over[n] for n in (m - 1, m + 1) if 0 <= n < until]
        stands_out = over[m] >= least[m] and all(pair >= least[m] / 2 for pair in pairs)
        times = float(over[m] / (scatter * size[m]))
        if stands_out and (best is None or times > best.times):
            best = Booking(m, float(monthly[-1, m]), float(usual[m]), times)
    return best


def _scale(block: Array, now: Array, until: int) -> Array:
    """Factor that brings each earlier year to the level of this one, by the months that are known in both."""
    level = float(np.nanmedian(now[:until])) if np.isfinite(now[:until]).any() else 0.0
    before = np.median(block[:, :until], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((before > 0) & (level > 0), level / before, 1.0)
    return np.clip(ratio, 0.8, 1.3)


def _surprises(block: Array) -> Array:
    """How far each month of earlier years was from the median of that month in the other years, at the last level."""
    scaled = block / block.sum(axis=1, keepdims=True) * block[-1].sum()
    others = [np.median(np.delete(scaled, y, axis=0), axis=0) for y in range(len(scaled))]
    return scaled - np.array(others)
