"""What the figures say, in one Dutch sentence each: the conclusion comes before the picture. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from dashboard import formatting as f
from dashboard.apart import euro_texts, spread
from dashboard.theme import BESLISGRENS

#: Below this difference the monitor says "ongeveer gelijk": it rounds to nothing in millions with one decimal.
RUIS_EUR = 50_000
#: Late invoices of less are not worth a sentence.
LATE_EUR = 500
KWANTIELEN = (("p10_eur", 0.10), ("p25_eur", 0.25), ("p50_eur", 0.50), ("p75_eur", 0.75), ("p90_eur", 0.90))


def euros_at_risk(row: Any, steps: int = 200) -> float:
    """Give the expected overspending in euros: the mean of max(outturn - budget, 0) over the forecast.

    The outturn's distribution is the line through the five quantiles, flat outside them. Unlike the expected difference
    this counts a budget that will probably end in balance but may go far over, and no windfall pays for it.

    Args:
        row: With p10_eur .. p90_eur and actueel_eur (a missing budget counts as 0). NaN without a forecast.
        steps: Points at which the distribution is read.
    """
    known = [(p, row[name]) for name, p in KWANTIELEN if not f.missing(row[name])]
    if not known:
        return float("nan")
    budget = 0.0 if f.missing(row["actueel_eur"]) else float(row["actueel_eur"])
    at = (np.arange(steps) + 0.5) / steps
    outturn = np.interp(at, [p for p, _ in known], [float(v) for _, v in known])
    return float(np.maximum(outturn - budget, 0).mean())


def _year_phrase(boekjaar: int, peildatum: date | None) -> str:
    return "dit jaar" if peildatum and peildatum.year == boekjaar else f"over {boekjaar}"


def side(difference: float) -> str:
    """Say on which side of the budget an amount lies: "€ 0,9 miljoen boven de begroting"."""
    if abs(difference) < RUIS_EUR:
        return "ongeveer op de begroting"
    return f"{f.euro_text(difference)} {'boven' if difference > 0 else 'onder'} de begroting"


def conclusion(row: Any, boekjaar: int, naam: str = "Het sociaal domein") -> str:
    """Say where a budget ends: "De Wmo komt dit jaar naar verwachting € 0,9 miljoen boven de begroting uit.".

    Args:
        row: One row of queries.budgetten; None or a row without a model forecast says that there is none.
        boekjaar: The year it is about.
        naam: Subject of the sentence.
    """
    if row is None or f.missing(row["p50_eur"]):
        return f"Voor {naam[0].lower() + naam[1:]} is nog geen prognose over {boekjaar} te maken."
    when = _year_phrase(boekjaar, f.as_date(row["peildatum"]))
    if f.missing(row["actueel_eur"]):
        return f"{naam} komt {when} naar verwachting uit op {f.euro_text(row['p50_eur'])}; de begroting is niet bekend."
    return f"{naam} komt {when} naar verwachting {side(row['p50_eur'] - row['actueel_eur'])} uit."


def band(row: Any) -> str:
    """Say how sure that is: "Waarschijnlijk (80 %) tussen € 0,2 miljoen onder en € 2,1 miljoen boven de begroting"."""
    if row is None or f.missing(row["p10_eur"]) or f.missing(row["p90_eur"]) or f.missing(row["actueel_eur"]):
        return ""
    words = spread(row["p10_eur"] - row["actueel_eur"], row["p90_eur"] - row["actueel_eur"])
    return f"Waarschijnlijk (80 %) {words} de begroting."


def last_time(earlier: pd.DataFrame, row: Any) -> str:
    """Say what the forecast before this one said, against the budget that is in force now."""
    if earlier.empty or row is None or f.missing(row["actueel_eur"]):
        return ""
    before, now = f.as_date(earlier.iloc[0]["peildatum"]), f.as_date(row["peildatum"])
    if before is None or now is None:
        return ""
    months = (now.year - before.year) * 12 + now.month - before.month
    when = "Vorige maand" if months == 1 else f"Op {f.datum(before)}"
    return f"{when} zeiden we: {side(earlier.iloc[0]['p50_eur'] - row['actueel_eur'])}."


@dataclass(frozen=True)
class TrackRecord:
    """How right the forecasts of one peilmaand were.

    Attributes:
        jaren: Years counted.
        fout: Sum of absolute errors as a share of the sum of outturns (WAPE) of the model; NaN without years.
        lineair: The same for drawing the line through.
        binnen: Years in which the outturn lay within the 80 % band.
        met_band: Years that had a band.
    """

    jaren: int
    fout: float
    lineair: float
    binnen: int
    met_band: int


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the moments at which the model made a forecast: an easy or hard year of one method only would decide.

    The plain methods need no earlier year and so begin sooner than the model.

    Args:
        frame: queries.terugtoets, one onderdeel. Without any forecast of the model it stays as it is.
    """
    model = frame[frame["methode"] == "model"]
    if model.empty:
        return frame
    moments = pd.MultiIndex.from_frame(model[["boekjaar", "peilmaand"]])
    return frame[pd.MultiIndex.from_frame(frame[["boekjaar", "peilmaand"]]).isin(moments)]


