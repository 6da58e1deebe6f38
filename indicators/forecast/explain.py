"""Why the forecast differs from the budget in force: causes in euros that add up to the cent.

From last year's outturn (without single bookings) and what is usual, through volume, price and duration, to the
forecast; from the budget to that same starting point. Method: /docs/verklaring.md.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.forecast import explain_text as text
from indicators.forecast.explain_causes import Cause, Part, cents, explain, without_crumbs
from indicators.forecast.explain_data import read_data
from indicators.forecast.explain_factors import change, pace
from indicators.forecast.explain_known import AsKnown
from indicators.forecast.explain_late import HeldBack, held_back
from indicators.forecast.explain_steps import Key, KnownStep, in_euros, put_back, read_steps
from indicators.forecast.late import late_rows

TABLE = "mart.fct_verklaring"
_PROGNOSE = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(p50_eur AS DOUBLE) AS p50 FROM mart.fct_prognose
    WHERE methode = 'model' AND scenario = 'basis' AND p50_eur IS NOT NULL AND peildatum <= $1
    ORDER BY peildatum, onderdeel, lasten_baten
"""
Row = dict[str, Any]


def explanations(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Explain every forecast of the running year.

    Args:
        connection: Database with the marts and mart.fct_prognose filled (read only).
        peildatum: Nothing dated later is used; each earlier peildatum is explained with what was known then.

    Returns:
        mart.fct_verklaring, in euros: for every onderdeel and sum with a forecast by the model and a budget.
    """
    prognose = connection.execute(_PROGNOSE, [peildatum]).df()
    rows: list[Row] = []
    if not prognose.empty:
        prognose = prognose[prognose["boekjaar"] == prognose["boekjaar"].max()]
        data = read_data(connection, prognose["peildatum"].min().date(), peildatum)
        slower, steps = _slower(connection, peildatum), read_steps(connection, peildatum)
        for (boekjaar, date), of in prognose.groupby(["boekjaar", "peildatum"]):
            cut = AsKnown(data, int(boekjaar), date.date())
            p50 = {(r.onderdeel, r.lasten_baten): float(r.p50) for r in of.itertuples()}
            rows += _of_cut(cut, p50, slower, steps)
    return {TABLE: pd.DataFrame(rows, columns=BY_NAME[TABLE].column_names)}


def _slower(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[tuple[dt.date, str], float]:
    """What is still to come because bills come slower than usual, over the running year."""
    result: dict[tuple[dt.date, str], float] = {}
    for row in late_rows(connection, peildatum):
        if row["maand"].year == row["boekjaar"]:
            key = (row["peildatum"], row["onderdeel"])
            result[key] = result.get(key, 0.0) + row.get("trager_eur", 0.0)
    return result


def _of_cut(
    cut: AsKnown,
    p50: dict[tuple[str, str], float],
    slower: dict[tuple[dt.date, str], float],
    steps: dict[Key, list[KnownStep]],
) -> list[Row]:
    parts = []
    facts = {key: cut.known(*key) for key in p50 if key[0] not in AGGREGATEN and key in cut.budget}
    paces = {key: pace(known) for key, known in facts.items()}
    for (onderdeel, lb), known in facts.items():
        value, peers = p50[onderdeel, lb], [p for (o, side), p in paces.items() if o != onderdeel and side == lb]
        # Who was declared tells it best; else what the pattern of late bills says.
        late = held_back(known) or HeldBack(slower.get((cut.peildatum, onderdeel), 0.0) if lb == "L" else 0.0)
        usual = value - in_euros(steps.get((cut.peildatum, onderdeel, lb), []))
        parts.append(Part(onderdeel, lb, usual, cut.budget[onderdeel, lb], known, change(known, peers), late))
    explained: dict[tuple[str, str], dict[str, Cause]] = {}
    for part in parts:
        of_side = [p for p in parts if p.lasten_baten == part.lasten_baten]
        same_wet = [p for p in of_side if cut.data.wet.get(p.onderdeel) == cut.data.wet.get(part.onderdeel)]
        known_steps = steps.get((cut.peildatum, part.onderdeel, part.lasten_baten), [])
        explained[part.onderdeel, part.lasten_baten] = put_back(explain(cut, part, same_wet), known_steps)
    rows = [row for key, causes in explained.items() for row in _rows(cut, key, causes)]
    for (onderdeel, lb), value in p50.items():
        if onderdeel in AGGREGATEN:
            members = {k: v for k, v in explained.items() if k[1] == lb and _in(cut, k[0], onderdeel)}
            begroot = [v for k, v in cut.budget.items() if k[1] == lb and _in(cut, k[0], onderdeel)]
            if members and begroot:
                total = cents(value) - sum(cents(b) for b in begroot)
                rows += _rows(cut, (onderdeel, lb), _sum(cut, members, total, lb))
    return rows


def _in(cut: AsKnown, onderdeel: str, aggregate: str) -> bool:
    return aggregate == "totaal" or cut.data.wet.get(onderdeel, "overig") == aggregate


def _sum(cut: AsKnown, members: dict[tuple[str, str], dict[str, Cause]], total: int, lb: str) -> dict[str, Cause]:
    """Causes of a sum: those of its onderdelen together; what its own middle outcome differs is added to `overig`."""
    found = {}
    for cause in sorted({c for causes in members.values() for c in causes}):
        effects = {o: causes[cause].cents for (o, _), causes in members.items() if cause in causes}
        amount = sum(effects.values())
        largest = sorted((o for o in effects if effects[o] * amount > 0), key=lambda o: -abs(effects[o]))[:2]
        names = [cut.data.names.get(o, o) for o in largest]
        sentence = text.of_sum(cause, amount / 100, names, lb == "L")
        found[cause] = Cause(amount, sentence, "som van de onderdelen")
    left = total - sum(cause.cents for cause in found.values())
    rest = found["overig"].cents + left if "overig" in found else left
    sentence = text.rest_of_sum(rest / 100, left / 100, lb == "L")
    found["overig"] = Cause(rest, sentence, "som van de onderdelen")
    return without_crumbs(found)


def _rows(cut: AsKnown, key: tuple[str, str], causes: dict[str, Cause]) -> list[Row]:
    shown = {name: cause for name, cause in causes.items() if cause.cents} or {"overig": causes["overig"]}
    order = sorted(shown, key=lambda name: (-abs(shown[name].cents), name))
    return [
        {
            "boekjaar": cut.boekjaar,
            "peildatum": cut.peildatum,
            "onderdeel": key[0],
            "lasten_baten": key[1],
            "oorzaak": name,
            "volgorde": place,
            "effect_eur": shown[name].cents / 100,
            "zin": shown[name].sentence,
            "detail": shown[name].detail,
        }
        for place, name in enumerate(order, start=1)
    ]
