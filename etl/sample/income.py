"""Benefits for living costs: people apply, get it, leave for work or for another reason, and sometimes come back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.arrays import Arrays
from etl.sample.care import AWARDED, OPEN, WITHDRAWN
from etl.sample.households import YEAR
from etl.sample.income_homes import Care, Homes, homes, need
from etl.sample.people import People, day
from etl.sample.streams import stream

#: BUS reasons of ending that follow from the person: pension age, death, moved within the country and abroad.
AOW, OVERLIJDEN, VERHUISD, BUITENLAND = 3, 4, 32, 33
WERK, ZELFSTANDIG = 11, 13
AOW_AGE = 67
#: Other BUS reasons with their shares for who was in for a short and for a long time.
_REASONS = np.array([11, 13, 1, 2, 5, 14, 15, 17, 18, 19, 31, 34, 35, 97, 98])
_SHORT = np.array([0.44, 0.04, 0.06, 0.1, 0.02, 0.02, 0.03, 0.01, 0.01, 0.06, 0.05, 0.06, 0.03, 0.02, 0.05])
_LONG = np.array([0.22, 0.02, 0.01, 0.12, 0.03, 0.01, 0.1, 0.02, 0.03, 0.12, 0.08, 0.05, 0.02, 0.05, 0.12])
#: Reasons after which some come back, and how many of them do.
_BACK, _BACK_SHARE = np.array([11, 13, 31, 34, 35]), 0.16
_SEASON = np.array([1.18, 1.0, 1.02, 0.96, 0.92, 0.95, 0.93, 0.95, 1.02, 1.05, 1.04, 0.98])
_YEARS = {2020: 1.1, 2021: 0.94, 2022: 0.92}
#: Newcomers who have to integrate, a year, and how many of them start on bijstand.
NEWCOMERS, NEWCOMER_BENEFIT = 62, 0.78


@dataclass(frozen=True)
class Regeling:
    """A scheme: applications a year at the size of 39,700, ages, share that stays long, and mean days of both kinds."""

    naam: str
    code: str
    aanvragen: float
    groei: float
    leeftijd: tuple[float, float]
    lang: float
    kort_dagen: float
    lang_dagen: float


REGELINGEN = (
    Regeling("bijstand", "01", 505, -0.009, (18, 66.5), 0.36, 330, 3600),
    Regeling("ioaw", "02", 26, 0.0, (54, 66), 0.9, 400, 2600),
    Regeling("ioaz", "03", 4.0, 0.0, (54, 66), 0.9, 400, 2300),
    Regeling("bbz", "14", 27, 0.0, (22, 64), 0.0, 300, 300),
)
BIJSTAND = 0
#: Benefits that run at the start, per scheme.
_STOCK = (1400, 60, 10, 14)


@dataclass
class Benefits(Arrays):
    """Applications for a benefit and what came of them. Days count from 1970-01-01.

    Attributes:
        person, regeling: Who and which scheme (places in People and REGELINGEN).
        leefvorm: BUS leefvorm.
        applied, decided, outcome: Days of application and decision, AWARDED, DENIED or WITHDRAWN.
        start, end: First and last day; `end` is OPEN only while nothing ends it.
        reason: BUS reason of ending; 0 when there is none.
        end_known: Day on which the end is registered.
        newcomer: Whether the person came to live here as a newcomer who has to integrate.
    """

    person: np.ndarray
    regeling: np.ndarray
    leefvorm: np.ndarray
    applied: np.ndarray
    decided: np.ndarray
    outcome: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    end_known: np.ndarray
    newcomer: np.ndarray


def _days(rng: np.random.Generator, who: np.ndarray, year: int) -> np.ndarray:
    season = _SEASON * np.exp(rng.normal(0, 0.05, 12))
    month = rng.choice(12, size=len(who), p=season / season.sum())
    applied = np.array([day(year, m + 1) for m in range(12)])[month] + rng.integers(0, 28, len(who))
    return applied - np.maximum((applied + 3) % 7 - 4, 0)  # 1970-01-01 was a Thursday: nobody applies on a weekend


def _stay(rng: np.random.Generator, k: int, n: int, long: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw days of stay and the reason to leave."""
    rule = REGELINGEN[k]
    mean = np.where(long, rule.lang_dagen, rule.kort_dagen)
    stay = 20 + np.rint(rng.exponential(1.0, n) * mean).astype(int)
    short, slow = rng.choice(_REASONS, n, p=_SHORT / _SHORT.sum()), rng.choice(_REASONS, n, p=_LONG / _LONG.sum())
    return stay, np.where(long, slow, short)


