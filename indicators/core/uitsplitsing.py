"""What a breakdown of an indicator is called: `uitsplitsing` is 'totaal', a code of CBS, or 'name=value'."""

from __future__ import annotations

import csv
from functools import lru_cache

from indicators.core.settings import REFERENCE

TOTAAL = "totaal"
#: Values that no reference list names.
_WOORDEN = {
    ("wet", "wmo"): "Wmo",
    ("wet", "jeugd"): "Jeugdwet",
    ("wet", "participatiewet"): "Participatiewet",
    ("wet", "schuldhulp"): "Schuldhulp",
    ("leveringsvorm", "ZIN"): "Zorg in natura",
    ("leveringsvorm", "PGB"): "Persoonsgebonden budget (pgb)",
    ("regeling", "bijstand"): "Algemene bijstand",
    ("regeling", "ioaw"): "IOAW",
    ("regeling", "ioaz"): "IOAZ",
    ("regeling", "bbz"): "Bbz",
    ("route", "b1_route"): "B1-route",
    ("route", "onderwijsroute"): "Onderwijsroute",
    ("route", "z_route"): "Z-route",
    ("uitstroom", "werk"): "Naar werk",
    ("uitstroom", "zelfstandig"): "Naar een eigen bedrijf",
    ("uitstroom", "andere_voorziening"): "Naar een andere voorziening",
    ("uitstroom", "verhuizing"): "Verhuisd",
    ("uitstroom", "overlijden"): "Overleden",
    ("uitstroom", "overig"): "Een andere reden",
    ("soort", "inburgering"): "Inburgering",
    ("soort", "re_integratie"): "Re-integratie",
    ("soort", "loonkostensubsidie"): "Loonkostensubsidie",
    ("soort", "participatieplaats"): "Participatieplaats",
    ("soort", "beschut_werk"): "Beschut werk",
    ("soort", "krediet"): "Krediet",
    ("soort", "budgetbeheer"): "Budgetbeheer",
    ("soort", "schuldregeling"): "Schuldregeling",
    ("soort", "saneringskrediet"): "Saneringskrediet",
    ("soort", "stabilisatie"): "Stabilisatie",
    ("soort", "vroegsignaal"): "Vroegsignalering",
    ("soort", "energietoeslag"): "Energietoeslag",
    ("soort", "individuele_inkomenstoeslag"): "Individuele inkomenstoeslag",
    ("soort", "meedoenregeling"): "Meedoenregeling",
    ("soort", "studietoeslag"): "Individuele studietoeslag",
}


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, str], str]:
    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8") as handle:
        names = {("onderdeel", r["onderdeel"]): r["naam"] for r in csv.DictReader(handle)}
    with (REFERENCE / "codelijsten_zorg.csv").open(encoding="utf-8") as handle:
        names |= {(r["lijst"], r["code"]): r["naam"] for r in csv.DictReader(handle)}
    with (REFERENCE / "participatiewet_soorten.csv").open(encoding="utf-8") as handle:
        names |= {("soort", r["soort"]): r["toelichting"] for r in csv.DictReader(handle) if r["soort"] != "onbekend"}
    return names | _WOORDEN


def naam(uitsplitsing: str) -> str:
    """Give the Dutch name of a breakdown, for screens and notes.

    Args:
        uitsplitsing: As in mart.fct_indicatorwaarde: 'totaal', 'onderdeel=begeleiding', 'verwijzer=02', ...

    Returns:
        The name from the reference lists. What is in no list keeps its own word: a new code is shown, not hidden.
    """
    if uitsplitsing == TOTAAL:
        return "Totaal"
    name, _, value = uitsplitsing.partition("=")
    if not value:
        return uitsplitsing
    known = _listed().get((name, value))
    if known:
        return known
    if value == "onbekend":
        return "Niet bekend"
    if name == "combinatie":
        return " en ".join(naam(f"wet={wet}") for wet in value.split("+"))
    return value.replace("_", " ")


def volgorde(uitsplitsing: str) -> tuple[int, str]:
    """Give the key that screens sort breakdowns by: the whole first, then laws, then the rest by name."""
    if uitsplitsing == TOTAAL:
        return 0, ""
    return (1 if uitsplitsing.startswith("wet=") else 2), naam(uitsplitsing).casefold()
