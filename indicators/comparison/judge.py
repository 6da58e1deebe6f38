"""Chooses the test that fits a figure, and applies each test to all pairs at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from indicators.comparison.counted import Counts, Scales, counts, give_the_value, rounding
from indicators.comparison.series import FIGURES
from indicators.core import change
from indicators.core.change import Array, Difference
from indicators.core.change_counts import count_test, dispersion
from indicators.core.indicator import Indicator

_NO_SPREAD = (0.0, float("inf"))


def judge(
    looks: pd.DataFrame, history: pd.DataFrame, known: Mapping[str, Indicator], scale: Scales, nested: bool = False
) -> pd.DataFrame:
    """Test differences.

    Args:
        looks: Pairs as `series.pairs` or `series.beside` gives them.
        history: All pairs.
        known: The records: what test fits.
        scale: How counts give values.
        nested: The older side contains the newer one (a gemeente against its country).

    Returns:
        The looks with verschil, toets (marge, proportie, telling, beweging, or geen where nothing could be tested),
        bounds of the difference, p (not corrected) and gebruikelijk: the movement that 95 % stay below (beweging).
    """
    difference = looks["waarde"].to_numpy(dtype=float) - looks["waarde_oud"].to_numpy(dtype=float)
    low, high, p, usual = (np.full(len(looks), np.nan) for _ in range(4))
    name = np.full(len(looks), "geen", dtype=object)
    wanted = looks["indicator"].map({k: i.toets for k, i in known.items()}).to_numpy(dtype=object)
    resolution = looks["indicator"].map({k: 10.0**-i.decimalen for k, i in known.items()}).to_numpy(dtype=float)
    compares = (looks["breuk"] == "").to_numpy(dtype=bool)

    def put(rows: Array, toets: str, found: Difference) -> None:
        tested = ~np.isnan(found.p)
        usable = np.flatnonzero(rows)[tested]
        for target, part in ((low, found.ondergrens), (high, found.bovengrens), (p, found.p)):
            target[usable] = part[tested]
        name[usable] = toets

    by_margin = compares & _has_bounds(looks)
    put(by_margin, "marge", _margin(looks[by_margin], resolution[by_margin]))
    factor = scale.factor[looks["familie"].to_numpy(dtype=int)] if len(looks) else np.zeros(0)
    found = counts(looks, scale)
    counted = compares & ~by_margin & give_the_value(found, looks, factor, resolution)
    for toets in ("proportie", "telling"):
        rows = counted & (wanted == toets)
        if rows.any():
            spread = _spreads(looks[rows], history, scale) if toets == "telling" else None
            put(rows, toets, _by_counts(found.of(rows), factor[rows], rounding(looks[rows]), spread, nested))
    left = compares & (name == "geen")
    p[left], usual[left] = _usual(looks[left], history, difference[left])
    name[left & ~np.isnan(p)] = "beweging"
    return looks.assign(
        verschil=difference, toets=name, ondergrens_verschil=low, bovengrens_verschil=high, p=p, gebruikelijk=usual
    )


def _has_bounds(looks: pd.DataFrame) -> Array:
    """Bounds are a survey's own word on chance: they count whatever the record says."""
    known = np.ones(len(looks), dtype=bool)
    for side in ("ondergrens", "bovengrens", "ondergrens_oud", "bovengrens_oud"):
        known &= looks[side].notna().to_numpy(dtype=bool)
    return known


def _margin(looks: pd.DataFrame, resolution: Array) -> Difference:
    new, old = (change.Estimate(*(looks[f"{name}{end}"] for name in FIGURES[:3])) for end in ("", "_oud"))
    return change.margin_test(new, old, resolution)


def _by_counts(
    found: Counts, factor: Array, step: Array, spread: tuple[Array, Array] | None, nested: bool
) -> Difference:
    x1, n1, x0, n0 = found
    part = np.zeros_like(n1)
    if nested:
        # The whole holds the part: test against the rest, and say the difference with the whole (which is smaller).
        part, x0, n0 = n1 / n0, x0 - x1, n0 - n1
    if spread is None:
        tested = change.proportion_test(x1, n1, x0, n0, step)
    else:
        tested = count_test(x1, n1, x0, n0, spread, step)
    difference, low, high = (side * factor * (1 - part) for side in tested[:3])
    return Difference(difference, low, high, tested.p)


def _spreads(looks: pd.DataFrame, history: pd.DataFrame, scale: Scales) -> tuple[Array, Array]:
    """How much counts move anyway, measured per family and level on the steps of time before the newest."""
    a, df = np.zeros(len(looks)), np.full(len(looks), np.inf)
    behind = _by_calendar(history)
    for calendar, rows in looks.groupby("kalender").indices.items():
        same = history.iloc[behind.get(calendar, [])]
        earlier = same[~same["nieuwste"] & ~same["lopend"]]
        chosen = earlier if len(earlier) else same
        # One step of time of a handful of regions is the very change that is being judged.
        enough = len(earlier) or len(chosen) >= change.ENOUGH_MOVEMENTS
        a[rows], df[rows] = dispersion(*counts(chosen, scale), chosen["begin"]) if enough else _NO_SPREAD
    return a, df


def _usual(looks: pd.DataFrame, history: pd.DataFrame, difference: Array) -> tuple[Array, Array]:
    """Hold differences of gemeenten and wijken against the movements of all of them."""
    p, usual = np.full(len(looks), np.nan), np.full(len(looks), np.nan)
    if looks.empty:
        return p, usual
    behind, level = _by_calendar(history), looks["niveau"].to_numpy(dtype=object)
    moved = (history["waarde"] - history["waarde_oud"]).to_numpy(dtype=float)
    earlier = ~history["nieuwste"].to_numpy(dtype=bool) & ~history["lopend"].to_numpy(dtype=bool)
    for calendar, rows in looks.groupby("kalender").indices.items():
        if level[rows[0]] in ("gemeente", "wijk"):
            same = behind.get(calendar, np.zeros(0, dtype=int))
            before = same[earlier[same]]
            chosen = before if len(before) >= change.ENOUGH_MOVEMENTS else same
            p[rows], usual[rows] = change.movement_test(difference[rows], moved[chosen])
    return p, usual


def _by_calendar(history: pd.DataFrame) -> dict:
    """Positions of the pairs that compare, per kalender."""
    compares = np.flatnonzero((history["breuk"] == "").to_numpy(dtype=bool))
    groups = pd.Series(compares).groupby(history["kalender"].to_numpy()[compares]).indices
    return {calendar: compares[places] for calendar, places in groups.items()}
