"""Applications: more or fewer than in the same months of earlier years."""

from __future__ import annotations

from indicators.signals.facts import Facts
from indicators.signals.record import Regel, Signal
from indicators.signals.volume import breaks, signal


def find(facts: Facts) -> list[Signal]:
    """Look for a break in applications. An application becomes an inflow as often as it did in the last two years."""

    def rate(wet: str, onderdeel: str) -> float | None:
        _, inflow = facts.series(wet, onderdeel, "instroom")
        _, applied = facts.series(wet, onderdeel, "aanvraag")
        if len(inflow) < 24 or applied[-24:].sum() <= 0:
            return None
        return min(float(inflow[-24:].sum() / applied[-24:].sum()), 1.0)

    words = ("meer aanvragen", "minder aanvragen", "aanvragen")
    return [signal(facts, found, words, rate, 3) for found in breaks(facts, "aanvraag")]


REGEL = Regel(
    id="aanvragen",
    titel="Meer of minder aanvragen",
    vraag="Komen er duidelijk meer of minder aanvragen binnen dan in dezelfde maanden van eerdere jaren?",
    find=find,
)
