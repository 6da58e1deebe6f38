"""The pace of billing: whether the last months of a series come in slower or faster than its pattern."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array

#: The pace of billing is read from the last so many months, from where at least this share is known.
SPEED_MONTHS, FIRST_SHARE = 9, 0.15
#: How far the pace of a series is thought to stray before anything is seen of it (standard deviation).
SPEED_SPREAD = 0.3


def pace(cumulative: Array, share_at: Array, exposure: Array | None) -> tuple[Array, Array]:
    """How much slower (above 1) or faster the last months develop than the pattern: one number a series, and its error.

    The pattern is slow to change; a provider that starts to bill late shows in all recent months at once. Known shares
    are raised to this power, which lengthens every wait in proportion. Two witnesses: how the last months grew since
    they were first seen, and how far they stand below what the awards of the same months, and those of a year ago,
    would give. Drawn to 1 by their error.

    Args:
        cumulative: [series, months, lags] booked up to and with each lag, in euros.
        share_at: [series, lags] share expected to be known at each lag.
        exposure: [series, months] value of the running awards in euros; None or NaN where not known.

    Returns:
        [series] the power and its standard error.
    """
    result = np.ones(len(share_at)), np.zeros(len(share_at))
    for i in range(len(share_at)):
        precision, mean = 1.0 / SPEED_SPREAD**2, 0.0
        for x, y, level in _witnesses(cumulative[i], share_at[i], None if exposure is None else exposure[i]):
            slope, error = _slope(x, y, level)
            precision += 1.0 / error**2
            mean += slope / error**2
        result[0][i] = np.clip(1.0 + mean / precision, 0.5, 2.5)
        result[1][i] = np.sqrt(1.0 / precision) if precision > 1.01 / SPEED_SPREAD**2 else 0.0
    return result


def _witnesses(cumulative: Array, share_at: Array, exposure: Array | None) -> list[tuple[Array, Array, bool]]:
    """Pairs (log of the share expected, log of what was found over what was expected), and whether it has a level."""
    months, lags = cumulative.shape
    early = int(np.argmax(share_at >= FIRST_SHARE))
    ages = np.arange(early, min(SPEED_MONTHS, lags, months))
    at = months - 1 - ages
    known = cumulative[at, ages]
    found = []
    grown = (ages > early) & (known > 0) & (cumulative[at, early] > 0)
    if grown.sum() >= 4:
        x = np.log(share_at[early] / share_at[ages[grown]])
        found.append((x, np.log(cumulative[at, early][grown] / known[grown]) - x, False))
    if exposure is not None and months >= SPEED_MONTHS + 12:
        before = cumulative[at - 12, np.minimum(ages + 12, lags - 1)]
        both = (known > 0) & (before > 0) & (np.nan_to_num(exposure[at]) > 0) & (np.nan_to_num(exposure[at - 12]) > 0)
        if both.sum() >= 5:
            at, x = at[both], np.log(share_at[ages[both]])
            use = np.log(known[both] / exposure[at]) - np.log(before[both] / exposure[at - 12])
            found.append((x, use - x, True))
    return found


def _slope(x: Array, y: Array, level: bool) -> tuple[float, float]:
    """Slope of y on x through the origin or with a level of its own, and its standard error (at least a small one)."""
    design = np.column_stack([x, np.ones_like(x)]) if level else x[:, None]
    inverse = np.linalg.pinv(design.T @ design)
    coefficients = inverse @ design.T @ y
    freedom = max(len(x) - design.shape[1], 1)
    scatter = max(float(np.square(y - design @ coefficients).sum()) / freedom, 0.02**2)
    return float(coefficients[0]), float(np.sqrt(scatter * max(inverse[0, 0], 1e-9)))
