"""What can be assumed on a page: whatever is offered can be worked out, and what is chosen reads as what is offered."""

import datetime as dt
from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
import pytest

from dashboard.components.figure import components
from dashboard.components.scenario_controls import controls
from indicators.core.contract import AGGREGATEN
from indicators.forecast.scenario import from_query
from indicators.forecast.scenario_apply import Basis, apply
from tests.unit.test_scenario import BASIS, PARTS, basis

NAMES = {**{o: o.title() for o in PARTS}, **AGGREGATEN}
PLACES = [*PARTS, "participatiewet", "wmo", "totaal"]


def _as_read(of: Basis) -> Basis:
    """A database gives a moment where the example has a day."""
    return replace(of, prognose=of.prognose.assign(peildatum=pd.to_datetime(of.prognose["peildatum"])))


def _lists(onderdeel: str, **state: str) -> dict[tuple[str, str], Any]:
    return _lists_of(BASIS, onderdeel, state)


def _lists_of(of: Basis, onderdeel: str, state: dict[str, str]) -> dict[tuple[str, str], Any]:
    tree = controls(_as_read(of), onderdeel, state, NAMES)
    found = [c for c in components(tree) if isinstance(c, dmc.Select)]
    named = {(c.id["naam"], c.id["deel"]): c for c in found}
    assert len({tuple(sorted(c.id.items())) for c in found}) == len(named) == len(found)
    return named


def _labels(control: Any) -> dict[str, str]:
    return {option["label"].replace("\xa0", " "): option["value"] for option in control.data}


def _chosen(control: Any) -> str:
    return next(label for label, value in _labels(control).items() if value == control.value)


@pytest.mark.parametrize("onderdeel", PLACES)
def test_every_choice_changes_what_it_says_or_nothing_and_is_refused_nowhere(onderdeel: str) -> None:
    for (name, _), control in _lists(onderdeel).items():
        assert _chosen(control) == "zoals verwacht"
        for label, value in _labels(control).items():
            scenario = from_query(f"{name}={value}")
            assert scenario.is_basis is (label == "zoals verwacht"), (label, value)
            refused = [line for line in apply(BASIS, scenario).niet_toegepast if "telt" in line]
            assert not refused, (label, refused)


def test_a_budget_is_offered_what_touches_it() -> None:
    names = {place: {name for name, _ in _lists(place)} for place in PLACES}
    always = {"indexatie", "instroom"}
    assert names["begeleiding"] == always | {"tarief", "wachtlijst", "maatregel"}
    assert names["dagbesteding"] == always | {"tarief", "maatregel"}, "de monitor kent er geen aantallen van"
    assert names["uitkeringen"] == always | {"tarief", "maatregel", "buig"}
    assert names["participatiewet"] == names["totaal"] == always | {"buig"}
    assert names["wmo"] == always


def test_amounts_are_round_and_of_the_size_of_the_budget() -> None:
    small, large = (_labels(_lists(o)["maatregel", ""]) for o in ("begeleiding", "uitkeringen"))
    assert "€ 10.000 meer" in small and "€ 100.000 minder" in small  # of a million
    assert "€ 20.000 meer" in large and "€ 400.000 minder" in large  # of four millions
    assert "€ 200.000 minder" in _labels(_lists("totaal")["buig", ""])  # of three millions


