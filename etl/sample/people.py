"""The people: who lives where, when they were born, and when they die or move away. All of them are made up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.sample.streams import stream
from indicators.core.settings import REFERENCE, settings

SIZES = Path(__file__).with_name("wijken.csv")
#: Age bands with the share of the population in each.
AGES = ((0, 15, 0.13), (15, 25, 0.105), (25, 45, 0.21), (45, 65, 0.29), (65, 80, 0.2), (80, 97, 0.065))
#: Share of the population that arrives each year, and how many of them are newborn.
ARRIVALS, NEWBORN = 0.046, 0.16
#: Gompertz mortality: hazard per year at age 0 and its growth per year of age.
MORTALITY, AGEING = 2.0e-5, 0.098
EPOCH = np.datetime64("1970-01-01")


@dataclass
class People:
    """Everyone who ever lives here, by number. Days count from 1970-01-01.

    Attributes:
        born, arrives, leaves: Days; `leaves` is the last day here.
        died: Whether leaving is by death.
        wijk: Place in `wijken`.
        wijken: CBS codes.
        inwoners: Inhabitants per wijk at the start.
    """

    born: np.ndarray
    arrives: np.ndarray
    leaves: np.ndarray
    died: np.ndarray
    wijk: np.ndarray
    wijken: list[str]
    inwoners: dict[str, int]

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
    with (REFERENCE / "gebieden.csv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        codes = [
            r["gebied_code"] for r in rows if r["ouder_code"] == settings().gemeente.code and r["niveau"] == "wijk"
        ]
    with SIZES.open(encoding="utf-8", newline="") as handle:
        known = {r["gebied_code"]: float(r["inwoners"]) for r in csv.DictReader(handle)}
    if not codes:
        raise ValueError(
            f"In data/reference/gebieden.csv staan geen wijken van {settings().gemeente.code}. Vul die aan."
        )
    weights = np.array([known.get(c, 1000.0) for c in codes])
    return {c: max(round(n), 1) for c, n in zip(codes, weights / weights.sum() * inwoners, strict=True)}


def _years_to_death(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    return np.log1p(-np.log(rng.random(len(age))) * AGEING / (MORTALITY * np.exp(AGEING * age))) / AGEING


def _cohort(rng: np.random.Generator, count: int, newborn: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw age, years until leaving, and whether that is by death."""
    band = rng.choice(len(AGES), size=count, p=[share for *_, share in AGES])
    low, high = np.array([a for a, *_ in AGES])[band], np.array([b for _, b, _ in AGES])[band]
    age = np.where(rng.random(count) < newborn, 0.0, low + (high - low) * rng.random(count))
    death = _years_to_death(rng, age)
    # The old move less.
    move = rng.exponential(1.0, count) / np.where(age < 70, 0.033, 0.014)
    return age, np.minimum(death, move), death <= move


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
    parts: list[tuple[np.ndarray, ...]] = []
    start = day(first_year)
    wijk = np.repeat(np.arange(len(sizes)), list(sizes.values()))
    rng = stream(seed, "bevolking", "begin")
    age, years, died = _cohort(rng, len(wijk), 0.0)
    born = np.full(len(wijk), start)
    parts.append((born - (age * 365.25).astype(int), born, born + (years * 365.25).astype(int), died, wijk))
    share = np.array(list(sizes.values())) / sum(sizes.values())
    for year in range(first_year, last_year + 1):
        rng = stream(seed, "bevolking", year)
        count = rng.poisson(ARRIVALS * inwoners)
        age, years, died = _cohort(rng, count, NEWBORN)
        arrives = day(year) + rng.integers(0, 365, count)
        wijk = rng.choice(len(sizes), size=count, p=share)
        born = arrives - (age * 365.25).astype(int)
        parts.append((born, arrives, arrives + (years * 365.25).astype(int), died, wijk))
    born, arrives, leaves, died, wijk = (np.concatenate(c) for c in zip(*parts, strict=True))
    return People(born, arrives, leaves, died, wijk, list(sizes), sizes)
