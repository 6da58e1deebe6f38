"""Why the forecast differs from the budget in force: causes in euros that add up to the cent.

From last year's outturn (without single bookings) and what is usual, through volume, price and duration, to the
forecast; from the budget to that same starting point. Method: /docs/verklaring.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.forecast import explain_text as text
from indicators.forecast.explain_data import YEARS, Cut, Known, read_data
from indicators.forecast.explain_factors import LEDGER, MOST_USUAL, Change, alone, change, growth
from indicators.forecast.late import late_rows

TABLE = "mart.fct_verklaring"
#: Earlier years of all onderdelen of a wet together count as so many own ones, for what is usual.
POOL_YEARS = 2.0
#: Of past growth of a total this much is thought to go on: growth dies out.
DAMPED = 0.5
ONE_EURO = 100
_PROGNOSE = """
    SELECT boekjaar, peildatum, onderdeel, lasten_baten, CAST(p50_eur AS DOUBLE) AS p50 FROM mart.fct_prognose
    WHERE methode = 'model' AND scenario = 'basis' AND p50_eur IS NOT NULL AND peildatum <= $1
    ORDER BY peildatum, onderdeel, lasten_baten
"""
Row = dict[str, Any]


@dataclass(frozen=True)
class Cause:
    """One cause: effect in whole cents, its sentence and what it was made from."""

    cents: int
    sentence: str
    detail: str


@dataclass(frozen=True)
class _Part:
    """An onderdeel at a cut, before it is explained."""

    onderdeel: str
    lasten_baten: str
    p50: float
    begroot: float
    known: Known
    change: Change | None
    slower: float


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
        slower = _slower(connection, peildatum)
        for (boekjaar, date), of in prognose.groupby(["boekjaar", "peildatum"]):
            cut = Cut(data, int(boekjaar), date.date())
            p50 = {(r.onderdeel, r.lasten_baten): float(r.p50) for r in of.itertuples()}
            rows += _of_cut(cut, p50, slower)
    return {TABLE: pd.DataFrame(rows, columns=BY_NAME[TABLE].column_names)}


def _slower(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[tuple[dt.date, str], float]:
    """What is still to come because bills come slower than usual, over the running year."""
    result: dict[tuple[dt.date, str], float] = {}
    for row in late_rows(connection, peildatum):
        if row["maand"].year == row["boekjaar"]:
            key = (row["peildatum"], row["onderdeel"])
            result[key] = result.get(key, 0.0) + row.get("trager_eur", 0.0)
    return result


def _of_cut(cut: Cut, p50: dict[tuple[str, str], float], slower: dict[tuple[dt.date, str], float]) -> list[Row]:
    parts = []
    for (onderdeel, lb), value in p50.items():
        if onderdeel in AGGREGATEN or (onderdeel, lb) not in cut.budget:
            continue
        known = cut.known(onderdeel, lb)
        late = slower.get((cut.peildatum, onderdeel), 0.0) if lb == "L" else 0.0
        parts.append(_Part(onderdeel, lb, value, cut.budget[onderdeel, lb], known, change(known), late))
    explained: dict[tuple[str, str], dict[str, Cause]] = {}
    for part in parts:
        peers = [p for p in parts if p.lasten_baten == part.lasten_baten]
        same_wet = [p for p in peers if cut.data.wet.get(p.onderdeel) == cut.data.wet.get(part.onderdeel)]
        explained[part.onderdeel, part.lasten_baten] = _explain(cut, part, same_wet)
    rows = [row for key, causes in explained.items() for row in _rows(cut, key, causes)]
    for (onderdeel, lb), value in p50.items():
        if onderdeel in AGGREGATEN:
            members = {k: v for k, v in explained.items() if k[1] == lb and _in(cut, k[0], onderdeel)}
            begroot = [v for k, v in cut.budget.items() if k[1] == lb and _in(cut, k[0], onderdeel)]
            if members and begroot:
                total = _cents(value) - sum(_cents(b) for b in begroot)
                rows += _rows(cut, (onderdeel, lb), _sum(cut, members, total, lb))
    return rows


def _in(cut: Cut, onderdeel: str, aggregate: str) -> bool:
    return aggregate == "totaal" or cut.data.wet.get(onderdeel, "overig") == aggregate


def _explain(cut: Cut, part: _Part, peers: list[_Part]) -> dict[str, Cause]:
    """Causes of one onderdeel; what cannot be measured ends in `overig`."""
    lasten, found = part.lasten_baten == "L", {}
    decided = _decided(cut, part)
    # What the ministry sets is paid in parts, with what was too little before in one of them.
    single = [] if decided is not None else alone(part.known)
    now = sum(v for y, _, v in single if y == YEARS)
    last = float(part.known.outturn[-1]) - sum(v for y, _, v in single if y == YEARS - 1)
    if not np.isfinite(last) or last <= 0 or part.p50 - now <= 0:
        amount = _cents(part.p50) - _cents(part.begroot)
        return {"overig": Cause(amount, text.rest(amount / 100, LEDGER, lasten), LEDGER)}
    moved = part.change
    detail = moved.detail if moved else LEDGER
    if now:
        months = [m for y, m, _ in single if y == YEARS]
        found["incidenteel"] = Cause(_cents(now), text.single(now, months, lasten), detail)
    if moved is None:
        usual = _usual_growth(part, peers)
        start = last * float(np.exp(usual)) if decided is None else last + decided
    else:
        usual = moved.usual
        start = last * float(np.exp(usual))
        found |= _measured(part, moved, part.p50 - now, start)
    gap = start - part.begroot
    changes = cut.changes.get((part.onderdeel, part.lasten_baten), 0.0)
    sentence = text.budget(gap, usual, changes if np.isfinite(changes) else 0.0, lasten, decided is not None)
    found["begroting"] = Cause(_cents(gap), sentence, detail)
    left = _cents(part.p50) - _cents(part.begroot) - sum(cause.cents for cause in found.values())
    if abs(left) < ONE_EURO:
        # Rounding of the others: it belongs to the largest, and is no cause to read about.
        largest = max(found, key=lambda name: abs(found[name].cents))
        found[largest], left = replace(found[largest], cents=found[largest].cents + left), 0
    found["overig"] = Cause(left, text.rest(left / 100, detail, lasten), detail)
    return found


def _decided(cut: Cut, part: _Part) -> float | None:
    """Change of the state money for benefits since last year, where these baten are that money."""
    buig = cut.buig()
    if part.lasten_baten != "B" or buig is None or cut.data.wet.get(part.onderdeel) != "participatiewet":
        return None
    return buig[0] - buig[1] if 0.7 < float(part.known.outturn[-1]) / max(buig[1], 1.0) < 1.3 else None


def _measured(part: _Part, moved: Change, ordinary: float, start: float) -> dict[str, Cause]:
    """Effects of volume, price and duration: logarithmic mean weights (LMDI), so that they add up exactly."""
    weight = _log_mean(ordinary, start)
    effects = {
        "aantal": (moved.volume - moved.new - moved.ended) * weight,
        "nieuw": moved.new * weight,
        "beeindigd": moved.ended * weight,
        "prijs": moved.price * weight,
        "duur": moved.duration * weight,
    }
    left = ordinary - start - sum(effects.values())
    # Slow billing explains what is left, at most what it holds back so far, carried on over the year as forecasts do.
    holds = part.slower * 12.0 / part.known.month
    late = float(np.clip(left, min(0.0, -holds), max(0.0, -holds)))
    sentences = {
        "aantal": text.clients(effects["aantal"], bool(moved.new or moved.ended)),
        "nieuw": text.new_clients(effects["nieuw"]),
        "beeindigd": text.ended_clients(effects["beeindigd"]),
        "prijs": text.price(effects["prijs"], moved),
        "duur": text.duration(effects["duur"], moved),
        "nog_te_ontvangen": text.late(late),
    }
    effects["nog_te_ontvangen"] = late
    return {name: Cause(_cents(v), sentences[name], moved.detail) for name, v in effects.items()}


def _usual_growth(part: _Part, peers: list[_Part]) -> float:
    own = growth(part.known)[:3]
    pool = [float(np.median(g)) for p in peers if (g := growth(p.known)[:3])]
    middle = float(np.median(pool)) if pool else 0.0
    mean = (sum(own) + POOL_YEARS * middle) / (len(own) + POOL_YEARS)
    return float(np.clip(DAMPED * mean, -MOST_USUAL, MOST_USUAL))


def _log_mean(a: float, b: float) -> float:
    return a if abs(a / b - 1.0) < 1e-9 else (a - b) / float(np.log(a / b))


def _sum(cut: Cut, members: dict[tuple[str, str], dict[str, Cause]], total: int, lb: str) -> dict[str, Cause]:
    """Causes of a sum: those of its onderdelen together; what its own middle outcome differs is added to `overig`."""
    found = {}
    for cause in sorted({c for causes in members.values() for c in causes}):
        effects = {o: causes[cause].cents for (o, _), causes in members.items() if cause in causes}
        cents = sum(effects.values())
        largest = sorted((o for o in effects if effects[o] * cents > 0), key=lambda o: -abs(effects[o]))[:2]
        names = [cut.data.names.get(o, o) for o in largest]
        sentence = text.of_sum(cause, cents / 100, names, lb == "L")
        found[cause] = Cause(cents, sentence, "som van de onderdelen")
    left = total - sum(cause.cents for cause in found.values())
    rest = found["overig"].cents + left if "overig" in found else left
    found["overig"] = Cause(rest, text.of_sum("overig", rest / 100, [], lb == "L"), "som van de onderdelen")
    return found


def _rows(cut: Cut, key: tuple[str, str], causes: dict[str, Cause]) -> list[Row]:
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


def _cents(euros: float) -> int:
    return round(euros * 100)
