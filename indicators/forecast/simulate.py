"""Draws that keep the correlation between series, so that the band of a total is not the sum of bands."""

from __future__ import annotations

from math import erf, sqrt

import numpy as np

from indicators.forecast.panel import Array

#: What is told of an outcome, in per cent, and its columns in the published tables.
LEVELS = (10.0, 25.0, 50.0, 75.0, 90.0)
QUANTILES = ["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]
#: Their normal scores; outcomes end at so many standard deviations.
_SCORES = np.array([-1.2815516, -0.6744898, 0.0, 0.6744898, 1.2815516])
_TAIL = 4.0


def normal_draws(seed: int, draws: int, series: int, common: float) -> Array:
    """Give [draws, series] standard normal scores of which every pair has correlation `common`."""
    random = np.random.default_rng(seed)
    shared = random.standard_normal((draws, 1))
    own = random.standard_normal((draws, series))
    return np.sqrt(common) * shared + np.sqrt(1.0 - common) * own


def outcomes(quantiles: Array, scores: Array) -> Array:
    """Turn normal scores into outcomes.

    Args:
        quantiles: [series, 5] p10, p25, p50, p75, p90.
        scores: [draws, series].

    Returns:
        [draws, series] in the unit of the quantiles; beyond p10 and p90 the tails go on at the slope from the median.
    """
    if not len(quantiles):
        return np.zeros((len(scores), 0))
    x, y = _knots(quantiles)
    return np.stack([np.interp(scores[:, i], x, y[i]) for i in range(len(quantiles))], axis=1)


def chance_above(quantiles: Array, limit: float) -> float:
    """Give the probability that the outcome [5 quantiles] is above a limit."""
    x, y = _knots(quantiles[None, :])
    values = y[0] + np.arange(len(x)) * 1e-9 * max(1.0, abs(float(y[0][3])))
    score = float(np.interp(limit, values, x))
    return 0.5 * (1.0 - erf(score / sqrt(2.0)))


def _knots(quantiles: Array) -> tuple[Array, Array]:
    far = _TAIL / -_SCORES[0]
    low = quantiles[:, 2] - (quantiles[:, 2] - quantiles[:, 0]) * far
    high = quantiles[:, 2] + (quantiles[:, 4] - quantiles[:, 2]) * far
    return np.concatenate([[-_TAIL], _SCORES, [_TAIL]]), np.column_stack([low, quantiles, high])
