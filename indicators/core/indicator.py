"""What an indicator is: one record per file in indicators/definitions, and the registry that finds them."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from indicators.core.period import parse

Richting = Literal["beter", "slechter", "neutraal"]


@dataclass(frozen=True)
class Breuk:
    """A break in a series: figures from this period on do not simply compare with those before.

    Attributes:
        periode: CBS period code of the first period after the break.
        reden: Why, in Dutch.
    """

    periode: str
    reden: str


@dataclass(frozen=True)
class Indicator:
    """An indicator.

    Attributes:
        id: Same as its file name.
        domein: Folder it stands in: jeugd, gezondheid, wmo, ...
        titel: Dutch name on screens.
        vraag: The question it answers, in Dutch.
        definitie: What it measures and what not, in Dutch.
        teller: What is counted, in words.
        noemer: Of which whole, in words.
        eenheid: Unit of `waarde`, as screens write it ("%").
        hoger_is: Whether a higher value is beter, slechter or neutraal.
        decimalen: Decimals on screens.
        bron: Tables or sources it is made from.
        niveaus: Levels of regions it exists for.
        breuken: Declared breaks.
        sql: One SELECT over mart and meta with the columns COLUMNS; or
        compute: (connection, peildatum) -> frame with these columns.
    """

    id: str
    domein: str
    titel: str
    vraag: str
    definitie: str
    teller: str
    noemer: str
    eenheid: str
    hoger_is: Richting
    decimalen: int
    bron: tuple[str, ...]
    niveaus: tuple[str, ...] = ("land", "provincie", "gemeente")
    breuken: tuple[Breuk, ...] = ()
    sql: str | None = None
    compute: Callable[[duckdb.DuckDBPyConnection, dt.date], pd.DataFrame] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.id):
            raise ValueError(f"{self.id}: an id is lower case, as its file name")
        if (self.sql is None) == (self.compute is None):
            raise ValueError(f"{self.id}: either sql or compute")
        for breuk in self.breuken:
            parse(breuk.periode)

    @property
    def bronregel(self) -> str:
        """The source line for below a figure, in Dutch."""
        return "Bron: " + ", ".join(self.bron)


#: What `sql` and `compute` give; teller, noemer, bounds may be NULL. `indicator` is added by compute.py.
COLUMNS = (
    "periode",
    "gebied_code",
    "uitsplitsing",
    "teller",
    "noemer",
    "waarde",
    "ondergrens",
    "bovengrens",
    "status",
    "onderdrukt",
)

_REGISTRY: dict[str, Indicator] = {}


def register(indicator: Indicator) -> Indicator:
    """Add an indicator; two of one id are a programming error."""
    if indicator.id in _REGISTRY and _REGISTRY[indicator.id] != indicator:
        raise ValueError(f"indicator {indicator.id} is registered twice")
    _REGISTRY[indicator.id] = indicator
    return indicator


def indicators() -> dict[str, Indicator]:
    """Give all indicators by id, in alphabetical order."""
    # By name, since core stands below definitions and may not import it.
    package = importlib.import_module("indicators.definitions")
    for module in pkgutil.walk_packages(package.__path__, "indicators.definitions."):
        importlib.import_module(module.name)
    return dict(sorted(_REGISTRY.items()))
