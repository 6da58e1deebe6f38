"""What an indicator is: one record per file in indicators/definitions, and the registry that finds them."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import duckdb
import pandas as pd

from indicators.core.cbs import Topic
from indicators.core.period import parse
from indicators.core.targets import UnusableTarget, targets

Richting = Literal["beter", "slechter", "neutraal"]
#: How a change is tested (indicators/core/change.py). marge: bounds of the source. proportie: teller of noemer.
#: telling: a count, per inhabitant where there is a noemer. geen: a register without chance, or nothing to test with.
Toets = Literal["marge", "proportie", "telling", "geen"]
#: The eight themes of Brede Welvaart, as CBS names them.
BREDE_WELVAART = (
    "subjectief welzijn",
    "materiële welvaart",
    "gezondheid",
    "arbeid en vrije tijd",
    "wonen",
    "samenleving",
    "veiligheid",
    "milieu",
)
#: The ten indicators of the NPG carry a number of this range.
NPG = range(1, 11)

#: Units that count things, of one thing.
_ONE = {
    "inwoners": "inwoner",
    "aanvragen": "aanvraag",
    "toekenningen": "toekenning",
    "dossiers": "dossier",
    "punten": "punt",
}


def unit_of(number: str, unit: str) -> str:
    """Give a unit as it goes with a number that was written: 1 inwoner, 2 inwoners, 1,5 punten."""
    return _ONE.get(unit, unit) if number.lstrip("-\u2212") == "1" else unit


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
        npg: Its number among the ten indicators of the NPG, or None.
        thema: Its theme of Brede Welvaart, or "".
        eigenaar: Who answers for it, as a role.
        budgetten: onderdelen or wetten of which the money is spent near it; no proof of effect.
        streefwaarde: Target that the council set, in the unit of `waarde`; None when there is none. Not in code: it
            comes from data/reference/streefwaarden.csv (indicators/core/targets.py).
        streefjaar: Year for which.
        toets: How a change is tested.
        statusregels: When a figure is provisional or is not given, in Dutch.
        perioden: What periods there are and when new ones come, in Dutch.
        naast: Id of the indicator that says nearly the same from another source: shown beside it, never instead of it.
        cbs: The topics of CBS that it needs: a refresh asks for exactly these (indicators/core/cbs_asked.py).
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
    npg: int | None = None
    thema: str = ""
    eigenaar: str = ""
    budgetten: tuple[str, ...] = ()
    streefwaarde: float | None = None
    streefjaar: int | None = None
    toets: Toets = "geen"
    statusregels: str = ""
    perioden: str = ""
    naast: str = ""
    cbs: tuple[Topic, ...] = ()
    sql: str | None = None
    compute: Callable[[duckdb.DuckDBPyConnection, dt.date], pd.DataFrame] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.id):
            raise ValueError(f"{self.id}: an id is lower case, as its file name")
        if (self.sql is None) == (self.compute is None):
            raise ValueError(f"{self.id}: either sql or compute")
        if self.npg is not None and self.npg not in NPG:
            raise ValueError(f"{self.id}: the NPG has ten indicators")
        if self.thema and self.thema not in BREDE_WELVAART:
            raise ValueError(f"{self.id}: {self.thema} is no theme of Brede Welvaart")
        for breuk in self.breuken:
            parse(breuk.periode)

    @property
    def bronregel(self) -> str:
        """The source line for below a figure, in Dutch."""
        return "Bron: " + ", ".join(self.bron)


#: What `sql` and `compute` give; teller, noemer, bounds may be NULL. `indicator` is added by compute.py.
#: uitsplitsing is 'totaal', a population code of CBS, or 'name=value' with a name of the marts: onderdeel=begeleiding,
#: wet=wmo, regeling=bijstand, verwijzer=02, soort=krediet, combinatie=wmo+jeugd, vraag=<text of the question>,
#: resultaat=<programme, activity: result>. indicators/core/uitsplitsing.py gives its Dutch name and order on screens.
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
    """Give all indicators by id, in alphabetical order, with the targets of this installation.

    Raises:
        UnusableTarget: The list of targets cannot be read, or names an indicator that is not there.
    """
    # By name, since core stands below definitions and may not import it.
    package = importlib.import_module("indicators.definitions")
    for module in pkgutil.walk_packages(package.__path__, "indicators.definitions."):
        importlib.import_module(module.name)
    found = dict(sorted(_REGISTRY.items()))
    for name, target in targets().items():
        if name not in found:
            raise UnusableTarget(f"De lijst met streefwaarden noemt {name}, en die indicator is er niet.")
        found[name] = replace(found[name], streefwaarde=target.waarde, streefjaar=target.jaar)
    return found
