"""What each assumption of a scenario would do, by onderdeel and month, before anything says that it cannot.

Order of effects: measures and clients first, then prices on all of it (indexation, then the tariff on top).
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

import numpy as np

from indicators.core.contract import AGGREGATEN
from indicators.core.period import MAANDEN
from indicators.forecast.explain_text import euros
from indicators.forecast.panel import Array, Mask
from indicators.forecast.scenario import Scenario
from indicators.forecast.scenario_basis import Basis
from indicators.forecast.scenario_floor import Course, Key

CAUSES = ("maatregel", "wachtlijst", "instroom", "indexatie", "tarief", "buig")


@dataclass(frozen=True)
class Wanted:
    """What is assumed: whole cents per month [12] by onderdeel, side and cause; and in Dutch what does not count."""

    cents: dict[Key, dict[str, Array]]
    refused: list[str]


def wanted(basis: Basis, scenario: Scenario, known: dict[Key, Course], done: int) -> Wanted:
    """Work out every assumption.

    Args:
        basis: The published forecast.
        scenario: The assumptions.
        known: The courses of the forecast.
        done: Months of the year that are past; only later ones change.
    """
    boekjaar = int(basis.prognose.iloc[0]["boekjaar"])
    ahead = np.arange(12) >= done
    middle = {key: np.diff(c.path[:, 1], prepend=0.0) for key, c in known.items() if key[0] not in AGGREGATEN}
    columns = (basis.clienten[c] for c in ("onderdeel", "stand", "instroom"))
    clients = {o: (float(stand), float(inflow)) for o, stand, inflow in zip(*columns, strict=True)}
    names = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["naam"], strict=True))
    result: dict[Key, dict[str, Array]] = {}
    refused: list[str] = []
    for (onderdeel, side), months in middle.items():
        if side != "L":
            continue
        cost, inflow = _per_client(clients.get(onderdeel), months)
        found = {"maatregel": _measures(scenario, onderdeel, boekjaar, ahead)}
        waiting = scenario.wachtlijst.get(onderdeel, 0)
        found["wachtlijst"] = np.where(ahead, waiting * (cost or 0.0), 0.0)
        nth = np.maximum(np.arange(12) - done + 0.5, 0.0)
        found["instroom"] = nth * ahead * scenario.instroom_pct / 100 * (inflow or 0.0) * (cost or 0.0)
        if waiting and cost is None:
            name = names.get(onderdeel, onderdeel)
            refused.append(f"Bij {name} is het bedrag per cliënt niet bekend; de wachtlijst telt daar niet mee.")
        # A measure is an amount of its own, which prices do not change.
        base = np.where(ahead, months, 0.0) + found["wachtlijst"] + found["instroom"]
        found["indexatie"] = base * scenario.indexatie_pct / 100
        found["tarief"] = (base + found["indexatie"]) * scenario.tarief_pct.get(onderdeel, 0.0) / 100
        result[onderdeel, "L"] = {cause: np.round(value * 100) for cause, value in found.items()}
    refused += _unknown(scenario, {o for o, s in middle if s == "L"}, names)
    if scenario.buig_eur:
        refused += _buig(basis, scenario.buig_eur, done, result)
    if done == 12 and not scenario.is_basis:
        refused.append("Het jaar is voorbij; aannames over maanden die nog komen, veranderen niets meer.")
    elif done < 12:
        refused += _outside(scenario, dt.date(boekjaar, done + 1, 1), {o for o, s in middle if s == "L"}, names)
    return Wanted(result, refused)


def _per_client(clients: tuple[float, float] | None, months: Array) -> tuple[float | None, float | None]:
    """Euros a month per client, and new clients a month."""
    if clients is None or not clients[0] > 0:
        return None, None
    return max(float(months.sum()), 0.0) / 12 / clients[0], max(float(np.nan_to_num(clients[1])), 0.0)


def _measures(scenario: Scenario, onderdeel: str, boekjaar: int, ahead: Mask) -> Array:
    """Euros [12] of the measures on an onderdeel; the month in which one begins has its days from then on."""
    result = np.zeros(12)
    for m in scenario.maatregelen:
        if m.onderdeel != onderdeel:
            continue
        for k in np.flatnonzero(ahead):
            begin, days = dt.date(boekjaar, int(k) + 1, 1), calendar.monthrange(boekjaar, int(k) + 1)[1]
            part = np.clip(1.0 - (m.vanaf - begin).days / days, 0.0, 1.0)
            result[k] += m.eur_per_jaar / 12 * float(part)
    return result


def _unknown(scenario: Scenario, known: set[str], names: dict[str, str]) -> list[str]:
    named = {*scenario.tarief_pct, *scenario.wachtlijst, *(m.onderdeel for m in scenario.maatregelen)}
    return [
        f"Een aanname hoort bij één onderdeel; die voor {AGGREGATEN[o].lower()} telt niet mee."
        if o in AGGREGATEN
        else f"Voor {names.get(o, o)} is er geen prognose; die aanname telt niet mee."
        for o in sorted(named - known)
    ]


def buig_onderdeel(basis: Basis) -> str | None:
    """Give where the Participatiewet has its largest income, which is the state's; None without a forecast of it."""
    wet = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["wet"], strict=True))
    baten = basis.prognose[(basis.prognose["lasten_baten"] == "B")]
    baten = baten[[wet.get(o) == "participatiewet" for o in baten["onderdeel"]]]
    return None if baten.empty else str(baten.loc[baten["p50_eur"].astype(float).idxmax(), "onderdeel"])


