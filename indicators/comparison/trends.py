"""Whether a figure has been rising or falling since its last break, for the own regions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.comparison.judge import ROUNDED, bare, scale
from indicators.comparison.series import SERIES, since_last_break
from indicators.core.change import Z
from indicators.core.change_trend import MIN_PERIODS, trend_test
from indicators.core.disclosure import AFRONDING
from indicators.core.indicator import Indicator


def trends(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Test the slope of every series of an indicator that runs to the newest period and is long enough.

    Args:
        values: Its values in the own regions, as `series.read_values` gives them.
        indicator: Its record.

    Returns:
        Per series its newest row, with periode_oud (the first period of the trend), waarde_oud, perioden (how many),
        verschil (per year), bounds, p and toets.
    """
    rows: list[dict] = []
    if len(values) < MIN_PERIODS:
        return pd.DataFrame(rows)
    factor, step = scale(indicator, values), 10.0**-indicator.decimalen
    for _, series in since_last_break(values, indicator).groupby(SERIES, sort=False):
        if len(series) < MIN_PERIODS or not series["nieuwste"].iloc[-1]:
            continue
        found = trend_test(series["jaar"], series["waarde"], _variance(series, indicator, factor), step)
        last, first = series.iloc[-1].to_dict(), series.iloc[0]
        rows.append(
            last
            | {"periode_oud": first["periode"], "waarde_oud": first["waarde"], "perioden": len(series), "breuk": ""}
            | {"verschil": found.helling, "p": found.p, "toets": "trend"}
            | {"ondergrens_verschil": found.ondergrens, "bovengrens_verschil": found.bovengrens}
        )
    return pd.DataFrame(rows)


def _variance(series: pd.DataFrame, indicator: Indicator, factor: float) -> np.ndarray | None:
    """The sampling variance of each value, where the figure has one that is known for every period."""
    low, high = series["ondergrens"].to_numpy(dtype=float), series["bovengrens"].to_numpy(dtype=float)
    if np.all(low < high):
        return np.asarray(((high - low) / (2 * Z)) ** 2)
    if indicator.toets not in ("proportie", "telling") or np.isnan(factor):
        return None
    plain = bare(indicator, series)
    counted = series["waarde"] if plain else series["teller"]
    whole = np.ones(len(series)) if plain else series["noemer"].to_numpy(dtype=float)
    cases = counted.to_numpy(dtype=float)
    if np.isnan(cases).any() or not np.all(whole > 0):
        return None
    # By the rate of all periods together: weights may not follow the values they weigh.
    rate = max(cases.sum(), 1.0) / whole.sum()
    noise = rate * (1 - rate) if indicator.toets == "proportie" else rate
    step = AFRONDING if series["niveau"].iloc[0] in ROUNDED else 0
    return np.asarray(factor**2 * (noise / whole + step**2 / 12 / whole**2))
