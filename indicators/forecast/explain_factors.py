"""How volume, price and duration changed from last year to this one, and which bookings stand alone. Pure functions.

Every change is a natural logarithm, so that changes of factors that are multiplied add up. Method: /docs/verklaring.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known
from indicators.forecast.explain_price import step, with_awards
from indicators.forecast.panel import Array

BOTH, COUNTS, LEDGER = "toewijzingen en declaraties", "grootboek en aantallen", "grootboek"
#: Robust deviations from the usual month that make a booking stand alone, and its least part of a year.
ALONE, ALONE_PART = 8.0, 0.01
#: Changes larger than this (natural logarithm) are taken for a change of definition, not of care.
LARGEST = 0.7
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

    @property
    def per_client(self) -> float:
        """Whole change of the cost per client."""
        return self.price + self.duration + self.usual

    @property
    def jump(self) -> float:
        """How far the price went at once."""
        return self.price * 12 / (12 - self.since)


def change(known: Known) -> Change | None:
    """Measure the change of the running year against the year before; None where only the ledger is known."""
    now, then = _year(YEARS), _year(YEARS - 1)
    for persons in (known.clients, known.stock):
        volume = _volume(persons[now], persons[then], known.month)
        if volume is not None:
            break
    else:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        billed = known.declared / known.declared_clients / known.days
        # Who bills early, or in parts, is not like the others: a young month is held against one that was as young.
        billed_then = known.declared_then / known.declared_clients_then / known.days
        part = known.declared_clients_then / known.declared_clients
        booked = known.ledger.ravel() / persons
    per_client, before, detail = billed, _as_young(billed, billed_then, part), BOTH
    whole = _ratio(billed[now], before[then], known.month)
    if whole is None:
        per_client, before, detail = booked, booked, COUNTS
        whole = _ratio(booked[now], booked[then], known.month)
    if whole is None:
        return None
    new, ended = _flows(known)
    seen = step(per_client, before, known.month)
    if detail == BOTH and known.worth is not None:
        seen = with_awards(seen, per_client, before, known.worth, known.month)
    # Without an earlier year to tell a jump from a drift, all of it is the amount per client.
    price, usual = (whole, 0.0) if seen.usual is None else (seen.of_year, seen.usual)
    return Change(volume, new, ended, price, whole - price - usual, usual, detail, seen.since, seen.unclear, seen.error)


def _as_young(now: Array, then: Array, part: Array) -> Array:
    """Last year as it was known a year ago, and earlier years as they are known now.

    Args:
        now: Cost per client and day as known now.
        then: The same as known a year ago.
        part: Part of the clients that was known then; where enough months have most of them, the others are left out.
    """
    before, last = now.copy(), _year(YEARS - 1)
    mature = np.isfinite(then[last]) & (part[last] >= LEAST_PART)
    if mature.sum() >= ENOUGH:
        before[last] = np.where(mature, then[last], np.nan)
    return before


def _year(year: int) -> slice:
    return slice(year * 12, year * 12 + 12)


def _ratio(now: Array, then: Array, months: int) -> float | None:
    """Mean change of a year: measured months, the rest at the level of the last three; None where too few are known."""
    usable = np.isfinite(now) & np.isfinite(then) & (now > 0) & (then > 0) & (np.arange(12) < months)
    if usable.sum() < min(2, months):
        return None
    logs = np.log(now[usable] / then[usable])
    ahead = 12 - int(np.flatnonzero(usable)[-1]) - 1
    mean = (logs.sum() + ahead * logs[-3:].mean()) / (len(logs) + ahead)
    return float(mean) if abs(mean) < LARGEST else None


def _volume(now: Array, then: Array, months: int) -> float | None:
    """Change of client-months; months to come move from the last known one as last year's did."""
    ahead = now.copy()
    last = months - 1
    while last >= 0 and not np.isfinite(now[last]):
        last -= 1
    if last < 0 or not np.isfinite(then).all() or (then <= 0).any() or not np.isfinite(now[: last + 1]).all():
        return None
    ahead[last + 1 :] = np.maximum(now[last] + then[last + 1 :] - then[last], 0.0)
    total = float(ahead.sum())
    result = float(np.log(total / then.sum())) if total > 0 else -np.inf
    return result if abs(result) < LARGEST else None


def _flows(known: Known) -> tuple[float, float]:
    """What more new and more ended clients so far do to the client-months of the whole year, as part of them."""
    now, then, months = _year(YEARS), _year(YEARS - 1), known.month
    base = float(known.stock[then].sum())
    stays = 12.0 - np.arange(months)
    flows = []
    for series, sign in ((known.inflow, 1.0), (known.outflow, -1.0)):
        difference = series[now][:months] - series[then][:months]
        flows.append(float(sign * (stays * difference).sum()))
    middle = base + 0.5 * sum(flows)
    if not np.isfinite([*flows, base]).all() or base <= 0 or middle <= 0:
        return 0.0, 0.0
    return flows[0] / middle, flows[1] / middle


def growth(known: Known) -> list[float]:
    """Yearly changes of the outturn of earlier years, newest first."""
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(known.outturn[1:] / known.outturn[:-1])
    return [float(v) for v in logs[::-1] if np.isfinite(v) and abs(v) < LARGEST]


def alone(known: Known) -> list[tuple[int, int, float]]:
    """Find bookings that stand alone: (year index, month 0-11, euros above the usual month), this year and the last.

    The usual month is the middle month of its year times what that month usually is of it in the other years.
    A level that stays is no single booking: the month after must be back halfway at least.
    """
    ledger = known.ledger
    enough = np.isfinite(ledger).sum(axis=1) >= 3
    if enough.sum() < 2:
        return []
    middle = np.full(len(ledger), np.nan)
    middle[enough] = [np.nanmedian(row) for row in ledger[enough]]
    shape = ledger / np.where(middle > 0, middle, np.nan)[:, None]
    found = []
    rest = np.full_like(ledger, np.nan)
    for year in range(len(ledger)):
        others = np.delete(shape, year, axis=0)
        usable = np.isfinite(others).sum(axis=0) >= 1
        season = np.full(12, np.nan)
        season[usable] = np.nanmedian(others[:, usable], axis=0)
        rest[year] = ledger[year] - season * middle[year]
    known_rest = rest[np.isfinite(rest)]
    if known_rest.size < 18:
        return []
    spread = 1.4826 * float(np.median(np.abs(known_rest)))
    for year in (YEARS - 1, YEARS):
        limit = max(ALONE * spread, ALONE_PART * 12.0 * float(np.nan_to_num(middle[year])), 1.0)
        for month in np.flatnonzero(np.abs(np.nan_to_num(rest[year])) > limit):
            after = rest.ravel()[year * 12 + month + 1 :][:1]
            back = not after.size or not np.isfinite(after[0]) or abs(after[0]) < 0.5 * abs(rest[year, month])
            if back or np.sign(after[0]) != np.sign(rest[year, month]):
                found.append((year, int(month), float(rest[year, month])))
    return found
