"""How volume, price and duration changed from last year to this one. Pure functions.

Every change is a natural logarithm, so that changes of factors that are multiplied add up. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.explain_clients import LARGEST, flows, of_year, volume
from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known
from indicators.forecast.explain_price import Billed, pooled, step, with_awards
from indicators.forecast.panel import Array

BOTH, COUNTS, LEDGER = "toewijzingen en declaraties", "grootboek en aantallen", "grootboek"
#: So many standard errors to either side hold four in five.
EIGHTY = 1.2816
#: A month of which less than this part of the clients was declared is too young to tell of a price, where enough others
#: are not.
LEAST_PART, ENOUGH = 0.5, 2


@dataclass(frozen=True)
class Change:
    """Change of a year against the year before.

    Attributes:
        volume: Client-months.
        new, ended: Part of `volume` that more or fewer new and ended clients give; the rest was there at the start.
        price: What a jump of the cost per client in this year does to the whole year, beyond `usual`.
        duration: What the cost per client changed further, beyond `usual`.
        usual: Pace at which the cost per client was growing when the year began.
        detail: What it was made from.
        since: Month in which the price jumped (0-11).
        unclear: Price and duration tell the same months about as well; the larger likelihood has the euros.
        error: Standard error of the change of the cost per client.
        doubt: Standard error of `price`, where there was a jump.
    """

    volume: float
    new: float
    ended: float
    price: float
    duration: float
    usual: float
    detail: str
    since: int = 0
    unclear: bool = False
    error: float = 0.0
    doubt: float = 0.0

    @property
    def per_client(self) -> float:
        """Whole change of the cost per client."""
        return self.price + self.duration + self.usual

    @property
    def jump(self) -> float:
        """How far the price went at once."""
        return self.price * 12 / (12 - self.since)

    @property
    def jump_between(self) -> tuple[float, float]:
        """Bounds that four in five such jumps lie between, the one nearest to nothing first; not past nothing."""
        size, wide = abs(self.jump), EIGHTY * self.doubt * 12 / (12 - self.since)
        sign = float(np.sign(self.jump))
        return sign * max(size - wide, 0.0), sign * (size + wide)


@dataclass(frozen=True)
class Pace:
    """How fast the cost per client (billed) and what is billed per euro awarded (used) were growing; None: unknown."""

    billed: float | None
    used: float | None


def pace(known: Known) -> Pace:
    """Measure how fast the declared cost per client was growing in the last half of last year."""
    of, detail, worth = _cost(known)
    if detail != BOTH:
        return Pace(None, None)
    return Pace(of.pace(), of.over(worth).pace() if worth is not None else None)


def change(known: Known, peers: list[Pace]) -> Change | None:
    """Measure the change of the running year against the year before; None where only the ledger is known.

    Args:
        known: Facts of an onderdeel.
        peers: How fast the cost per client of other onderdelen was growing.
    """
    now, then = of_year(YEARS), of_year(YEARS - 1)
    for persons in (known.clients, known.stock):
        clients = volume(persons[now], persons[then], known.month)
        if clients is not None:
            break
    else:
        return None
    of, detail, worth = _cost(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = None if worth is None else np.log(worth[now] / worth[then])
    whole = _ratio(of.per_client[now], of.as_young[then], known.month, moved)
    if whole is None:
        return None
    new, ended = flows(known)
    own = of.pace()
    # What benefits or budgets of one's own do says nothing of the prices of care.
    alike = peers if detail == BOTH else []
    usual = None if own is None else pooled(own, [p.billed for p in alike if p.billed is not None])
    seen = step(of, known.month, usual)
    if worth is not None:
        own = of.over(worth).pace()
        used = None if own is None else pooled(own, [p.used for p in alike if p.used is not None])
        seen = with_awards(seen, of, worth, known.month, used)
    # Without an earlier year to tell a jump from a drift, all of it is the amount per client.
    price, moving = (whole, 0.0) if seen.usual is None else (seen.of_year, seen.usual)
    return Change(
        clients,
        new,
        ended,
        price,
        whole - price - moving,
        moving,
        detail,
        seen.since,
        seen.unclear,
        seen.error,
        seen.doubt,
    )


def _cost(known: Known) -> tuple[Billed, str, Array | None]:
    """Cost per client from what is declared, else from the ledger; what it is from; the worth of awards beside it."""
    now, then = of_year(YEARS), of_year(YEARS - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        billed = known.declared / known.declared_clients / known.days * known.mix
        # Who bills early, or in parts, is not like the others: a young month is held against one that was as young.
        billed_then = known.declared_then / known.declared_clients_then / known.days * known.mix_then
        part = known.declared_clients_then / known.declared_clients
        of = Billed(billed, _as_young(billed, billed_then, part), np.ones_like(part), np.ones_like(part))
        in_bills = known.declared_clients / known.clients
        of.then[then] = _part(part[then])
        of.now[now] = _part(np.where(np.isfinite(known.clients[now]), in_bills[now] / in_bills[then], part[then]))
        if _ratio(of.per_client[now], of.as_young[then], known.month) is not None:
            return of, BOTH, known.worth
        persons = (
            known.clients if volume(known.clients[now], known.clients[then], known.month) is not None else known.stock
        )
        booked = known.ledger.ravel() / persons
    return Billed(booked, booked, np.ones_like(booked), np.ones_like(booked)), COUNTS, None


def _part(values: Array) -> Array:
    return np.asarray(np.clip(np.nan_to_num(values, nan=1.0), 0.05, 1.0))


def _as_young(now: Array, then: Array, part: Array) -> Array:
    """Last year as it was known a year ago, and earlier years as they are known now.

    Args:
        now: Cost per client and day as known now.
        then: The same as known a year ago.
        part: Part of the clients that was known then; where enough months have most of them, the others are left out.
    """
    before, last = now.copy(), of_year(YEARS - 1)
    mature = np.isfinite(then[last]) & (part[last] >= LEAST_PART)
    if mature.sum() >= ENOUGH:
        before[last] = np.where(mature, then[last], np.nan)
    return before


def _ratio(now: Array, then: Array, months: int, worth: Array | None = None) -> float | None:
    """Mean change of a year: measured months, the rest at the level of the last three; None where too few are known.

    Args:
        now: Cost per client of this year [12].
        then: That of last year [12].
        months: Months that are over.
        worth: Change of the worth of awards per client [12]: of months that are not billed yet it says how the cost
            moves from the last billed ones.
    """
    usable = np.isfinite(now) & np.isfinite(then) & (now > 0) & (then > 0) & (np.arange(12) < months)
    if usable.sum() < min(2, months):
        return None
    logs = np.log(now[usable] / then[usable])
    last = int(np.flatnonzero(usable)[-1])
    if worth is not None:
        ahead = worth[last + 1 : months]
        apart = (logs - worth[usable])[-3:]
        if np.isfinite(apart).all():
            logs = np.concatenate([logs, ahead[np.isfinite(ahead)] + apart.mean()])
            last += int(np.isfinite(ahead).sum())
    mean = (logs.sum() + (11 - last) * logs[-3:].mean()) / (len(logs) + 11 - last)
    return float(mean) if abs(mean) < LARGEST else None
