"""The panel 'Wat als?': what could not be saved is told, and a choice of one's own reads as the others do."""

import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from dashboard import queries
from dashboard.components.scenario import scenario_block
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

    def text(**state: str) -> str:
        shown = scenario_block(Page(), "begeleiding", state, {"begeleiding": "Begeleiding"})  # type: ignore[arg-type]
        return json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False).replace("\xa0", " ")

    return text


def test_a_measure_that_cannot_be_saved_whole_says_how_much_and_why(panel: Any) -> None:
    shown = panel(maatregel="begeleiding:-6000000:2025-01-01")
    assert "telt vanaf september mee; wat in de maanden ervoor is uitgegeven, staat al vast" in shown
    assert "bespaart de maatregel dit jaar € 333.000 en geen € 2,0 miljoen" in shown
    assert "blijft uitgegeven" in shown and "−€ 333.333" in shown


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