def _buig(basis: Basis, amount: float, done: int, result: dict[tuple[str, str], dict[str, Array]]) -> list[str]:
    """Put it where it belongs, in the months to come."""
    onderdeel = buig_onderdeel(basis)
    if onderdeel is None:
        return ["Er is geen prognose van de baten van de Participatiewet; de BUIG telt niet mee."]
    months = np.zeros(12)
    if done < 12:
        months[done:] = np.round(amount * 100 / (12 - done))
        months[-1] += round(amount * 100) - months.sum()
    result[onderdeel, "B"] = {"buig": months}
    return []


def _outside(scenario: Scenario, next_month: dt.date, known: set[str], names: dict[str, str]) -> list[str]:
    """A measure of before the peildatum, of which the first months are in the books already, or of after the year."""
    found = sorted({m.onderdeel for m in scenario.maatregelen if m.eur_per_jaar and m.vanaf < next_month} & known)
    year = next_month.year
    later = sorted({m.onderdeel for m in scenario.maatregelen if m.eur_per_jaar and m.vanaf.year > year} & known)
    return [
        f"De maatregel bij {names.get(o, o)} begint pas na {year}; aan de uitkomst van {year} verandert hij niets."
        for o in later
    ] + [
        f"De maatregel bij {names.get(o, o)} telt vanaf {MAANDEN[next_month.month - 1]} mee; "
        "wat in de maanden ervoor is uitgegeven, staat al vast."
        for o in found
    ]


def left_out(asked: dict[str, float], done: dict[str, float], side: str, name: str, since: str) -> str | None:
    """Say in Dutch that an assumption could not be applied whole; None where it could, as far as it is written out.

    Args:
        asked: Cents of the year by cause, as assumed.
        done: The same, as applied.
        side: L or B.
        name: Dutch name of the onderdeel.
        since: First month to come, as a word.
    """
    short = [cause for cause, cents in asked.items() if done[cause] > cents]
    of = short if short == ["maatregel"] else list(asked)
    wished, can = (euros(sum(cents[cause] for cause in of) / 100) for cents in (asked, done))
    if not short or wished == can:
        return None
    if side == "B":
        return f"Bij {name} valt dit jaar {can} weg en geen {wished}: meer komt er vanaf {since} niet binnen."
    what = "bespaart de maatregel" if short == ["maatregel"] else "besparen de aannames samen"
    return (
        f"Bij {name} {what} dit jaar {can} en geen {wished}: meer wordt er vanaf {since} niet uitgegeven, "
        "en wat al is uitgegeven, blijft uitgegeven."
    )


def less_in_a_cheap_year(name: str) -> str:
    """Say in Dutch why the lower end of the band falls less than the middle."""
    return (
        f"Valt het jaar bij {name} goedkoop uit, dan is er minder over om op te besparen: "
        "de onderkant van de band daalt daar minder dan de verwachte uitkomst."
    )
