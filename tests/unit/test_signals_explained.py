"""One event has one amount: the signal says what the explanation of the budget says."""

import datetime as dt

import duckdb
import pytest

from indicators.signals.explained import as_explained
from indicators.signals.facts import Facts
from indicators.signals.record import Signal
from tests.support.signal_world import PEILDATUM, database, put

AMBULANT = "jeugdhulp_ambulant"


def _raised(effect: float | None, oorzaak: str = "prijs", onderdeel: str = AMBULANT) -> Signal:
    return Signal(
        sleutel=("prijs", onderdeel, "meer"),
        familie="prijs",
        onderdeel=onderdeel,
        titel="Zorg wordt duurder",
        toelichting="Aanbieders declareren meer.",
        wat_het_niet_is="Geen tarief.",
        effect_eur=effect,
        waarom_geen_effect="" if effect is not None else "Onbekend.",
        sinds=dt.date(2026, 1, 1),
        zekerheid=0.99,
        oorzaak=oorzaak,
    )


@pytest.fixture
def explained() -> duckdb.DuckDBPyConnection:
    """The price as explained at the end of August and of September, and that of the income."""
    connection = database()
    row = {"boekjaar": 2026, "onderdeel": AMBULANT, "oorzaak": "prijs", "volgorde": 1, "zin": "De prijs."}
    for day, side, euros in (
        (PEILDATUM, "L", 855_000),
        (PEILDATUM, "B", -500_000),
        (PEILDATUM.replace(month=8, day=31), "L", 700_000),
    ):
        put(connection, "mart.fct_verklaring", [{**row, "peildatum": day, "lasten_baten": side, "effect_eur": euros}])
    return connection


def _effect(connection: duckdb.DuckDBPyConnection, signal: Signal, day: dt.date = PEILDATUM) -> float | None:
    return as_explained(Facts(connection, day), [signal])[0].effect_eur


def test_a_signal_has_the_euros_that_the_explanation_gives_its_cause(explained: duckdb.DuckDBPyConnection) -> None:
    assert _effect(explained, _raised(815_000)) == 855_000
    told = as_explained(Facts(explained, PEILDATUM), [_raised(815_000)])[0].cijfers
    assert [f"{c.naam}: {c.waarde}" for c in told] == [
        "bedrag: zoals in de verklaring van het verschil met de begroting"
    ]


def test_as_of_an_earlier_day_it_has_what_was_explained_then(explained: duckdb.DuckDBPyConnection) -> None:
    assert _effect(explained, _raised(815_000), dt.date(2026, 9, 15)) == 700_000
    assert _effect(explained, _raised(815_000), dt.date(2026, 8, 1)) == 815_000


@pytest.mark.parametrize(
    "signal",
    [
        _raised(400_000),
        _raised(2_000_000),
        _raised(-815_000),
        _raised(815_000, oorzaak=""),
        _raised(815_000, oorzaak="nieuw"),
        _raised(815_000, onderdeel="begeleiding"),
        _raised(None),
    ],
    ids=["less than half", "more than twice", "other way", "no cause", "other cause", "other onderdeel", "no euros"],
)
def test_what_is_something_else_keeps_its_own_estimate(explained: duckdb.DuckDBPyConnection, signal: Signal) -> None:
    assert as_explained(Facts(explained, PEILDATUM), [signal]) == [signal]


def test_without_an_explanation_a_rule_has_its_own_estimate() -> None:
    assert _effect(database(), _raised(815_000)) == 815_000
