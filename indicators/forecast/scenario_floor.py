"""How far a scenario can lower an outcome: what is booked, and bills still to come of months past, stay what they are.

A saving is an amount, and each course of the year has its own rest: in a cheap year there is less left to save on than
in an ordinary one. So p10 may fall less than p50. What cannot be saved is taken back from the assumptions that save,
in whole cents and before anything is added up: onderdelen, sums and causes go on to reconcile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.forecast.panel import Array

#: Of the courses in the published table, p10, p50 and p90.
COURSES = ["p10_eur", "p50_eur", "p90_eur"]
#: Where p25 and p75 lie between p10, p50 and p90, by normal scores.
_BETWEEN = 0.6744898 / 1.2815516
Key = tuple[str, str]


@dataclass(frozen=True)
class Course:
    """A published course of the year of one onderdeel or sum and side.

    Attributes:
        path: [12, (p10, p50, p90)] cumulative euros.
        floor: The same, below which no saving brings it; at most `path`.
    """

    path: Array
    floor: Array

    @property
    def room(self) -> Array:
        """Whole cents [12] that p50 can fall by the end of each month."""
        return np.floor(np.round((self.path - self.floor)[:, 1] * 100, 3))

    def moved(self, cents: Array) -> Array:
        """Give the course [12, 3] after so many cents [12] cumulative."""
        return np.maximum(self.path + cents[:, None] / 100, self.floor)

    def quantiles(self, base: Array, cents: float) -> Array:
        """Give the five quantiles of the year after so many cents."""
        low, middle, high = self.floor[-1]
        between = (middle - (middle - low) * _BETWEEN, middle + (high - middle) * _BETWEEN)
        floor = np.array([low, between[0], middle, between[1], high])
        return np.maximum.accumulate(np.maximum(base + cents / 100, np.minimum(base, floor)))


def courses(verloop: pd.DataFrame, done: int) -> dict[Key, Course]:
    """Read the courses of a published forecast.

    Args:
        verloop: Rows of mart.fct_prognose_verloop, one peildatum.
        done: Months of the year that are past.

    Returns:
        By onderdeel and side, of which all twelve months are there. What the base itself expects to be paid back
        after the peildatum lowers the floor.
    """
    values = verloop[[*COURSES, "geboekt_eur"]].to_numpy(dtype=float)
    places: dict[Key, list[int]] = {}
    order = np.argsort(pd.to_datetime(verloop["maand"]).to_numpy(), kind="stable")
    onderdelen, sides = verloop["onderdeel"].tolist(), verloop["lasten_baten"].tolist()
    for i in order:
        places.setdefault((onderdelen[i], sides[i]), []).append(int(i))
    result = {}
    for key, at in places.items():
        if len(at) == 12:
            path, booked = values[at, :3], values[at, 3]
            result[key] = Course(path, _floor(path, booked, done))
    return result


def _floor(path: Array, booked: Array, done: int) -> Array:
    if not 0 < done < 12:
        return path if done else np.full_like(path, -np.inf)
    so_far = np.fmax(path[done - 1], booked[done - 1])
    back = np.cumsum(np.where(np.arange(12) >= done, np.minimum(np.diff(path[:, 1], prepend=0.0), 0.0), 0.0))
    return np.where(np.arange(12)[:, None] >= done, np.minimum(path, so_far[None, :] + back[:, None]), path)


def within(
    wanted: Mapping[Key, Array], known: Mapping[Key, Course], sums: Mapping[Key, Sequence[Key]]
) -> dict[Key, Array]:
    """Give the cumulative cents [12] that can be done of what is wanted.

    Args:
        wanted: Cumulative cents [12] by onderdeel and side.
        known: The courses, of onderdelen and sums.
        sums: Sum and side -> its onderdelen.

    Returns:
        As `wanted`. A sum is a forecast of its own and can have less room than its onderdelen; these then share it.
    """
    result = {key: np.maximum(cents, -known[key].room) if key in known else cents for key, cents in wanted.items()}
    for place, members in sums.items():
        of = [key for key in members if key in result]
        if place not in known or not of:
            continue
        down = np.sum([np.minimum(result[key], 0.0) for key in of], axis=0)
        up = np.sum([np.maximum(result[key], 0.0) for key in of], axis=0)
        can = np.maximum(down, -known[place].room - up)
        part = np.divide(can, down, out=np.ones(12), where=down < 0)
        for key in of:
            # Towards nothing, so that the sum stays above its floor.
            result[key] = np.where(
                part < 1.0, np.trunc(result[key] * np.where(result[key] < 0, part, 1.0)), result[key]
            )
    return result


def taken_back(causes: Mapping[str, float], target: float) -> dict[str, float]:
    """Bring causes, in whole cents of the year, to a total that is no lower: those that save give back, by size."""
    result = dict(causes)
    short = target - sum(result.values())
    saving = {cause: cents for cause, cents in result.items() if cents < 0}
    if short <= 0 or not saving:
        return result
    total = sum(saving.values())
    for cause, cents in saving.items():
        result[cause] = float(round(cents * (total + short) / total))
    most = min(saving, key=lambda cause: saving[cause])
    result[most] += target - sum(result.values())
    return result
