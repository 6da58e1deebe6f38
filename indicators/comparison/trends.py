"""Whether a figure has been rising or falling since its last break, for the own regions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indicators.comparison.counted import Scales, rounding
from indicators.comparison.series import since_last_break
from indicators.core.change import Array, Z
from indicators.core.change_trend import MIN_PERIODS, trend_test
from indicators.core.indicator import Indicator


def trends(values: pd.DataFrame, known: Mapping[str, Indicator], scale: Scales) -> pd.DataFrame:
    """Test the slope of every series that runs to the newest complete period and is long enough.

    Args:
        values: Values of the own regions, as `series.read_values` gives them.
        known: The records.
        scale: How counts give values.

    Returns:
        Per series its newest row, with periode_oud (the first period of the trend), waarde_oud, perioden (how many),
        verschil (per year), bounds, p and toets.
    """
    values = since_last_break(values[~values["lopend"]], known).reset_index(drop=True)
    moments, heights, newest = (values[c].to_numpy() for c in ("jaar", "waarde", "nieuwste"))
    resolution = values["indicator"].map({k: 10.0**-i.decimalen for k, i in known.items()}).to_numpy(dtype=float)
    noise = _Noise(values, known, scale)
    last, first, found = [], [], []
    for rows in values.groupby("reeks", sort=False).indices.values():
        if len(rows) >= MIN_PERIODS and newest[rows[-1]]:
            found.append((len(rows), *trend_test(moments[rows], heights[rows], noise.of(rows), resolution[rows[0]])))
            last.append(rows[-1])
            first.append(rows[0])
    told = pd.DataFrame(found, columns=["perioden", "verschil", "ondergrens_verschil", "bovengrens_verschil", "p"])
    begun = values.loc[first, ["periode", "waarde"]].add_suffix("_oud").reset_index(drop=True)
    ends = values.loc[last].reset_index(drop=True)
    return pd.concat([ends, begun, told], axis=1).assign(toets="trend", breuk="")


class _Noise:
    """The sampling variance of figures, of a series at a time."""

    def __init__(self, values: pd.DataFrame, known: Mapping[str, Indicator], scale: Scales):
        self._low, self._high = (values[c].to_numpy(dtype=float) for c in ("ondergrens", "bovengrens"))
        family = values["familie"].to_numpy(dtype=int)
        self._factor = scale.factor[family] if len(values) else np.zeros(0)
        bare = scale.bare[family] if len(values) else np.zeros(0, dtype=bool)
        cases, whole = (values[c].to_numpy(dtype=float) for c in ("teller", "noemer"))
        self._cases = np.where(bare & np.isnan(cases), values["waarde"].to_numpy(dtype=float), cases)
        self._whole = np.where(bare, 1.0, whole)
        self._toets = values["indicator"].map({k: i.toets for k, i in known.items()}).to_numpy(dtype=object)
        self._step = rounding(values)

    def of(self, rows: Array) -> Array | None:
        """Give the variances of a series, where they are known for every period."""
        low, high = self._low[rows], self._high[rows]
        if np.all(low < high):
            return np.asarray(((high - low) / (2 * Z)) ** 2)
        toets, factor = self._toets[rows[0]], self._factor[rows[0]]
        cases, whole = self._cases[rows], self._whole[rows]
        usable = not np.isnan(factor) and np.all(cases >= 0) and np.all(whole > 0)
        if toets not in ("proportie", "telling") or not usable:
            return None
        # By the rate of all periods together: weights may not follow the values they weigh.
        rate = max(cases.sum(), 1.0) / whole.sum()
        spread = rate * max(1 - rate, 0.0) if toets == "proportie" else rate
        return np.asarray(factor**2 * (spread / whole + self._step[rows] ** 2 / 12 / whole**2))
