"""Months with two bills of four weeks, or with more working days, are no dearer months; others are left alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from indicators.forecast import backtest
from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.course import course
from indicators.forecast.development import Development
from indicators.forecast.equal_months import equal_months
from indicators.forecast.month_lengths import FOUR_WEEKS, ways
from indicators.forecast.panel import Array, Panel, forward_fill
from indicators.forecast.view import make_view

FIRST, YEARS, SERIES = 2016, 8, 12
#: Public holidays on weekdays, looked up in a calendar.
HOLIDAYS = """
2016-01-01 2016-03-28 2016-04-27 2016-05-05 2016-05-16 2016-12-26 2017-04-17 2017-04-27 2017-05-25 2017-06-05 2017-12-25
2017-12-26 2018-01-01 2018-04-02 2018-04-27 2018-05-10 2018-05-21 2018-12-25 2018-12-26 2019-01-01 2019-04-22 2019-05-30
2019-06-10 2019-12-25 2019-12-26 2020-01-01 2020-04-13 2020-04-27 2020-05-21 2020-06-01 2020-12-25 2021-01-01 2021-04-05
2021-04-27 2021-05-13 2021-05-24 2022-04-18 2022-04-27 2022-05-26 2022-06-06 2022-12-26 2023-04-10 2023-04-27 2023-05-18
2023-05-29 2023-12-25 2023-12-26
"""


def _panel(booked: Array) -> Panel:
    """Series [series, months] that are known at the end of the month itself, with last year's outturn as budget."""
    by_year = booked.reshape(len(booked), YEARS, 12)
    amounts = np.full((len(booked), YEARS, 13, 18), np.nan)
    for k in range(12):
        amounts[:, :, k, k] = by_year[:, :, k]
    amounts[:, :, 12, 12:] = 0.0
    total = by_year.sum(axis=2)
    budget = np.repeat(np.concatenate([total[:, :1], total[:, :-1]], axis=1)[:, :, None], 18, axis=2)
    groups = [f"wet{s % 2}" for s in range(len(booked))]
    return Panel(
        [f"r{s}" for s in range(len(booked))], groups, list(range(FIRST, FIRST + YEARS)), forward_fill(amounts), budget
    )


def _daily(seed: int) -> tuple[Array, Array, list[dt.date]]:
    """Cost by day [series, days] that wanders and grows, the month of each day, and the days."""
    random = np.random.default_rng([seed, 28])
    days = [
        dt.date(FIRST, 1, 1) + dt.timedelta(days=n)
        for n in range((dt.date(FIRST + YEARS, 1, 1) - dt.date(FIRST, 1, 1)).days)
    ]
    month = np.array([(day.year - FIRST) * 12 + day.month - 1 for day in days])
    level = np.exp(np.cumsum(random.normal(0.003, 0.012, (SERIES, YEARS * 12)), axis=1))[:, month]
    cost = np.exp(random.normal(9, 1, (SERIES, 1))) * level * np.exp(random.normal(0, 0.05, (SERIES, len(days))))
    return cost, month, days


def _by_month(daily: Array, month: Array) -> Array:
    return np.stack([np.bincount(month, of, YEARS * 12) for of in daily])


def _every_four_weeks(seed: int) -> Array:
    """Bills of the last four weeks, on a day of the cycle of each series' own."""
    daily, month, days = _daily(seed)
    booked = np.zeros((SERIES, YEARS * 12))
    for s in range(SERIES):
        ends = [n for n, day in enumerate(days) if (day.toordinal() + 5 * s) % FOUR_WEEKS == 0]
        for start, end in zip([max(ends[0] - FOUR_WEEKS, 0), *ends[:-1]], ends, strict=True):
            booked[s, month[end]] += daily[s, start:end].sum()
    return booked


def _errors(cuts: list[Cut], panel: Panel, months: tuple[int, ...] = (3, 6, 9)) -> tuple[float, float]:
    """WAPE and bias from the fourth year on."""
    outturn = np.nansum(panel.amounts[..., -1], axis=2)
    of = [
        (c.quantiles[:, 2] - outturn[:, c.year], outturn[:, c.year])
        for c in cuts
        if c.year >= 3 and c.peilmaand in months
    ]
    total = sum(out.sum() for _, out in of)
    return sum(np.abs(off).sum() for off, _ in of) / total, sum(off.sum() for off, _ in of) / total


