"""The chance and the depletion date against the primitive budget, beside those against the budget in force."""

import datetime as dt
from typing import Any

import duckdb
import numpy as np
import pytest

from indicators.forecast.budget import forecast
from indicators.forecast.depletion import PRIMITIEF, against, read_primitive
from tests.support.marts import empty_marts
from tests.unit.test_forecast_budget import ledger

YEAR, IN_SEPTEMBER = 2025, dt.date(2018, 9, 30)
Q = np.array([91.0, 95.0, 100.0, 105.0, 110.0])
#: Even months: the year's cost of each quantile in twelve equal parts.
PATH = np.arange(1, 13)[:, None] * Q[None, :] / 12


def test_a_budget_that_was_raised_is_passed_sooner_in_its_primitive_form() -> None:
    found = {**against(105.0, Q, YEAR, PATH), **against(91.0, Q, YEAR, PATH, PRIMITIEF)}
    # 105 is the 75 % quantile and 91 the 10 % quantile of the outturn.
    assert found["kans_overschrijding"] == pytest.approx(0.25, abs=0.001)
    assert found["kans_overschrijding_primitief"] == pytest.approx(0.90, abs=0.001)
    # At 100 a year, 91 is spent after 10.92 months: 0.92 of the 30 days of November. 105 is not reached.
    assert found["uitputting_p50"] is None
    assert found["uitputting_primitief_p50"] == dt.date(YEAR, 11, 28)
    # At 110 a year, 91 is spent after 9.93 months and 105 after 11.45.
    assert found["uitputting_primitief_p10"] == dt.date(YEAR, 10, 29)
    assert found["uitputting_p10"] == dt.date(YEAR, 12, 15)
    assert found["uitputting_primitief_p90"] is None


def test_baten_have_a_chance_and_no_date_and_no_budget_gives_nothing() -> None:
    assert set(against(100.0, Q, YEAR, None, PRIMITIEF)) == {"kans_overschrijding_primitief"}
    assert against(None, Q, YEAR, PATH, PRIMITIEF) == {} == against(float("nan"), Q, YEAR, PATH)


def budgets(*rows: tuple[Any, ...]) -> duckdb.DuckDBPyConnection:
    """mart.fct_begroting with (peildatum, onderdeel, taakveld, primitief, actueel) of lasten 2025."""
    connection = empty_marts(["fct_begroting"])
    for peildatum, onderdeel, taakveld, primitief, actueel in rows:
        values = [YEAR, peildatum, onderdeel, taakveld, "L", primitief, None, actueel]
        connection.execute("INSERT INTO mart.fct_begroting VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return connection


def test_the_primitive_budget_as_known_at_the_cut_over_all_taakvelden() -> None:
    connection = budgets(
        ("2024-12-15", "begeleiding", "6.6", 40, 40),
        ("2025-03-31", "begeleiding", "6.6", 60, 90),
        ("2025-03-31", "begeleiding", "6.71", 5, 5),
        ("2025-09-30", "begeleiding", "6.6", 1000, 1000),
    )
    known = read_primitive(connection, dt.date(2025, 6, 30))
    of = [("begeleiding", "L")]
    assert [known.of(YEAR, month, of) for month in (1, 2, 3, 12)] == [40, 40, 65, 65]
    assert known.of(YEAR, 3, [("begeleiding", "B")]) is None is known.of(2024, 3, of)


def test_a_sum_without_the_primitive_budget_of_a_part_has_none() -> None:
    connection = budgets(
        ("2025-01-31", "begeleiding", "6.6", 60, 60), ("2025-01-31", "dagbesteding", "6.6", 20, 30),
        ("2025-02-28", "toegang", "6.2", None, 10), ("2025-02-28", "begeleiding", "6.6", 60, 60),
    )  # fmt: skip
    known = read_primitive(connection, dt.date(2025, 12, 31))
    parts = [(name, "L") for name in ("begeleiding", "dagbesteding", "toegang", "pgb_wmo")]
    assert known.of(YEAR, 1, parts) == 80, "what has no budget yet adds nothing"
    assert known.of(YEAR, 2, parts) is None, "toegang has a budget in force and no primitive one"
    # Of one onderdeel as well: a taakveld without it would make the rest too little.
    half = budgets(("2025-01-31", "toegang", "6.2", 7, 9), ("2025-01-31", "toegang", "6.1", None, 3))
    assert read_primitive(half, dt.date(2025, 1, 31)).of(YEAR, 1, [("toegang", "L")]) is None


def test_forecasts_stand_beside_both_budgets() -> None:
    """In this ledger nothing was changed; then one budget is doubled and another loses its primitive form."""
    connection = ledger(IN_SEPTEMBER)
    connection.execute("UPDATE mart.fct_begroting SET primitief_eur = actueel_eur, wijzigingen_eur = 0")
    connection.execute("UPDATE mart.fct_begroting SET actueel_eur = 2 * primitief_eur WHERE onderdeel = 'reeks_00'")
    connection.execute("UPDATE mart.fct_begroting SET primitief_eur = NULL WHERE onderdeel = 'reeks_01'")
    rows = forecast(connection, IN_SEPTEMBER)["mart.fct_prognose"]
    now = rows[(rows["peildatum"] == IN_SEPTEMBER) & (rows["methode"] == "model") & (rows["lasten_baten"] == "L")]
    now = now.set_index("onderdeel")
    same = now.loc["reeks_02"]
    assert same["kans_overschrijding_primitief"] == same["kans_overschrijding"]
    assert same["uitputting_primitief_p10"] == same["uitputting_p10"]
    doubled = now.loc["reeks_00"]
    assert doubled["kans_overschrijding"] < 0.01 < doubled["kans_overschrijding_primitief"]
    columns = [c for c in rows.columns if "primitief" in c]
    assert len(columns) == 4
    # reeks_01 is jeugd, as is every other: jeugd and the whole have no primitive budget, wmo does.
    assert now.loc[["reeks_01", "jeugd", "totaal"], columns].isna().all(axis=None)
    assert 0 <= now.loc["wmo", "kans_overschrijding_primitief"] <= 1
    assert now.loc["wmo", "kans_overschrijding_primitief"] > now.loc["wmo", "kans_overschrijding"]
