"""Known steps in the explanation: a price under price, a payment under single bookings, and still to the cent."""

import datetime as dt

import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.forecast.explain import TABLE, explanations
from indicators.forecast.explain_causes import Cause
from indicators.forecast.explain_steps import KnownStep, put_back
from tests.support.explain_world import PEILDATA, World, marts

NOW = PEILDATA[-1]
STEPS = [
    ("begeleiding", "procent", 12_345.67, 4.5, dt.date(2025, 11, 1), "Nieuwe tarieven"),
    ("toegang", "bedrag", 45_000.0, 45_000.0, dt.date(2025, 10, 1), "Tweede deel subsidie"),
]


@pytest.fixture(scope="module")
def both() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The explanations of now of a quiet world, and of the same with known steps in its forecast."""
    with marts(World()) as connection:
        quiet = explanations(connection, NOW)[TABLE]
        connection.execute(BY_NAME["mart.fct_prognose_stap"].ddl)
        for number, (onderdeel, soort, effect, value, since, what) in enumerate(STEPS):
            row = [2025, NOW, onderdeel, "L", number, soort, since, None, value, effect, dt.date(2025, 1, 1), what]
            connection.execute(f"INSERT INTO mart.fct_prognose_stap VALUES ({', '.join('?' * 12)})", row)
            sums = ["totaal", "wmo" if onderdeel == "begeleiding" else "overig"]
            connection.execute(
                """UPDATE mart.fct_prognose SET p50_eur = p50_eur + $1 WHERE list_contains($2, onderdeel)
                   AND lasten_baten = 'L' AND peildatum = $3 AND methode = 'model'""",
                [effect, [onderdeel, *sums], NOW],
            )
        found = explanations(connection, NOW)[TABLE]
    return tuple(
        of[of["peildatum"] == NOW].set_index(["onderdeel", "lasten_baten", "oorzaak"]).sort_index()
        for of in (quiet, found)
    )


def test_only_the_cause_that_a_step_is_changes_and_by_the_cent(both: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    quiet, found = (of["effect_eur"] for of in both)
    gained = found.sub(quiet, fill_value=0.0).round(2)
    gained = gained[gained != 0]
    expected = {("begeleiding", "L", "prijs"): 12_345.67, ("toegang", "L", "incidenteel"): 45_000.0}
    expected |= {("wmo", "L", "prijs"): 12_345.67, ("overig", "L", "incidenteel"): 45_000.0}
    expected |= {("totaal", "L", "prijs"): 12_345.67, ("totaal", "L", "incidenteel"): 45_000.0}
    assert gained.to_dict() == expected


def test_a_step_has_its_own_sentence(both: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    said = both[1]["zin"]
    assert (
        "Al bekend is dat de prijs vanaf november 4,5 % omhoog gaat (Nieuwe tarieven); dat kost € 12.000."
        in (said["begeleiding", "L", "prijs"])
    )
    payment = "Al bekend is een bedrag dat nog komt: Tweede deel subsidie; dat kost € 45.000."
    assert said["toegang", "L", "incidenteel"] == payment
    largest = both[1].loc["toegang", "L"].sort_values("volgorde")["effect_eur"].abs()
    assert largest.is_monotonic_decreasing


def test_a_cause_that_was_nothing_has_only_the_sentence_of_the_step() -> None:
    found = {"prijs": Cause(0, "Niets.", "grootboek"), "overig": Cause(500, "Rest.", "grootboek")}
    back = put_back(found, [KnownStep("prijs", -700, "Lager."), KnownStep("prijs", 100, "Hoger.")])
    assert back["prijs"] == Cause(-600, "Lager. Hoger.", "grootboek")
    assert back["overig"] == found["overig"]
