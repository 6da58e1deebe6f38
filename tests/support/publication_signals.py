"""Invented signals and explanations for the publication of tests/support/publication.py."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
#: onderdeel: causes that add up to expected outturn less budget.
OORZAKEN: dict[str, dict[str, float]] = {
    "jeugdhulp_met_verblijf": {"prijs": 310_000, "aantal": 142_000, "nog_te_ontvangen": 90_000, "beeindigd": -40_000},
    "hulp_bij_het_huishouden": {"aantal": 250_000, "begroting": 66_000},
    "begeleiding": {"beeindigd": -46_000},
}


def add(rows: Rows, peildatum: date) -> None:
    """Put rows in mart.fct_verklaring, mart.fct_signaal and mart.dim_signaalregel."""
    for onderdeel, causes in OORZAKEN.items():
        for place, (oorzaak, effect) in enumerate(causes.items(), start=1):
            rows["mart.fct_verklaring"].append(
                {
                    "boekjaar": peildatum.year,
                    "peildatum": peildatum,
                    "onderdeel": onderdeel,
                    "lasten_baten": "L",
                    "oorzaak": oorzaak,
                    "volgorde": place,
                    "effect_eur": effect,
                    "zin": f"Door {oorzaak.replace('_', ' ')} gaat het om € {effect:,.0f}.".replace(",", ".")
                    + " Dat is 8,1 procent, en over twee jaar € 1,3 miljoen.",
                    "detail": "toewijzingen en declaraties",
                }
            )
    rows["mart.dim_signaalregel"] += [
        _rule("budget_in_gevaar", None, None),
        _rule("breuk_instroom", 0.4, 3.0),
        _rule("levering_ontbreekt", None, None),
    ]
    about = (
        ("budget_in_gevaar", "jeugdhulp_met_verblijf", "hoog", 502_000, 0.94),
        ("breuk_instroom", "hulp_bij_het_huishouden", "middel", 250_000, 0.97),
        ("levering_ontbreekt", "totaal", "laag", None, None),
    )
    for place, (regel, onderdeel, ernst, effect, sure) in enumerate(about, start=1):
        rows["mart.fct_signaal"].append(
            {
                "signaal": f"{regel}-{onderdeel}",
                "regel": regel,
                "onderdeel": onderdeel,
                "gebied_code": rows["meta.publicatie"][0]["gemeente_code"],
                "peildatum": peildatum,
                "ernst": ernst,
                "effect_eur": effect,
                "titel": f"{onderdeel.replace('_', ' ').capitalize()}: {regel.replace('_', ' ')}",
                "toelichting": "Sinds mei zijn er elke maand 14 aanvragen, 55,6 procent meer dan eerder. Dat "
                "kost dit jaar naar schatting € 1,2 miljoen.",
                "sinds": date(peildatum.year, 5, 1),
                "zekerheid": sure,
                "wat_het_niet_is": "Dit zegt niets over de kwaliteit van de hulp.",
                "cijfers": json.dumps(
                    [
                        {"naam": "Aanvragen per maand", "waarde": 14, "eenheid": "aanvragen", "maand": "mei 2026"},
                        {"naam": "laag (10 procent)", "waarde": 2_072_791.04, "eenheid": "euro", "maand": None},
                        {"naam": "groei", "waarde": 8.1, "eenheid": "procent", "maand": None},
                    ]
                ),
                "volgorde": place,
            }
        )


def _rule(regel: str, wrong: float | None, late: float | None) -> dict[str, Any]:
    return {
        "regel": regel,
        "titel": regel.replace("_", " ").capitalize(),
        "vraag": "Wat zoekt deze regel?",
        "vals_alarm_per_jaar": wrong,
        "vertraging_maanden": late,
        "meting": "Gemeten op 20 gesimuleerde rustige reeksen: meestal na 4 maanden (94 procent gevonden).",
    }
