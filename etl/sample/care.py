"""Lines of care: people apply, a decision follows, care starts, is renewed and ends."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from etl.sample.applications import new_applications, weights
from etl.sample.catalog import Catalog
from etl.sample.events import Events
from etl.sample.people import OPEN, People, day
from etl.sample.products import Product
from etl.sample.streams import stream

#: Years before the first export in which the stock of clients builds up.
BURN_IN = 12
AWARDED, DENIED, WITHDRAWN = 0, 1, 2


@dataclass
class Lines:
    """Lines of one law as arrays of equal length. Days count from 1970-01-01; OPEN is no date.

    Attributes:
        person, product: Who and what (places in People and in the products of the catalog).
        applied, decided: Days of application and decision.
        outcome: AWARDED, DENIED or WITHDRAWN.
        start, planned_end, end: First day, last day as awarded, last day in fact.
        reason: Reason of ending; 0 while open.
        end_known: Day on which an end before the planned one is registered.
        volume: Volume in the unit of the product.
        pgb: Whether paid as a pgb.
        provider: Place in the product's providers.
        extra: Whether the line comes from the planted rise of the inflow.
    """

    person: np.ndarray
    product: np.ndarray
    applied: np.ndarray
    decided: np.ndarray
    outcome: np.ndarray
    start: np.ndarray
    planned_end: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    end_known: np.ndarray
    volume: np.ndarray
    pgb: np.ndarray
    provider: np.ndarray
    extra: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def take(self, rows: np.ndarray) -> Lines:
        """Give some of the lines."""
        return Lines(*(getattr(self, f.name)[rows] for f in fields(self)))


def join(parts: list[Lines]) -> Lines:
    """Put lines under each other."""
    return Lines(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Lines)))


def _first_awards(
    rng: np.random.Generator, care: Catalog, k: int, who: np.ndarray, applied: np.ndarray, extra: np.ndarray
) -> Lines:
    product, n = care.products[k], len(who)
    lead = np.rint(rng.gamma(2.2, 15.0, n)).astype(int)
    urgent = 1 < product.dagen <= 42
    decided = applied + (np.minimum(lead, 5) if urgent else lead)
    outcome = rng.choice(3, size=n, p=[0.87, 0.085, 0.045])
    start = decided + rng.integers(0, 22, n)
    back = rng.random(n) < (0.8 if urgent else 0.07)
    start = np.where(back, applied, start)
    pgb = rng.random(n) < product.pgb
    provider = rng.integers(0, len(product.aanbieders), n)
    volume = _volume(rng, product, n)
    return _awards(rng, care, k, (who, applied, decided, outcome, start, volume, pgb, provider, extra))


def _volume(rng: np.random.Generator, product: Product, n: int) -> np.ndarray:
    if product.volume == 1.0 or product.eenheid == "etmaal":
        return np.full(n, product.volume)
    step = 15 if product.eenheid == "minuut" else 0.5
    return np.maximum(np.rint(product.volume * rng.gamma(5.0, 0.2, n) / step), 1) * step


def _awards(rng: np.random.Generator, care: Catalog, k: int, drawn: tuple[np.ndarray, ...]) -> Lines:
    """Complete lines with the end as awarded; how they end in fact follows from the person."""
    who, applied, decided, outcome, start, volume, pgb, provider, extra = drawn
    product, n = care.products[k], len(who)
    term = np.rint(product.dagen * rng.choice([0.5, 1.0, 1.0, 1.25], size=n)).astype(int)
    if product.dagen <= 1:
        planned = np.full(n, OPEN) if product.dagen == 0 else start.copy()
    else:
        planned = start + np.maximum(term, 1) - 1
    stop = start + 14 + np.rint(rng.exponential(365.25 / max(product.stop, 1e-9), n).clip(max=50_000)).astype(int)
    codes, chances = np.array([c for c, _ in care.early]), [p for _, p in care.early]
    early = codes[rng.choice(len(codes), size=n, p=chances)]
    late = rng.geometric(1 / 12, n).clip(max=75)
    if product.dagen == 1:
        stop = np.full(n, OPEN)
    ended = stop < planned
    return Lines(
        person=who, product=np.full(n, k), applied=applied, decided=decided, outcome=outcome, start=start,
        planned_end=planned, end=np.where(ended, stop, planned),
        reason=np.where(ended, early, np.where(planned < OPEN, care.planned, 0)),
        end_known=np.where(ended, stop + late, planned), volume=volume, pgb=pgb, provider=provider, extra=extra,
    )  # fmt: skip


def _leave(lines: Lines, people: People, care: Catalog) -> Lines:
    """Let death, moving away and growing up cut what people get; who was gone before the decision has withdrawn."""
    leaves, died = people.leaves[lines.person], people.died[lines.person]
    tot = np.array([p.tot for p in care.products])[lines.product]
    grown = np.where(tot > 0, people.born[lines.person] + np.ceil(tot * 365.25).astype(int) - 1, OPEN)
    left = np.where(died, care.died, care.moved)
    left, leaves = np.where(grown < leaves, care.grown, left), np.minimum(leaves, grown)
    gone = leaves < np.maximum(lines.decided, lines.start)
    lines.outcome = np.where(gone, WITHDRAWN, lines.outcome)
    lines.decided = np.where(gone, np.maximum(np.minimum(lines.decided, leaves + 10), lines.applied), lines.decided)
    cut = leaves < lines.end
    lines.reason = np.where(cut, left, lines.reason)
    lines.end_known = np.where(cut, leaves + 3 + lines.person % 17, lines.end_known)
    lines.end = np.where(cut, leaves, lines.end)
    return lines


def _renewals(rng: np.random.Generator, care: Catalog, k: int, old: Lines) -> Lines:
    """Renew what ended as planned; numbers are drawn for every line, so that later years cannot shift them."""
    product, n = care.products[k], len(old)
    renewed = rng.random(n) < product.verlenging
    before = rng.integers(20, 64, n)
    lead = np.rint(rng.gamma(2.0, 14.0, n)).astype(int)
    gap = np.where(rng.random(n) < 0.86, 0, rng.integers(4, 61, n))
    factor = np.exp(rng.normal(0.02, 0.15, n))
    step = 15 if product.eenheid == "minuut" else 0.5
    fixed = product.volume == 1.0 or product.eenheid == "etmaal"
    volume = old.volume if fixed else np.maximum(np.rint(old.volume * factor / step), 1) * step
    moved = rng.random(n) < 0.06
    provider = np.where(moved, rng.integers(0, len(product.aanbieders), n), old.provider)
    outcome = np.where(rng.random(n) < 0.05, DENIED, AWARDED)
    applied = np.maximum(old.end - before, old.start)
    drawn = (old.person, applied, applied + lead, outcome, old.end + 1 + gap, volume, old.pgb, provider, old.extra)
    lines = _awards(rng, care, k, drawn)
    return lines.take(renewed & (old.outcome == AWARDED) & (old.reason == care.planned))


def simulate_care(
    seed: int, people: People, care: Catalog, van: int, last_year: int, events: Events, scale: float
) -> Lines:
    """Simulate all lines of one law.

    Args:
        seed: Seed of the sample.
        people: The people.
        care: The law.
        van: First exported year.
        last_year: Last year of the simulation.
        events: The planted events.
        scale: Size of the municipality against the one that the products are written for.

    Returns:
        All lines applied for up to the end of the last year, in order of application.
    """
    horizon = day(last_year + 1)
    parts: list[Lines] = []
    # Per product and person the last day of care; who has something already asks for the next thing sooner.
    until = np.full((len(care.products), len(people)), -OPEN)
    for year in range(van - BURN_IN, last_year + 1):
        sooner = np.where((until >= day(year)).any(axis=0), care.asks_again, 1.0)
        for k, product in enumerate(care.products):
            weight = weights(people, product, care.bands, day(year)) * (until[k] < day(year)) * sooner
            who, applied, extra = new_applications(seed, people, care, k, year, weight, events, scale)
            rng = stream(seed, "besluit", product.code, year)
            lines = _leave(_first_awards(rng, care, k, who, applied, extra), people, care)
            generation = 0
            while len(lines) and lines.applied.min() < horizon:
                parts.append(lines)
                got = lines.outcome == AWARDED
                np.maximum.at(until[k], lines.person[got], lines.end[got])
                if product.dagen <= 1:
                    break
                generation += 1
                rng = stream(seed, "verlenging", product.code, year, generation)
                lines = _leave(_renewals(rng, care, k, lines), people, care)
    lines = join(parts)
    lines = lines.take(lines.applied < horizon)
    return lines.take(np.lexsort((lines.start, lines.product, lines.person, lines.applied)))
