"""Programmes: behind their plan, or spending faster than their time goes."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from indicators.core.plan import behind, elapsed
from indicators.signals import texts
from indicators.signals.facts import Facts
from indicators.signals.record import Cijfer, Regel, Signal

_PLANS = """
    SELECT programma, activiteit, van, tot_en_met, CAST(begroting_eur AS DOUBLE) AS begroting,
        CAST(besteed_eur AS DOUBLE) AS besteed, CAST(coalesce(verplicht_eur, 0) AS DOUBLE) AS verplicht, peildatum
    FROM mart.fct_programma WHERE peildatum <= $p ORDER BY ALL
"""
_RESULTS = """
    SELECT r.programma, r.activiteit, r.resultaat, r.eenheid, CAST(r.gepland AS DOUBLE) AS gepland,
        CAST(r.bereikt AS DOUBLE) AS bereikt, r.peildatum, p.van, p.tot_en_met
    FROM mart.fct_programmaresultaat r JOIN mart.fct_programma p USING (programma, activiteit)
    WHERE r.peildatum <= $p AND r.gepland > 0 ORDER BY ALL
"""
NOT_THIS = "Dit zegt niet dat het doel niet meer wordt gehaald: veel plannen komen pas laat op gang."


def find(facts: Facts) -> list[Signal]:
    """Look at the results of every programme and activity that runs, and at the money of all of them."""
    results = [
        _result(row) for row in facts.ask(_RESULTS).itertuples() if _runs(row, facts.peildatum) and _is_behind(row)
    ]
    plans = facts.ask(_PLANS)
    wholes = set(plans.loc[plans["activiteit"] == "", "programma"])
    money = [
        _overspent(row)
        for row in plans.itertuples()
        if row.begroting > 0
        and row.besteed + row.verplicht > row.begroting
        and (row.activiteit == "" or row.programma not in wholes)
    ]
    return [*results, *money]


def _runs(row, day: dt.date) -> bool:
    """What is over cannot catch up any more: it is no longer behind its plan."""
    return pd.isna(row.tot_en_met) or row.tot_en_met.date() >= day


def _elapsed(row) -> float:
    if pd.isna(row.van) or pd.isna(row.tot_en_met):
        return 0.0
    return elapsed(row.van.date(), row.tot_en_met.date(), row.peildatum.date()) or 0.0


def _is_behind(row) -> bool:
    return pd.notna(row.bereikt) and behind(row.bereikt / row.gepland, _elapsed(row))


def _result(row) -> Signal:
    gone, share = _elapsed(row), row.bereikt / row.gepland
    month = row.peildatum.date().replace(day=1)
    return Signal(
        sleutel=("programma", row.programma, row.activiteit, row.resultaat),
        familie=f"programma {row.programma}",
        onderdeel="totaal",
        titel=texts.titel(row.programma, "loopt achter op plan"),
        toelichting=(
            f"Van '{row.resultaat}' is {texts.percent(share)} bereikt ({texts.number(row.bereikt)} van "
            f"{texts.number(row.gepland)} {row.eenheid}), terwijl {texts.percent(gone)} van de tijd voorbij is."
        ),
        wat_het_niet_is=NOT_THIS,
        effect_eur=None,
        waarom_geen_effect="Een resultaat dat achterloopt is niet in euro's te zeggen.",
        sinds=month,
        zekerheid=0.8,
        cijfers=(
            Cijfer("bereikt", row.bereikt, row.eenheid or "", month),
            Cijfer("gepland over de hele looptijd", row.gepland, row.eenheid or ""),
            Cijfer("tijd voorbij", round(gone * 100, 1), "procent", month),
        ),
    )


def _overspent(row) -> Signal:
    month: dt.date = row.peildatum.date().replace(day=1)
    over = float(row.besteed + row.verplicht - row.begroting)
    return Signal(
        sleutel=("programmageld", row.programma, row.activiteit),
        familie=f"programmageld {row.programma}",
        onderdeel="totaal",
        titel=texts.titel(row.programma, "geeft meer uit dan begroot"),
        toelichting=(
            f"Er is {texts.euro(row.besteed)} besteed en {texts.euro(row.verplicht)} toegezegd, {texts.euro(over)} "
            f"meer dan de begroting van {texts.euro(row.begroting)} over de hele looptijd."
        ),
        wat_het_niet_is="Dit zegt niet dat de gemeente het tekort betaalt: er kan nog dekking bij komen.",
        effect_eur=over,
        sinds=month,
        zekerheid=0.95,
        cijfers=(
            Cijfer("besteed", row.besteed, "euro", month),
            Cijfer("toegezegd", row.verplicht, "euro", month),
            Cijfer("begroting", row.begroting, "euro"),
        ),
    )


REGEL = Regel(
    id="programma_achter",
    titel="Programma loopt achter",
    vraag="Blijft een resultaat achter bij de tijd die voorbij is, of is er meer uitgegeven dan begroot?",
    find=find,
    meting="Deze regel kijkt naar cijfers die zo zijn geleverd; er komt geen kansrekening aan te pas.",
)
