"""Ledger: this year's spending grows faster or slower than it did in earlier years."""

from __future__ import annotations

import datetime as dt

from indicators.signals import texts
from indicators.signals.detect.ledger import Growth, growth_break, growth_scatter
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

#: Growth that is written as none.
HARDLY = 0.005


def find(facts: Facts) -> list[Signal]:
    """Compare the growth of spending up to the newest month with that of earlier years."""
    month = facts.months_booked - 1
    if month < 2:
        return []
    series = {o: facts.stand(o) for o in facts.outturn}
    scatter = growth_scatter([s for s in series.values() if len(s)], month)
    signals = []
    for onderdeel, stand in series.items():
        seen = growth_break(stand, month, scatter) if len(stand) else None
        if seen is None:
            continue
        signals.append(_signal(facts, onderdeel, month, seen, float(stand[-1, month])))
    return signals


def _signal(facts: Facts, onderdeel: str, month: int, seen: Growth, booked: float) -> Signal:
    name = facts.names.get(onderdeel, onderdeel)
    over = seen.excess_eur > 0
    side = "meer" if over else "minder"
    rises = seen.growth > -HARDLY
    move = ("stijgen" if rises else "dalen", "sneller" if over == rises else "minder snel")
    amount, at = texts.euro(abs(seen.excess_eur)), dt.date(facts.boekjaar, month + 1, 1)
    return Signal(
        sleutel=("lasten", onderdeel, side, str(facts.boekjaar)),
        familie="lasten",
        onderdeel=onderdeel,
        titel=texts.titel(name, f"lasten {' '.join(move)}"),
        toelichting=(
            f"Tot en met {texts.month(at)} is {amount} {side} besteed dan bij de gewone groei: "
            f"de lasten {_grow(seen.growth, 'groeien', 'dalen', 'blijven gelijk')}, eerder "
            f"{_grow(seen.usual, 'groeiden zij per jaar', 'daalden zij per jaar', 'bleven zij gelijk')}."
        ),
        wat_het_niet_is="Dit zegt niet of er meer cliënten zijn, of de prijs anders is, of dat er eerder is geboekt.",
        # What is over now stays over; nothing is assumed about the rest of the year.
        effect_eur=seen.excess_eur,
        sinds=dt.date(facts.boekjaar, 1, 1),
        zekerheid=float(min(1 - seen.p, 0.9999)),
        cijfers=(
            Cijfer("groei dit jaar", round(seen.growth * 100, 1), "procent"),
            Cijfer("gewone groei", round(seen.usual * 100, 1), "procent"),
            Cijfer("lasten tot nu", round(booked, 2), "euro", at),
        ),
    )


def _grow(growth: float, up: str, down: str, same: str) -> str:
    return same if abs(growth) < HARDLY else f"{up if growth > 0 else down} {abs(growth) * 100:.0f} procent"


REGEL = Regel(
    id="lasten",
    titel="Lasten stijgen sneller of minder snel",
    vraag="Groeien de lasten tot nu toe duidelijk sneller of minder snel dan in eerdere jaren?",
    find=find,
)
