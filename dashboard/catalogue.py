"""What the screens need to know about an indicator: its record in the registry, and the periods its figures have."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard import queries_indicators as queries
from dashboard.store import Publication
from indicators.core.indicator import Indicator, indicators, unit_of
from indicators.core.period import sort_key

KINDS = {
    "JJ": "per jaar",
    "SJ": "per schooljaar",
    "HJ": "per half jaar",
    "KW": "per kwartaal",
    "MM": "per maand",
}
#: What was found about a change, as screens say it: a sign, words, and the class that colours it.
OORDELEN = {
    "beter": ("▲", "beter", "beter"),
    "slechter": ("▼", "slechter", "slechter"),
    "anders": ("◆", "veranderd", "anders"),
    "ruis": ("≈", "kan toeval zijn", "ruis"),
    "breuk": ("∦", "niet te vergelijken", "ruis"),
    "onbekend": ("–", "niet te toetsen", "ruis"),
}
#: Folders of definitions that are about the use of provisions, as the catalogue names them.
GEBRUIK = {
    "wmo": "Gebruik van de Wmo",
    "jeugd": "Gebruik van jeugdhulp",
    "participatiewet": "Gebruik van de Participatiewet",
    "sociaal_domein": "Het sociaal domein als geheel",
    "programma": "Programma’s",
}
NPG_TITEL = "De tien indicatoren van het NPG"


@lru_cache(maxsize=1)
def _registry() -> dict[str, Indicator]:
    return indicators()


def available(pub: Publication) -> list[Indicator]:
    """Give the indicators that have values in this publication, in the order of the catalogue."""
    return sorted((item(name) for name in queries.indicatoren(pub)), key=lambda i: (_group_order(i), i.titel))


def item(name: str) -> Indicator:
    """Give the record of an indicator; one that left the registry keeps its figures visible under its id."""
    if name in _registry():
        return _registry()[name]
    titel, onbekend = name.replace("_", " ").capitalize(), "Deze indicator staat niet meer in de lijst van de monitor."
    return Indicator(name, "onbekend", titel, "", onbekend, "", "", "", "neutraal", 1, ("onbekend",), sql="SELECT 1")


def group(indicator: Indicator) -> str:
    """Give the heading that an indicator stands under in the catalogue."""
    if indicator.npg is not None:
        return NPG_TITEL
    if indicator.thema:
        return f"Brede welvaart: {indicator.thema}"
    return GEBRUIK.get(indicator.domein, indicator.domein.replace("_", " ").capitalize())


def _group_order(indicator: Indicator) -> tuple[int, int | str]:
    if indicator.npg is not None:
        return 0, indicator.npg
    return (1 if indicator.domein in GEBRUIK and not indicator.thema else 2), group(indicator)


def matches(indicator: Indicator, words: str) -> bool:
    """Tell whether every word that was searched for is somewhere in the texts of an indicator."""
    text = " ".join(
        (indicator.titel, indicator.vraag, indicator.definitie, indicator.thema, group(indicator), *indicator.bron)
    ).casefold()
    return all(word in text for word in words.casefold().split())


def value(indicator: Indicator, figure: Any) -> str:
    """Write a value with its unit."""
    text = f.number(figure, indicator.decimalen)
    return text if text == f.LEEG or not indicator.eenheid else f"{text}{f.NBSP}{unit_of(text, indicator.eenheid)}"


def _own(values: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    return values[(values["gebied_code"] == gemeente) & values["waarde"].notna()]


def kinds(values: pd.DataFrame, gemeente: str) -> list[str]:
    """Give the kinds of period (JJ, HJ, ...) in which the own gemeente has a value."""
    found = set(_own(values, gemeente)["periode"].str.slice(4, 6))
    return [k for k in KINDS if k in found]


def newest_kind(values: pd.DataFrame, gemeente: str) -> str:
    """Give the kind of period that reaches furthest; different kinds do not compare and never share a line."""
    own = _own(values, gemeente)
    return "" if own.empty else max(own["periode"], key=sort_key)[4:6]
