"""Chooses the test that fits a figure, and applies it to all pairs of one indicator at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.comparison.series import FIGURES
from indicators.core import change
from indicators.core.change_counts import count_test, dispersion
from indicators.core.disclosure import AFRONDING
from indicators.core.indicator import Indicator

#: Levels whose counts are published rounded.
ROUNDED = ("wijk", "buurt")
_RESULT = ["toets", "ondergrens_verschil", "bovengrens_verschil", "p", "gebruikelijk"]


def judge(looks: pd.DataFrame, history: pd.DataFrame, indicator: Indicator, nested: bool = False) -> pd.DataFrame:
    """Test differences of one indicator, one breakdown and one kind of period.

    Args:
        looks: Pairs as `series.pairs` or `series.beside` gives them.
        history: All pairs of the same indicator, breakdown and kind of period.
        indicator: Its record: what test fits.
        nested: The older side contains the newer one (a gemeente against its country).

    Returns:
        The looks with verschil, toets (marge, proportie, telling, beweging, or geen where nothing could be tested),
        bounds of the difference, p (not corrected) and gebruikelijk: the movement that 95 % stay below (beweging).
    """
    result = looks.assign(
        verschil=looks["waarde"] - looks["waarde_oud"], toets="geen", **dict.fromkeys(_RESULT[1:], np.nan)
    )
    result["toets"] = result["toets"].astype(object)
    compares = (looks["breuk"] == "").to_numpy()
    by_margin = compares & _has_bounds(looks)
    _put(result, by_margin, "marge", _margin(looks[by_margin], indicator))
    if indicator.toets in ("proportie", "telling"):
        factor = scale(indicator, history if len(history) else looks)
        counted = compares & ~by_margin & _counted(looks, indicator, factor)
        for level in looks.loc[counted, "niveau"].unique():
            chosen = counted & (looks["niveau"] == level).to_numpy()
            same = history[(history["niveau"] == level) & (history["breuk"] == "")]
            _put(result, chosen, indicator.toets, _counts(looks[chosen], same, indicator, factor, nested))
    for level in ("gemeente", "wijk"):
        left = compares & (result["toets"] == "geen").to_numpy() & (looks["niveau"] == level).to_numpy()
        if left.any():
            p, usual = change.movement_test(result.loc[left, "verschil"], _movements(history, level))
            known = np.flatnonzero(left)[~np.isnan(p)]
            result.iloc[known, result.columns.get_loc("toets")] = "beweging"
            result.iloc[known, result.columns.get_loc("p")] = p[~np.isnan(p)]
            result.iloc[known, result.columns.get_loc("gebruikelijk")] = usual
    return result


def scale(indicator: Indicator, frame: pd.DataFrame) -> float:
    """Give what teller / noemer is multiplied by to give the value: 100 for a percentage, 1000 per 1,000."""
    if indicator.toets == "telling" and frame["noemer"].isna().all():
        return 1.0
    known = frame[(frame["teller"] > 0) & (frame["noemer"] > 0)]
    if known.empty:
        return float("nan")
    factor = float((known["waarde"] * known["noemer"] / known["teller"]).median())
    power = 10.0 ** round(np.log10(factor)) if factor > 0 else factor
    return power if abs(factor / power - 1) < 0.02 else factor


def _put(result: pd.DataFrame, rows: np.ndarray, name: str, tested: change.Difference) -> None:
    usable = ~np.isnan(tested.p)
    where = np.flatnonzero(rows)[usable]
    for column, found in zip(_RESULT[1:4], tested[1:], strict=True):
        result.iloc[where, result.columns.get_loc(column)] = found[usable]
    result.iloc[where, result.columns.get_loc("toets")] = name


def _has_bounds(looks: pd.DataFrame) -> np.ndarray:
    """Bounds are a survey's own word on chance: they count whatever the record says."""
    sides = ["ondergrens", "bovengrens", "ondergrens_oud", "bovengrens_oud"]
    return looks[sides].notna().all(axis=1).to_numpy()


def _margin(looks: pd.DataFrame, indicator: Indicator) -> change.Difference:
    new, old = (change.Estimate(*(looks[f"{name}{end}"] for name in FIGURES[:3])) for end in ("", "_oud"))
    return change.margin_test(new, old, 10.0**-indicator.decimalen)


def _counted(looks: pd.DataFrame, indicator: Indicator, factor: float) -> np.ndarray:
    """Counts are there, and give the value: a teller that belongs to another figure tests nothing."""
    usable = np.ones(len(looks), dtype=bool)
    for end in ("", "_oud"):
        numerator, denominator = _teller(looks, indicator, end), _noemer(looks, indicator, end)
        given = factor * numerator / denominator
        slack = 10.0**-indicator.decimalen + 1e-6 * np.abs(given)
        usable &= np.abs(given - looks[f"waarde{end}"].to_numpy(dtype=float)) <= slack
    return usable


def _teller(frame: pd.DataFrame, indicator: Indicator, end: str) -> np.ndarray:
    found = frame[f"teller{end}"]
    plain = indicator.toets == "telling" and frame["noemer"].isna().all()
    return (found.fillna(frame[f"waarde{end}"]) if plain else found).to_numpy(dtype=float)


def _noemer(frame: pd.DataFrame, indicator: Indicator, end: str) -> np.ndarray:
    found = frame[f"noemer{end}"].to_numpy(dtype=float)
    plain = indicator.toets == "telling" and bool(np.isnan(frame["noemer"].to_numpy(dtype=float)).all())
    return np.ones_like(found) if plain else np.where(found > 0, found, np.nan)


def _counts(
    looks: pd.DataFrame, history: pd.DataFrame, indicator: Indicator, factor: float, nested: bool
) -> change.Difference:
    x1, n1, x0, n0 = (f(looks, indicator, end) for end in ("", "_oud") for f in (_teller, _noemer))
    part = np.zeros_like(n1)
    if nested:
        # The whole holds the part: test against the rest, and say the difference with the whole (which is smaller).
        part, x0, n0 = n1 / n0, x0 - x1, n0 - n1
    step = np.where(looks["niveau"].isin(ROUNDED), float(AFRONDING), 0.0)
    if indicator.toets == "proportie":
        tested = change.proportion_test(x1, n1, x0, n0, step)
    else:
        tested = count_test(x1, n1, x0, n0, _spread(history, indicator), step)
    scaled = (np.asarray(side) * factor * (1 - part) for side in tested[:3])
    difference, low, high = scaled
    return change.Difference(difference, low, high, tested.p)


def _spread(history: pd.DataFrame, indicator: Indicator) -> tuple[float, float]:
    """How much the counts of this level move anyway, from the steps of time before the newest where there are any."""
    earlier = history[~history["nieuwste"]]
    chosen = earlier if len(earlier) else history
    # One step of time of a handful of regions is the very change that is being judged.
    if not len(earlier) and len(chosen) < change.ENOUGH_MOVEMENTS:
        return 0.0, float("inf")
    x1, n1, x0, n0 = (f(chosen, indicator, end) for end in ("", "_oud") for f in (_teller, _noemer))
    return dispersion(x1, n1, x0, n0, chosen["periode"])


def _movements(history: pd.DataFrame, level: str) -> pd.Series:
    same = history[(history["niveau"] == level) & (history["breuk"] == "")]
    earlier = same[~same["nieuwste"]]
    chosen = earlier if len(earlier) >= change.ENOUGH_MOVEMENTS else same
    return chosen["waarde"] - chosen["waarde_oud"]
