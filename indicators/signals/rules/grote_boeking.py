"""One booking that stands out: an amount that no month of earlier years comes near."""

from __future__ import annotations

import datetime as dt

import numpy as np

from indicators.signals import texts
from indicators.signals.detect.ledger import large_booking
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal


def find(facts: Facts) -> list[Signal]:
    """Look at every month of the running year that has been booked."""
    signals = []
    for onderdeel in facts.outturn:
        stand = facts.stand(onderdeel)
        if len(stand) < 3:
            continue
        monthly = np.diff(stand, axis=1, prepend=0.0)
        seen = large_booking(monthly, facts.months_booked)
        if seen is None:
            continue
        month = dt.date(facts.boekjaar, seen.month + 1, 1)
        name = facts.names.get(onderdeel, onderdeel)
        signals.append(
            Signal(
                sleutel=("grote_boeking", onderdeel, f"{month:%Y-%m}"),
                familie="boeking",
                onderdeel=onderdeel,
                titel=texts.titel(name, "opvallend grote boeking"),
                toelichting=(
                    f"In {texts.month(month)} is {texts.euro(seen.amount)} geboekt, tegen gewoonlijk ongeveer "
                    f"{texts.euro(seen.usual)} in deze maand; dat is {texts.euro(seen.amount - seen.usual)} meer."
                ),
                wat_het_niet_is="Dit zegt niet dat de boeking fout is: zij kan eenmalig zijn, of vroeger dan anders.",
                effect_eur=seen.amount - seen.usual,
                sinds=month,
                zekerheid=float(min(1 - 1 / (1 + seen.times**2), 0.99)),
                cijfers=(
                    Cijfer("geboekt", round(seen.amount, 2), "euro", month),
                    Cijfer("gewoon in deze maand", round(seen.usual, 2), "euro", month),
                ),
            )
        )
    return signals


REGEL = Regel(
    id="grote_boeking",
    titel="Opvallend grote boeking",
    vraag="Is er in één maand veel meer geboekt dan in dezelfde tijd van eerdere jaren?",
    find=find,
)
