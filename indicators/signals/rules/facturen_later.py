"""Late invoices: providers declare later than they did, so what is booked looks too low."""

from __future__ import annotations

from dataclasses import replace

from indicators.signals import texts
from indicators.signals.declared import Declared, declared
from indicators.signals.detect.providers import Late, late_providers, not_yet
from indicators.signals.detect.ratios import ratio_break
from indicators.signals.detect.series import Break
from indicators.signals.facts import Facts
from indicators.signals.providers import Providers, providers
from indicators.signals.record import Cijfer, Regel, Signal

#: What is declared within one or two months tells how fast providers are.
AGES = (1, 2)
#: Smaller changes of the pace are of no account.
LEAST = 0.12
#: One provider is the story where it is at least this part of all that lacks.
EXPLAINS = 0.5
NO_EFFECT = "Later factureren kost niet meer geld; het laat het budget ruimer lijken dan het is."


def find(facts: Facts) -> list[Signal]:
    """Look for onderdelen of which less is declared within two months than before, as a whole or by one provider."""
    found: dict[str, Signal] = {}
    for care in declared(facts):
        seen = ratio_break(care.ratio, AGES)
        if seen is not None and seen.observed < 1 - LEAST:
            found[care.onderdeel] = _signal(facts, care, seen)
    for told in providers(facts):
        late = late_providers(told.amount, told.whole, told.clients, told.named)
        if late:
            found[told.onderdeel] = _together(found.get(told.onderdeel), _by_provider(facts, told, late))
    return list(found.values())


def _signal(facts: Facts, care: Declared, seen: Break) -> Signal:
    start = care.months[seen.start].date()
    missing = max(not_yet(care.ratio, care.whole, seen.start), 0.0)
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
        waarom_geen_effect=NO_EFFECT,
        in_spel_eur=missing,
        sinds=start,
        zekerheid=seen.certainty,
        cijfers=(
            Cijfer("minder gedeclareerd binnen twee maanden", round((1 - seen.observed) * 100, 1), "procent", start),
            Cijfer("lijkt nog te ontbreken", round(missing, 2), "euro", care.months[-1].date()),
        ),
    )


def _by_provider(facts: Facts, told: Providers, late: list[Late]) -> Signal:
    """The signal of an onderdeel in which one provider or a few bill late; the one that lacks most is told."""
    first = late[0]
    start = told.months[min(one.start for one in late)].date()
    name = facts.names.get(told.onderdeel, told.onderdeel)
    not_this = (
        "Dit zegt niet dat de aanbieder minder cliënten heeft of stopt: de toegewezen zorg loopt door."
        if told.of_awards
        else "Dit gaat over hoe snel deze aanbieder declareert; of hij minder cliënten heeft, is hier niet te zien."
    )
    return Signal(
        sleutel=("facturen_later", told.onderdeel),
        familie="facturen",
        onderdeel=told.onderdeel,
        titel=texts.titel(
            name, "geen facturen van een aanbieder" if first.silent else "een aanbieder factureert later"
        ),
        toelichting=_sentence(told, first, len(late)),
        wat_het_niet_is=not_this,
        effect_eur=None,
        waarom_geen_effect=NO_EFFECT,
        in_spel_eur=sum(one.missing_eur for one in late),
        sinds=start,
        zekerheid=max(0.0, min(1 - first.p, 0.9999)),
        cijfers=tuple(figure for one in late for figure in _figures(told, one)),
    )


def _sentence(told: Providers, late: Late, count: int) -> str:
    month, code = texts.month(told.months[late.start].date()), told.codes[late.provider]
    coming = f"er komt waarschijnlijk nog ongeveer {texts.euro(late.missing_eur)} aan rekeningen."
    others = f" Ook {_others(count - 1)} later." if count > 1 else ""
    if late.silent:
        what = f"in {month}" if late.silent == 1 else f"in de {late.silent} maanden vanaf {month}"
        return f"Van aanbieder {code} (AGB-code) is {what} geen declaratie ontvangen; {coming}{others}"
    same = " voor dezelfde toegewezen zorg" if told.of_awards else ""
    return (
        f"Sinds {month} heeft aanbieder {code} (AGB-code){same} binnen twee maanden {texts.percent(late.less)} minder "
        f"gedeclareerd dan een jaar eerder; {coming}{others}"
    )


def _others(count: int) -> str:
    return "één andere aanbieder declareert" if count == 1 else f"{count} andere aanbieders declareren"


def _figures(told: Providers, late: Late) -> tuple[Cijfer, ...]:
    start, code = told.months[late.start].date(), told.codes[late.provider]
    pace = (
        Cijfer(f"aanbieder {code}: maanden zonder declaratie", late.silent, "maanden", start)
        if late.silent
        else Cijfer(f"aanbieder {code}: minder binnen twee maanden", round(late.less * 100, 1), "procent", start)
    )
    return pace, Cijfer(f"aanbieder {code}: komt nog", round(late.missing_eur, 2), "euro", told.months[-1].date())


def _together(wide: Signal | None, one: Signal) -> Signal:
    """One signal about the onderdeel: by name where the provider is at least half of what lacks."""
    if wide is None:
        return one
    first, second = (one, wide) if one.in_spel_eur >= EXPLAINS * wide.in_spel_eur else (wide, one)
    told = "" if first is one else f" {one.toelichting}"
    return replace(
        first,
        toelichting=f"{first.toelichting}{told}",
        in_spel_eur=max(one.in_spel_eur, wide.in_spel_eur),
        zekerheid=max(one.zekerheid, wide.zekerheid),
        cijfers=(*first.cijfers, *second.cijfers),
    )


REGEL = Regel(
    id="facturen_later",
    titel="Facturen komen later",
    vraag="Declareren aanbieders, of één van hen, later dan een jaar eerder, zodat het geboekte bedrag te laag lijkt?",
    find=find,
)
