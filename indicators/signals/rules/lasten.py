"""Ledger: this year's spending grows faster or slower than it did in earlier years."""

from __future__ import annotations

import datetime as dt

from indicators.signals import texts
from indicators.signals.detect.ledger import Growth, growth_break, growth_scatter
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal


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
    side, faster = ("meer", "sneller") if seen.excess_eur > 0 else ("minder", "minder snel")
    amount, at = texts.euro(abs(seen.excess_eur)), dt.date(facts.boekjaar, month + 1, 1)
    return Signal(
        sleutel=("lasten", onderdeel, side, str(facts.boekjaar)),
        familie="lasten",
        onderdeel=onderdeel,
        titel=texts.titel(name, f"lasten stijgen {faster}"),
        toelichting=(
            f"Tot en met {texts.month(at)} is {amount} {side} besteed dan bij de gewone groei: "
            f"de lasten groeien {seen.growth * 100:.0f} procent, eerder {seen.usual * 100:.0f} procent per jaar."
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


REGEL = Regel(
    id="lasten",
    titel="Lasten stijgen sneller of minder snel",
    vraag="Groeien de lasten tot nu toe duidelijk sneller of minder snel dan in eerdere jaren?",
    find=find,
)
