"""Late invoices: providers declare later than they did, so what is booked looks too low."""

from __future__ import annotations

import numpy as np

from indicators.signals import texts
from indicators.signals.declared import Declared, declared
from indicators.signals.detect.ratios import ratio_break
from indicators.signals.detect.series import Break
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

#: What is declared within one or two months tells how fast providers are.
AGES = (1, 2)
#: Smaller changes of the pace are of no account.
LEAST = 0.12


def find(facts: Facts) -> list[Signal]:
    """Look for onderdelen of which less is declared within two months than before."""
    signals = []
    for care in declared(facts):
        seen = ratio_break(care.ratio, AGES)
        if seen is not None and seen.observed < 1 - LEAST:
            signals.append(_signal(facts, care, seen))
    return signals


def _signal(facts: Facts, care: Declared, seen: Break) -> Signal:
    start = care.months[seen.start].date()
    missing = _not_declared_yet(care, seen)
    name = facts.names.get(care.onderdeel, care.onderdeel)
    return Signal(
        sleutel=("facturen_later", care.onderdeel),
        familie="facturen",
        onderdeel=care.onderdeel,
        titel=texts.titel(name, "facturen komen later"),
        toelichting=(
            f"Sinds {texts.month(start)} is binnen twee maanden {texts.percent(1 - seen.observed)} minder gedeclareerd "
            f"dan een jaar eerder; daardoor lijkt wat geboekt is ongeveer {texts.euro(missing)} te laag."
        ),
        wat_het_niet_is="Dit zegt niet dat er minder zorg is geleverd: de rekeningen kunnen nog komen.",
        effect_eur=None,
        waarom_geen_effect="Later factureren kost niet meer geld; het laat het budget ruimer lijken dan het is.",
        in_spel_eur=missing,
        sinds=start,
        zekerheid=seen.certainty,
        cijfers=(
            Cijfer("minder gedeclareerd binnen twee maanden", round((1 - seen.observed) * 100, 1), "procent", start),
            Cijfer("lijkt nog te ontbreken", round(missing, 2), "euro", care.months[-1].date()),
        ),
    )


def _not_declared_yet(care: Declared, seen: Break) -> float:
    """Euros that would have been declared by now at last year's pace, over the months since the start."""
    ratio, total = care.ratio, 0.0
    for month in range(max(seen.start, 12), len(care.months)):
        known = np.flatnonzero(np.isfinite(ratio[month]))
        if len(known) and np.isfinite(ratio[month - 12, known[-1]]):
            total += float((ratio[month - 12, known[-1]] - ratio[month, known[-1]]) * care.whole[month])
    return max(total, 0.0)


REGEL = Regel(
    id="facturen_later",
    titel="Facturen komen later",
    vraag="Declareren aanbieders later dan een jaar eerder, zodat het geboekte bedrag te laag lijkt?",
    find=find,
)
