"""Invented comparison for the publication of tests/support/publication.py: other gemeenten, judged changes, wijken."""

from __future__ import annotations

import csv
from typing import Any

from indicators.core.settings import REFERENCE, settings

Rows = dict[str, list[dict[str, Any]]]
INDICATOR, PERIODE, VORIGE = "ervaren_gezondheid", "2024JJ00", "2022JJ00"
#: Code, value and whether it counts as alike; names come from the list of gemeenten or are the code.
ANDEREN = (("GM9001", 66.0, True), ("GM9002", 70.5, True), ("GM9003", 73.1, True), ("GM9004", 75.0, False))


def add(rows: Rows) -> None:
    """Put rows in the tables that compare: positions, groups, changes; and a figure per wijk with its tile."""
    own = settings().gemeente
    for code, value, alike in ANDEREN:
        rows["mart.dim_gebied"].append(
            {
                "gebied_code": code,
                "naam": f"Voorbeeld {code[-1]}",
                "niveau": "gemeente",
                "ouder_code": own.provincie_code,
            }
        )
        for period, moved in ((VORIGE, value - 1.5), (PERIODE, value)):
            rows["mart.fct_indicatorwaarde"].append(_value(INDICATOR, period, code, moved))
        if alike:
            rows["mart.dim_vergelijkingsgroep"].append(
                {
                    "groep": "vergelijkbaar",
                    "naam": "Vergelijkbare gemeenten",
                    "gebied_code": code,
                    "volgorde": int(code[-1]),
                    "afstand": 0.1 * int(code[-1]),
                    "toelichting": "Bijna even groot en even oud.",
                }
            )
    shared = {"indicator": INDICATOR, "periode": PERIODE, "gebied_code": own.code, "uitsplitsing": "totaal"}
    rows["mart.fct_indicatorpositie"].append(shared | {"rang": 3, "aantal": 5, "kwartiel": 3})
    for soort, tegenover, oordeel in (
        ("vorige", VORIGE, "ruis"),
        ("trend", "2012JJ00", "beter"),
        ("gebied", own.land_code, "slechter"),
    ):
        rows["mart.fct_indicatorverandering"].append(
            shared
            | {
                "soort": soort,
                "tegenover": tegenover,
                "verschil": 1.6,
                "p_waarde": 0.4,
                "toets": "marge",
                "oordeel": oordeel,
                "toelichting": f"Zo is het gesteld met {soort}.",
            }
        )
    with (REFERENCE / "tegels.csv").open(encoding="utf-8") as handle:
        tiles = list(csv.DictReader(handle))
    for i, tile in enumerate(tiles):
        rows["mart.dim_gebied_vorm"].append({**tile, "soort": "tegel", "bron": "Tegelkaart van de wijken"})
        secret = i == 2
        for period, figure in ((VORIGE, 62.0 + i * 0.5), (PERIODE, 60.0 + i)):
            value = _value(INDICATOR, period, tile["gebied_code"], None if secret else figure)
            rows["mart.fct_indicatorwaarde"].append(value | {"onderdrukt": secret})


def _value(indicator: str, periode: str, code: str, value: float | None) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "periode": periode,
        "gebied_code": code,
        "uitsplitsing": "totaal",
        "waarde": value,
        "status": "definitief",
        "onderdrukt": False,
    }
