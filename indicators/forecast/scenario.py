"""What if: assumptions about the rest of the year, as a record that lives in the address of a page."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from indicators.core.period import MAANDEN
from indicators.forecast.explain_text import euros

LOWEST_PCT, HIGHEST_PCT, MOST_EUR, MOST_CLIENTS = -50.0, 100.0, 1e9, 100_000
_KEYS = ("indexatie", "instroom", "tarief", "wachtlijst", "buig", "maatregel")


class UnusableScenario(ValueError):
    """An assumption that cannot be read or is out of bounds. The message is Dutch."""


@dataclass(frozen=True)
class Maatregel:
    """Euros a year (negative: a saving) on the lasten of an onderdeel, from a date."""

    onderdeel: str
    eur_per_jaar: float
    vanaf: dt.date


@dataclass(frozen=True)
class Scenario:
    """Assumptions for the months after the peildatum; what is booked stays what it is.

    Attributes:
        indexatie_pct: Prices of all lasten, per cent above the forecast.
        instroom_pct: New clients, per cent above the last twelve months, in all onderdelen with counts.
        tarief_pct: Onderdeel -> per cent above the forecast, on top of indexatie_pct.
        wachtlijst: Onderdeel -> clients that start in the first month to come.
        buig_eur: State money for benefits, euros more or less over the year.
        maatregelen: Measures.
    """

    indexatie_pct: float = 0.0
    instroom_pct: float = 0.0
    tarief_pct: Mapping[str, float] = field(default_factory=dict)
    wachtlijst: Mapping[str, int] = field(default_factory=dict)
    buig_eur: float = 0.0
    maatregelen: tuple[Maatregel, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is out of bounds."""
        for name, value in (
            ("indexatie", self.indexatie_pct),
            ("instroom", self.instroom_pct),
            *self.tarief_pct.items(),
        ):
            if not (math.isfinite(value) and LOWEST_PCT <= value <= HIGHEST_PCT):
                raise UnusableScenario(
                    f"Het percentage bij {name} moet tussen {LOWEST_PCT:.0f} en {HIGHEST_PCT:.0f} liggen."
                )
        for name, number in self.wachtlijst.items():
            if not 0 <= number <= MOST_CLIENTS:
                raise UnusableScenario(f"Het aantal cliënten van de wachtlijst bij {name} kan niet.")
        for amount in (self.buig_eur, *(m.eur_per_jaar for m in self.maatregelen)):
            if not (math.isfinite(amount) and abs(amount) <= MOST_EUR):
                raise UnusableScenario("Een bedrag in dit scenario is te groot of geen getal.")

    @property
    def is_basis(self) -> bool:
        """Whether nothing is assumed beyond the forecast."""
        return not self.to_query()

    def to_query(self) -> str:
        """Give the scenario as the query of an address, without the question mark; '' when nothing is assumed."""
        pairs: list[tuple[str, str]] = []
        if self.indexatie_pct:
            pairs.append(("indexatie", _short(self.indexatie_pct)))
        if self.instroom_pct:
            pairs.append(("instroom", _short(self.instroom_pct)))
        pairs += [("tarief", f"{o}:{_short(v)}") for o, v in sorted(self.tarief_pct.items()) if v]
        pairs += [("wachtlijst", f"{o}:{n}") for o, n in sorted(self.wachtlijst.items()) if n]
        if self.buig_eur:
            pairs.append(("buig", _short(self.buig_eur)))
        pairs += [
            ("maatregel", f"{m.onderdeel}:{_short(m.eur_per_jaar)}:{m.vanaf.isoformat()}")
            for m in sorted(self.maatregelen, key=lambda m: (m.onderdeel, m.vanaf, m.eur_per_jaar))
            if m.eur_per_jaar
        ]
        return urlencode(pairs, safe=":")


def from_query(query: str) -> Scenario:
    """Read a scenario from the query of an address; other keys in it are left alone.

    Raises:
        UnusableScenario: A value that is no number, percentage, date or onderdeel.
    """
    single = {"indexatie": 0.0, "instroom": 0.0, "buig": 0.0}
    tarief: dict[str, float] = {}
    wachtlijst: dict[str, int] = {}
    maatregelen = []
    for key, value in parse_qsl(query.lstrip("?"), keep_blank_values=True):
        if key not in _KEYS:
            continue
        try:
            if key in single:
                single[key] = float(value)
            elif key == "tarief":
                onderdeel, pct = value.split(":")
                tarief[_named(onderdeel)] = float(pct)
            elif key == "wachtlijst":
                onderdeel, number = value.split(":")
                wachtlijst[_named(onderdeel)] = int(number)
            else:
                onderdeel, amount, date = value.split(":")
                maatregelen.append(Maatregel(_named(onderdeel), float(amount), dt.date.fromisoformat(date)))
        except UnusableScenario:
            raise
        except ValueError as error:
            raise UnusableScenario(f"'{value[:40]}' is niet te lezen als {key}.") from error
    return Scenario(single["indexatie"], single["instroom"], tarief, wachtlijst, single["buig"], tuple(maatregelen))


def describe(scenario: Scenario, names: Mapping[str, str], peildatum: dt.date) -> str:
    """Say in one Dutch sentence what is assumed.

    Args:
        scenario: The assumptions.
        names: Onderdeel -> Dutch name.
        peildatum: They hold from the month after it.
    """
    parts = []
    since = MAANDEN[peildatum.month % 12]
    if scenario.indexatie_pct:
        parts.append(f"{_more(scenario.indexatie_pct, 'hogere', 'lagere')} prijzen vanaf {since}")
    for onderdeel, pct in sorted(scenario.tarief_pct.items()):
        parts.append(f"een {_more(pct, 'hoger', 'lager')} tarief voor {names.get(onderdeel, onderdeel)} vanaf {since}")
    if scenario.instroom_pct:
        parts.append(f"{_more(scenario.instroom_pct, 'meer', 'minder')} nieuwe cliënten vanaf {since}")
    for onderdeel, number in sorted(scenario.wachtlijst.items()):
        who = "cliënt" if number == 1 else "cliënten"
        parts.append(f"{number} {who} van de wachtlijst bij {names.get(onderdeel, onderdeel)} vanaf {since}")
    if scenario.buig_eur:
        parts.append(f"{euros(scenario.buig_eur)} {'meer' if scenario.buig_eur > 0 else 'minder'} BUIG van het Rijk")
    for m in scenario.maatregelen:
        what = "besparing" if m.eur_per_jaar < 0 else "uitgave"
        date = f"{m.vanaf.day} {MAANDEN[m.vanaf.month - 1]} {m.vanaf.year}"
        parts.append(
            f"een {what} van {euros(m.eur_per_jaar)} per jaar bij {names.get(m.onderdeel, m.onderdeel)} vanaf {date}"
        )
    if not parts:
        return "Dit is de prognose zelf, zonder extra aannames."
    text = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " en " + parts[-1]
    return f"Dit scenario rekent met {text}; verder is alles als in de prognose."


def _named(onderdeel: str) -> str:
    if not onderdeel or len(onderdeel) > 100:
        raise UnusableScenario("Bij een aanname in dit scenario ontbreekt het onderdeel.")
    return onderdeel


def _more(pct: float, up: str, down: str) -> str:
    return f"{abs(pct):g} % {up if pct >= 0 else down}".replace(".", ",")


def _short(value: float) -> str:
    """Write a number so that it is read back as the same number."""
    return repr(float(value)).removesuffix(".0")
