"""Providers: an onderdeel's clients move to one provider, or away from it."""

from __future__ import annotations

import numpy as np

from indicators.signals import texts
from indicators.signals.detect.movement import Move, share_move
from indicators.signals.detect.providers import SETTLED
from indicators.signals.facts import Facts
from indicators.signals.providers import Providers, providers
from indicators.signals.record import Cijfer, Regel, Signal

#: Providers of which a client costs less apart than this are equally dear: mix and rounding differ as much.
ALIKE = 0.05
NOT_KNOWN = "Wat een cliënt bij elke aanbieder kost, is niet bekend; het gevolg is dus niet in euro's te zeggen."
EQUAL = "Een cliënt kost bij deze aanbieder ongeveer evenveel als bij de andere."


def find(facts: Facts) -> list[Signal]:
    """Look in every onderdeel for the provider whose share of the clients changes most out of the ordinary."""
    signals = []
    for told in providers(facts):
        first, clients = _complete(told)
        seen = share_move(clients, told.named)
        if seen is not None:
            signals.append(_signal(facts, told, seen, first))
    return signals


def _complete(told: Providers) -> tuple[int, np.ndarray]:
    """The newest months without a gap of which the clients are known, and the place of the first of them."""
    until = len(told.months) if told.of_awards else len(told.months) - SETTLED
    counts = told.clients[:until]
    empty = np.flatnonzero(counts.sum(axis=1) <= 0)
    first = int(empty[-1]) + 1 if len(empty) else 0
    return first, counts[first:]


def _signal(facts: Facts, told: Providers, seen: Move, first: int) -> Signal:
    start = told.months[first + seen.start].date()
    code, more = told.codes[seen.provider], seen.now > seen.before
    effect, why, prices = _effect(facts, told, seen, first)
    name = facts.names.get(told.onderdeel, told.onderdeel)
    side = "meer" if more else "minder"
    return Signal(
        sleutel=("aanbieder", told.onderdeel, code, side),
        familie="aanbieder",
        onderdeel=told.onderdeel,
        titel=texts.titel(name, "cliënten naar één aanbieder" if more else "cliënten weg bij één aanbieder"),
        toelichting=(
            f"Sinds {texts.month(start)} ging het aandeel van aanbieder {code} (AGB-code) in de cliënten van "
            f"{texts.percent(seen.before)} naar {texts.percent(seen.now)}: ongeveer "
            f"{texts.number(abs(seen.clients))} cliënten {side}.{_other(told, seen)}"
        ),
        wat_het_niet_is=(
            "Dit zegt niet waarom cliënten een andere aanbieder hebben; een verschil in kosten kan ook komen doordat "
            "zij andere hulp nodig hebben."
        ),
        effect_eur=effect,
        waarom_geen_effect=why,
        sinds=start,
        zekerheid=float(min(1 - seen.p, 0.9999)),
        cijfers=(
            Cijfer(f"aandeel van aanbieder {code} nu", round(seen.now * 100, 1), "procent", told.months[-1].date()),
            Cijfer(f"aandeel van aanbieder {code} eerder", round(seen.before * 100, 1), "procent"),
            *prices,
        ),
    )


def _other(told: Providers, seen: Move) -> str:
    if not 0 <= seen.other < told.named:
        return ""
    verb = "daalde" if seen.now > seen.before else "steeg"
    return f" Het aandeel van aanbieder {told.codes[seen.other]} {verb} het meest."


def _effect(facts: Facts, told: Providers, seen: Move, first: int) -> tuple[float | None, str, tuple[Cijfer, ...]]:
    """Euros this year: the clients who moved, times what a client costs more here than elsewhere."""
    here = told.price([seen.provider])
    elsewhere = told.price([j for j in range(told.named + 1) if j != seen.provider])
    if here is None or elsewhere is None or elsewhere <= 0:
        return None, NOT_KNOWN, ()
    prices = (
        Cijfer("kosten per cliënt per maand bij deze aanbieder", round(here, 2), "euro"),
        Cijfer("kosten per cliënt per maand bij de andere", round(elsewhere, 2), "euro"),
    )
    if abs(here / elsewhere - 1) < ALIKE:
        return None, EQUAL, prices
    start = told.months[first + seen.start]
    months = 13 - start.month if start.year == facts.boekjaar else 12
    return seen.clients * (here - elsewhere) * months, "", prices


REGEL = Regel(
    id="verschuiving_aanbieder",
    titel="Verschuiving tussen aanbieders",
    vraag="Gaat een duidelijk ander deel van de cliënten van een onderdeel naar één aanbieder dan in de jaren ervoor?",
    find=find,
)
