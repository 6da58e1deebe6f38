"""What was seen after a measure, on the page of its budget: as published, with its bounds, and never exact persons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dash import Dash

from dashboard.app import create_app
from tests.support.publication import PEILDATUM, publish, voorbeeld
from tests.support.screen_tables import table

ENERGIE, WIJKTEAM = "energietoeslag", "wijkteam"


def effect(gebeurtenis: str, maat: str, oordeel: str, **figures: Any) -> dict[str, Any]:
    return {
        "gebeurtenis": gebeurtenis, "maat": maat, "peildatum": PEILDATUM, "maanden_voor": 36, "maanden_na": 12,
        "verwacht": None, "werkelijk": None, "effect": None, "ondergrens": None, "bovengrens": None,
        "oordeel": oordeel, "toelichting": "Een zin.", **figures,
    }  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    store: Path = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    rows["mart.dim_gebeurtenis"] += [
        {"gebeurtenis": ENERGIE, "datum": "2022-03-01", "titel": "Energietoeslag", "soort": "wet",
         "onderdeel": "participatiewet", "toelichting": "Eenmalig."},
        {"gebeurtenis": WIJKTEAM, "datum": "2025-01-01", "titel": "Nieuw wijkteam", "soort": "maatregel",
         "onderdeel": "begeleiding", "toelichting": "Proef."},
    ]  # fmt: skip
    euros = {"verwacht": 3_872_307.29, "werkelijk": 4_031_915.99, "effect": 159_608.70, "ondergrens": 49_660.53,
             "bovengrens": 269_556.86}  # fmt: skip
    persons = {"verwacht": 12.4, "werkelijk": 9.25, "effect": -3.15, "ondergrens": -5.0, "bovengrens": -1.3}
    rows["mart.fct_effect"] += [
        effect(ENERGIE, "lasten", "meer", **euros),
        effect(WIJKTEAM, "instroom", "minder", **persons),
        effect(WIJKTEAM, "lasten", "te_vroeg"),
    ]
    publish(store, rows)
    return create_app(store)


def page(app: Dash, onderdeel: str) -> str:
    return app.server.test_client().get(f"/budget?onderdeel={onderdeel}").text.replace("\u00a0", " ")


def shown(app: Dash, onderdeel: str) -> list[list[str]]:
    return table(app, "/budget", f"?onderdeel={onderdeel}", "Maatregel", "Oordeel")


def test_euros_a_month_stand_with_their_bounds_and_verdict(served: Dash) -> None:
    assert "Na ‘Energietoeslag’ waren de lasten hoger dan verwacht" in page(served, "participatiewet")
    [row] = shown(served, "participatiewet")
    assert [cell.replace("\u00a0", " ") for cell in row] == [
        "Energietoeslag", "1 maart 2022", "Lasten", "€ 3.872.307", "€ 4.031.916", "+€ 49.661 tot +€ 269.557",
        "hoger dan verwacht",
    ]  # fmt: skip
    assert "bewijst niet dat de maatregel de oorzaak is" in page(served, "participatiewet")


def test_counts_of_persons_are_told_in_words(served: Dash) -> None:
    assert "Na ‘Nieuw wijkteam’ was de instroom lager dan verwacht" in page(served, "begeleiding")
    rows = shown(served, "begeleiding")
    assert [row[-1] for row in rows] == ["te vroeg om te zien", "lager dan verwacht"]
    assert not any("9,25" in cell or "12,4" in cell for row in rows for cell in row)


def test_a_budget_without_measures_has_no_empty_figure(served: Dash) -> None:
    assert 'data-blok="maatregelen"' not in page(served, "toegang")
    assert 'data-blok="maatregelen"' in page(served, "begeleiding")