def track_record(frame: pd.DataFrame, peilmaand: int | None = None) -> TrackRecord:
    """Measure the forecasts in queries.terugtoets for one peilmaand, or for all of them, each method over the same."""
    rows = comparable(frame if peilmaand is None else frame[frame["peilmaand"] == peilmaand])
    rows = rows[rows["uitkomst_eur"].notna() & rows["voorspeld_eur"].notna()]

    def wape(methode: str) -> float:
        part = rows[rows["methode"] == methode]
        total = float(part["uitkomst_eur"].abs().sum())
        return float((part["voorspeld_eur"] - part["uitkomst_eur"]).abs().sum()) / total if total else float("nan")

    model = rows[rows["methode"] == "model"]
    banded = model[model["p10_eur"].notna() & model["p90_eur"].notna()]
    inside = ((banded["p10_eur"] <= banded["uitkomst_eur"]) & (banded["uitkomst_eur"] <= banded["p90_eur"])).sum()
    return TrackRecord(model["boekjaar"].nunique(), wape("model"), wape("lineair"), int(inside), len(banded))


@dataclass(frozen=True)
class Beside:
    """Two methods over the same forecasts.

    Attributes:
        keren: Forecasts (years times months) that both made.
        fout: Error of the other method over those, as a share of the outturns (WAPE); NaN without any.
        model: The same of the model.
    """

    keren: int
    fout: float
    model: float


def beside(frame: pd.DataFrame, methode: str) -> Beside:
    """Compare a method with the model where both have a forecast: another choice of years would decide who is better.

    Args:
        frame: queries.terugtoets, one onderdeel.
        methode: The other method.
    """
    rows = frame[frame["uitkomst_eur"].notna() & frame["voorspeld_eur"].notna()].drop_duplicates(
        ["boekjaar", "peilmaand", "methode"]
    )
    rows = rows.set_index(["boekjaar", "peilmaand"])
    model, other = (rows[rows["methode"] == name] for name in ("model", methode))
    both = model.index.intersection(other.index)
    size = float(model.loc[both, "uitkomst_eur"].abs().sum())
    if not size:
        return Beside(0, float("nan"), float("nan"))
    off = [float((of.loc[both, "voorspeld_eur"] - of.loc[both, "uitkomst_eur"]).abs().sum()) for of in (other, model)]
    return Beside(len(both), off[0] / size, off[1] / size)


def track_sentence(record: TrackRecord, peilmaand: int) -> str:
    """Say how right earlier forecasts in this month of the year were."""
    if not record.jaren or f.missing(record.fout):
        return "Er zijn nog te weinig afgesloten jaren om te zeggen hoe goed deze prognose eerder was."
    years = "het afgelopen jaar" if record.jaren == 1 else f"de afgelopen {f.telwoord(record.jaren)} jaar"
    zat = "zat de prognose" if record.jaren == 1 else "zat de prognose gemiddeld"
    return f"In {f.MAANDEN[peilmaand - 1]} van {years} {zat} {f.percent(record.fout, 1)} naast de uitkomst."


def coverage_sentence(record: TrackRecord) -> str:
    """Say how often the outturn lay within the band, beside what the band promises."""
    if not record.met_band:
        return ""
    return f"De uitkomst lag {record.binnen} van de {record.met_band} keer binnen de band; bedoeld is 8 van de 10."


