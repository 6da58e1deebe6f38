"""What a rule and a signal are: one rule per file in indicators/signals/rules, and the registry that finds them."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.signals.facts import Facts


@dataclass(frozen=True)
class Cijfer:
    """One figure behind a signal.

    Attributes:
        naam: What it is, in Dutch.
        waarde: The figure, or a word (the id of another signal).
        eenheid: euro, procent, personen, aanvragen, rijen, ... or "" for a word.
        maand: Month it is about (its first day), or None.
        indicator: Id of the indicator it is about, for a link to it.
    """

    naam: str
    waarde: float | int | str
    eenheid: str = ""
    maand: dt.date | None = None
    indicator: str = ""


@dataclass(frozen=True)
class Signal:
    """Something that asks for attention.

    Attributes:
        sleutel: What it is about, as words that stay the same while it is the same thing; joined they are its id.
        regel: Id of the rule that raised it (filled in by `find`).
        familie: Signals of one family and onderdeel tell the same story: one of them is shown.
        onderdeel: dim_onderdeel, or one of AGGREGATEN.
        titel: At most ten Dutch words.
        toelichting: What is seen, in one Dutch sentence with its figure.
        wat_het_niet_is: What it does not say, in one Dutch sentence.
        effect_eur: Euros this year, positive = worse; None when it cannot be said in euros.
        waarom_geen_effect: Why there is no effect in euros, in Dutch; "" when there is one.
        in_spel_eur: Euros it is about where there is no effect: for the order only.
        sinds: First month in which it shows.
        zekerheid: 0-1.
        oorzaak: Cause in the explanation of the budget (fct_verklaring) that is the same thing; "" when there is none.
        cijfers: The figures behind it.
        voorrang: Of one family the lowest is shown.
    """

    sleutel: tuple[str, ...]
    familie: str
    onderdeel: str
    titel: str
    toelichting: str
    wat_het_niet_is: str
    effect_eur: float | None
    sinds: dt.date
    zekerheid: float
    waarom_geen_effect: str = ""
    in_spel_eur: float = 0.0
    oorzaak: str = ""
    cijfers: tuple[Cijfer, ...] = ()
    voorrang: int = 0
    regel: str = ""
    zie_ook: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.effect_eur is None) == (self.waarom_geen_effect == ""):
            raise ValueError(f"{self.sleutel}: an effect in euros, or the reason why there is none")
        if len(self.titel.split()) > 10:
            raise ValueError(f"{self.sleutel}: a title has at most ten words: {self.titel}")

    @property
    def id(self) -> str:
        """The id: the same as long as it is the same thing."""
        return ":".join(self.sleutel)

    @property
    def better(self) -> bool:
        """Whether it is good news for the budget, or simply less of something."""
        return self.effect_eur < 0 if self.effect_eur is not None else "minder" in self.sleutel

    @property
    def weight(self) -> float:
        """Euros at risk, for the order."""
        return max(self.in_spel_eur, self.effect_eur or 0.0)


@dataclass(frozen=True)
class Regel:
    """A rule that raises signals.

    Attributes:
        id: Same as its file name.
        titel: Dutch name.
        vraag: What it looks for, in Dutch.
        meting: Of a rule about facts: why its false alarms are not counted, in Dutch. "" for a rule of chance, which
            is measured by `python -m indicators signaaltoets`.
        find: Gives its signals from what was known.
    """

    id: str
    titel: str
    vraag: str
    find: Callable[[Facts], list[Signal]]
    meting: str = ""


def rules() -> dict[str, Regel]:
    """Give all rules by id, in alphabetical order: one per file, found by name."""
    package = importlib.import_module("indicators.signals.rules")
    found: dict[str, Regel] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        regel: Regel = importlib.import_module(f"indicators.signals.rules.{module}").REGEL
        if regel.id != module:
            raise ValueError(f"rule {regel.id} stands in a file named {module}")
        found[module] = regel
    return found
