"""A scenario applied to published forecasts: coherent over onderdeel, wet and total, with its difference explained.

An assumption moves the middle and the band alike: it is taken as certain, so the band says what it said before. Order
of effects: measures and clients first, then prices on all of it (indexation, then the tariff on top).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN
from indicators.forecast.course import passing_date
from indicators.forecast.explain_text import euros
from indicators.forecast.panel import Array, Mask
from indicators.forecast.scenario import Scenario
from indicators.forecast.scenario_basis import Basis, read_basis
from indicators.forecast.simulate import chance_above

QUANTILES = ["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]
__all__ = ["Basis", "Outcome", "apply", "read_basis"]

CAUSES = ("maatregel", "wachtlijst", "instroom", "indexatie", "tarief", "buig")


@dataclass(frozen=True)
class Outcome:
    """The tables with the scenario in them, and what each assumption does.

    Attributes:
        prognose, verloop, saldo: Columns of the published tables; amounts in euros.
        verschil: onderdeel, lasten_baten, oorzaak, effect_eur: adds up to the difference in p50 to the cent, for
            onderdelen and for sums.
        niet_toegepast: Dutch sentences on assumptions that could not be applied.
    """

    prognose: pd.DataFrame
    verloop: pd.DataFrame
    saldo: pd.DataFrame
    verschil: pd.DataFrame
    niet_toegepast: list[str]


def apply(basis: Basis, scenario: Scenario) -> Outcome:
    """Give the forecast under a scenario.

    Args:
        basis: The published forecast.
        scenario: Assumptions for the months after its peildatum.

    Returns:
        The outcome; with an empty scenario it equals the basis to the cent. The id of the scenario is its query.
    """
    if basis.prognose.empty:
        return Outcome(basis.prognose, basis.verloop, basis.saldo, _difference_frame([]), [])
    shifts, refused = _shifts(basis, scenario)
    name = scenario.to_query() or "basis"
    of_wet = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["wet"], strict=True))
    total: dict[tuple[str, str], dict[str, Array]] = {}
    for (onderdeel, side), causes in shifts.items():
        for place in (onderdeel, of_wet.get(onderdeel, "overig"), "totaal"):
            into = total.setdefault((place, side), {cause: np.zeros(12) for cause in CAUSES})
            for cause, cents in causes.items():
                into[cause] += cents
    moved = {key: np.cumsum(sum(causes.values())) / 100 for key, causes in total.items()}
    verloop = _verloop(basis.verloop, moved, name)
    prognose = _prognose(basis, moved, verloop, of_wet, name)
    rows = [
        (*key, cause, float(cents.sum()) / 100)
        for key, causes in sorted(total.items())
        for cause, cents in causes.items()
        if cents.any()
    ]
    return Outcome(prognose, verloop, _saldo(basis.saldo, moved, name), _difference_frame(rows), refused)


def _shifts(basis: Basis, scenario: Scenario) -> tuple[dict[tuple[str, str], dict[str, Array]], list[str]]:
    """Whole cents per month [12] of every assumption, by onderdeel and side."""
    first = basis.prognose.iloc[0]
    boekjaar, peildatum = int(first["boekjaar"]), pd.Timestamp(first["peildatum"]).date()
    done = 12 if peildatum.year > boekjaar else peildatum.month
    ahead = np.arange(12) >= done
    middle = {
        key: np.diff(path[:, 1], prepend=0.0)
        for key, path in _paths(basis.verloop).items()
        if key[0] not in AGGREGATEN and len(path) == 12
    }
    columns = (basis.clienten[c] for c in ("onderdeel", "stand", "instroom"))
    clients = {o: (float(stand), float(inflow)) for o, stand, inflow in zip(*columns, strict=True)}
    names = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["naam"], strict=True))
    result: dict[tuple[str, str], dict[str, Array]] = {}
    refused: list[str] = []
    for (onderdeel, side), months in middle.items():
        if side != "L":
            continue
        cost, inflow = _per_client(clients.get(onderdeel), months)
        found = {"maatregel": _measures(scenario, onderdeel, boekjaar, ahead)}
        most = float(np.maximum(np.where(ahead, months, 0.0), 0.0).sum())
        if -float(found["maatregel"].sum()) > most:
            found["maatregel"] *= most / -float(found["maatregel"].sum())
            name = names.get(onderdeel, onderdeel)
            refused.append(f"Bij {name} kan niet meer worden bespaard dan er nog wordt uitgegeven: {euros(most)}.")
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
    return result, refused


def _paths(verloop: pd.DataFrame) -> dict[tuple[str, str], Array]:
    """Courses [12, (p10, p50, p90)] by onderdeel and side, in order of month."""
    values = verloop[["p10_eur", "p50_eur", "p90_eur"]].to_numpy(dtype=float)
    places: dict[tuple[str, str], list[int]] = {}
    order = np.argsort(pd.to_datetime(verloop["maand"]).to_numpy(), kind="stable")
    onderdelen, sides = verloop["onderdeel"].tolist(), verloop["lasten_baten"].tolist()
    for i in order:
        places.setdefault((onderdelen[i], sides[i]), []).append(int(i))
    return {key: values[at] for key, at in places.items()}


def _per_client(clients: tuple[float, float] | None, months: Array) -> tuple[float | None, float | None]:
    """Euros a month per client, and new clients a month."""
    if clients is None or not clients[0] > 0:
        return None, None
    return max(float(months.sum()), 0.0) / 12 / clients[0], max(float(np.nan_to_num(clients[1])), 0.0)


def _measures(scenario: Scenario, onderdeel: str, boekjaar: int, ahead: Mask) -> Array:
    result = np.zeros(12)
    for m in scenario.maatregelen:
        if m.onderdeel != onderdeel:
            continue
        for k in np.flatnonzero(ahead):
            begin, days = dt.date(boekjaar, int(k) + 1, 1), 30.0
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


def _buig(basis: Basis, amount: float, done: int, result: dict[tuple[str, str], dict[str, Array]]) -> list[str]:
    """Put it where the Participatiewet has its largest income, in the months to come."""
    wet = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["wet"], strict=True))
    baten = basis.prognose[(basis.prognose["lasten_baten"] == "B")]
    baten = baten[[wet.get(o) == "participatiewet" for o in baten["onderdeel"]]]
    if baten.empty:
        return ["Er is geen prognose van de baten van de Participatiewet; de BUIG telt niet mee."]
    onderdeel = str(baten.loc[baten["p50_eur"].astype(float).idxmax(), "onderdeel"])
    months = np.zeros(12)
    if done < 12:
        months[done:] = np.round(amount * 100 / (12 - done))
        months[-1] += round(amount * 100) - months.sum()
    result[onderdeel, "B"] = {"buig": months}
    return []


def _moved(rows: pd.DataFrame, columns: list[str], shift: Array) -> dict[str, Array]:
    values = np.round(rows[columns].to_numpy(dtype=float) + shift[:, None], 2)
    return {column: values[:, i] for i, column in enumerate(columns)}


def _verloop(rows: pd.DataFrame, moved: dict[tuple[str, str], Array], name: str) -> pd.DataFrame:
    month = pd.to_datetime(rows["maand"]).dt.month.to_numpy() - 1
    keys = zip(rows["onderdeel"].tolist(), rows["lasten_baten"].tolist(), month, strict=True)
    shift = np.array([moved[o, s][m] if (o, s) in moved else 0.0 for o, s, m in keys])
    return rows.assign(**_moved(rows, ["p10_eur", "p50_eur", "p90_eur"], shift), scenario=name)


def _prognose(
    basis: Basis, moved: dict[tuple[str, str], Array], verloop: pd.DataFrame, of_wet: dict[str, str], name: str
) -> pd.DataFrame:
    rows = basis.prognose
    keys = list(zip(rows["onderdeel"].tolist(), rows["lasten_baten"].tolist(), strict=True))
    shift = np.array([moved[k][-1] if k in moved else 0.0 for k in keys])
    columns = _moved(rows, QUANTILES, shift)
    quantiles = np.column_stack(list(columns.values()))
    budget = _budgets(basis, of_wet)
    paths = _paths(verloop)
    boekjaar = int(rows["boekjaar"].iloc[0])
    chance = rows["kans_overschrijding"].to_numpy(dtype=float).copy()
    dates = {column: rows[column].tolist() for column in ("uitputting_p10", "uitputting_p50", "uitputting_p90")}
    for i, key in enumerate(keys):
        if not shift[i] or key not in budget or np.isnan(chance[i]):
            continue
        chance[i] = round(chance_above(quantiles[i], budget[key]), 4)
        if key[1] == "L" and key in paths:
            # The date with 10 % chance belongs to a dear year: the 90 % quantile of the outturn.
            for column, at in zip(dates, (2, 1, 0), strict=True):
                date = passing_date(boekjaar, paths[key][:, at], budget[key])
                dates[column][i] = pd.Timestamp(date) if date else pd.NaT
    as_dates = {column: pd.to_datetime(pd.Series(values, index=rows.index)) for column, values in dates.items()}
    # What was said against the primitive budget is about the base; a scenario is laid against the one in force only.
    unsaid = {column: rows[column].where(shift == 0) for column in rows.columns if "_primitief" in column}
    return rows.assign(**columns, kans_overschrijding=chance, **as_dates, **unsaid, scenario=name)


def _budgets(basis: Basis, of_wet: dict[str, str]) -> dict[tuple[str, str], float]:
    """Budget in force of onderdelen and sums."""
    budget: dict[tuple[str, str], float] = {}
    rows = basis.begroting
    for onderdeel, side, amount in zip(
        rows["onderdeel"].tolist(), rows["lasten_baten"].tolist(), rows["actueel_eur"].tolist(), strict=True
    ):
        for place in (onderdeel, of_wet.get(onderdeel, "overig"), "totaal"):
            budget[place, side] = budget.get((place, side), 0.0) + float(amount)
    return budget


def _saldo(rows: pd.DataFrame, moved: dict[tuple[str, str], Array], name: str) -> pd.DataFrame:
    onderdelen = rows["onderdeel"].tolist()
    end = {key: float(path[-1]) for key, path in moved.items()}
    shift = np.array([end.get((o, "B"), 0.0) - end.get((o, "L"), 0.0) for o in onderdelen])
    columns = _moved(rows, QUANTILES, shift) if len(rows) else {}
    chance = rows["kans_nadeel"].to_numpy(dtype=float).copy()
    begroot = rows["begroot_eur"].to_numpy(dtype=float)
    for i in np.flatnonzero(shift):
        if np.isfinite(begroot[i]):
            quantiles = np.array([columns[column][i] for column in QUANTILES])
            chance[i] = round(1.0 - chance_above(quantiles, float(begroot[i])), 4)
    return rows.assign(**columns, kans_nadeel=chance, scenario=name)


def _difference_frame(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["onderdeel", "lasten_baten", "oorzaak", "effect_eur"])
