"""Who may ask for income support, in what kind of home they live, and how likely it is that they need it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.households import YEAR, steady
from etl.sample.people import People

#: BUS leefvorm: single, single parent, couple, other.
ALLEEN, OUDER, PAAR, ANDERS = 1, 2, 3, 4
#: Share of the households that keep little aside, and how much more often they need support.
FRAGILE, FRAGILE_TIMES = 0.22, 9.0
#: How much more often who has Wmo support, or has a child with youth care at home, needs it.
WMO_TIMES, JEUGD_TIMES = 5.0, 3.0


@dataclass(frozen=True)
class Care:
    """Care lines that were awarded, as far as the income side looks at them: who, applied for when, last day."""

    person: np.ndarray
    applied: np.ndarray
    end: np.ndarray

    def users(self, at: int, count: int) -> np.ndarray:
        """Give who of `count` persons had care in the year before a day, as far as known on that day."""
        found = np.zeros(count, dtype=bool)
        found[self.person[(self.applied < at) & (self.end >= at - 365)]] = True
        return found


@dataclass(frozen=True)
class Homes:
    """Everyone on one day.

    Attributes:
        age: Age in years.
        may_apply: Whether someone lives here and would be the one of their home to apply.
        leefvorm: BUS leefvorm.
        fragile: Whether the household keeps little aside.
    """

    age: np.ndarray
    may_apply: np.ndarray
    leefvorm: np.ndarray
    fragile: np.ndarray


def homes(seed: int, people: People, at: int) -> Homes:
    """Look into every home on a day; of a couple the head applies for both."""
    age = (at - people.born) / YEAR
    here = (people.arrives <= at) & (people.leaves > at)
    number = np.arange(len(people))
    younger = (people.born - people.born[people.household]) / YEAR
    child = younger > 15
    partner = (people.household != number) & ~child
    count = len(people)
    with_partner = np.bincount(people.household[partner & here], minlength=count) > 0
    with_child = np.bincount(people.household[child & here & (age < 18)], minlength=count) > 0
    head_here = here[people.household]
    second = partner & head_here
    mine = np.where(child, number, people.household)
    leefvorm = np.where(
        ~child & with_partner[mine] & head_here, PAAR, np.where(~child & with_child[mine], OUDER, ALLEEN)
    )
    leefvorm = np.where((leefvorm == ALLEEN) & (steady(seed, 41, number) < 0.03), ANDERS, leefvorm)
    fragile = steady(seed, 40, people.household) < FRAGILE
    return Homes(age, here & ~second & (age >= 18), leefvorm, fragile)


def need(people: People, home: Homes, wmo: np.ndarray, jeugd: np.ndarray) -> np.ndarray:
    """Give how likely everyone is to need income support.

    Args:
        people: The people.
        home: Everyone on a day.
        wmo: Who has Wmo support.
        jeugd: Who has youth care; it counts for everyone in the home.
    """
    at_home = np.bincount(people.household[jeugd], minlength=len(people)) > 0
    weight = np.array([0.0, 1.6, 3.0, 0.45, 2.0])[home.leefvorm] * np.where(home.fragile, FRAGILE_TIMES, 1.0)
    weight = weight * np.where(wmo, WMO_TIMES, 1.0) * np.where(at_home[people.household], JEUGD_TIMES, 1.0)
    return weight * home.may_apply * np.interp(home.age, [18, 27, 50, 67], [1.3, 1.2, 0.8, 0.7])
