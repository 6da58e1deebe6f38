"""Stock: the number of clients grows faster or slower than it used to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.signals import texts
from indicators.signals.detect.series import Array, Break
from indicators.signals.detect.stock import stock_break
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal
from indicators.signals.volume import NO_PRICE, NOT_THIS, name_of

#: A newest month that still changes by more than this share is left out: late registration is no growth.
SETTLED = 0.001


def find(facts: Facts) -> list[Signal]:
    """Look for a break in the growth of the number of clients."""
    signals = []
    for wet, onderdeel in facts.parts:
        months, stock = facts.series(wet, onderdeel, "stand")
        months, stock = _settled(facts, wet, months, stock)
        seen = stock_break(stock) if len(stock) else None
        if seen is not None:
            signals.append(_signal(facts, wet, onderdeel, months, stock, seen))
    return signals


def _settled(facts: Facts, wet: str, months: pd.DatetimeIndex, stock: Array) -> tuple[pd.DatetimeIndex, Array]:
    shares = facts.completeness.get((wet, "stand"))
    if shares is None or not len(stock):
        return months, stock
    at = pd.Timestamp(facts.peildatum)
    unsettled = int(np.flatnonzero(np.abs(shares - 1) > SETTLED).max(initial=-1))
    ages = np.array([(at.year - m.year) * 12 + at.month - m.month for m in months])
    keep = ages > unsettled
    return months[keep], stock[keep]


def _signal(facts: Facts, wet: str, onderdeel: str, months: pd.DatetimeIndex, stock: Array, seen: Break) -> Signal:
    start, last = months[seen.start].date(), months[-1].date()
    extra = seen.observed - seen.expected
    price = facts.price(onderdeel, wet)
    effect = None
    if price is not None:
        effect = price * _client_months(facts.boekjaar, months, seen, extra)
    name = facts.names.get(name_of(wet, onderdeel), onderdeel)
    side = "meer" if seen.up else "minder"
    return Signal(
        sleutel=("vraag", name_of(wet, onderdeel), side),
        familie="vraag",
        onderdeel=name_of(wet, onderdeel),
        titel=texts.titel(name, f"{side} cliënten tegelijk"),
        toelichting=(
            f"In {texts.month(last)} zijn er {texts.number(seen.observed)} cliënten, {texts.number(abs(extra))} {side} "
            f"dan bij de gewone groei; de lijn wijkt af sinds {texts.month(start)}."
        ),
        wat_het_niet_is=NOT_THIS,
        effect_eur=effect,
        waarom_geen_effect="" if effect is not None else NO_PRICE,
        sinds=start,
        zekerheid=seen.certainty,
        cijfers=(
            Cijfer("cliënten", seen.observed, "personen", last),
            Cijfer("verwacht bij gewone groei", round(seen.expected, 1), "personen", last),
            Cijfer(
                "cliënten vóór de verandering", float(stock[seen.start - 1]), "personen", months[seen.start - 1].date()
            ),
        ),
        voorrang=2,
    )


def _client_months(year: int, months: pd.DatetimeIndex, seen: Break, extra: float) -> float:
    """Client-months of the year by the extra clients: they came evenly, and after the last month they stay."""
    length = len(months) - seen.start
    total = 0.0
    for month in range(1, 13):
        age = (year - months[seen.start].year) * 12 + month - months[seen.start].month + 1
        total += extra * min(max(age, 0) / length, 1.0)
    return total


REGEL = Regel(
    id="stand",
    titel="Meer of minder cliënten tegelijk",
    vraag="Groeit of daalt het aantal cliënten duidelijk sneller dan in de jaren ervoor?",
    find=find,
)