def income(expected: Any, budget: Any, costs: Any, costs_budget: Any, closed: bool = False) -> str:
    """Say what comes in and what is left to pay: "Baten: verwacht € 4,0 miljoen, begroot € 3,9 miljoen. Saldo ...".

    Args:
        expected: Baten at the end of the year in euros; None when that is not known.
        budget: Baten in the budget in force.
        costs: Lasten at the end of the year.
        costs_budget: Lasten in the budget in force.
        closed: The year is over: these are outturns and no expectations.
    """
    word = "uitkomst" if closed else "verwacht"

    def amounts(end: Any, planned: Any) -> str:
        shown = [(name, v) for name, v in ((word, end), ("begroot", planned)) if not f.missing(v)]
        texts = euro_texts(*(v for _, v in shown))
        return ", ".join(f"{name} {_signed(v, t)}" for (name, v), t in zip(shown, texts, strict=True))

    first = amounts(expected, budget)
    if not first:
        return ""
    left = [None if f.missing(a) or f.missing(b) else a - b for a, b in ((costs, expected), (costs_budget, budget))]
    second = amounts(*left)
    return f"Baten: {first}." + (f" Saldo (lasten min baten): {second}." if second else "")


def late_invoices(open_eur: pd.Series) -> str:
    """Say what is still to come for the months so far; "" when that is nothing to speak of.

    Args:
        open_eur: nog_te_ontvangen_eur of the course, month by month; missing after the peildatum.
    """
    known = open_eur.dropna()
    if known.empty or known.iloc[-1] < LATE_EUR:
        return ""
    return f"Naar schatting komt er nog {f.euro_text(known.iloc[-1])} aan facturen binnen over de afgelopen maanden."


def _signed(value: float, text: str) -> str:
    return f"{f.MINUS if value < 0 else ''}{text}"


def at_risk(rows: pd.DataFrame) -> str:
    """Count the budgets that will probably not last, as the title of the overview's picture."""
    known = rows[rows["kans_overschrijding"].notna()]
    if known.empty:
        return "Voor geen enkel budget is al een prognose te maken"
    sure, likely = (int((known["kans_overschrijding"] >= limit).sum()) for limit in (BESLISGRENS, 0.5))
    if sure:
        raken = "budget raakt" if sure == 1 else "budgetten raken"
        return f"{f.telwoord(sure, True)} {raken} zeer waarschijnlijk op voor het jaar om is"
    if likely:
        gaan = "budget gaat" if likely == 1 else "budgetten gaan"
        return f"{f.telwoord(likely, True)} {gaan} eerder over de begroting dan eronder blijven"
    return "Alle budgetten zijn naar verwachting genoeg tot het eind van het jaar"


def attention(rows: pd.DataFrame) -> str:
    """Say how many signals there are and how large the largest is; no sum, since two may be about the same euros.

    Not that all of them ask for attention: an indicator that gets better is a signal too.

    Args:
        rows: queries.signalen; effects may be missing.
    """
    count, largest = len(rows), rows["effect_eur"].max()
    said = f"{f.telwoord(count, capital=True)} {'signaal' if count == 1 else 'signalen'}"
    if f.missing(largest) or largest < RUIS_EUR:
        return said
    size = "het gaat om" if count == 1 else "het grootste is"
    return f"{said}: {size} {f.euro_text(largest)} dit jaar"


def needs_decision(rows: pd.DataFrame) -> str:
    """Say how many budgets will very probably overspend, and by how much together.

    Args:
        rows: queries.budgetten of onderdelen (no sums), with a forecast.
    """
    risky = rows[rows["kans_overschrijding"].fillna(0) >= BESLISGRENS]
    if risky.empty:
        return "Geen enkel budget komt zo waarschijnlijk tekort dat er nu een besluit nodig is."
    over = float((risky["p50_eur"] - risky["actueel_eur"].fillna(0)).clip(lower=0).sum())
    count = f.telwoord(len(risky), capital=True)
    if len(risky) == 1:
        return f"{count} budget komt zeer waarschijnlijk tekort: naar verwachting {f.euro_text(over)}."
    return f"{count} budgetten komen zeer waarschijnlijk tekort: naar verwachting samen {f.euro_text(over)}."
