"""A scenario applied to published forecasts: coherent over onderdeel, wet and total, with its difference explained.

An assumption moves the middle and the band alike: it is taken as certain, so the band says what it said before. Only
what is spent already cannot be saved any more (scenario_floor.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.core.period import MAANDEN
from indicators.forecast.course import passing_date
from indicators.forecast.panel import Array
from indicators.forecast.scenario import Scenario
from indicators.forecast.scenario_basis import Basis, read_basis
from indicators.forecast.scenario_effects import CAUSES, Wanted, left_out, less_in_a_cheap_year, wanted
from indicators.forecast.scenario_floor import COURSES, Course, Key, courses, taken_back, within
from indicators.forecast.simulate import QUANTILES, chance_above

__all__ = ["Basis", "Outcome", "apply", "read_basis"]


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
    first = basis.prognose.iloc[0]
    peildatum = pd.Timestamp(first["peildatum"]).date()
    done = 12 if peildatum.year > int(first["boekjaar"]) else peildatum.month
    known = courses(basis.verloop, done)
    asked = wanted(basis, scenario, known, done)
    of_wet = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["wet"], strict=True))
    sums: dict[Key, list[Key]] = {}
    for onderdeel, side in asked.cents:
        for place in (of_wet.get(onderdeel, "overig"), "totaal"):
            sums.setdefault((place, side), []).append((onderdeel, side))
    moved = within({key: np.cumsum(sum(causes.values())) for key, causes in asked.cents.items()}, known, sums)
    causes, refused = _causes(basis, asked, moved, MAANDEN[done % 12])
    for place, members in sums.items():
        moved[place] = np.sum([moved[key] for key in members], axis=0)
        causes[place] = {cause: sum(causes[key].get(cause, 0.0) for key in members) for cause in CAUSES}
    name = scenario.to_query() or "basis"
    verloop = _verloop(basis.verloop, known, moved, name)
    prognose = _prognose(basis, known, moved, verloop, of_wet, name)
    rows = [
        (*key, cause, of[cause] / 100) for key, of in sorted(causes.items()) for cause in CAUSES if of.get(cause, 0.0)
    ]
    said = [*asked.refused, *refused, *_cheap_years(basis, prognose, moved)]
    return Outcome(prognose, verloop, _saldo(basis, prognose, moved, name), _difference_frame(rows), said)


def _cheap_years(basis: Basis, prognose: pd.DataFrame, moved: dict[Key, Array]) -> list[str]:
    """Sentences on onderdelen of which p10 could not fall as far as p50, by as much as is ever written out."""
    less = prognose["p10_eur"].astype(float) - basis.prognose["p10_eur"].astype(float)
    names = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["naam"], strict=True))
    found = zip(prognose["onderdeel"], prognose["lasten_baten"], less, strict=True)
    return [
        less_in_a_cheap_year(names[o])
        for o, side, change in found
        if side == "L" and o in names and (o, side) in moved and change - moved[o, side][-1] / 100 > 500
    ]


def _causes(
    basis: Basis, asked: Wanted, moved: dict[Key, Array], since: str
) -> tuple[dict[Key, dict[str, float]], list[str]]:
    """Cents of the year by onderdeel, side and cause, as far as they can be done; and in Dutch what cannot."""
    names = dict(zip(basis.onderdelen["onderdeel"], basis.onderdelen["naam"], strict=True))
    result, refused = {}, []
    for key, months in asked.cents.items():
        whole = {cause: float(cents.sum()) for cause, cents in months.items()}
        result[key] = taken_back(whole, float(moved[key][-1]))
        refused.append(left_out(whole, result[key], key[1], names.get(key[0], key[0]), since))
    return result, [line for line in refused if line]


def _verloop(rows: pd.DataFrame, known: dict[Key, Course], moved: dict[Key, Array], name: str) -> pd.DataFrame:
    month = pd.to_datetime(rows["maand"]).dt.month.to_numpy() - 1
    after = {key: known[key].moved(cents) for key, cents in moved.items() if key in known and cents.any()}
    values = rows[COURSES].to_numpy(dtype=float).copy()
    keys = zip(rows["onderdeel"].tolist(), rows["lasten_baten"].tolist(), strict=True)
    for i, (key, m) in enumerate(zip(keys, month.tolist(), strict=True)):
        if key in after:
            values[i] = after[key][m]
    return rows.assign(**_columns(COURSES, values), scenario=name)


def _columns(names: list[str], values: Array) -> dict[str, Array]:
    return {name: np.round(values[:, i], 2) for i, name in enumerate(names)}


def _prognose(
    basis: Basis,
    known: dict[Key, Course],
    moved: dict[Key, Array],
    verloop: pd.DataFrame,
    of_wet: dict[str, str],
    name: str,
) -> pd.DataFrame:
    rows = basis.prognose
    keys = list(zip(rows["onderdeel"].tolist(), rows["lasten_baten"].tolist(), strict=True))
    shift = np.array([moved[k][-1] / 100 if k in moved else 0.0 for k in keys])
    base = rows[QUANTILES].to_numpy(dtype=float)
    quantiles = base + shift[:, None]
    for i in np.flatnonzero(shift).tolist():
        if keys[i] in known:
            quantiles[i] = known[keys[i]].quantiles(base[i], shift[i] * 100)
    quantiles = np.round(quantiles, 2)
    columns = _columns(QUANTILES, quantiles)
    budget = _budgets(basis, of_wet)
    paths = {key: course.path for key, course in courses(verloop, 0).items()}
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


def _saldo(basis: Basis, prognose: pd.DataFrame, moved: dict[Key, Array], name: str) -> pd.DataFrame:
    """The saldo moves as its middle does; where there are lasten only, also by what a cheap year cannot save."""
    rows = basis.saldo
    onderdelen = rows["onderdeel"].tolist()
    end = {key: float(cents[-1]) / 100 for key, cents in moved.items()}
    keys = list(zip(prognose["onderdeel"].tolist(), prognose["lasten_baten"].tolist(), strict=True))
    change = prognose[QUANTILES].to_numpy(dtype=float) - basis.prognose[QUANTILES].to_numpy(dtype=float)
    kept = {key: change[i] - end[key] for i, key in enumerate(keys) if key in end and (key[0], "B") not in keys}
    shift = np.array([end.get((o, "B"), 0.0) - end.get((o, "L"), 0.0) for o in onderdelen])
    values = rows[QUANTILES].to_numpy(dtype=float).copy()
    chance = rows["kans_nadeel"].to_numpy(dtype=float).copy()
    begroot = rows["begroot_eur"].to_numpy(dtype=float)
    for i in np.flatnonzero(shift):
        values[i] += shift[i] - kept.get((onderdelen[i], "L"), np.zeros(5))[::-1]
        values[i] = np.round(np.maximum.accumulate(values[i]), 2)
        if np.isfinite(begroot[i]):
            chance[i] = round(1.0 - chance_above(values[i], float(begroot[i])), 4)
    return rows.assign(**_columns(QUANTILES, values), kans_nadeel=chance, scenario=name)


def _difference_frame(rows: list[tuple[str, str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["onderdeel", "lasten_baten", "oorzaak", "effect_eur"])
