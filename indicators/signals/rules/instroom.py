"""Inflow: more or fewer new clients than in the same months of earlier years."""

from __future__ import annotations

from dataclasses import replace

from indicators.signals.facts import Facts
from indicators.signals.record import Regel, Signal
from indicators.signals.volume import breaks, signal

WORDS = ("meer nieuwe cliënten", "minder nieuwe cliënten", "nieuwe cliënten")


def find(facts: Facts) -> list[Signal]:
    """Look for a break in the number of new clients."""
    seen = breaks(facts, "instroom")
    return [replace(signal(facts, found, WORDS, lambda *_: 1.0, 1), oorzaak="nieuw") for found in seen]


REGEL = Regel(
    id="instroom",
    titel="Meer of minder nieuwe cliënten",
    vraag="Komen er duidelijk meer of minder nieuwe cliënten bij dan in dezelfde maanden van eerdere jaren?",
    find=find,
)
