"""Special assistance and allowances: applications, decisions and amounts of who lives on little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.arrays import Arrays
from etl.sample.care import AWARDED, WITHDRAWN
from etl.sample.households import steady
from etl.sample.income import Benefits
from etl.sample.income_homes import homes
from etl.sample.people import People, day
from etl.sample.streams import price_level, stream

#: Grants were put in this registration from here on.
FIRST_YEAR = 2023


@dataclass(frozen=True)
class Grant:
    """A kind of grant: applications a year, share of the applicants on a benefit, mean amount in 2019, months it runs.

    `months` 0 is paid once. `season` is the month around which most apply, 0 for none.
    """

    naam: str
    code: str
    aanvragen: float
    op_uitkering: float
    bedrag: float
    maanden: int = 0
    seizoen: int = 0


GRANTS = (
    Grant("bijzondere_bijstand_periodiek", "11", 175, 0.7, 2_400, 12),
    Grant("bijzondere_bijstand_eenmalig", "12", 785, 0.62, 1_250),
    Grant("individuele_inkomenstoeslag", "Individuele inkomenstoeslag", 550, 1.0, 330),
    Grant("studietoeslag", "Studietoeslag", 22, 0.0, 2700, 12, 9),
    Grant("meedoenregeling", "Meedoenregeling", 160, 0.6, 175, 0, 10),
    Grant("energietoeslag", "Energietoeslag", 320, 0.1, 650, 0, 11),
)
PERIODIEK, EENMALIG, INKOMENSTOESLAG, _STUDIE, _MEEDOEN, ENERGIE = range(len(GRANTS))
#: BUS clusters of special assistance with their shares, for what is paid monthly and for what is paid once.
_CLUSTERS = np.array(list("abcdefghijklm"))
_MONTHLY = np.array([3, 1, 5, 1, 6, 66, 2, 12, 1, 1, 1, 0.5, 0.5])
_ONCE = np.array([4, 34, 16, 2, 7, 9, 3, 14, 3, 3, 2, 1, 2])
#: The energy allowance was a scheme of these years; who was on a benefit then got it without asking.
ENERGY_YEAR, ENERGY_DAY, ENERGY_HERE = 2023, day(2023, 10, 16), 0.5
LONG_TERM = 3 * 365


@dataclass
class Grants(Arrays):
    """Applications for a grant. Days count from 1970-01-01.

    Attributes:
        person, grant: Who and what (place in GRANTS).
        cluster: BUS cluster a-m; "" unless special assistance.
        applied: Day of application; of what was given without asking, the day of the decision.
        asked: Whether there was an application.
        decided, outcome: Day of the decision; AWARDED, DENIED or WITHDRAWN.
        start, end: First and last day of what is paid monthly; 0 of what is paid once.
        cents: Amount when awarded.
    """

    person: np.ndarray
    grant: np.ndarray
    cluster: np.ndarray
    applied: np.ndarray
    asked: np.ndarray
    decided: np.ndarray
    outcome: np.ndarray
    start: np.ndarray
    end: np.ndarray
    cents: np.ndarray


def _applied(rng: np.random.Generator, n: int, year: int, season: int) -> np.ndarray:
    weight = np.ones(12) if not season else np.array([0.25 + 2.5 * (min((m - season) % 12, (season - m) % 12) < 2)
                                                       for m in range(1, 13)])  # fmt: skip
    month = rng.choice(12, size=n, p=weight / weight.sum())
    found = np.array([day(year, m + 1) for m in range(12)])[month] + rng.integers(0, 28, n)
    return found - np.maximum((found + 3) % 7 - 4, 0)


def _lines(rng: np.random.Generator, people: People, g: int, who: np.ndarray, applied: np.ndarray, year: int) -> Grants:
    n, grant = len(who), GRANTS[g]
    decided = applied + np.clip(np.rint(rng.gamma(2.2, 11.0, n)).astype(int), 0, 80)
    outcome = rng.choice(3, size=n, p=[0.8, 0.15, 0.05])
    start = applied + rng.integers(0, 20, n)
    months = rng.choice([6, 12, 12, 12], n)
    end = start + np.rint(months * 30.4375).astype(int) - 1
    leaves = people.leaves[who]
    outcome = np.where(leaves < np.maximum(decided, start), WITHDRAWN, outcome)
    level = grant.bedrag * price_level(year)
    if g in (INKOMENSTOESLAG, _MEEDOEN, ENERGIE):
        amount = np.full(n, round(level / 5) * 5.0) * np.array([1.0, 1.3, 1.45])[rng.choice(3, n, p=[0.6, 0.2, 0.2])]
    else:
        amount = level * rng.gamma(1.6, 1 / 1.6, n) + 20
    shares = _MONTHLY if g == PERIODIEK else _ONCE
    cluster = rng.choice(_CLUSTERS, n, p=shares / shares.sum())
    monthly = grant.maanden > 0
    return Grants(
        person=who, grant=np.full(n, g), cluster=cluster if g in (PERIODIEK, EENMALIG) else np.full(n, ""),
        applied=applied, asked=np.full(n, True), decided=decided, outcome=outcome,
        start=start if monthly else np.zeros(n, dtype=int),
        end=np.minimum(end, leaves) if monthly else np.zeros(n, dtype=int),
        cents=np.rint(amount * 100).astype(int),
    )  # fmt: skip


def _who(rng: np.random.Generator, g: int, count: int, benefits: Benefits, poor: np.ndarray, at: int) -> np.ndarray:
    """Draw who asks: some of those on a benefit at the start of the year, the rest from who has little otherwise."""
    running = benefits.take((benefits.outcome == AWARDED) & (benefits.start < at) & (benefits.end >= at))
    if g == INKOMENSTOESLAG:
        running = running.take(running.start <= at - LONG_TERM)
    on_benefit = np.unique(running.person)
    first = min(int(rng.binomial(count, GRANTS[g].op_uitkering)), len(on_benefit))
    mine = rng.choice(on_benefit, first, replace=False)
    others = np.setdiff1d(poor, on_benefit)
    return np.concatenate([mine, rng.choice(others, min(count - first, len(others)), replace=False)])


def _energy_without_asking(seed: int, benefits: Benefits) -> Grants:
    running = benefits.take(
        (benefits.outcome == AWARDED) & (benefits.start <= ENERGY_DAY - 15) & (benefits.end >= ENERGY_DAY)
    )
    # The others got it from an office outside, in one batch that this registration does not know.
    who = np.unique(running.person)
    who = who[steady(seed, 43, who) < ENERGY_HERE]
    n, none = len(who), np.zeros(len(who), dtype=int)
    given = ENERGY_DAY + stream(seed, "energietoeslag", "ambtshalve").integers(0, 4, n)
    return Grants(who, np.full(n, ENERGIE), np.full(n, ""), given, np.full(n, False), given,
                  np.full(n, AWARDED), none, none, np.full(n, 80_000))  # fmt: skip


def simulate_grants(seed: int, people: People, benefits: Benefits, years: range, scale: float) -> Grants:
    """Simulate all grants that were applied for in some years.

    Args:
        seed: Seed of the sample.
        people: The people.
        benefits: Who is on a benefit when.
        years: Years of application; FIRST_YEAR is the first that counts.
        scale: Size of the municipality against 39,700.

    Returns:
        All lines, in order of application.
    """
    parts: list[Grants] = [_energy_without_asking(seed, benefits).take(np.arange(0))]
    for year in (y for y in years if y >= FIRST_YEAR):
        at = day(year)
        home = homes(seed, people, at)
        poor = np.flatnonzero(home.may_apply & home.fragile & (home.age < 90))
        student = np.flatnonzero(home.may_apply & (home.age < 28))
        for g, grant in enumerate(GRANTS):
            if g == ENERGIE and year > ENERGY_YEAR + 1:
                continue
            rng = stream(seed, "verstrekking", grant.naam, year)
            # The energy scheme was still open for late applications in the first months of the year after it.
            late = 0.15 if g == ENERGIE and year > ENERGY_YEAR else 1.0
            who = _who(
                rng, g, rng.poisson(grant.aanvragen * late * scale), benefits, student if g == _STUDIE else poor, at
            )
            applied = _applied(rng, len(who), year, 2 if late < 1 else grant.seizoen)
            parts.append(_lines(rng, people, g, who, applied, year))
        if year == ENERGY_YEAR:
            parts.append(_energy_without_asking(seed, benefits))
    found = Grants.join(parts)
    found = found.take(people.arrives[found.person] <= found.applied)
    found = found.take(people.leaves[found.person] >= found.applied)
    return found.take(np.lexsort((found.grant, found.person, found.applied)))