def test_a_measure_can_begin_in_any_month_to_come_and_keeps_it_when_its_amount_changes() -> None:
    assert ("maatregel", "vanaf") not in _lists("begeleiding")
    chosen = _labels(_lists("begeleiding")["maatregel", ""])["€ 50.000 minder"]
    shown = _lists("begeleiding", maatregel=chosen)
    months = _labels(shown["maatregel", "vanaf"])
    assert list(months) == ["september 2025", "oktober 2025", "november 2025", "december 2025"]
    assert _chosen(shown["maatregel", ""]) == "€ 50.000 minder"
    assert _chosen(shown["maatregel", "vanaf"]) == "september 2025"
    later = _lists("begeleiding", maatregel=months["november 2025"])
    (measure,) = from_query(f"maatregel={months['november 2025']}").maatregelen
    assert (measure.onderdeel, measure.eur_per_jaar, measure.vanaf.month) == ("begeleiding", -50_000, 11)
    (other,) = from_query(f"maatregel={_labels(later['maatregel', ''])['€ 100.000 minder']}").maatregelen
    assert (other.eur_per_jaar, other.vanaf) == (-100_000, measure.vanaf)
    assert ("maatregel", "vanaf") not in _lists(
        "begeleiding", maatregel=_labels(later["maatregel", ""])["zoals verwacht"]
    )


def test_a_measure_of_ones_own_reads_as_the_others() -> None:
    shown = _lists("begeleiding", maatregel="begeleiding:-12345.5:2025-01-15")
    assert _chosen(shown["maatregel", ""]) == "€ 12.346 minder"
    assert _chosen(shown["maatregel", "vanaf"]) == "15 januari 2025"


@pytest.mark.parametrize(
    ("name", "value", "reads"),
    [
        ("tarief", "begeleiding:2.5", "+2,5 %"),
        ("tarief", "dagbesteding:5", "Dagbesteding: +5 %"),
        ("tarief", "dagbesteding:0", "zoals verwacht"),
        ("tarief", "veel", "veel"),
        ("wachtlijst", "begeleiding:7", "7 cliënten"),
        ("wachtlijst", "jeugdhulp:1", "Jeugdhulp: 1 cliënt"),
        ("maatregel", "dagbesteding:-5000:2025-10-01", "Dagbesteding: € 5.000 minder"),
        ("maatregel", "dagbesteding:0:2025-10-01", "zoals verwacht"),
        ("maatregel", "veel", "veel"),
    ],
)
def test_what_another_address_chose_is_said_as_what_it_is(name: str, value: str, reads: str) -> None:
    assert _chosen(_lists("begeleiding", **{name: value})[name, ""]) == reads


@pytest.mark.parametrize(
    ("name", "value", "reads"),
    [
        ("tarief", "dagbesteding:5", "Dagbesteding: +5 %"),
        ("wachtlijst", "jeugdhulp:1", "Jeugdhulp: 1 cliënt"),
        ("maatregel", "dagbesteding:-5000:2025-10-01", "Dagbesteding: € 5.000 minder"),
        ("buig", "-300000", "€ 300.000 minder"),
    ],
)
@pytest.mark.parametrize("onderdeel", ["totaal", "wmo", "dagbesteding"])
def test_whatever_is_in_the_address_can_be_taken_back_on_every_page(
    onderdeel: str, name: str, value: str, reads: str
) -> None:
    shown = _lists(onderdeel, **{name: value})
    assert _chosen(shown[name, ""]).endswith(reads.removeprefix("Dagbesteding: "))
    back = _labels(shown[name, ""])["zoals verwacht"]
    assert from_query(f"{name}={back}").is_basis
    assert apply(BASIS, from_query(f"{name}={back}")).niet_toegepast == []
    assert _lists(onderdeel, **{name: back}).keys() == _lists(onderdeel).keys()


def test_half_a_client_is_no_client() -> None:
    assert _chosen(_lists("begeleiding", wachtlijst="begeleiding:3.5")["wachtlijst", ""]) == "3.5"


def test_state_money_of_ones_own_reads_as_the_others() -> None:
    assert _chosen(_lists("totaal", buig="-123456")["buig", ""]) == "€ 123.456 minder"


def test_after_the_year_no_measure_can_begin() -> None:
    for peildatum in (dt.date(2025, 12, 31), dt.date(2026, 2, 28)):
        assert "maatregel" not in {name for name, _ in _lists_of(basis(peildatum), "begeleiding", {})}
