"""Invented programmes, savings target and client survey for the publication of tests/support/publication.py."""

from __future__ import annotations

from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def add(rows: Rows, peildatum: date) -> None:
    """Put rows in mart.fct_programma, fct_programmaresultaat, fct_taakstelling and fct_ervaring."""
    for name, end, spent in (
        ("Kansrijke Start", date(2026, 12, 31), 338_000),
        ("Regio Deal", date(2026, 6, 30), 90_000),
    ):
        for activity, share in (("", 1.0), ("Huisbezoek", 0.6), ("Begeleiding", 0.4)):
            rows["mart.fct_programma"].append(
                {
                    "programma": name,
                    "activiteit": activity,
                    "doel": "Ieder kind heeft een goede start",
                    "van": date(2019, 1, 1),
                    "tot_en_met": end,
                    "dekking": "Rijk",
                    "begroting_eur": 380_000 * share,
                    "besteed_eur": spent * share,
                    "verplicht_eur": 12_000 * share,
                    "peildatum": peildatum,
                }
            )
        for result, reached in (("Huisbezoeken", 566), ("Vrouwen begeleid", 690)):
            rows["mart.fct_programmaresultaat"].append(
                {
                    "programma": name,
                    "activiteit": "Huisbezoek",
                    "resultaat": result,
                    "eenheid": "bezoeken",
                    "gepland": 700,
                    "bereikt": reached,
                    "peildatum": peildatum,
                }
            )
            for years in range(4):
                rows["mart.fct_programmaverloop"].append(
                    {
                        "programma": name,
                        "activiteit": "Huisbezoek",
                        "resultaat": result,
                        "eenheid": "bezoeken",
                        "gepland": 700,
                        "bereikt": reached - 90 * years,
                        "peildatum": peildatum.replace(year=peildatum.year - years),
                    }
                )
    for onderdeel, goal, saved in (("jeugd", 1_000_000, 665_000), ("wmo", 500_000, 500_000)):
        for year in (2025, 2026):
            rows["mart.fct_taakstelling"].append(
                {
                    "taakstelling": "Taakstelling 2021",
                    "onderdeel": onderdeel,
                    "boekjaar": year,
                    "doel_eur": goal,
                    "gerealiseerd_eur": saved - 50_000 * (2026 - year),
                    "prognose_eur": saved + 90_000 * (onderdeel == "jeugd"),
                    "peildatum": peildatum,
                }
            )
    for wet, n in (("wmo", 370), ("jeugd", 41)):
        for jaar in (2024, 2025):
            rows["mart.fct_ervaring"].append(
                {
                    "jaar": jaar,
                    "wet": wet,
                    "vraagnummer": 1,
                    "vraag": "Ik werd snel geholpen",
                    "thema": "Contact",
                    "antwoord": "eens",
                    "waarde": 69.4,
                    "eenheid": "procent",
                    "aantal_antwoorden": n,
                    "respons_pct": 34,
                    "kleine_n": n < 50,
                    "peildatum": peildatum,
                }
            )
