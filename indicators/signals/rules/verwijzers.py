"""Referrers: another mix of who sends clients than in the two years before."""

from __future__ import annotations

from indicators.signals.facts import Facts
from indicators.signals.record import Regel, Signal
from indicators.signals.shift import shifts


def find(facts: Facts) -> list[Signal]:
    """Look for a shift between referrers in the applications."""
    not_this = "Dit zegt niet dat deze verwijzers verkeerd verwijzen; ook de andere kunnen minder zijn gaan verwijzen."
    return shifts(facts, "verwijzer", "aanvraag", ("andere verwijzers", "aanvragen"), not_this)


REGEL = Regel(
    id="verwijzers",
    titel="Andere verwijzers",
    vraag="Komt een duidelijk ander deel van de aanvragen via een bepaalde verwijzer dan in de twee jaar ervoor?",
    find=find,
)
