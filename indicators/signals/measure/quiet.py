"""Quiet years: what a gemeente looks like when nothing is the matter, for measuring false alarms.

Shares nothing with the rules, nor with the synthetic municipality: its own idea of season, scatter, slow drift, late
invoices and instalments, on purpose livelier than pure chance. Ten onderdelen, from a handful of clients to a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from indicators.signals.detect.series import Array
from indicators.signals.measure.providers import Plan, Providers, providers

#: Years of past, and years that are judged.
PAST_YEARS, JUDGED_YEARS = 4, 2
MONTHS = 12 * (PAST_YEARS + JUDGED_YEARS)
FIRST = 12 * PAST_YEARS
#: New clients a month, and months that they stay, of the ten onderdelen.
INFLOW = (1.5, 2.5, 4.0, 6.0, 9.0, 13.0, 18.0, 25.0, 35.0, 50.0)
STAY = (30.0, 8.0, 24.0, 14.0, 40.0, 10.0, 22.0, 36.0, 12.0, 48.0)
#: Ages in months at which declarations come.
AGES = 7


@dataclass(frozen=True)
class Event:
    """What is planted in the first judged month.

    A change of inflow, price, pace, share of a referrer or spending, one booking; or of one provider: bills that come
    so many months later, months without anything, or part of the clients taken over from the others.
    """

    inflow: float = 1.0
    price: float = 1.0
    late: float = 0.0
    share: float = 0.0
    spending: float = 1.0
    booking: float = 0.0
    provider_late: int = 0
    provider_silent: int = 0
    provider_takes: float = 0.0


@dataclass(frozen=True)
class Onderdeel:
    """One simulated onderdeel: months oldest first; ledger years of twelve months.

    Attributes:
        applications: Per month.
        inflow: Per month.
        stock: At the end of each month.
        referrers: [month, referrer] applications.
        whole: Value of running awards per month.
        declared: [month, age] declared at that age.
        ledger: [year, month] booked.
        providers: What is told of its providers. Drawn apart: their care is not that of `whole` and `declared`.
    """

    applications: Array
    inflow: Array
    stock: Array
    referrers: Array
    whole: Array
    declared: Array
    ledger: Array
    providers: Providers


def simulate(seed: int, event: Event | None = None) -> list[Onderdeel]:
    """Draw ten onderdelen.

    Args:
        seed: The draw; the same seed gives the same quiet world, with or without the event.
        event: What is planted; None: nothing at all.
    """
    planted = event or Event()
    draws = [(np.random.default_rng([seed, i]), np.random.default_rng([seed, i, 1])) for i in range(len(INFLOW))]
    return [_onderdeel(*draws[i], (INFLOW[i], STAY[i]), planted) for i in range(len(INFLOW))]


def _onderdeel(rng: Generator, apart: Generator, size: tuple[float, float], event: Event) -> Onderdeel:
    level, stay = size
    changed = np.arange(MONTHS) >= FIRST
    usual = level * _course(rng) * np.where(changed, event.inflow, 1.0)
    scatter = rng.gamma(40.0, 1 / 40.0, MONTHS)
    applications = rng.poisson(usual * 1.4 * scatter).astype(float)
    inflow = rng.poisson(usual * rng.gamma(60.0, 1 / 60.0, MONTHS)).astype(float)
    stock = _stock(rng, inflow, level, stay)
    referrers = _referrers(rng, applications, np.where(changed, event.share, 0.0))
    whole, declared = _care(rng, stock, np.where(changed, event.price, 1.0), np.where(changed, event.late, 0.0))
    plan = Plan(FIRST, event.provider_late, event.provider_silent, event.provider_takes)
    each = apart.uniform(300, 3000) * 1.04 ** (np.arange(MONTHS) // 12)
    told = providers(apart, stock, each, plan)
    return Onderdeel(applications, inflow, stock, referrers, whole, declared, _ledger(rng, stock, event), told)


def _course(rng: Generator) -> Array:
    """Season, a lasting trend of a few percent a year, and a level that wanders slowly."""
    month = np.arange(MONTHS)
    season = 1 + rng.uniform(0, 0.15) * np.sin(2 * np.pi * (month + rng.uniform(0, 12)) / 12)
    holiday = np.where(month % 12 == 7, rng.uniform(0.7, 1.0), 1.0)
    wander = np.cumsum(rng.normal(0, 0.03 / np.sqrt(12), MONTHS))
    return season * holiday * np.exp(rng.normal(0, 0.025) * month / 12 + wander)


def _stock(rng: Generator, inflow: Array, level: float, stay: float) -> Array:
    stock = np.zeros(MONTHS)
    now = rng.poisson(level * stay)
    for m in range(MONTHS):
        now += int(inflow[m]) - rng.binomial(now, 1 / stay)
        stock[m] = now
    return stock


def _referrers(rng: Generator, applications: Array, extra: Array) -> Array:
    base = rng.dirichlet([8.0, 12.0, 4.0, 3.0, 2.0])
    out = np.zeros((MONTHS, len(base)))
    for m in range(MONTHS):
        share = rng.dirichlet(base * 150)
        more = min(share[1] + extra[m], 0.95)
        share *= (1 - more) / (1 - share[1])
        share[1] = more
        out[m] = rng.multinomial(int(applications[m]), share / share.sum())
    return out


def _care(rng: Generator, stock: Array, price: Array, late: Array) -> tuple[Array, Array]:
    """Awards, and what is declared of them: use wanders, contracts change a little each year, invoices come late."""
    months = np.arange(MONTHS)
    index = np.repeat(np.cumprod(1 + rng.normal(0.04, 0.01, MONTHS // 12)), 12)
    each = rng.uniform(300, 3000)
    whole = stock * each * index * rng.normal(1, 0.01, MONTHS)
    use = 0.85 + 0.05 * np.sin(2 * np.pi * (months + 3) / 12)
    wander = np.zeros(MONTHS)
    for m in range(1, MONTHS):
        wander[m] = 0.8 * wander[m - 1] + rng.normal(0, 0.006)
    chance = rng.normal(0, 0.35 / np.sqrt(np.maximum(stock, 4)))
    lag = np.array([0.03, 0.42, 0.25, 0.13, 0.08, 0.05, 0.04])
    declared = np.zeros((MONTHS, AGES))
    for m in range(MONTHS):
        pace = rng.dirichlet(lag * 60)
        later = np.concatenate([[0.0], pace[:-1]])
        later[-1] += pace[-1]
        pace = (1 - late[m]) * pace + late[m] * later
        declared[m] = whole[m] * use[m] * np.exp(wander[m] + chance[m]) * price[m] * pace
    return whole, declared


def _ledger(rng: Generator, stock: Array, event: Event) -> Array:
    """Bookings: care that is invoiced, a part in instalments that may come a month later, and a large December."""
    years = MONTHS // 12
    index = np.cumprod(1 + rng.normal(0.04, 0.02, years))
    each = rng.uniform(300, 3000)
    out = np.zeros((years, 12))
    instalments = rng.uniform(0, 0.6) if rng.random() < 0.4 else 0.0
    for y in range(years):
        care = stock[12 * y : 12 * y + 12].mean() * each * index[y]
        monthly = care * rng.gamma(80, 1 / 80, 12)
        monthly[0] *= 0.4
        monthly[11] *= rng.uniform(1.7, 2.3)
        out[y] = (1 - instalments) * monthly
        for quarter in range(4):
            out[y, 3 * quarter + int(rng.random() < 0.15)] += instalments * 3 * care * rng.normal(1, 0.03)
        if y >= PAST_YEARS:
            out[y] *= event.spending
        if y == PAST_YEARS:
            out[y, 4] += event.booking * care
    return out
