"""Price: more or less is declared for the same awarded care."""

from __future__ import annotations

from indicators.signals import texts
from indicators.signals.declared import OLDEST, Declared, declared
from indicators.signals.detect.ratios import ratio_break
from indicators.signals.detect.series import Break
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

#: Younger months hang too much on how fast providers declare.
AGES = tuple(range(2, OLDEST + 1))


def find(facts: Facts) -> list[Signal]:
    """Look for a break in what is declared per euro of running awards."""
    signals = []
    for care in declared(facts):
        seen = ratio_break(care.ratio, AGES)
        if seen is not None:
            signals.append(_signal(facts, care, seen))
    return signals


def _signal(facts: Facts, care: Declared, seen: Break) -> Signal:
    start = care.months[seen.start].date()
    change = seen.observed - 1
    side, verb = ("meer", "duurder") if seen.up else ("minder", "goedkoper")
    cost = facts.outturn.get(care.onderdeel)
    effect = None
    if cost is not None and cost > 0:
        first = start.month if start.year == facts.boekjaar else 1
        effect = cost * change * (13 - first) / 12
    name = facts.names.get(care.onderdeel, care.onderdeel)
    same = "dezelfde toegewezen zorg" if care.of_awards else "elke cliënt"
    return Signal(
        sleutel=("prijs", care.onderdeel, side),
        familie="prijs",
        onderdeel=care.onderdeel,
        titel=texts.titel(name, f"zorg wordt {verb}"),
        toelichting=(
            f"Sinds {texts.month(start)} declareren aanbieders voor {same} {texts.percent(change)} {side} dan een jaar "
            f"eerder, bovenop de gewone verandering per jaar."
        ),
        wat_het_niet_is="Dit zegt niet of het tarief is veranderd, of dat cliënten meer van hun zorg gebruiken.",
        effect_eur=effect,
        waarom_geen_effect=""
        if effect is not None
        else "Er is geen vol vorig jaar in het grootboek om mee te rekenen.",
        sinds=start,
        zekerheid=seen.certainty,
        oorzaak="prijs",
        cijfers=(
            Cijfer("verandering van de prijs", round(change * 100, 1), "procent", start),
            Cijfer("lasten vorig jaar", round(cost or 0.0, 2), "euro"),
        ),
    )


REGEL = Regel(
    id="prijs",
    titel="Zorg wordt duurder of goedkoper",
    vraag="Wordt er voor dezelfde toegewezen zorg duidelijk meer of minder gedeclareerd dan een jaar eerder?",
    find=find,
)
