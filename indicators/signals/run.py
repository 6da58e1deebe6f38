"""Runs every rule over what was known at a peildatum and fills mart.fct_signaal and mart.dim_signaalregel."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import asdict, replace

import duckdb
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.signals import texts
from indicators.signals.explained import as_explained
from indicators.signals.facts import Facts
from indicators.signals.measured import measured
from indicators.signals.merge import merge
from indicators.signals.prognosis import track_record
from indicators.signals.record import Cijfer, Regel, Signal, rules

#: Hoog: this share of the whole budget of the social domain, middel: a tenth of that.
HIGH, MIDDLE = 0.005, 0.0005
#: Below this certainty no signal is hoog.
SURE = 0.9


def signals(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Raise the signals of a peildatum.

    Args:
        connection: Database with the marts, fct_prognose, fct_terugtoets and meta.levering.
        peildatum: Nothing dated later is used, so an earlier date gives what would have been raised then (as far as the
            marts keep their peildata: programmes and savings targets only have their newest state).

    Returns:
        Rows of mart.fct_signaal and mart.dim_signaalregel.
    """
    facts = Facts(connection, peildatum)
    rows = [_row(facts, s, place) for place, s in enumerate(raised(facts), 1)]
    return {
        "mart.fct_signaal": pd.DataFrame(rows, columns=BY_NAME["mart.fct_signaal"].column_names),
        "mart.dim_signaalregel": pd.DataFrame(
            [_rule(facts, r) for r in rules().values()], columns=BY_NAME["mart.dim_signaalregel"].column_names
        ),
    }


def raised(facts: Facts) -> list[Signal]:
    """Give the signals to show, in order."""
    found = [replace(s, regel=regel.id) for regel in rules().values() for s in regel.find(facts)]
    return merge(facts, [replace(s, toelichting=_with_amount(s)) for s in as_explained(facts, found)])


def _with_amount(signal: Signal) -> str:
    """Say the effect in euros too: it stands beside the title, and the sentence may go on about another amount."""
    if signal.effect_eur is None or "€" in signal.toelichting:
        return signal.toelichting
    verb = "kost" if signal.effect_eur > 0 else "scheelt"
    return f"{signal.toelichting} Dat {verb} dit jaar naar schatting {texts.euro(abs(signal.effect_eur))}."


def _row(facts: Facts, signal: Signal, place: int) -> dict[str, object]:
    sentence = signal.toelichting
    if signal.waarom_geen_effect:
        sentence = f"{sentence} {signal.waarom_geen_effect}"
    return {
        "signaal": signal.id,
        "regel": signal.regel,
        "onderdeel": signal.onderdeel,
        "gebied_code": facts.gebied_code,
        "peildatum": facts.peildatum,
        "ernst": _severity(facts, signal),
        "effect_eur": None if signal.effect_eur is None else round(signal.effect_eur, 2),
        "toelichting": sentence,
        "titel": signal.titel,
        "sinds": signal.sinds,
        "zekerheid": round(signal.zekerheid, 4),
        "wat_het_niet_is": signal.wat_het_niet_is,
        "cijfers": json.dumps(
            [_figure(c) for c in signal.cijfers if _known(c.waarde)], ensure_ascii=False, default=str, allow_nan=False
        ),
        "volgorde": place,
    }


def _known(value: float | int | str) -> bool:
    """NaN is no JSON: a figure that is not known is left out."""
    return isinstance(value, str) or math.isfinite(value)


def _figure(cijfer: Cijfer) -> dict[str, object]:
    figure = asdict(cijfer)
    if not cijfer.indicator:
        del figure["indicator"]
    return figure


def _severity(facts: Facts, signal: Signal) -> str:
    """Hoog, middel or laag, by the share of all money of the social domain that is at risk."""
    whole = facts.budget.get(("totaal", "L")) or sum(facts.outturn.values())
    if signal.effect_eur is not None and signal.effect_eur <= 0:
        return "laag"
    if not whole or not signal.weight:
        # Figures that are missing make every other signal less sure.
        return "middel" if signal.regel == "levering_ontbreekt" else "laag"
    share = signal.weight / whole
    if share >= HIGH and signal.zekerheid >= SURE:
        return "hoog"
    return "middel" if share >= MIDDLE else "laag"


def _rule(facts: Facts, regel: Regel) -> dict[str, object]:
    row: dict[str, object] = {"regel": regel.id, "titel": regel.titel, "vraag": regel.vraag}
    if regel.meting:
        return {**row, "vals_alarm_per_jaar": None, "vertraging_maanden": None, "meting": regel.meting}
    if regel.id == "budget_in_gevaar":
        return {**row, **_own_record(facts)}
    return {**row, **measured(regel.id)}


def _own_record(facts: Facts) -> dict[str, object]:
    """The rule on the forecast is judged by its own past, not by simulation."""
    record = track_record(facts)
    if record is None:
        text = "Nog niet te zeggen: er zijn geen afgesloten jaren waarover een prognose is gemaakt."
        return {"vals_alarm_per_jaar": None, "vertraging_maanden": None, "meting": text}
    text = (
        f"Gemeten op eigen afgesloten jaren, prognose van juni: {record.warned} keer gewaarschuwd, waarvan "
        f"{record.wrong} keer ten onrechte."
    )
    return {"vals_alarm_per_jaar": round(record.per_ten, 2), "vertraging_maanden": None, "meting": text}
