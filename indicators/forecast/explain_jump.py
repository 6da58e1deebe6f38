"""How likely the cost per client jumped in a month of this year, and how far: simple models held against each other.

Growth against a year before is as usual, but for a level that differs somewhat from year to year and months that
scatter. This year it may also jump in one month, or drift by as much each month. Every model gives the months a normal
distribution; what was thought of each beforehand, times how well it foretells the months, is its chance (Bayes). No
jump is found or lost by a hair. Pure functions. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.forecast.panel import Array

Places = NDArray[np.int_]

#: How far months scatter, in natural logarithms: all are tried, the months decide.
SCATTER = np.geomspace(0.003, 0.08, 9)
#: How far a year is from what is usual, and drifts within itself (standard deviation).
WANDER = 0.015
#: What the level of an earlier half year may be at all, how far a tariff may jump, and care may drift in a year.
LEVEL, JUMP, DRIFT = 0.2, 0.08, 0.12
#: Before anything is seen: the chance of a tariff at new year, when most change, and in any other month together.
AT_NEW_YEAR, LATER = 0.3, 0.4
#: That of care that gets heavier by as much each month; less where awards are known, which get heavier along with it.
DRIFTS, DRIFTS_BEYOND_AWARDS = 0.1, 0.03
#: Months of a half year.
HALF = 6


@dataclass(frozen=True)
class Growth:
    """Growth against a year before beyond what is usual, in natural logarithms, by month; the last are of this year.

    Attributes:
        values: NaN where not known.
        now, then: Part of the clients that was known of the month, and of the same month a year before (0-1).
        start: Place of this January.
        drifts: Chance, before anything is seen, that it drifts this year.
        own: Part of what is usual that is from the last half year of these values themselves, and scatters as they do.
    """

    values: Array
    now: Array
    then: Array
    start: int
    drifts: float = DRIFTS
    own: float = 1.0


@dataclass(frozen=True)
class Found:
    """What the models say of a jump.

    Attributes:
        chance: That there was one, in whichever month.
        jumps: [12] how far it is where it was in that month.
        weights: [12] chance of that month, where there was one.
        scatter: How far months scatter.
        doubt: Standard error of what it does to the mean of the year, where there was one.
    """

    chance: float
    jumps: Array
    weights: Array
    scatter: float
    doubt: float


def compare(growth: Growth) -> Found:
    """Hold the models against each other.

    Args:
        growth: Of earlier half years, which tell how far months scatter, and at least a month of this year.

    Returns:
        The chance of a jump, and its size in each month of this year in which it could be.
    """
    at = np.flatnonzero(np.isfinite(growth.values))
    of_year = at - growth.start
    months = of_year[of_year >= 0]
    shapes = np.stack([*(np.where(of_year >= m, 1.0, 0.0) for m in months), _ramp(of_year)], axis=1)
    sizes = np.array([JUMP] * len(months) + [DRIFT])
    # A jump in a month that is not known is seen in the next one that is.
    prior = np.append(LATER / 11 * np.diff(months, prepend=-1), growth.drifts)
    prior[0] += AT_NEW_YEAR - LATER / 11
    odds = np.log(np.append(prior, 1.0 - prior.sum()))
    levels, here = _levels(of_year), np.where(of_year >= 0, 1.0, 0.0)
    noise = _noise(growth, at) + growth.own**2 * 2 / HALF * np.outer(here, here)
    fits = [_fit(growth.values[at], levels + s**2 * noise, shapes, sizes) for s in SCATTER]
    score = np.array([score for score, *_ in fits]) + odds
    score = np.exp(score - score.max())
    each = score[:, :-2]
    whole = np.maximum(each.sum(axis=0), 1e-300)
    jumps, weights = np.zeros(12), np.zeros(12)
    sizes, variances = (np.array([of[place] for of in fits])[:, :-1] for place in (1, 2))
    jumps[months] = (each * sizes).sum(axis=0) / whole
    weights[months] = whole / whole.sum()
    part, of_year = (12 - months) / 12, each / whole.sum()
    middle = float((of_year * sizes * part).sum())
    doubt = float(np.sqrt((of_year * (variances * part**2 + np.square(sizes * part - middle))).sum()))
    scatter = float((score.sum(axis=1) * SCATTER).sum() / score.sum())
    return Found(float(whole.sum() / score.sum()), jumps, weights, scatter, doubt)


def _ramp(of_year: Places) -> Array:
    return np.asarray(np.clip(of_year + 1, 0, None) / 12)


def _noise(growth: Growth, at: Places) -> Array:
    """Covariance for a scatter of 1: a month is in its own growth and, the other way, in that of a year later."""
    each = 1.0 / growth.now[at] + 1.0 / growth.then[at]
    return np.asarray(np.diag(each) - (np.abs(at[:, None] - at[None, :]) == 12))


def _levels(of_year: Places) -> Array:
    """Covariance of levels: of each earlier half year anything, of this year near what is usual, and drifting a bit."""
    half = of_year // HALF
    own = (half[:, None] == half[None, :]) & (of_year < 0)
    here = (of_year >= 0).astype(float)
    return np.asarray(LEVEL**2 * own + WANDER**2 * (np.outer(here, here) + np.outer(_ramp(of_year), _ramp(of_year))))


def _fit(values: Array, covariance: Array, shapes: Array, sizes: Array) -> tuple[Array, Array, Array]:
    """Log likelihood with each shape beside the rest, and of none (last); how large each then is, and its variance."""
    solved = np.linalg.solve(covariance, np.column_stack([values, shapes]))
    base = -0.5 * (values @ solved[:, 0] + np.linalg.slogdet(covariance)[1])
    seen, sure = shapes.T @ solved[:, 0], np.einsum("ij,ij->j", shapes, solved[:, 1:])
    spread = 1.0 + sizes**2 * sure
    better = 0.5 * (sizes**2 * seen**2 / spread - np.log(spread))
    return np.append(base + better, base), sizes**2 * seen / spread, sizes**2 / spread
