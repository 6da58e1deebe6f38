"""The publication of tests/support/publication.py with what the council edition needs of two half years."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.publication import PEILDATUM, Rows, _begroting, _prognose, voorbeeld

JUNI = date(2026, 6, 30)


def twee_halfjaren(run: str = "voorbeeld") -> Rows:
    """Rows with budget and forecast at the end of June and of September 2026, baten, and users of provisions."""
    rows = voorbeeld(run=run)
    _begroting(rows, 2026, JUNI, 0.95)
    _prognose(rows, JUNI, -400_000)
    _baten(rows)
    _gebruik(rows)
    _verklaring(rows)
    return rows


def _baten(rows: Rows) -> None:
    for day, expected in ((JUNI, 21_300_000), (PEILDATUM, 20_900_000)):
        about = {"boekjaar": 2026, "peildatum": day, "lasten_baten": "B"}
        for name in ("inkomensregelingen", "participatiewet", "totaal"):
            forecast = {"scenario": "basis", "methode": "model", "onderdeel": name, "kans_overschrijding": 0.4}
            quantiles = {f"p{q}_eur": expected + (q - 50) * 4_000 for q in (10, 25, 50, 75, 90)}
            rows["mart.fct_prognose"].append(about | forecast | quantiles)
        budget = {"onderdeel": "inkomensregelingen", "taakveld": "6.3"}
        money = {"primitief_eur": 21_000_000, "wijzigingen_eur": 0, "actueel_eur": 21_000_000}
        rows["mart.fct_begroting"].append(about | budget | money)
        saldo = {"boekjaar": 2026, "peildatum": day, "onderdeel": "totaal", "scenario": "basis"}
        amounts = {"begroot_eur": -55_000_000, "p10_eur": -58e6, "p50_eur": -56_000_000, "p90_eur": -54e6}
        rows["mart.fct_prognose_saldo"].append(saldo | amounts | {"kans_nadeel": 0.7})


def _gebruik(rows: Rows) -> None:
    gemeente = rows["meta.publicatie"][0]["gemeente_code"]
    for wet, counts in {"wmo": (1_203, 1_187), "jeugd": (6, 12)}.items():
        for day in (JUNI, PEILDATUM):
            for year, count in zip((day.year, day.year - 1), counts, strict=True):
                rows["mart.fct_voorziening"].append(
                    {
                        "maand": date(year, day.month, 1),
                        "wet": wet,
                        "onderdeel": "totaal",
                        "gebied_code": gemeente,
                        "maat": "stand",
                        "aantal": count,
                        "peildatum": day,
                    }
                )


def _verklaring(rows: Rows) -> None:
    causes: dict[str, dict[str, Any]] = {
        "jeugdhulp_met_verblijf": {"prijs": 400_000, "incidenteel": 391_400},
        "hulp_bij_het_huishouden": {"nieuw": 300_000, "prijs": 200_000, "aantal": 100_000, "overig": 30_700},
        "totaal": {"prijs": 2_000_000, "overig": 1_500_000},
    }
    for onderdeel, effects in causes.items():
        for place, (oorzaak, effect) in enumerate(effects.items(), start=1):
            rows["mart.fct_verklaring"].append(
                {
                    "boekjaar": 2026,
                    "peildatum": JUNI,
                    "onderdeel": onderdeel,
                    "lasten_baten": "L",
                    "oorzaak": oorzaak,
                    "volgorde": place,
                    "effect_eur": effect,
                    "zin": f"Dat kost € {effect // 1000}.000.",
                    "detail": "grootboek",
                }
            )