def _award(
    rng: np.random.Generator, people: People, k: int, home: Homes, who: np.ndarray, applied: np.ndarray, fresh: bool
) -> Benefits:
    """Let applications be decided on, and those awarded end; what ends them first counts."""
    n, rule = len(who), REGELINGEN[k]
    decided = applied + np.clip(np.rint(rng.gamma(2.5, 11.0, n)).astype(int), 1, 90)
    outcome = rng.choice(3, size=n, p=[0.76, 0.15, 0.09] if fresh else [0.97, 0.02, 0.01])
    start = applied + np.where(rng.random(n) < 0.8, 0, rng.integers(1, 15, n))
    long = rng.random(n) < rule.lang + (0.22 if k == BIJSTAND else 0.0) * (home.age[who] > 47)
    stay, reason = _stay(rng, k, n, long)
    end = start + stay - 1
    # Work is found in spring and summer: who would find it in winter often finds it some weeks later.
    month = (end % 365.25 / 30.4375).astype(int)
    winter = (reason == WERK) & ((month >= 10) | (month < 2)) & (rng.random(n) < 0.45)
    end = end + np.where(winter, rng.integers(45, 120, n), 0)
    late = rng.geometric(1 / 16, n).clip(max=60)
    pension = people.born[who] + int(AOW_AGE * YEAR) - 1
    reason = np.where(pension < end, AOW, reason)
    known = np.where(pension < end, pension - 28, end + late)
    end = np.minimum(pension, end)
    leaves, died = people.leaves[who], people.died[who]
    moved = np.where(rng.random(n) < 0.07, BUITENLAND, VERHUISD)
    gone = leaves < end
    reason = np.where(gone, np.where(died, OVERLIJDEN, moved), reason)
    known, end = np.where(gone, leaves + late // 2 + 1, known), np.where(gone, leaves, end)
    too_late = (leaves < np.maximum(decided, start)) | (end < start)
    outcome = np.where(too_late, WITHDRAWN, outcome)
    end, reason = np.where(outcome == AWARDED, end, decided), np.where(outcome == AWARDED, reason, 0)
    start = np.where(outcome == AWARDED, start, decided)
    return Benefits(who, np.full(n, k), home.leefvorm[who], applied, decided, outcome, start, end, reason,
                    np.maximum(known, decided), np.zeros(n, dtype=bool))  # fmt: skip


def _returns(rng: np.random.Generator, people: People, k: int, home: Homes, old: Benefits) -> Benefits:
    """Let some come back; numbers are drawn for every line, so that later years cannot shift them."""
    n = len(old)
    back = (rng.random(n) < _BACK_SHARE) & np.isin(old.reason, _BACK) & (old.outcome == AWARDED)
    gap = np.where(rng.random(n) < 0.35, rng.integers(3, 28, n), rng.integers(40, 420, n))
    lines = _award(rng, people, k, home, old.person, old.end + 1 + gap, fresh=False)
    lines.newcomer = old.newcomer
    fits = back & (people.leaves[old.person] > lines.applied) & (lines.end > lines.start)
    return lines.take(fits)


def _stock(seed: int, people: People, home: Homes, weight: np.ndarray, k: int, at: int, scale: float) -> Benefits:
    """Give the benefits that run at the start, begun in the years before it."""
    rng, rule = stream(seed, "uitkering", "begin", REGELINGEN[k].naam), REGELINGEN[k]
    able = np.flatnonzero(weight)
    count = min(rng.poisson(_STOCK[k] * scale), len(able) // 2)
    who = rng.choice(able, count, replace=False, p=weight[able] / weight[able].sum()) if count else able[:0]
    begun = at - 1 - np.rint(rng.exponential(0.55 * rule.lang_dagen, count)).astype(int)
    lines = _award(rng, people, k, home, who, begun, fresh=False)
    # Those who had left before the start are not there; who is in, is in for a while yet.
    stays = at + np.rint(rng.exponential(0.6 * rule.lang_dagen, count)).astype(int)
    lasts = (lines.end < at) & (people.leaves[who] > at)
    lines.end = np.where(lasts, np.minimum(np.minimum(stays, people.leaves[who]), lines.end + 20 * 365), lines.end)
    return lines.take((lines.outcome == AWARDED) & (lines.end >= at))


def newcomers(seed: int, people: People, year: int, scale: float) -> np.ndarray:
    """Give who came to live here in a year as a newcomer who has to integrate (Wi2021; people from Ukraine do not)."""
    age = (people.arrives - people.born) / YEAR
    able = np.flatnonzero((people.arrives >= day(year)) & (people.arrives < day(year + 1)) & (age >= 18) & (age < 55))
    rng = stream(seed, "nieuwkomers", year)
    return rng.choice(able, min(rng.poisson(NEWCOMERS * scale), len(able) // 2), replace=False)


def simulate_benefits(seed: int, people: People, wmo: Care, jeugd: Care, years: range, scale: float) -> Benefits:
    """Simulate all benefits.

    Args:
        seed: Seed of the sample.
        people: The people.
        wmo: Awarded Wmo support; who has it needs income support more often.
        jeugd: Awarded youth care, idem for the home of the child.
        years: From the first year that people live here to the last.
        scale: Size of the municipality against 39,700.

    Returns:
        All lines applied for up to the end of the last year, in order of application.
    """
    count, parts = len(people), []
    until = np.full(count, -OPEN)
    for year in years:
        at = day(year)
        home = homes(seed, people, at)
        weight = need(people, home, wmo.users(at, count), jeugd.users(at, count))
        for k, rule in enumerate(REGELINGEN):
            able = weight * (home.age >= rule.leeftijd[0]) * (home.age < rule.leeftijd[1])
            if year == years[0]:
                parts.append(_stock(seed, people, home, able * (until < at), k, at, scale))
                np.maximum.at(until, parts[-1].person, parts[-1].end)
            rng = stream(seed, "uitkering", rule.naam, year)
            expected = rule.aanvragen * (1 + rule.groei) ** (year - 2019) * _YEARS.get(year, 1.0) * scale
            who = _draw(rng, able * (until < at), expected)
            lines = _award(rng, people, k, home, who, _days(rng, who, year), fresh=True)
            if k == BIJSTAND:
                lines = Benefits.join([lines, _newcomer_benefits(seed, people, home, until, year, scale)])
            generation = 0
            while len(lines) and lines.applied.min() < day(years[-1] + 1):
                parts.append(lines)
                np.maximum.at(until, lines.person, lines.end)
                generation += 1
                lines = _returns(stream(seed, "terug", rule.naam, year, generation), people, k, home, lines)
    lines = Benefits.join(parts)
    lines = lines.take(lines.applied < day(years[-1] + 1))
    return lines.take(np.lexsort((lines.regeling, lines.person, lines.applied)))


def _draw(rng: np.random.Generator, weight: np.ndarray, expected: float) -> np.ndarray:
    """Draw persons by weight; only those who can be drawn play a part, so that later arrivals cannot shift it."""
    able = np.flatnonzero(weight)
    count = min(rng.poisson(expected), len(able) // 2)
    return rng.choice(able, count, replace=False, p=weight[able] / weight[able].sum()) if count else able[:0]


def _newcomer_benefits(seed: int, people: People, home: Homes, until: np.ndarray, year: int, scale: float) -> Benefits:
    who = newcomers(seed, people, year, scale)
    rng = stream(seed, "nieuwkomers", "uitkering", year)
    asks, wait = rng.random(len(who)) < NEWCOMER_BENEFIT, rng.integers(0, 15, len(who))
    lines = _award(rng, people, BIJSTAND, home, who, people.arrives[who] + wait, fresh=False)
    lines.newcomer[:] = True
    return lines.take(asks & (until[who] < people.arrives[who]))