def _without(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> list[Cut]:
    with monkeypatch.context() as patch:
        patch.setattr(backtest, "equal_months", lambda *_: None)
        return Backtest(panel).run()


def _lengths(panel: Panel, year: int, peilmaand: int) -> Array | None:
    """Months of the running year over those in equal months [series, peilmaand]; None where months are equal."""
    development = Development(panel)
    for t in range(year * 12 + peilmaand):
        development.advance(t)
    view = make_view(panel, development, year, peilmaand)
    equal = equal_months(panel, development, year, view)
    return None if equal is None else view.current[:, :peilmaand] / equal.view.current[:, :peilmaand]


def test_working_days_and_bills_of_a_month() -> None:
    found = ways(2024, 2)
    worked = found.lengths[2, :12] / found.lengths[2, 4] * 21  # May 2024: 23 weekdays, Ascension and Whit Monday
    assert worked == pytest.approx([22, 21, 21, 21, 21, 20, 23, 22, 21, 23, 21, 20])  # Easter Monday is 1 April
    weekdays = found.lengths[4, :12] / found.lengths[4, 4] * 23
    assert weekdays == pytest.approx([23, 21, 21, 22, 23, 20, 23, 22, 21, 23, 21, 22])
    bills = found.lengths[5:] / (12 * FOUR_WEEKS / 365.25)
    assert set(np.unique(bills.round(9))) == {1.0, 2.0}
    assert set(bills[:, :12].sum(axis=1).round()) == {13.0, 14.0}  # 366 days hold fourteen ends of four weeks for two
    assert bills[:, 0].sum() == pytest.approx(31)  # every day of January ends somebody's four weeks


def test_who_bills_every_four_weeks_is_forecast_better_and_not_too_low(monkeypatch: pytest.MonkeyPatch) -> None:
    panel = _panel(_every_four_weeks(1))
    before, after = _errors(_without(panel, monkeypatch), panel), _errors(Backtest(panel).run(), panel)
    assert before[1] < -0.008  # what it is for
    assert after[0] < 0.75 * before[0] and abs(after[1]) < 0.008


def test_the_months_with_two_bills_are_found() -> None:
    booked = _every_four_weeks(2)
    found = _lengths(_panel(booked), 5, 9)
    assert found is not None
    now = booked[:, 60:69]
    double = now > 1.6 * np.median(now, axis=1, keepdims=True)
    assert double.any() and (np.abs(found / 0.92 - np.where(double, 2.0, 1.0)) < 0.01).all()


def test_the_course_of_a_year_has_two_bills_in_their_month() -> None:
    booked = _every_four_weeks(2)
    panel = _panel(booked)
    cut = Backtest(panel).run((5, 4))[-1]
    path = course(panel, cut.view, 5, cut.quantiles[:, 2]).path
    share, real = np.diff(path[:, 3:], axis=1), booked[:, 64:72]
    off = np.abs(share - real / real.sum(axis=1, keepdims=True))
    assert off.max() < 0.04  # a month of two has 2/9 or 2/10 of the rest of the year, one of one half of that
    assert cut.view.season.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize("holidays_paid", [True, False])
def test_who_is_paid_by_working_days_is_forecast_better(holidays_paid: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    daily, month, days = _daily(3)
    off = [] if holidays_paid else HOLIDAYS.split()
    daily = daily * np.array([day.weekday() < 5 and f"{day:%Y-%m-%d}" not in off for day in days])
    noise = np.exp(np.random.default_rng(3).normal(0, 0.01, (SERIES, YEARS * 12)))
    panel = _panel(_by_month(daily, month) * noise)
    before, after = (_errors(cuts, panel, (3, 6, 9)) for cuts in (_without(panel, monkeypatch), Backtest(panel).run()))
    assert after[0] < 0.95 * before[0]


@pytest.mark.parametrize("kind", ["noise", "holiday pay", "odd months", "quarters", "nothing in summer"])
def test_other_months_are_left_as_they_are(kind: str) -> None:
    """A month that is dear every year, or for once, is not one of two bills; a month without a bill says nothing."""
    random = np.random.default_rng([4, 28])
    level = np.exp(np.cumsum(random.normal(0.003, 0.012, (SERIES, YEARS * 12)), axis=1))
    booked = 1e5 * level * np.exp(random.normal(0, 0.08, level.shape))
    at = np.arange(YEARS * 12)
    if kind == "holiday pay":
        booked *= np.where(at % 12 == 4, 2.0, 1.0)
    elif kind == "odd months":
        booked *= np.where(random.random(booked.shape) < 1 / 13, 2.0, 1.0)
    elif kind == "quarters":
        booked *= np.where(at % 3 == 2, 3.0, 0.0)
    elif kind == "nothing in summer":
        booked *= np.where(np.isin(at % 12, (6, 7)), 0.0, 1.0)
    panel = _panel(booked)
    assert all(_lengths(panel, year, month) is None for year, month in ((3, 2), (5, 6), (7, 11)))


@pytest.mark.parametrize("cut", [(4, 2), (6, 7)])
def test_nothing_known_after_the_cut_is_used(cut: tuple[int, int]) -> None:
    panel = _panel(_every_four_weeks(5))
    random, amounts = np.random.default_rng(6), panel.amounts.copy()
    for year in range(YEARS):
        age = max((cut[0] - year) * 12 + cut[1], 0)
        amounts[:, year, :, age:] *= random.uniform(-3, 30, amounts[:, year, :, age:].shape)
    now, then = (Backtest(of).run(cut)[-1] for of in (panel, replace(panel, amounts=amounts)))
    np.testing.assert_allclose(then.quantiles, now.quantiles, rtol=1e-12)
