"""The shape every forecast works on: all series in one cube of what was known when.

Age is counted in months from January of the financial year: age 1 is the end of January of that year, age 13 the end
of January after it. `amounts[s, y, k, a]` is the amount of month k+1 (13 = closing entries) of year y as known at the
end of age a+1. A cut (year, peilmaand) only reads ages up to itself, so a later delivery cannot leak into a forecast.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

MONTHS = 13


@dataclass(frozen=True)
class Panel:
    """Series side by side.

    Attributes:
        names: Series names.
        groups: Group of each series; series of one group learn from each other.
        years: Consecutive financial years.
        amounts: [series, year, 13 months, age]; NaN where nothing is known yet.
        budgets: [series, year, age]; NaN where no budget is known yet.
    """

    names: list[str]
    groups: list[str]
    years: list[int]
    amounts: Array
    budgets: Array

    @property
    def membership(self) -> Array:
        """One-hot [group, series]."""
        labels = sorted(set(self.groups))
        return np.array([[float(g == label) for g in self.groups] for label in labels])

    def known(self, year: int, peilmaand: int, at_year: int) -> Array:
        """Amounts [series, 13] of year index `year` as known at the end of (at_year, peilmaand), year indices."""
        age = min((at_year - year) * 12 + peilmaand, self.amounts.shape[3])
        return self.amounts[:, year, :, age - 1]

    def budget(self, year: int, peilmaand: int) -> Array:
        """Budget [series] of a year index as known at the end of its peilmaand."""
        return self.budgets[:, year, min(peilmaand, self.budgets.shape[2]) - 1]


def age_of(boekjaar: int, peildatum: dt.date) -> int:
    """Months from January of a financial year to a date, from 1; what was known before the year counts as January."""
    return max(1, (peildatum.year - boekjaar) * 12 + peildatum.month)


def forward_fill(cube: Array) -> Array:
    """Carry the last known value forward along the last axis."""
    index = np.where(np.isnan(cube), 0, np.arange(cube.shape[-1]))
    np.maximum.accumulate(index, axis=-1, out=index)
    return np.take_along_axis(cube, index, axis=-1)
