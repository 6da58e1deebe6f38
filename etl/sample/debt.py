"""Debt aid: who comes to the office, for what, and how it ends; and the signals of arrears that it receives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.arrays import Arrays, one_at_a_time
from etl.sample.care import AWARDED
from etl.sample.income import Benefits
from etl.sample.income_homes import Care, homes, need
from etl.sample.people import People, day
from etl.sample.streams import stream

RESULTATEN = ("", "geslaagd", "mislukt", "gestopt")
GESLAAGD, MISLUKT, GESTOPT = 1, 2, 3
#: How much more often who is on a benefit comes to the office.
BENEFIT_TIMES = 2.5
#: Signals of arrears of which nothing came, for each one that became a file.
SIGNALS_PER_FILE = 3.2


@dataclass(frozen=True)
class Service:
    """A kind of debt aid at the size of 39,700.

    Attributes:
        naam: As the monitor calls it.
        tekst: As the office writes it.
        starts: New files a year.
        dagen: Mean length in days, and the least.
        lopend: Files that run at the start.
        uitkomst: Shares of geslaagd, mislukt and gestopt.
        schuld: Mean debt or credit in euros; 0 when it is not registered.
    """

    naam: str
    tekst: str
    starts: float
    dagen: tuple[float, int]
    lopend: int
    uitkomst: tuple[float, float, float]
    schuld: float


SERVICES = (
    Service("krediet", "Krediet", 105, (620, 300), 190, (0.92, 0.05, 0.03), 3_100),
    Service("budgetbeheer", "Budgetbeheer", 142, (1120, 60), 383, (0.56, 0.08, 0.36), 0),
    Service("schuldregeling", "Schuldregeling", 88, (330, 330), 156, (0.74, 0.19, 0.07), 38_000),
    Service("saneringskrediet", "Saneringskrediet", 30, (260, 290), 40, (0.88, 0.09, 0.03), 9_500),
    Service("vroegsignaal", "Vroegsignaal", 235, (30, 14), 18, (0.6, 0.1, 0.3), 0),
    Service("stabilisatie", "Stabilisatie", 82, (170, 45), 45, (0.64, 0.14, 0.22), 0),
)  # fmt: skip
KREDIET, BUDGETBEHEER, SCHULDREGELING, SANERING, VROEGSIGNAAL, STABILISATIE = range(len(SERVICES))


@dataclass
class Debts(Arrays):
    """Files of debt aid. Days count from 1970-01-01.

    Attributes:
        person, service: Who and what (place in SERVICES).
        applied, start, end: Day of asking, first and last day.
        result: Place in RESULTATEN.
        end_known: Day on which the end is registered.
        cents: Debt or credit; 0 when it is not registered.
        creditors: Number of creditors; 0 when it is not registered.
    """

    person: np.ndarray
    service: np.ndarray
    applied: np.ndarray
    start: np.ndarray
    end: np.ndarray
    result: np.ndarray
    end_known: np.ndarray
    cents: np.ndarray
    creditors: np.ndarray


def _files(rng: np.random.Generator, people: People, k: int, who: np.ndarray, applied: np.ndarray) -> Debts:
    n, service = len(who), SERVICES[k]
    start = applied + (rng.integers(0, 8, n) if k == VROEGSIGNAAL else rng.integers(5, 50, n))
    end = start + service.dagen[1] + np.rint(rng.exponential(service.dagen[0], n)).astype(int)
    result = rng.choice([GESLAAGD, MISLUKT, GESTOPT], n, p=service.uitkomst)
    leaves = people.leaves[who]
    result, end = np.where(leaves < end, GESTOPT, result), np.minimum(end, leaves)
    cents = np.rint(service.schuld * rng.gamma(1.8, 1 / 1.8, n) * 100).astype(int)
    creditors = rng.poisson(11, n) + 1
    owes = k in (SCHULDREGELING, SANERING)
    return Debts(who, np.full(n, k), applied, start, end, result, end + rng.geometric(1 / 12, n).clip(max=45), cents,
                 creditors if owes else np.zeros(n, dtype=int))  # fmt: skip


def _draw(rng: np.random.Generator, weight: np.ndarray, expected: float) -> np.ndarray:
    able = np.flatnonzero(weight)
    count = min(rng.poisson(expected), len(able) // 2)
    return rng.choice(able, count, replace=False, p=weight[able] / weight[able].sum()) if count else able[:0]


def _running(rng: np.random.Generator, people: People, k: int, weight: np.ndarray, at: int, scale: float) -> Debts:
    """Give the files that run at the start."""
    service = SERVICES[k]
    who = _draw(rng, weight, service.lopend * scale)
    since = at - 1 - np.rint(rng.exponential(0.5 * service.dagen[0], len(who))).astype(int)
    files = _files(rng, people, k, who, since - 50)
    rest = np.rint(rng.exponential(0.85 * service.dagen[0], len(who))).astype(int)
    files.end = np.minimum(at + service.dagen[1] // 2 + rest, people.leaves[who])
    files.end_known = files.end + 5
    return files.take((files.end >= at) & (people.arrives[who] <= since - 50))


def simulate_debts(
    seed: int, people: People, wmo: Care, jeugd: Care, benefits: Benefits, years: range, scale: float
) -> Debts:
    """Simulate all files.

    Args:
        seed: Seed of the sample.
        people: The people.
        wmo: Awarded Wmo support; who has it has debts more often.
        jeugd: Awarded youth care, idem for the home of the child.
        benefits: Who is on a benefit when, idem.
        years: The first year has the files that run at its start too.
        scale: Size of the municipality against 39,700.

    Returns:
        All files asked for in these years or running at their start, in order of asking.
    """
    count = len(people)
    until = np.full((len(SERVICES), count), -(10**6))
    parts: list[Debts] = []
    got = benefits.take(benefits.outcome == AWARDED)
    for year in years:
        at = day(year)
        home = homes(seed, people, at)
        weight = need(people, home, wmo.users(at, count), jeugd.users(at, count)) * (home.age < 80)
        weight[got.person[(got.start < at) & (got.end >= at)]] *= BENEFIT_TIMES
        known = (until >= at).any(axis=0)
        for k, service in enumerate(SERVICES):
            rng = stream(seed, "schuldhulp", service.naam, year)
            # Who is known at the office already gets the next service there.
            free = weight * (until[k] < at - 30) * np.where(known & (k != VROEGSIGNAAL), 12.0, 1.0)
            who = _draw(rng, free, service.starts * scale)
            new = [_files(rng, people, k, who, at + rng.integers(0, 365, len(who)))]
            if year == years[0]:
                new.append(_running(rng, people, k, free, at, scale))
            files = Debts.join(new)
            files = files.take((people.leaves[files.person] > files.start) & (files.end >= files.start))
            np.maximum.at(until[k], files.person, files.end)
            parts.append(files)
    found = one_at_a_time(Debts.join(parts), "service")
    return found.take(np.lexsort((found.service, found.person, found.applied)))
