"""Amounts on codes that no onderdeel claims: the picture of every budget is incomplete by so much."""

from __future__ import annotations

import datetime as dt

from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

REST = "nog_in_te_delen"
#: Worth asking attention for: this share of all lasten so far.
LEAST = 0.005


def find(facts: Facts) -> list[Signal]:
    """Compare what stands on the rest with all lasten of the running year."""
    month = facts.months_booked
    rows = facts.ledger[(facts.ledger["boekjaar"] == facts.boekjaar) & (facts.ledger["periode"] == month)]
    amount = float(rows.loc[rows["onderdeel"] == REST, "stand_eur"].sum())
    total = float(rows["stand_eur"].sum())
    if not month or total <= 0 or abs(amount) < LEAST * total:
        return []
    year = facts.ledger[(facts.ledger["boekjaar"] == facts.boekjaar) & (facts.ledger["onderdeel"] == REST)]
    first = year.loc[year["stand_eur"].abs() > 0, "periode"].min()
    at = dt.date(facts.boekjaar, month, 1)
    return [
        Signal(
            sleutel=(REST, str(facts.boekjaar)),
            familie=REST,
            onderdeel=REST,
            titel=texts.titel(facts.names.get(REST, "Nog in te delen"), "bedrag zonder onderdeel"),
            toelichting=(
                f"Er staat {texts.euro(amount)} op codes die nog bij geen onderdeel horen; dat is "
                f"{texts.percent(amount / total)} van alle lasten tot en met {texts.month(at)}."
            ),
            wat_het_niet_is="Dit zegt niet dat er te veel is uitgegeven, maar dat een budget te ruim kan lijken.",
            effect_eur=None,
            waarom_geen_effect="Het geld is al geteld in het totaal; het kost niet meer.",
            in_spel_eur=abs(amount),
            sinds=dt.date(facts.boekjaar, min(max(int(first), 1), 12), 1),
            zekerheid=0.99,
            cijfers=(
                Cijfer("zonder onderdeel", round(amount, 2), "euro", at),
                Cijfer("alle lasten", round(total, 2), "euro", at),
            ),
        )
    ]


REGEL = Regel(
    id=REST,
    titel="Bedrag zonder onderdeel",
    vraag="Staat er veel geld op codes die nog bij geen onderdeel horen?",
    find=find,
    meting="Deze regel telt bedragen op; er komt geen kansrekening aan te pas.",
)
