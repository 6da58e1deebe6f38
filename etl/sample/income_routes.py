"""Routes to work and integration: re-integration, wage subsidy, sheltered work, and integration by its three routes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.arrays import Arrays, one_at_a_time
from etl.sample.care import AWARDED, OPEN
from etl.sample.income import WERK, ZELFSTANDIG, Benefits, newcomers
from etl.sample.income_homes import homes
from etl.sample.people import People, day
from etl.sample.streams import stream

INBURGERING, RE_INTEGRATIE, LOONKOSTENSUBSIDIE, BESCHUT, PARTICIPATIEPLAATS = range(5)
SOORTEN = ("inburgering", "re_integratie", "loonkostensubsidie", "beschut_werk", "participatieplaats")
ROUTES = ("", "b1_route", "onderwijsroute", "z_route")
RESULTATEN = ("", "geslaagd", "uitgestroomd_werk", "ontheffing", "gestopt", "verhuisd")
GESLAAGD, NAAR_WERK, ONTHEFFING, GESTOPT, VERHUISD = range(1, 6)
#: The law on integration is of 2022: nobody follows a route under it before.
INTEGRATION_FROM = 2022
#: Started a year, mean days, and number at the start, per kind; integration follows from the newcomers.
_STARTS = {RE_INTEGRATIE: (270, 260, 190), LOONKOSTENSUBSIDIE: (58, 1500, 120), BESCHUT: (13, 2600, 40),
           PARTICIPATIEPLAATS: (22, 300, 14)}  # fmt: skip


@dataclass
class Routes(Arrays):
    """Routes. Days count from 1970-01-01; places in SOORTEN, ROUTES and RESULTATEN.

    Attributes:
        person, soort, route: Who and what.
        start, end: First and last day; OPEN while nothing ends it.
        result: How it ended; 0 unknown.
        end_known: Day on which the end is registered.
        trede, trede_end: Step of the participation ladder at the start and at the end; 0 not registered.
    """

    person: np.ndarray
    soort: np.ndarray
    route: np.ndarray
    start: np.ndarray
    end: np.ndarray
    result: np.ndarray
    end_known: np.ndarray
    trede: np.ndarray
    trede_end: np.ndarray


def _routes(
    rng: np.random.Generator, people: People, soort: int, who: np.ndarray, start: np.ndarray, days: np.ndarray
) -> Routes:
    n = len(who)
    end = start + 20 + np.rint(days).astype(int)
    route = rng.choice([1, 2, 3], n, p=[0.5, 0.12, 0.38]) if soort == INBURGERING else np.zeros(n, dtype=int)
    if soort == INBURGERING:
        result = rng.choice([GESLAAGD, ONTHEFFING, GESTOPT], n, p=[0.74, 0.14, 0.12])
    else:
        result = rng.choice([GESLAAGD, GESTOPT, 0], n, p=[0.5, 0.42, 0.08])
    leaves = people.leaves[who]
    moved = leaves < end
    result = np.where(moved, np.where(people.died[who], GESTOPT, VERHUISD), result)
    low = {INBURGERING: 1, RE_INTEGRATIE: 2, PARTICIPATIEPLAATS: 3, LOONKOSTENSUBSIDIE: 5, BESCHUT: 5}[soort]
    trede = np.minimum(low + rng.choice(3, n, p=[0.4, 0.4, 0.2]), 5) * (rng.random(n) < 0.85)
    up = np.where(trede > 0, np.minimum(trede + rng.choice(3, n, p=[0.5, 0.35, 0.15]), 6), 0)
    end = np.minimum(end, leaves)
    return Routes(
        who, np.full(n, soort), route, start, end, result, end + rng.geometric(1 / 15, n).clip(max=60), trede, up
    )


def _to_work(routes: Routes, benefits: Benefits) -> Routes:
    """Let a re-integration end with the benefit when that ended for work."""
    ended = benefits.take((benefits.outcome == AWARDED) & np.isin(benefits.reason, (WERK, ZELFSTANDIG)))
    when: dict[int, list[tuple[int, int]]] = {}
    for person, last, known in zip(ended.person.tolist(), ended.end.tolist(), ended.end_known.tolist(), strict=True):
        when.setdefault(person, []).append((last, known))
    mine = np.flatnonzero(np.isin(routes.soort, (RE_INTEGRATIE, PARTICIPATIEPLAATS)))
    for n in mine.tolist():
        for last, known in when.get(int(routes.person[n]), []):
            if routes.start[n] < last <= routes.end[n] + 60:
                routes.end[n], routes.end_known[n] = last, max(known, last)
                routes.result[n], routes.trede_end[n] = NAAR_WERK, 6
                break
    return routes


def _of_year(seed: int, people: People, benefits: Benefits, soort: int, year: int, first: bool, scale: float) -> Routes:
    """Give the routes of a kind that start in a year; in the first year also those that run by then."""
    yearly, mean, stock = _STARTS[soort]
    at = day(year)
    rng = stream(seed, "traject", SOORTEN[soort], year)
    running = benefits.take((benefits.outcome == AWARDED) & (benefits.start < at) & (benefits.end > at + 30))
    on_benefit = np.unique(running.person)
    if soort in (LOONKOSTENSUBSIDIE, BESCHUT):
        # They work, so most are not on a benefit: young people and people who were.
        home = homes(seed, people, at)
        on_benefit = np.flatnonzero(home.may_apply & home.fragile & (home.age < 60) & (home.age > 18))
    # The office chooses who is near to work: some of them would have found it anyway.
    soon = running.person[(running.reason == WERK) & (running.end < at + 550)]
    weight = np.where(np.isin(on_benefit, soon), 4.0, 1.0)
    count = min(rng.poisson(yearly * scale), len(on_benefit))
    who = rng.choice(on_benefit, count, replace=False, p=weight / weight.sum()) if count else on_benefit[:0]
    parts = [_routes(rng, people, soort, who, at + rng.integers(0, 365, count), rng.exponential(mean, count))]
    if first:
        count = min(rng.poisson(stock * scale), len(on_benefit))
        who = rng.choice(on_benefit, count, replace=False)
        since = at - 1 - np.rint(rng.exponential(mean * 0.6, count)).astype(int)
        old = _routes(rng, people, soort, who, since, (at - since) + rng.exponential(mean, count))
        parts.append(old)
    return Routes.join(parts)


def simulate_routes(seed: int, people: People, benefits: Benefits, years: range, scale: float) -> Routes:
    """Simulate all routes.

    Args:
        seed: Seed of the sample.
        people: The people.
        benefits: Who is on a benefit when, and who left it for work.
        years: The first year has the routes that run at its start too.
        scale: Size of the municipality against 39,700.

    Returns:
        All routes that start in these years or run at their start, in order of start.
    """
    parts: list[Routes] = []
    for year in years:
        for soort in _STARTS:
            parts.append(_of_year(seed, people, benefits, soort, year, year == years[0], scale))
    # Integration takes up to three years after the start, so the newcomers of earlier years are still there.
    for year in range(max(INTEGRATION_FROM, years[0] - 3), years[-1] + 1):
        who = newcomers(seed, people, year, scale)
        rng = stream(seed, "traject", "inburgering", year)
        start = people.arrives[who] + rng.integers(40, 150, len(who))
        parts.append(_routes(rng, people, INBURGERING, who, start, rng.uniform(420, 1180, len(who))))
    found = Routes.join(parts)
    fits = (
        (people.arrives[found.person] <= found.start) & (found.end >= found.start) & (found.start < day(years[-1] + 1))
    )
    found = _to_work(found.take(fits), benefits)
    found.end = np.where(found.end >= OPEN, OPEN, found.end)
    # Nobody follows two routes of one kind at once.
    found = one_at_a_time(found, "soort")
    return found.take(np.lexsort((found.soort, found.person, found.start)))
