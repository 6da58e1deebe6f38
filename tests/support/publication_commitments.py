"""Invented awards, commitments and primitive budgets for the publication of tests/support/publication.py."""

from __future__ import annotations

from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
#: onderdeel: law, persons, awards, of which without a price, worth for the rest of the year (None: too few persons).
TOEGEKEND: dict[str, tuple[str, int, int, int, float | None]] = {
    "begeleiding": ("wmo", 410, 433, 0, 812_345.67),
    "hulp_bij_het_huishouden": ("wmo", 1_208, 1_260, 12, 1_480_000.00),
    "beschermd_wonen": ("wmo", 6, 7, 0, None),
    "jeugdhulp_ambulant": ("jeugd", 390, 441, 0, 3_510_000.50),
    "jeugdhulp_met_verblijf": ("jeugd", 74, 75, 75, None),
}
#: onderdeel: open commitments in the newest ledger.
OPEN = {"wsw_en_beschut_werk": 2_400_000.25, "jeugdhulp_ambulant": 150_000.50, "begeleiding": 0.0}


def add(rows: Rows, peildatum: date) -> None:
    """Put rows in mart.fct_verplichting, and commitments and the primitive budget beside what is there."""
    for onderdeel, (wet, persons, awards, unpriced, worth) in TOEGEKEND.items():
        shared = {"boekjaar": peildatum.year, "wet": wet, "onderdeel": onderdeel, "zonder_prijs": unpriced}
        for day, factor in ((date(peildatum.year, 6, 30), 2.1), (peildatum, 1.0)):
            rows["mart.fct_verplichting"].append(
                shared
                | {
                    "peildatum": day,
                    "clienten": persons,
                    "toewijzingen": awards,
                    "verplicht_eur": worth and round(worth * factor, 2),
                }
            )
    for row in rows["mart.fct_realisatie"]:
        if row["peildatum"] == peildatum and row["lasten_baten"] == "L" and row["onderdeel"] in OPEN:
            row["verplichting_eur"] = OPEN[row["onderdeel"]]
    for row in rows["mart.fct_prognose"]:
        if row["methode"] == "model":
            likely = row["kans_overschrijding"]
            row["kans_overschrijding_primitief"] = round((1 + 3 * likely) / 4, 4)
            row["uitputting_primitief_p50"] = date(peildatum.year, 12, 9) if likely > 0.3 else None
