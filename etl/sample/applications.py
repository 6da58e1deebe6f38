"""Who applies for which Wmo product, and when."""

from __future__ import annotations

import numpy as np

from etl.sample.catalog import Catalog
from etl.sample.events import Events
from etl.sample.people import People, day
from etl.sample.products import Product
from etl.sample.streams import BASE_YEAR, stream

#: Applications by month: fewer in the holidays and in December.
SEASON = np.array([1.15, 1.0, 1.05, 0.98, 0.92, 1.0, 0.82, 0.85, 1.12, 1.1, 1.06, 0.8])
#: Applications in years that were out of the ordinary: fixed contribution (2019), pandemic (2020).
YEAR_EFFECT = {2019: 1.08, 2020: 0.9, 2021: 1.03}


def weights(people: People, product: Product, bands: tuple[int, ...], at: int) -> np.ndarray:
    """Give how likely each person is to ask for a product on a day; 0 for who does not live here."""
    age = (at - people.born) / 365.25
    weight = np.array(product.leeftijd)[np.clip(np.searchsorted(bands, age, side="right") - 1, 0, None)]
    # The town asks for more than the villages around it, by size of the wijk.
    size = np.array(list(people.inwoners.values()))
    return weight * (1 + 0.25 * (size > 5000))[people.wijk] * (people.arrives <= at) * (people.leaves > at)


def _draw(rng: np.random.Generator, persons: np.ndarray, weight: np.ndarray, count: int) -> np.ndarray:
    count = min(count, len(persons) // 2)
    return rng.choice(persons, size=count, replace=False, p=weight / weight.sum()) if count else persons[:0]


def new_applications(
    seed: int, people: People, care: Catalog, k: int, year: int, weight: np.ndarray, events: Events, scale: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw who applies for a product in a year, on which day, and who does so because of the planted rise."""
    product = care.products[k]
    rng = stream(seed, "aanvraag", product.code, year)
    expected = product.instroom * scale * (1 + product.groei) ** (year - BASE_YEAR) * YEAR_EFFECT.get(year, 1.0)
    season = SEASON * np.exp(rng.normal(0, 0.05, 12))
    expected *= float(np.exp(rng.normal(0, 0.04)))
    # Only those at risk are drawn from, so that people who arrive later cannot shift a draw.
    at_risk = np.flatnonzero(weight)
    weight = weight[at_risk]
    who = _draw(rng, at_risk, weight, rng.poisson(expected))
    month = rng.choice(12, size=len(who), p=season / season.sum())
    extra = np.zeros(len(who), dtype=bool)
    onderdeel, since, factor, wijken = events.inflow
    if care.onderdelen[k] == onderdeel and year >= since.year:
        there = np.isin(people.wijk[at_risk], [people.wijken.index(w) for w in wijken])
        first = since.month - 1 if year == since.year else 0
        part_of_year = season[first:].sum() / season.sum()
        rate = (factor - 1) * expected * weight[there].sum() / max(weight.sum(), 1e-9) * part_of_year
        rng = stream(seed, "stijging", product.code, year)
        free = there & ~np.isin(at_risk, who)
        added = _draw(rng, at_risk[free], weight[free], rng.poisson(rate))
        who, extra = np.concatenate([who, added]), np.repeat([False, True], [len(who), len(added)])
        month = np.concatenate([month, rng.integers(first, 12, len(added))])
    starts = np.array([day(year, m + 1) for m in range(12)])
    applied = starts[month] + rng.integers(0, 28, len(month))
    weekday = (applied + 3) % 7  # 1970-01-01 was a Thursday
    return who, applied - np.maximum(weekday - 4, 0), extra
