"""Providers of a simulated onderdeel in which nothing is the matter, and one that bills late or takes care over.

Shares nothing with the rules, nor with the synthetic municipality. Three to eight providers of very different size;
shares that wander about ten percent a year; small contracts that end and begin over some months; prices and use that
differ by year and by provider; own and irregular ways of billing (now and then a month that comes with the next one,
some do that often, some bill by the quarter). What comes out is rounded and left out as the marts do it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from indicators.signals.detect.series import Array

#: The provider that something is planted in: the one whose share is nearest to this.
PLANTED = 0.2
#: Clients below which nothing is told of a provider, and the step of what is told.
TEN, FIVE = 10, 5
#: Ages in months at which declarations come, and the usual part at each.
PACE = np.array([0.03, 0.42, 0.25, 0.13, 0.08, 0.05, 0.04])


@dataclass(frozen=True)
class Plan:
    """What is planted from the first judged month on.

    Attributes:
        first: That month.
        months_late: So many months later the bills of one provider come.
        silent: From then on one provider sends nothing, for so many months; what was due never comes.
        taken: Part of the onderdeel's clients that one provider takes over from the others, over three months.
    """

    first: int
    months_late: int = 0
    silent: int = 0
    taken: float = 0.0


@dataclass(frozen=True)
class Providers:
    """What is told of the providers of an onderdeel; the last column is all others together.

    Attributes:
        clients: [month, provider] with an award.
        whole: [month, provider] value of their awards; nan where nothing is told.
        declared: [month, age, provider] declared up to and with that age; nan where nothing is told.
    """

    clients: Array
    whole: Array
    declared: Array


def providers(rng: Generator, stock: Array, each: Array, plan: Plan) -> Providers:
    """Draw the providers of an onderdeel.

    Args:
        rng: The draw.
        stock: Clients at the end of each month.
        each: What the awards of one client are worth in a month.
        plan: What is planted.
    """
    share = _shares(rng, len(stock), plan)
    spread = rng.normal(0, 0.3, share.shape) / np.sqrt(np.maximum(share * stock[:, None], 1.0))
    clients = np.maximum(np.rint(stock[:, None] * share * np.exp(spread)), 0.0)
    whole = clients * each[:, None] * np.exp(rng.normal(0, 0.15, share.shape[1]))
    declared = _declared(rng, clients, whole, plan, int(np.argmin(np.abs(share[: plan.first].mean(axis=0) - PLANTED))))
    return _told(clients, whole, declared)


def _shares(rng: Generator, months: int, plan: Plan) -> Array:
    """Shares that wander, small contracts that come and go, and the care that is taken over."""
    base = rng.dirichlet(np.full(int(rng.integers(3, 9)), 1.5))
    steps = rng.normal(0, 0.03, (months, len(base)))
    log = np.log(np.maximum(base, 0.01)) + np.cumsum(steps, axis=0) - steps.sum(axis=0) / 2
    for j in np.flatnonzero(base < 0.1):
        if rng.random() < 0.5:
            turn = (np.arange(months) - rng.uniform(0, months)) / rng.uniform(0.5, 2.0)
            log[:, j] -= np.logaddexp(0, turn * rng.choice([-1.0, 1.0]))
    share = np.exp(log) / np.exp(log).sum(axis=1, keepdims=True)
    gone = plan.taken * np.clip((np.arange(months) - plan.first + 1) / 3, 0, 1)
    one = int(np.argmin(np.abs(share[: plan.first].mean(axis=0) - PLANTED)))
    more = np.minimum(share[:, one] + gone, 0.98)
    share *= ((1 - more) / (1 - share[:, one]))[:, None]
    share[:, one] = more
    return share


def _declared(rng: Generator, clients: Array, whole: Array, plan: Plan, one: int) -> Array:
    """[month, age, provider] received at that age: use, contracts, own pace and irregular months."""
    months, count = whole.shape
    year = np.repeat(rng.normal(0, 0.03, (months // 12, count)), 12, axis=0)
    season = 0.05 * np.sin(2 * np.pi * (np.arange(months) + 3) / 12)
    use = np.log(0.85) + season[:, None] + year + rng.normal(0, 0.02, whole.shape)
    amount = whole * np.exp(use + rng.normal(0, 0.35, whole.shape) / np.sqrt(np.maximum(clients, 4)))
    own = rng.dirichlet(PACE * 25, count)
    parts = np.stack([rng.dirichlet(own[j] * 60 + 0.05, months) for j in range(count)], axis=2)
    come = amount[:, None, :] * parts
    for j in range(count):
        _irregular(rng, come[:, :, j], whole[:, j].mean() < 0.15 * whole.mean() * count)
    if plan.months_late:
        come[plan.first :, :, one] = _later(come[plan.first :, :, one], plan.months_late)
    for age in range(len(PACE)):
        for month in range(plan.first, plan.first + plan.silent):
            if month >= age:
                come[month - age, age, one] = 0.0
    return come


def _irregular(rng: Generator, come: Array, small: bool) -> None:
    """Move what is received in some months to the next one (in place)."""
    months, ages = come.shape
    kind = rng.random()
    often = 0.08 if kind < 0.15 else 0.003
    turn = int(rng.integers(0, 3))
    slips = rng.random(months) < often
    if small and kind > 0.8:
        slips = np.arange(months) % 3 != turn
    for received in np.flatnonzero(slips):
        for age in range(ages - 2, -1, -1):
            if received >= age:
                come[received - age, age + 1] += come[received - age, age]
                come[received - age, age] = 0.0


def _later(come: Array, months: int) -> Array:
    later = np.zeros_like(come)
    later[:, months:] = come[:, :-months]
    later[:, -1] += come[:, -months:].sum(axis=1)
    return later


def _told(clients: Array, whole: Array, declared: Array) -> Providers:
    """What the marts tell of it: nothing of few clients or of a month in which few came in, rounded, and the rest."""
    unit = FIVE * whole.sum() / clients.sum()
    told = _chosen(clients)
    rounded = np.where(told, FIVE * np.rint(clients / FIVE), np.nan)
    value = np.where(told, unit * np.rint(whole / unit), np.nan)
    until = declared.cumsum(axis=1)
    many = until * (clients / np.maximum(until[:, -1], 1e-9))[:, None, :] >= TEN
    shown = np.where(many, unit * np.rint(until / unit), 0.0)
    came = declared.sum(axis=2) * (clients.sum(axis=1) / np.maximum(whole.sum(axis=1), 1.0))[:, None]
    for age in range(shown.shape[1]):
        before = shown[:, age - 1] if age else np.zeros_like(shown[:, 0])
        shown[:, age] = np.where(came[:, age, None] >= TEN, shown[:, age], before)
    shown = np.where(told[:, None, :], shown, np.nan)
    last = pd.DataFrame(rounded).ffill().bfill().fillna(0.0).to_numpy()
    return Providers(
        np.column_stack([last, clients.sum(axis=1) - last.sum(axis=1)]),
        np.column_stack([value, whole.sum(axis=1) - np.nansum(value, axis=1)]),
        np.concatenate([shown, (until.sum(axis=2) - np.nansum(shown, axis=2))[:, :, None]], axis=2),
    )


def _chosen(clients: Array) -> NDArray[np.bool_]:
    """Of whom is told: ten clients or more; where the others have one to nine, the smallest of them joins those."""
    told = clients >= TEN
    rest = np.where(told, 0.0, clients).sum(axis=1)
    smallest = np.argmin(np.where(told, clients, np.inf), axis=1)
    few = np.flatnonzero((rest > 0) & (rest < TEN) & told.any(axis=1))
    told[few, smallest[few]] = False
    return told
