"""State money for benefits: the decisions of the ministry say what the bookings cannot, and only where they fit."""

import datetime as dt
from dataclasses import fields
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import numpy as np
import pytest

from indicators.forecast.backtest import Cut
from indicators.forecast.decided import Decisions, read_decisions, with_decisions
from indicators.forecast.standen import Standen
from tests.support.marts import empty_marts

YEARS = list(range(2019, 2026))
OUTTURN = np.array([18.0, 18.4, 19.1, 19.0, 20.2, 20.9]) * 1e6
SERIES = [("inkomensregelingen", "B"), ("inkomensregelingen", "L"), ("begeleiding", "B")]
STANDEN = cast(
    Standen,
    SimpleNamespace(keys=SERIES, wet=["participatiewet", "participatiewet", "wmo"], panel=SimpleNamespace(years=YEARS)),
)
FROM_BOOKINGS = np.array([19.0, 20.0, 21.0, 22.0, 23.0]) * 1e6


def cut(peilmaand: int = 9, booked: float = 15e6, usable: bool = True) -> Cut:
    """The running year 2025, with a wide band from bookings for every series."""
    view = SimpleNamespace(
        totals=np.tile(OUTTURN, (3, 1)), valid=np.ones((3, 6), bool), last=OUTTURN[[-1] * 3], booked=np.full(3, booked)
    )
    values = {"year": 6, "peilmaand": peilmaand, "view": cast(Any, view), "usable": np.full(3, usable), "common": 0.2}
    values |= {"quantiles": np.tile(FROM_BOOKINGS, (3, 1)), "baselines": {}}
    return Cut(**{field.name: values.get(field.name, np.ones(3)) for field in fields(Cut)})


def decisions(part: float = 1.03, running: float = 20.6e6, since: int = 2019) -> Decisions:
    """Preliminary before the year, final on 30 September; the last one of 2025 is known after every cut."""
    result: Decisions = {}
    for year, outturn in zip(YEARS, [*OUTTURN, running * part], strict=True):
        if year >= since:
            final = outturn / part
            result[year] = [(dt.date(year - 1, 10, 1), final * 0.97), (dt.date(year, 9, 30), final)]
    result[2025].append((dt.date(2025, 12, 31), 1e9))
    return result


def test_decisions_that_always_fitted_replace_the_forecast_from_bookings() -> None:
    found = with_decisions(cut(), STANDEN, decisions()).quantiles
    assert found[0, 2] == pytest.approx(20.6e6 * 1.03)
    assert found[0, 4] - found[0, 0] < 1e6
    assert (np.diff(found[0]) >= 0).all()
    assert (found[1:] == FROM_BOOKINGS).all()


def test_a_preliminary_decision_is_corrected_as_earlier_ones_were() -> None:
    found = with_decisions(cut(peilmaand=4), STANDEN, decisions()).quantiles
    assert found[0, 2] == pytest.approx(20.6e6 * 1.03)


@pytest.mark.parametrize(
    "known",
    [
        decisions(part=5.0),  # a fifth of the baten: other money
        decisions(since=2023),  # two earlier years
        {},
        {2024: decisions()[2024]},
    ],
    ids=["other money", "few years", "nothing", "not this year"],
)
def test_otherwise_the_bookings_speak(known: Decisions) -> None:
    assert (with_decisions(cut(), STANDEN, known).quantiles == FROM_BOOKINGS).all()


def test_decisions_that_wandered_more_than_the_bookings_do_not_count() -> None:
    known = decisions()
    for i, year in enumerate(YEARS[:-1]):
        known[year][-1] = (known[year][-1][0], known[year][-1][1] * (1.0 + 0.2 * (-1) ** i))
    assert (with_decisions(cut(), STANDEN, known).quantiles == FROM_BOOKINGS).all()


def test_the_lower_end_is_never_below_what_is_booked_and_unusable_series_stay_so() -> None:
    found = with_decisions(cut(booked=21.1e6), STANDEN, decisions()).quantiles
    assert found[0, 0] == 21.1e6 and (np.diff(found[0]) >= 0).all()
    assert (with_decisions(cut(usable=False), STANDEN, decisions()).quantiles == FROM_BOOKINGS).all()


def test_decisions_are_read_as_known_and_need_no_table() -> None:
    assert read_decisions(duckdb.connect(), dt.date(2025, 9, 30)) == {}
    connection = empty_marts(["fct_buig"])
    for soort, date, amount in (("definitief", dt.date(2025, 9, 30), 2.0), ("voorlopig", dt.date(2024, 10, 1), 1.0)):
        connection.execute("INSERT INTO mart.fct_buig VALUES (2025, ?, ?, ?, ?)", [soort, date, amount, date])
    assert read_decisions(connection, dt.date(2025, 8, 31)) == {2025: [(dt.date(2024, 10, 1), 1.0)]}
    assert [amount for _, amount in read_decisions(connection, dt.date(2025, 9, 30))[2025]] == [1.0, 2.0]
