"""What earlier months will still cost: development of a triangle of months, one month of care by one of booking.

Chain ladder on mature months, Bornhuetter-Ferguson on immature ones with the Cape Cod level as expectation, credibility
between onderdelen of one wet, a tail, and outlier months kept apart. Method and sources: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.median import median_of_known
from indicators.forecast.pace import pace
from indicators.forecast.panel import Array, Mask

#: Months of development that are followed; what comes later is the tail.
LAGS = 25
#: A transition seen one month earlier counts this much less: billing habits drift.
MEMORY = 0.92
#: From this known share on a month speaks for itself (chain ladder); before it, its expectation does.
MATURE = 0.75
#: A pattern from fewer months than this is a guess.
LEAST_MONTHS = 6
#: A link so many robust deviations from the others is no habit of billing.
OUTLIER = 6.0
#: What comes after the last lag is at most this part of what came before.
LARGEST_TAIL = 0.05
#: The expected level is that of so many months, each month back counting so many times less.
LEVEL_MONTHS, LEVEL_MEMORY = 18, 0.9
#: A mature month so many times as high as expected has a lump in it.
LUMP = 2.0


@dataclass(frozen=True)
class Developed:
    """Arrays are [series, months], months oldest first and the last one that of the peildatum, in euros.

    Attributes:
        booked: Known at the peildatum.
        late: Still to come.
        slower: Part of `late` because the last months are billed slower than the pattern; negative when faster.
        error: Standard error of what is still to come.
        share: Share that is known by now, as expected.
        apart: Months whose development was left out of the pattern.
        own: [series] weight of the own pattern against the pooled one, 0-1.
    """

    booked: Array
    late: Array
    slower: Array
    error: Array
    share: Array
    apart: Mask
    own: Array


def develop(increments: Array, exposure: Array | None = None) -> Developed | None:
    """Expect what is still to come for every month.

    Args:
        increments: [series, months, lags] booked `lag` months after the month itself; 0 where that is not yet known.
            Months run without gaps up to the month of the peildatum; no booking before the first month is missing.
        exposure: [series, months] what the months are expected to be proportional to (value of running awards);
            None or NaN where nothing is known of it.

    Returns:
        The development, or None when there are too few months to learn a pattern from.
    """
    series, months, lags = increments.shape
    if months < LEAST_MONTHS or not series:
        return None
    cumulative = np.cumsum(increments, axis=2)
    seen = np.add.outer(np.arange(months), np.arange(lags)) <= months - 1
    ratio, variance, own, apart = _ratios(cumulative, seen)
    usual_at, relative = _shares(ratio, variance)
    speed, speed_error = pace(cumulative, usual_at, exposure)
    share_at = np.where(usual_at < 1.0, usual_at ** speed[:, None], usual_at)
    relative = np.hypot(relative, (1.0 - np.minimum(share_at, 1.0)) * speed_error[:, None])
    age = np.minimum(months - 1 - np.arange(months), lags - 1)
    share = share_at[:, age]
    booked = cumulative[:, np.arange(months), age]
    apart = apart | _lumps(booked, share, _level(booked, share, exposure, apart))
    late = _late(booked, share, _level(booked, share, exposure, apart), apart)
    usual = usual_at[:, age]
    slower = late - _late(booked, usual, _level(booked, usual, exposure, apart), apart)
    phi = _dispersion(increments, seen, share_at, booked + late)
    error = np.sqrt(phi[:, None] * np.abs(late) + np.square(relative[:, age] * (booked + late)))
    return Developed(booked, late, slower, np.where(share >= 1.0 - 1e-9, 0.0, error), share, apart, own)


def _ratios(cumulative: Array, seen: Mask) -> tuple[Array, Array, Array, Mask]:
    """Share known at a lag of what is known one lag on: [series, lags - 1], its variance, own weight, months apart."""
    series, months, lags = cumulative.shape
    now, then = cumulative[:, :, :-1], cumulative[:, :, 1:]
    back = months - 2.0 - np.add.outer(np.arange(months), np.arange(lags - 1))
    fade = np.where(seen[:, 1:], MEMORY ** np.maximum(back, 0.0), 0.0)
    usable = (then > 0) & (fade > 0)
    link = np.divide(now, then, out=np.ones_like(now), where=usable)
    odd = _odd(link, usable)
    w = np.where(usable & ~odd, fade, 0.0)
    base, none = (w * then).sum(axis=1), np.zeros((series, lags - 1))
    ratio = np.divide((w * now).sum(axis=1), base, out=np.full_like(none, np.nan), where=base > 0)
    n = np.divide(np.square(w.sum(axis=1)), np.square(w).sum(axis=1), out=none.copy(), where=base > 0)
    spread = (w * then * np.square(link - np.nan_to_num(ratio)[:, None])).sum(axis=1)
    scatter = np.divide(spread, base, out=none.copy(), where=base > 0)
    variance = np.where(n > 1.5, scatter / np.maximum(n - 1.0, 0.5), np.inf)
    mixed, left, own = _credible(ratio, variance)
    # How much own pattern there is, over the lags in which something happens.
    own = np.average(own, axis=1, weights=np.abs(1.0 - mixed).mean(axis=0) * (mixed.mean(axis=0) > 0.05) + 1e-9)
    return mixed, left, own, np.asarray(odd.any(axis=2))


def _odd(link: Array, usable: Mask) -> Mask:
    """Links far from the others of the same series and lag: a lump, a correction, a month billed twice."""
    known = np.where(usable, link, np.nan)
    off = np.abs(known - median_of_known(known, axis=1)[:, None])
    limit = np.maximum(OUTLIER * 1.4826 * median_of_known(off, axis=1), 0.1)[:, None]
    return np.asarray((usable.sum(axis=1) >= 8)[:, None] & (off > limit))


def _credible(ratio: Array, variance: Array) -> tuple[Array, Array, Array]:
    """Draw every ratio to that of all series as far as the differences are noise (Bühlmann-Straub)."""
    known = np.isfinite(ratio) & np.isfinite(variance)
    precision = np.where(known, 1.0 / np.maximum(variance, 1e-6), 0.0)
    total = precision.sum(axis=0)
    values = np.where(known, ratio, 0.0)
    pooled = np.divide((precision * values).sum(axis=0), total, out=np.ones(ratio.shape[1]), where=total > 0)
    count = known.sum(axis=0)
    # DerSimonian-Laird: what the ratios differ more than their own noise explains.
    apart = (precision * np.square(values - pooled)).sum(axis=0)
    room = total - np.divide(np.square(precision).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    between = np.divide(np.maximum(apart - (count - 1), 0.0), room, out=np.zeros_like(total), where=room > 1e-9)
    own = np.where(known, between / np.maximum(between + np.where(known, variance, 0.0), 1e-12), 0.0)
    own = np.where(known & (count == 1), 1.0, own)
    mixed = pooled + own * (values - pooled)
    left = own * np.where(known, variance, 0.0) + (1.0 - own) * (1.0 / np.maximum(total, 1e-9) * (total > 0) + between)
    return np.clip(mixed, 0.0, 1.5), left, own


def _shares(ratio: Array, variance: Array) -> tuple[Array, Array]:
    """Share known at every lag [series, lags] with the tail, and the error of the rest relative to the whole."""
    series = len(ratio)
    after = np.cumprod(ratio[:, ::-1], axis=1)[:, ::-1]
    share = np.concatenate([after, np.ones((series, 1))], axis=1) / (1.0 + _tail(after))[:, None]
    spread = np.cumsum(np.divide(variance, np.square(ratio), out=variance.copy(), where=ratio > 0.05)[:, ::-1], axis=1)
    relative = np.sqrt(np.concatenate([spread[:, ::-1], np.zeros((series, 1))], axis=1)) * np.minimum(share, 1.0)
    return np.clip(share, 0.0, 1.5), relative


def _tail(after: NDArray[np.floating[Any]]) -> Array:
    """What comes after the last lag, from how the last half year of development dies out, at most 5 %."""
    steps = np.maximum(1.0 - after[:, -6:], 0.0)
    if steps.shape[1] < 6:
        return np.zeros(len(after))
    first, last = steps[:, :1].sum(axis=1), steps[:, 3:4].sum(axis=1)
    decline = np.clip(np.divide(last, first, out=np.zeros_like(first), where=first > 1e-6) ** (1 / 3), 0.0, 0.9)
    return np.minimum(steps[:, -1] * decline / (1.0 - decline), LARGEST_TAIL)


def _level(booked: Array, share: Array, exposure: Array | None, apart: Mask) -> Array:
    """Expected cost of every month: known amounts over the exposure they stand for (Cape Cod), without months apart."""
    months = booked.shape[1]
    basis = np.ones_like(booked) if exposure is None else np.asarray(exposure, dtype=float)
    newest = basis[:, -LEVEL_MONTHS:]
    whole = np.isfinite(newest).all(axis=1) & (np.nan_to_num(newest) > 0).all(axis=1)
    basis = np.where(whole[:, None], np.nan_to_num(basis), 1.0)
    back = np.arange(months - 1, -1, -1.0)
    fade = np.where((back < LEVEL_MONTHS) & ~apart, LEVEL_MEMORY**back, 0.0)
    stands_for = (fade * share * basis).sum(axis=1)
    level = np.divide((fade * booked).sum(axis=1), stands_for, out=np.zeros(len(booked)), where=stands_for > 1e-9)
    return np.maximum(level, 0.0)[:, None] * basis


def _lumps(booked: Array, share: Array, expected: Array) -> Mask:
    """Months far above what is usual, or below nothing: a lump is in them, which does not grow as invoices do."""
    usual = expected * share
    return np.asarray((expected > 0) & (share >= MATURE) & ((booked > LUMP * usual) | (booked < 0)))


def _late(booked: Array, share: Array, expected: Array, apart: Mask) -> Array:
    """Chain ladder for a mature month that speaks for itself, Bornhuetter-Ferguson for the others."""
    ladder = np.divide(booked, share, out=booked.copy(), where=share > 0.05) - booked
    return np.where((share >= MATURE) & ~apart, ladder, (1.0 - share) * expected)


def _dispersion(increments: Array, seen: Mask, share_at: Array, ultimate: Array) -> Array:
    """Variance of a booking for each euro expected (over-dispersed Poisson), per series."""
    step = np.diff(share_at, axis=1, prepend=0.0)
    mean = ultimate[:, :, None] * step[:, None, :]
    usable = seen[None] & (mean > 1e-6 * np.maximum(np.abs(ultimate).max(axis=1), 1.0)[:, None, None])
    residual = np.divide(np.square(increments - mean), mean, out=np.zeros_like(mean), where=usable)
    return np.asarray(residual.sum(axis=(1, 2)) / np.maximum(usable.sum(axis=(1, 2)) - ultimate.shape[1], 1))
