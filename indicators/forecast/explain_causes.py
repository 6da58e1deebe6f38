"""The causes of one onderdeel: from the budget through last year's outturn to the forecast, in whole cents."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indicators.forecast import explain_text as text
from indicators.forecast import explain_text_cost as cost_text
from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_factors import LEDGER, Change
from indicators.forecast.explain_granted import granted
from indicators.forecast.explain_known import AsKnown, Known
from indicators.forecast.explain_late import HeldBack
from indicators.forecast.explain_ledger import alone, growth
from indicators.forecast.explain_price import MOST_USUAL

#: Earlier years of all onderdelen of a wet together count as so many own ones, for what is usual.
POOL_YEARS = 2.0
#: Of past growth of a total this much is thought to go on: growth dies out.
DAMPED = 0.5
#: A cause that may be the larger one is called about as large from this part of the largest on.
ABOUT_AS_LARGE = 0.75
ONE_EURO = 100


@dataclass(frozen=True)
class Cause:
    """One cause: effect in whole cents, its sentence and what it was made from."""

    cents: int
    sentence: str
    detail: str


@dataclass(frozen=True)
class Part:
    """An onderdeel at a cut, before it is explained.

    Attributes:
        p50, begroot: Forecast and budget in force, in euros.
        known: Its facts.
        change: How volume, price and duration changed; None where only the ledger is known.
        slower: What is not billed yet because bills come slower than usual.
    """

    onderdeel: str
    lasten_baten: str
    p50: float
    begroot: float
    known: Known
    change: Change | None
    slower: HeldBack


def explain(cut: AsKnown, part: Part, peers: list[Part]) -> dict[str, Cause]:
    """Give the causes of one onderdeel, which add up exactly; what cannot be measured ends in `overig`.

    Args:
        cut: What was known.
        part: The onderdeel.
        peers: Onderdelen of the same wet and side, for what is usual.
    """
    lasten, found = part.lasten_baten == "L", {}
    decided = _decided(cut, part)
    # What the ministry sets is paid in parts, with what was too little before in one of them.
    single = [] if decided is not None else alone(part.known)
    now = sum(v for y, _, v in single if y == YEARS)
    last = float(part.known.outturn[-1]) - sum(v for y, _, v in single if y == YEARS - 1)
    if not np.isfinite(last) or last <= 0 or part.p50 - now <= 0:
        amount = cents(part.p50) - cents(part.begroot)
        return {"overig": Cause(amount, text.rest(amount / 100, LEDGER, lasten), LEDGER)}
    moved = part.change
    detail = moved.detail if moved else LEDGER
    if now:
        months = [m for y, m, _ in single if y == YEARS]
        found["incidenteel"] = Cause(cents(now), text.single(now, months, lasten), detail)
    if moved is None:
        usual = _usual_growth(part, peers)
        start = last * float(np.exp(usual)) if decided is None else last + decided
        settled = granted(part.known, last, usual, single) if decided is None else 0.0
        # At most what is to be explained: where the forecast does not follow them, commitments explain nothing of it.
        of_it = float(np.clip(part.p50 - now - start, min(0.0, settled), max(0.0, settled)))
        found["toegezegd"] = Cause(cents(of_it), text.granted(of_it, lasten), detail)
    else:
        usual = moved.usual
        start = last * float(np.exp(usual))
        found |= _measured(part, moved, part.p50 - now, start)
        found = _with_tie(found, cents(moved.error * _log_mean(part.p50 - now, start)))
    gap = start - part.begroot
    changes = cut.changes.get((part.onderdeel, part.lasten_baten), 0.0)
    sentence = text.budget(gap, usual, changes if np.isfinite(changes) else 0.0, lasten, decided is not None)
    found["begroting"] = Cause(cents(gap), sentence, detail)
    left = cents(part.p50) - cents(part.begroot) - sum(cause.cents for cause in found.values())
    found["overig"] = Cause(left, text.rest(left / 100, detail, lasten), detail)
    return without_crumbs(found)


def _with_tie(found: dict[str, Cause], error: int) -> dict[str, Cause]:
    """Say of the two largest causes that either may be the larger, where the error of the cost per client is more.

    More, that is, than what parts them. Clients and bookings are counted; only the cost per client has an error that
    can change the order.
    """
    order = sorted((name for name in found if found[name].cents), key=lambda name: (-abs(found[name].cents), name))[:2]
    if len(order) < 2 or not {"prijs", "duur"} & set(order):
        return found
    first, second = order
    if abs(found[first].cents) - abs(found[second].cents) >= error:
        return found
    largest, next_one = found[first].cents, found[second].cents
    near = abs(next_one) >= ABOUT_AS_LARGE * abs(largest)
    sentence = f"{found[first].sentence} {text.rival(second, largest * next_one > 0, near)}"
    return {**found, first: replace(found[first], sentence=sentence)}


def without_crumbs(found: dict[str, Cause]) -> dict[str, Cause]:
    """Give what is less than a euro to the largest cause: rounding of the others is no cause to read about."""
    largest = max(found, key=lambda name: abs(found[name].cents))
    crumbs = {n: c for n, c in found.items() if n != largest and abs(c.cents) < ONE_EURO}
    whole = found[largest].cents + sum(cause.cents for cause in crumbs.values())
    emptied = {name: replace(cause, cents=0) for name, cause in crumbs.items()}
    return {**found, **emptied, largest: replace(found[largest], cents=whole)}


def _decided(cut: AsKnown, part: Part) -> float | None:
    """Change of the state money for benefits since last year, where these baten are that money."""
    buig = cut.buig()
    if part.lasten_baten != "B" or buig is None or cut.data.wet.get(part.onderdeel) != "participatiewet":
        return None
    return buig[0] - buig[1] if 0.7 < float(part.known.outturn[-1]) / max(buig[1], 1.0) < 1.3 else None


def _measured(part: Part, moved: Change, ordinary: float, start: float) -> dict[str, Cause]:
    """Effects of volume, price and duration: logarithmic mean weights (LMDI), so that they add up exactly."""
    weight = _log_mean(ordinary, start)
    effects = {
        "aantal": (moved.volume - moved.new - moved.ended) * weight,
        "nieuw": moved.new * weight,
        "beeindigd": moved.ended * weight,
        "prijs": moved.price * weight,
        "duur": moved.duration * weight,
    }
    left = ordinary - start - sum(effects.values())
    # Slow billing explains what is left, at most what it holds back so far, carried on over the year as forecasts do.
    holds = part.slower.euros * 12.0 / part.known.month
    at_most = float(np.clip(left, min(0.0, -holds), max(0.0, -holds)))
    # Seen in every month alike it is no guess: then all of it is said, whatever is left.
    late = part.slower.sure * -holds + (1.0 - part.slower.sure) * at_most
    sentences = {
        "aantal": text.clients(effects["aantal"], bool(moved.new or moved.ended)),
        "nieuw": text.new_clients(effects["nieuw"]),
        "beeindigd": text.ended_clients(effects["beeindigd"]),
        "prijs": cost_text.price(effects["prijs"], moved),
        "duur": cost_text.duration(effects["duur"], moved),
        "nog_te_ontvangen": text.late(late),
    }
    effects["nog_te_ontvangen"] = late
    return {name: Cause(cents(v), sentences[name], moved.detail) for name, v in effects.items()}


def _usual_growth(part: Part, peers: list[Part]) -> float:
    own = growth(part.known)[:3]
    pool = [float(np.median(g)) for p in peers if (g := growth(p.known)[:3])]
    middle = float(np.median(pool)) if pool else 0.0
    mean = (sum(own) + POOL_YEARS * middle) / (len(own) + POOL_YEARS)
    return float(np.clip(DAMPED * mean, -MOST_USUAL, MOST_USUAL))


def _log_mean(a: float, b: float) -> float:
    return a if abs(a / b - 1.0) < 1e-9 else (a - b) / float(np.log(a / b))


def cents(euros: float) -> int:
    """Give whole cents."""
    return round(euros * 100)
