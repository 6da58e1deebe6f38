"""The people: who lives where, when they were born, and when they die or move away. All of them are made up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.sample.households import EPOCH, settle
from etl.sample.streams import stream
from indicators.core.settings import reference_list, settings

SIZES = Path(__file__).with_name("wijken.csv")
#: Age bands with the share of the population in each.
AGES = ((0, 15, 0.13), (15, 25, 0.105), (25, 45, 0.21), (45, 65, 0.29), (65, 80, 0.2), (80, 97, 0.065))
#: Share of the population that arrives each year, and how many of them are newborn.
ARRIVALS, NEWBORN = 0.046, 0.16
#: Gompertz mortality: hazard per year at age 0 and its growth per year of age.
MORTALITY, AGEING = 2.0e-5, 0.098
#: A day after everything.
OPEN = 10**6


@dataclass
class People:
    """Everyone who ever lives here, by number. Days count from 1970-01-01.

    Attributes:
        born, arrives, leaves: Days; `leaves` is the last day here.
        died: Whether leaving is by death.
        wijk: Place in `wijken`.
        wijken: CBS codes.
        inwoners: Inhabitants per wijk at the start.
        household: Number of the household: the person who heads it. Who shares it lives at one address
            (etl.sample.households).
    """

    born: np.ndarray
    arrives: np.ndarray
    leaves: np.ndarray
    died: np.ndarray
    wijk: np.ndarray
    wijken: list[str]
    inwoners: dict[str, int]
    household: np.ndarray

    def __len__(self) -> int:
        return len(self.born)


def day(year: int, month: int = 1, of: int = 1) -> int:
    """Give a date as days since 1970-01-01."""
    return int((np.datetime64(f"{year:04d}-{month:02d}-{of:02d}") - EPOCH).astype(int))


def wijk_sizes(inwoners: int) -> dict[str, int]:
    """Spread the inhabitants over the wijken of the own gemeente.

    Args:
        inwoners: Inhabitants of the gemeente.

    Returns:
        Inhabitants per wijk; wijken without a known size share alike.
    """
    with reference_list("gebieden").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        codes = [
            r["gebied_code"] for r in rows if r["ouder_code"] == settings().gemeente.code and r["niveau"] == "wijk"
        ]
    with SIZES.open(encoding="utf-8", newline="") as handle:
        known = {r["gebied_code"]: float(r["inwoners"]) for r in csv.DictReader(handle)}
    if not codes:
        raise ValueError(f"In de lijst van gebieden staan geen wijken van {settings().gemeente.code}. Vul die aan.")
    weights = np.array([known.get(c, 1000.0) for c in codes])
    return {c: max(round(n), 1) for c, n in zip(codes, weights / weights.sum() * inwoners, strict=True)}


def _years_to_death(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    return np.log1p(-np.log(rng.random(len(age))) * AGEING / (MORTALITY * np.exp(AGEING * age))) / AGEING


def _cohort(rng: np.random.Generator, count: int, newborn: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw age, years until death, and years until moving away."""
    band = rng.choice(len(AGES), size=count, p=[share for *_, share in AGES])
    low, high = np.array([a for a, *_ in AGES])[band], np.array([b for _, b, _ in AGES])[band]
    age = np.where(rng.random(count) < newborn, 0.0, low + (high - low) * rng.random(count))
    death = _years_to_death(rng, age)
    # The old move less.
    move = rng.exponential(1.0, count) / np.where(age < 70, 0.033, 0.014)
    return age, death, move


def populate(seed: int, inwoners: int, first_year: int, last_year: int) -> People:
    """Let people live here from one year to another.

    Args:
        seed: Seed of the sample.
        inwoners: Inhabitants at the start, and about that many throughout.
        first_year: Year of the start.
        last_year: Last year in which people arrive.

    Returns:
        Everyone, first those of the start and then by year of arrival.
    """
    sizes = wijk_sizes(inwoners)
    nobody = np.zeros(0, dtype=int)
    people = People(nobody, nobody, nobody, np.zeros(0, dtype=bool), nobody, list(sizes), sizes, nobody)
    start = day(first_year)
    wijk = np.repeat(np.arange(len(sizes)), list(sizes.values()))
    people = _add(people, stream(seed, "bevolking", "begin"), np.full(len(wijk), start), wijk, 0.0)
    share = np.array(list(sizes.values())) / sum(sizes.values())
    for year in range(first_year, last_year + 1):
        rng = stream(seed, "bevolking", year)
        count = rng.poisson(ARRIVALS * inwoners)
        arrives = day(year) + rng.integers(0, 365, count)
        people = _add(people, rng, arrives, rng.choice(len(sizes), size=count, p=share), NEWBORN)
    return people


def _add(people: People, rng: np.random.Generator, arrives: np.ndarray, wijk: np.ndarray, newborn: float) -> People:
    """Add a cohort: partners and children come, live and move with the head of their household."""
    first, count = len(people), len(arrives)
    age, death, move = _cohort(rng, count, newborn)
    days = (age * 365.25).astype(int)
    heads = people.household == np.arange(first)
    middle = int(np.median(arrives)) if count else 0
    present = heads & (people.arrives < middle - 183) & (people.leaves > middle + 183)
    everyone = [
        np.concatenate(pair) for pair in ((people.born, arrives - days), (people.arrives, arrives), (people.wijk, wijk))
    ]
    household, child, partner = settle(rng, everyone[0], everyone[1], everyone[2], first, present)
    together = np.flatnonzero((child | partner) & (household >= first))
    arrives[together], wijk[together] = arrives[household[together] - first], wijk[household[together] - first]
    born, dies = arrives - days, arrives + (death * 365.25).astype(int)
    moves = arrives + (move * 365.25).astype(int)
    moves[partner] = moves[household[partner] - first]
    # When each head moves away; a head who dies here leaves the others where they are.
    goes = np.concatenate([np.where(people.died, OPEN, people.leaves), np.where(moves < dies, moves, OPEN)])
    grown = born + 19 * 365
    own = np.maximum(moves, grown + ((move % 1) * 2500).astype(int))
    moves = np.where(child, np.where(goes[household] < grown, goes[household], own), moves)
    died = dies <= moves
    old = (people.born, people.arrives, people.leaves, people.died, people.wijk, people.household)
    new = (born, arrives, np.where(died, dies, moves), died, wijk, household)
    b, a, le, d, w, h = (np.concatenate(pair) for pair in zip(old, new, strict=True))
    return People(b, a, le, d, w, people.wijken, people.inwoners, h)
