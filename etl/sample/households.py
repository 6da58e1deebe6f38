"""Who lives with whom: adults alone or in pairs, children with an adult, every household at one address.

A household keeps its address. Who was a child before HOME_FROM is grown up when the exports start and lives alone or
with a partner of their own, so a household has no grown-up children of over thirty.
"""

from __future__ import annotations

import numpy as np

EPOCH = np.datetime64("1970-01-01")
#: Children born from this day on live with an adult.
HOME_FROM = int((np.datetime64("2001-01-01") - EPOCH).astype(int))
ADULT, YEAR = 18, 365.25
#: Share of the adults that is put before a possible partner, and ages at which somebody has children.
PAIRS, PARENT_FROM, PARENT_TO = 0.9, 19, 45
#: Share of the adults of that age that may have children: the others never do, so that siblings come together.
PARENTS = 0.55


def steady(seed: int, purpose: int, *numbers: np.ndarray | int) -> np.ndarray:
    """Give a number between 0 and 1 for every combination of numbers, that nothing else can shift.

    Use it where a stream would depend on the order or the number of draws: a line keeps its draw however many lines
    come after it.

    Args:
        seed: Seed of the sample.
        purpose: A number of its own for every use.
        *numbers: Integers of equal length (or one for all).

    Returns:
        One number per row (splitmix64 over the parts).
    """
    shape = np.broadcast_shapes(*(np.shape(n) for n in numbers))
    with np.errstate(over="ignore"):
        state = np.full(shape, np.uint64(seed * 1_000_003 + purpose), dtype=np.uint64)
        for part in numbers:
            state = _mixed(state + np.asarray(part).astype(np.int64).astype(np.uint64))
    return (state >> np.uint64(11)) / float(1 << 53)


def _mixed(x: np.ndarray) -> np.ndarray:
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def settle(
    rng: np.random.Generator, born: np.ndarray, arrives: np.ndarray, wijk: np.ndarray, first: int, present: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the people of one cohort a household.

    Args:
        rng: Stream of the cohort.
        born: Day of birth of everyone so far, the cohort last.
        arrives: Day of arrival of the same people.
        wijk: Place of their wijk.
        first: Number of the first person of the cohort.
        present: Whether everyone of before the cohort may get a newborn child.

    Returns:
        Per person of the cohort: the household (number of its head), whether they live as a child with that head, and
        whether they came as a partner.
    """
    count = len(born) - first
    own = np.arange(first, len(born))
    household = own.copy()
    age = (arrives[first:] - born[first:]) / YEAR
    child = (age < ADULT) & (born[first:] >= HOME_FROM)
    partner = np.zeros(count, dtype=bool)
    adults = np.flatnonzero(age >= ADULT)
    willing = adults[rng.random(len(adults)) < PAIRS]
    # Partners differ a few years; who comes together comes on one day to one wijk, and that is given to them later.
    order = willing[np.lexsort((age[willing] + rng.normal(0, 2.5, len(willing)), wijk[first:][willing]))]
    left, right = order[0 : len(order) // 2 * 2 : 2], order[1::2]
    near = np.abs(age[left] - age[right]) < 12
    left, right = left[near], right[near]
    household[right], partner[right] = first + left, True
    newborn = child & (age < 0.01)
    heads = np.flatnonzero(~child & ~partner)
    able = first + heads[rng.random(len(heads)) < PARENTS]
    household[child & ~newborn] = _parents(rng, born, first + np.flatnonzero(child & ~newborn), able)
    earlier = np.flatnonzero(present)
    household[newborn] = _parents(rng, born, first + np.flatnonzero(newborn), earlier, wijk)
    return household, child & (household != own), partner


def _parents(
    rng: np.random.Generator, born: np.ndarray, children: np.ndarray, heads: np.ndarray, wijk: np.ndarray | None = None
) -> np.ndarray:
    """Find for every child a head of the right age, of their own wijk when it counts; a child without one is alone."""
    found = children.copy()
    groups = np.zeros(len(born), dtype=int) if wijk is None else wijk
    draws = rng.random(len(children))
    for group in np.unique(groups[children]):
        there = heads[groups[heads] == group]
        there = there[np.argsort(born[there], kind="stable")]
        mine = np.flatnonzero(groups[children] == group)
        day = born[children[mine]]
        low = np.searchsorted(born[there], day - int(PARENT_TO * YEAR))
        high = np.searchsorted(born[there], day - int(PARENT_FROM * YEAR))
        some = high > low
        place = low + (draws[mine] * (high - low)).astype(int)
        found[mine[some]] = there[place[some]]
    return found
