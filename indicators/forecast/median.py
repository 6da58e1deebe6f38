"""The median of what is known: NumPy's own takes short rows one by one through masked arrays, thirty times slower."""

from __future__ import annotations

import numpy as np

from indicators.forecast.panel import Array


def median_of_known(values: Array, axis: int) -> Array:
    """Give the median over an axis without the NaNs, which sort last; 0 where there is nothing else.

    Args:
        values: Any shape; no infinities.
        axis: The axis that goes.
    """
    if not values.shape[axis]:
        return np.zeros(np.delete(values.shape, axis))
    ordered = np.sort(values, axis=axis)
    count = (~np.isnan(ordered)).sum(axis=axis, keepdims=True)
    low, high = (np.take_along_axis(ordered, at, axis=axis) for at in (np.maximum(count - 1, 0) // 2, count // 2))
    return np.where(count > 0, 0.5 * (low + high), 0.0).squeeze(axis)
