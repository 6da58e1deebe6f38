"""Form of delivery: another share of pgb in the awards than in the two years before."""

from __future__ import annotations

from indicators.signals.facts import Facts
from indicators.signals.record import Regel, Signal
from indicators.signals.shift import shifts


def find(facts: Facts) -> list[Signal]:
    """Look for a shift between zorg in natura and pgb in the awards."""
    not_this = "Dit zegt niet dat de zorg zelf anders of duurder is; alleen dat zij anders wordt geregeld."
    return shifts(
        facts, "leveringsvorm", "toekenning", ("verschuiving naar andere leveringsvorm", "toekenningen"), not_this
    )


REGEL = Regel(
    id="verschuiving_pgb",
    titel="Verschuiving tussen zorg in natura en pgb",
    vraag="Wordt een duidelijk ander deel van de zorg als pgb toegekend dan in de twee jaar ervoor?",
    find=find,
)
