"""The panel 'Wat als?': what could not be saved is told, and a choice of one's own reads as the others do."""

import json
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import queries
from dashboard.components.scenario import scenario_block
from dashboard.components.scenario_result import MIDDELSTE, ONVERANDERD, said
from tests.unit.test_scenario import BASIS


class Page:
    """As much of a publication as the panel needs."""

    def remember(self, key: Any, make: Any) -> Any:
        return make()


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> Any:
    # A database gives a moment where the example has a day.
    basis = replace(BASIS, prognose=BASIS.prognose.assign(peildatum=pd.to_datetime(BASIS.prognose["peildatum"])))
    monkeypatch.setattr(queries, "scenario_basis", lambda pub: basis)

    def text(onderdeel: str = "begeleiding", **state: str) -> str:
        shown = scenario_block(Page(), onderdeel, state, {"begeleiding": "Begeleiding"})  # type: ignore[arg-type]
        return json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False).replace("\xa0", " ")

    return text


def test_a_measure_that_cannot_be_saved_whole_says_how_much_and_why(panel: Any) -> None:
    shown = panel(maatregel="begeleiding:-6000000:2025-01-01")
    assert "telt vanaf september mee; wat in de maanden ervoor is uitgegeven, staat al vast" in shown
    assert "bespaart de maatregel dit jaar € 333.000 en geen € 2,0 miljoen" in shown
    assert "blijft uitgegeven" in shown and "−€ 333.333" in shown


def test_a_measure_of_after_the_year_says_so(panel: Any) -> None:
    shown = panel(maatregel="begeleiding:-100000:2026-03-01")
    assert "De maatregel bij Begeleiding begint pas na 2025; aan de uitkomst van 2025 verandert hij niets." in shown


@pytest.mark.parametrize(("chosen", "reads"), [("-50", "−50 %"), ("2.5", "+2,5 %"), ("drie", "drie"), ("nan", "nan")])
def test_a_choice_of_ones_own_is_written_as_the_others(panel: Any, chosen: str, reads: str) -> None:
    assert reads in panel(indexatie=chosen)


def test_the_figures_of_a_scenario_say_what_they_rest_on(panel: Any) -> None:
    shown = panel(indexatie="5")
    assert "Bron: K2F" in shown and "prognose van 31 augustus" in shown and "met uw aannames" in shown
    assert "Bron:" not in panel()


def test_a_budget_that_an_assumption_does_not_touch_says_why_nothing_changes(panel: Any) -> None:
    assert "raakt dit budget niet, of de monitor kent er geen aantallen van" in panel(tarief="dagbesteding:5")
    assert "raakt dit budget niet" not in panel(indexatie="5")


@pytest.mark.parametrize("onderdeel", ["uitkeringen", "participatiewet", "totaal"])
def test_less_money_of_the_state_shows_in_baten_and_saldo(panel: Any, onderdeel: str) -> None:
    shown = panel(onderdeel, buig="-300000")
    assert (
        "De lasten veranderen niet en de baten worden € 0,3 miljoen lager: per saldo kost dit € 0,3 miljoen meer."
        in shown
    )
    for words in ("Saldo: dit scenario", "lasten min baten", "geld van het Rijk (BUIG)", "−€ 300.000", "€ 2.700.000"):
        assert words in shown, words
    assert ONVERANDERD not in shown


def test_what_is_left_to_pay_moves_as_lasten_and_baten_do(panel: Any) -> None:
    before, after = (panel("uitkeringen", **state) for state in ({"instroom": "0"}, {"indexatie": "5"}))
    assert "Saldo" not in before
    costs, net = (_euros(after, name) for name in ("Prognose", "Saldo: prognose"))
    assert _euros(after, "Dit scenario") - costs == _euros(after, "Saldo: dit scenario") - net > 0
    # The example's saldo is not lasten min baten, as medians need not be.
    assert MIDDELSTE in after


def test_a_budget_without_baten_has_no_table_of_them(panel: Any) -> None:
    shown = panel(indexatie="5")
    assert "Saldo" not in shown and "De uitkomst wordt" in shown and "Effect op baten" not in shown


@pytest.mark.parametrize(
    ("costs", "income", "words"),
    [
        (0.0, None, ONVERANDERD),
        (0.0, 0.0, ONVERANDERD),
        (-600_000.0, None, "De uitkomst wordt € 0,6 miljoen lager."),
        (600_000.0, 0.0, "De lasten worden € 0,6 miljoen hoger en de baten veranderen niet: per saldo kost dit € 0,6 "
         "miljoen meer."),
        (-400_000.0, -900_000.0, "De lasten worden € 0,4 miljoen lager en de baten worden € 0,9 miljoen lager: per "
         "saldo kost dit € 0,5 miljoen meer."),
        (500_000.0, 500_000.0, "De lasten worden € 0,5 miljoen hoger en de baten worden € 0,5 miljoen hoger: per saldo "
         "maakt dit niets uit."),
    ],
)  # fmt: skip
def test_the_sentence_tells_both_sides(costs: float, income: float | None, words: str) -> None:
    assert said(costs, income).replace("\xa0", " ") == words


def _euros(shown: str, name: str) -> int:
    """The expected outturn in the row of a table that has this name."""
    row = shown[shown.index(f'"{name}"') :]
    text = re.search(r"€ ([\d.]+)", row)
    assert text
    return int(text[1].replace(".", ""))
