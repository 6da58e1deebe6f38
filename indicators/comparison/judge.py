"""Chooses the test that fits a figure, and applies it to all pairs of one indicator at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from indicators.comparison.series import FIGURES
from indicators.core import change
from indicators.core.change import Array, Difference
from indicators.core.change_counts import count_test, dispersion
from indicators.core.disclosure import AFRONDING
from indicators.core.indicator import Indicator

#: Levels whose counts are published rounded.
ROUNDED = ("wijk", "buurt")
_NO_SPREAD = (0.0, float("inf"))


class Counts(NamedTuple):
    """The counts behind figures: cases and whole, now and before."""

    teller: Array
    noemer: Array
    teller_oud: Array
    noemer_oud: Array

    def of(self, rows: Array) -> Counts:
        """Keep some rows."""
        return Counts(*(part[rows] for part in self))


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
    values = looks["waarde"].to_numpy(dtype=float) - looks["waarde_oud"].to_numpy(dtype=float)
    low, high, p, usual = (np.full(len(looks), np.nan) for _ in range(4))
    name = np.full(len(looks), "geen", dtype=object)
    niveau, compares = looks["niveau"].to_numpy(dtype=object), (looks["breuk"] == "").to_numpy(dtype=bool)

    def put(rows: Array, toets: str, found: Difference) -> None:
        usable = np.flatnonzero(rows)[~np.isnan(found.p)]
        for target, part in ((low, found.ondergrens), (high, found.bovengrens), (p, found.p)):
            target[usable] = part[~np.isnan(found.p)]
        name[usable] = toets

    by_margin = compares & _has_bounds(looks)
    if by_margin.any():
        put(by_margin, "marge", _margin(looks[by_margin], indicator))
    if indicator.toets in ("proportie", "telling"):
        factor = scale(indicator, history if len(history) else looks)
        counts = _counts(looks, indicator)
        counted = compares & ~by_margin & _give_the_value(counts, looks, indicator, factor)
        for level in np.unique(niveau[counted].astype(str)):
            rows = counted & (niveau == level)
            spread = _spread(history, indicator, level) if indicator.toets == "telling" else _NO_SPREAD
            step = float(AFRONDING) if level in ROUNDED else 0.0
            found = _by_counts(counts.of(rows), indicator, factor, spread, step, nested)
            put(rows, indicator.toets, found)
    for level in ("gemeente", "wijk"):
        rows = compares & (name == "geen") & (niveau == level)
        if rows.any():
            unusual, usual_here = change.movement_test(values[rows], _movements(history, level))
            nothing = np.full(len(unusual), np.nan)
            put(rows, "beweging", Difference(values[rows], nothing, nothing, unusual))
            usual[rows] = usual_here
    return looks.assign(
        verschil=values, toets=name, ondergrens_verschil=low, bovengrens_verschil=high, p=p, gebruikelijk=usual
    )


def scale(indicator: Indicator, frame: pd.DataFrame) -> float:
    """Give what teller / noemer is multiplied by to give the value: 100 for a percentage, 1000 per 1,000."""
    if bare(indicator, frame):
        return 1.0
    waarde, teller, noemer = (frame[name].to_numpy(dtype=float) for name in ("waarde", "teller", "noemer"))
    known = (teller > 0) & (noemer > 0)
    if not known.any():
        return float("nan")
    factor = float(np.median(waarde[known] * noemer[known] / teller[known]))
    power = 10.0 ** round(np.log10(factor)) if factor > 0 else float("nan")
    return power if abs(factor / power - 1) < 0.02 else factor


def bare(indicator: Indicator, frame: pd.DataFrame) -> bool:
    """Tell whether an indicator counts without a whole: the value is the count."""
    return indicator.toets == "telling" and bool(frame["noemer"].isna().all())


def _has_bounds(looks: pd.DataFrame) -> Array:
    """Bounds are a survey's own word on chance: they count whatever the record says."""
    known = np.ones(len(looks), dtype=bool)
    for side in ("ondergrens", "bovengrens", "ondergrens_oud", "bovengrens_oud"):
        known &= looks[side].notna().to_numpy(dtype=bool)
    return known


def _margin(looks: pd.DataFrame, indicator: Indicator) -> Difference:
    new, old = (change.Estimate(*(looks[f"{name}{end}"] for name in FIGURES[:3])) for end in ("", "_oud"))
    return change.margin_test(new, old, 10.0**-indicator.decimalen)


def _counts(frame: pd.DataFrame, indicator: Indicator) -> Counts:
    plain = bare(indicator, frame)
    sides = []
    for end in ("", "_oud"):
        cases, whole = (frame[f"{name}{end}"].to_numpy(dtype=float) for name in ("teller", "noemer"))
        if plain:
            cases, whole = np.where(np.isnan(cases), frame[f"waarde{end}"], cases), np.ones_like(whole)
        sides += [cases, np.where(whole > 0, whole, np.nan)]
    return Counts(*sides)


def _give_the_value(counts: Counts, looks: pd.DataFrame, indicator: Indicator, factor: float) -> Array:
    """Counts are there, and give the value: a teller that belongs to another figure tests nothing."""
    usable = np.ones(len(looks), dtype=bool)
    for end, cases, whole in (("", *counts[:2]), ("_oud", *counts[2:])):
        given = factor * cases / whole
        slack = 10.0**-indicator.decimalen + 1e-6 * np.abs(given)
        usable &= np.abs(given - looks[f"waarde{end}"].to_numpy(dtype=float)) <= slack
    return usable


def _by_counts(
    counts: Counts, indicator: Indicator, factor: float, spread: tuple[float, float], step: float, nested: bool
) -> Difference:
    x1, n1, x0, n0 = counts
    part = np.zeros_like(n1)
    if nested:
        # The whole holds the part: test against the rest, and say the difference with the whole (which is smaller).
        part, x0, n0 = n1 / n0, x0 - x1, n0 - n1
    if indicator.toets == "proportie":
        found = change.proportion_test(x1, n1, x0, n0, step)
    else:
        found = count_test(x1, n1, x0, n0, spread, step)
    difference, low, high = (side * factor * (1 - part) for side in found[:3])
    return Difference(difference, low, high, found.p)


def _spread(history: pd.DataFrame, indicator: Indicator, level: str) -> tuple[float, float]:
    """How much the counts of this level move anyway, from the steps of time before the newest where there are any."""
    same = history[(history["niveau"] == level) & (history["breuk"] == "")]
    earlier = same[~same["nieuwste"]]
    chosen = earlier if len(earlier) else same
    # One step of time of a handful of regions is the very change that is being judged.
    if not len(earlier) and len(chosen) < change.ENOUGH_MOVEMENTS:
        return _NO_SPREAD
    return dispersion(*_counts(chosen, indicator), chosen["periode"])


def _movements(history: pd.DataFrame, level: str) -> Array:
    same = ((history["niveau"] == level) & (history["breuk"] == "")).to_numpy(dtype=bool)
    earlier = same & ~history["nieuwste"].to_numpy(dtype=bool)
    chosen = earlier if earlier.sum() >= change.ENOUGH_MOVEMENTS else same
    moved = history["waarde"].to_numpy(dtype=float) - history["waarde_oud"].to_numpy(dtype=float)
    return np.asarray(moved[chosen])
