"""What the screens need to know about an indicator: its record in the registry, and the periods its figures have."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard import queries
from dashboard.store import Publication
from indicators.core.indicator import Indicator, indicators
from indicators.core.period import sort_key

KINDS = {
    "JJ": "per jaar",
    "SJ": "per schooljaar",
    "HJ": "per half jaar",
    "KW": "per kwartaal",
    "MM": "per maand",
}


@lru_cache(maxsize=1)
def _registry() -> dict[str, Indicator]:
    return indicators()


def available(pub: Publication) -> list[Indicator]:
    """Give the indicators that have values in this publication."""
    return [item(name) for name in queries.indicatoren(pub)]


def item(name: str) -> Indicator:
    """Give the record of an indicator; one that left the registry keeps its figures visible under its id."""
    if name in _registry():
        return _registry()[name]
    titel, onbekend = name.replace("_", " ").capitalize(), "Deze indicator staat niet meer in de lijst van de monitor."
    return Indicator(name, "onbekend", titel, "", onbekend, "", "", "", "neutraal", 1, ("onbekend",), sql="SELECT 1")


def value(indicator: Indicator, figure: Any) -> str:
    """Write a value with its unit."""
    text = f.number(figure, indicator.decimalen)
    return text if text == f.LEEG or not indicator.eenheid else f"{text}{f.NBSP}{indicator.eenheid}"


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
