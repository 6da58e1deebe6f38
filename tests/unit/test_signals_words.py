"""What signals say where data is thin or odd: no cause that explains nothing, no figure that is none."""

import datetime as dt
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from indicators.core.settings import settings
from indicators.signals.detect.ledger import Growth
from indicators.signals.facts import Facts
from indicators.signals.merge import merge
from indicators.signals.record import Signal
from indicators.signals.rules import budget_in_gevaar, lasten
from indicators.signals.run import signals
from tests.support.signal_world import PEILDATUM, database, put

FACTS = cast(Facts, SimpleNamespace(names={"begeleiding": "Begeleiding"}, wet={"begeleiding": "wmo"}, boekjaar=2026))
SIGNAL = Signal(
    sleutel=("prijs", "begeleiding", "minder"), familie="prijs", onderdeel="begeleiding", titel="t", toelichting="z",
    wat_het_niet_is="n", effect_eur=None, waarom_geen_effect="w", sinds=dt.date(2026, 1, 1), zekerheid=0.9,
)  # fmt: skip


@pytest.mark.parametrize("effect", [None, -50_000.0])
def test_care_is_not_cheaper_where_bills_come_later_whether_or_not_it_is_known_in_euros(effect: float | None) -> None:
    cheaper = replace(SIGNAL, effect_eur=effect, waarom_geen_effect="" if effect else "w")
    late = replace(SIGNAL, sleutel=("facturen_later", "begeleiding"), familie="facturen")
    assert [s.familie for s in merge(FACTS, [cheaper, late])] == ["facturen"]
    assert [s.familie for s in merge(FACTS, [cheaper])] == ["prijs"]


def test_a_cause_that_explains_next_to_nothing_is_not_called_the_largest() -> None:
    at_risk = replace(SIGNAL, effect_eur=77_000.0, waarom_geen_effect="")
    assert budget_in_gevaar._because(at_risk, ("De prijs stijgt.", 5_100.0)) == at_risk
    assert "de prijs stijgt" in budget_in_gevaar._because(at_risk, ("De prijs stijgt.", 20_000.0)).toelichting


@pytest.mark.parametrize(
    ("growth", "usual", "title", "sentence"),
    [
        (0.12, 0.03, "lasten stijgen sneller", "de lasten groeien 12 procent, eerder groeiden zij per jaar 3 procent."),
        (0.02, 0.09, "lasten stijgen minder snel", "groeien 2 procent, eerder groeiden zij per jaar 9 procent."),
        (-0.05, 0.03, "lasten dalen sneller", "de lasten dalen 5 procent, eerder groeiden zij per jaar 3 procent."),
        (-0.02, -0.09, "lasten dalen minder snel", "dalen 2 procent, eerder daalden zij per jaar 9 procent."),
        (
            -0.004,
            0.09,
            "lasten stijgen minder snel",
            "de lasten blijven gelijk, eerder groeiden zij per jaar 9 procent.",
        ),
    ],
)
def test_lasten_that_fall_do_not_grow_by_less_than_nothing(
    growth: float, usual: float, title: str, sentence: str
) -> None:
    found = lasten._signal(FACTS, "begeleiding", 8, Growth(growth, usual, (growth - usual) * 1e6, 0.001), 1e6)
    assert found.titel == f"Begeleiding: {title}" and found.toelichting.endswith(sentence)


def test_a_trend_shows_since_its_first_figure_and_what_is_not_known_is_no_figure() -> None:
    connection = database()
    change = {
        "indicator": "ervaren_gezondheid", "periode": "2024JJ00",
        "gebied_code": settings().gemeente.code, "uitsplitsing": "totaal",
    }  # fmt: skip
    put(
        connection,
        "mart.fct_indicatorwaarde",
        [{**change, "waarde": 70.0, "status": "definitief", "onderdrukt": False}],
    )
    trend = {"soort": "trend", "tegenover": "2016JJ00", "verschil": None, "toets": "trend", "oordeel": "slechter"}
    put(connection, "mart.fct_indicatorverandering", [{**change, **trend, "toelichting": "Het daalt sinds 2016."}])
    row = signals(connection, PEILDATUM)["mart.fct_signaal"].iloc[0]
    assert row["sinds"] == dt.date(2016, 1, 1)
    assert json.loads(row["cijfers"], parse_constant=pytest.fail) == []


def test_an_opening_balance_alone_is_no_month() -> None:
    connection = database()
    booked = {"boekjaar": 2026, "peildatum": dt.date(2026, 1, 31), "periode": 0, "soort": "stand", "taakveld": "6.60"}
    put(
        connection,
        "mart.fct_realisatie",
        [{**booked, "onderdeel": "nog_in_te_delen", "lasten_baten": "L", "bedrag_eur": 90_000}],
    )
    assert signals(connection, dt.date(2026, 1, 31))["mart.fct_signaal"].empty
