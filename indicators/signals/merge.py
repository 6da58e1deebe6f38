"""From all that the rules saw to what is worth saying: one signal for one story, the dearest first.

Of one onderdeel and family one signal is left. A sum (a wet, the whole) says nothing where a part of it says the same.
A budget at risk, or spending that grows faster, is no second story where a price, a number of clients or one booking
explains at least half of it: then that cause is shown, with what it does to the budget.
"""

from __future__ import annotations

from dataclasses import replace

from indicators.core.contract import AGGREGATEN
from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Signal

CAUSES = ("prijs", "vraag", "boeking")
CONSEQUENCES = ("budget", "lasten")
#: A cause explains a deviation when it is at least this part of it.
EXPLAINS = 0.5


def merge(facts: Facts, signals: list[Signal]) -> list[Signal]:
    """Leave one signal for one story.

    Args:
        facts: What was known (for the wet of an onderdeel).
        signals: What the rules raised.

    Returns:
        The signals to show, most euros at risk first.
    """
    left = _without_sums(facts, _one_per_family(_without_late_price(signals)))
    left = _explained(left)
    return sorted(left, key=lambda s: (-s.weight, -s.zekerheid, s.id))


def _without_late_price(signals: list[Signal]) -> list[Signal]:
    """Care looks cheaper where invoices come later: that is no price."""
    late = {s.onderdeel for s in signals if s.familie == "facturen"}
    return [s for s in signals if not (s.familie == "prijs" and s.onderdeel in late and s.better)]


def _one_per_family(signals: list[Signal]) -> list[Signal]:
    best: dict[tuple[str, str, bool], Signal] = {}
    for s in sorted(signals, key=lambda s: (s.voorrang, -s.weight, s.id)):
        key = (s.familie, s.onderdeel, s.better)
        first = best.setdefault(key, s)
        if first is not s:
            best[key] = replace(
                first,
                cijfers=tuple(dict.fromkeys((*first.cijfers, *s.cijfers))),
                zekerheid=max(first.zekerheid, s.zekerheid),
            )
    return list(best.values())


def _without_sums(facts: Facts, signals: list[Signal]) -> list[Signal]:
    """Drop the signal of a sum where a part of it has one of the same family and direction."""
    kept = []
    for s in signals:
        if s.onderdeel in AGGREGATEN and any(_is_part(facts, other, s) for other in signals):
            continue
        kept.append(s)
    return kept


def _is_part(facts: Facts, part: Signal, whole: Signal) -> bool:
    same = part.familie == whole.familie and part.better == whole.better
    if not same or part.onderdeel in (whole.onderdeel, "totaal"):
        return False
    return whole.onderdeel == "totaal" or facts.wet.get(part.onderdeel) == whole.onderdeel


def _explained(signals: list[Signal]) -> list[Signal]:
    causes: dict[str, list[Signal]] = {}
    for s in signals:
        if s.familie in CAUSES and (s.effect_eur or 0) > 0:
            causes.setdefault(s.onderdeel, []).append(s)
    told: dict[str, Signal] = {}
    left = []
    for s in signals:
        mine = causes.get(s.onderdeel, [])
        together = sum(c.effect_eur or 0 for c in mine)
        if s.familie in CONSEQUENCES and (s.effect_eur or 0) > 0 and mine:
            largest = told.get(max(mine, key=lambda c: c.weight).id, max(mine, key=lambda c: c.weight))
            if together >= EXPLAINS * (s.effect_eur or 0):
                told[largest.id] = _with_consequence(largest, s)
                continue
            left.append(replace(s, cijfers=(*s.cijfers, Cijfer("hangt samen met signaal", largest.id))))
            continue
        left.append(s)
    return [told.get(s.id, s) for s in left]


def _with_consequence(cause: Signal, consequence: Signal) -> Signal:
    """Add to a cause what it does to the budget."""
    sentence = cause.toelichting
    if consequence.familie == "budget":
        # The cause is told already.
        told = consequence.toelichting.split(" Grootste oorzaak:")[0]
        sentence = f"{sentence} Gevolg: {texts.first_lower(told)}"
    return replace(
        cause,
        toelichting=sentence,
        in_spel_eur=max(cause.in_spel_eur, consequence.weight),
        cijfers=(*cause.cijfers, *consequence.cijfers, Cijfer("vervangt signaal", consequence.id)),
        zie_ook=(*cause.zie_ook, consequence.id),
    )
