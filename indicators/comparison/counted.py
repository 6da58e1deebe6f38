"""The counts behind figures: whether they are there, whether they give the value, and by what factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from indicators.core.change import Array
from indicators.core.disclosure import AFRONDING
from indicators.core.indicator import Indicator

#: Levels whose counts are published rounded.
_ROUNDED = ("wijk", "buurt")


class Counts(NamedTuple):
    """Cases and whole, now and before."""

    teller: Array
    noemer: Array
    teller_oud: Array
    noemer_oud: Array

    def of(self, rows: Array) -> Counts:
        """Keep some rows."""
        return Counts(*(part[rows] for part in self))


class Scales(NamedTuple):
    """Per family of values, by number.

    Attributes:
        bare: Counts without a whole: the value is the count.
        factor: What teller / noemer is multiplied by to give the value: 100 for a percentage; NaN when unknown.
    """

    bare: Array
    factor: Array


def scales(values: pd.DataFrame, known: Mapping[str, Indicator]) -> Scales:
    """Work out how counts give values.

    Args:
        values: As `series.read_values` gives them.
        known: The records: a count in its own unit ("aanvragen") may have no whole, a rate ("per 1.000") may not.
    """
    plain = values["indicator"].map({name: i.toets == "telling" and _counts(i.eenheid) for name, i in known.items()})
    if values.empty:
        return Scales(np.zeros(0, dtype=bool), np.zeros(0))
    families = int(values["familie"].max()) + 1
    whole = values["noemer"].notna().groupby(values["familie"]).any().reindex(range(families), fill_value=False)
    counts = plain.astype(bool).groupby(values["familie"]).any().reindex(range(families), fill_value=False)
    bare = (counts & ~whole).to_numpy(dtype=bool)
    filled = values[(values["teller"] > 0) & (values["noemer"] > 0)]
    ratio = (filled["waarde"] * filled["noemer"] / filled["teller"]).groupby(filled["familie"]).median()
    factor = ratio.where(ratio > 0).reindex(range(families)).to_numpy(dtype=float)
    power = 10.0 ** np.rint(np.log10(factor))
    # The values may be rounded; what they were multiplied by is a power of ten.
    factor = np.where(np.abs(factor / power - 1) < 0.02, power, factor)
    return Scales(bare, np.where(bare, 1.0, factor))


def _counts(unit: str) -> bool:
    return "%" not in unit and "per" not in unit.split()


def counts(frame: pd.DataFrame, scale: Scales) -> Counts:
    """Give the counts of pairs; of bare counts the value counts, and the whole is one."""
    bare = scale.bare[frame["familie"].to_numpy()] if len(frame) else np.zeros(0, dtype=bool)
    sides = []
    for end in ("", "_oud"):
        value, cases, whole = (frame[f"{name}{end}"].to_numpy(dtype=float) for name in ("waarde", "teller", "noemer"))
        sides.append(np.where(bare & np.isnan(cases), np.where(value % 1 == 0, value, np.nan), cases))
        sides.append(np.where(bare, 1.0, np.where(whole > 0, whole, np.nan)))
    return Counts(*sides)


def give_the_value(found: Counts, frame: pd.DataFrame, factor: Array, resolution: Array) -> Array:
    """Say where counts are there and give the value: a teller that belongs to another figure tests nothing."""
    usable = np.ones(len(frame), dtype=bool)
    for end, cases, whole in (("", *found[:2]), ("_oud", *found[2:])):
        given = factor * cases / whole
        slack = resolution + 1e-6 * np.abs(given)
        usable &= np.abs(given - frame[f"waarde{end}"].to_numpy(dtype=float)) <= slack
    return usable


def rounding(frame: pd.DataFrame) -> Array:
    """Give the multiple that the counts of each row are rounded to; 0 where they are exact."""
    return np.where(frame["niveau"].isin(_ROUNDED), float(AFRONDING), 0.0)
