"""Running awards as evidence: they help where bills follow them, elsewhere they do nothing; nothing is peeked at."""

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pytest

from indicators.forecast.awards import read_awards, with_awards
from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.panel import Array, Panel, forward_fill
from indicators.forecast.standen import Standen
from tests.support.marts import empty_marts

YEARS, SERIES = 7, 12
#: Part of a month's care that is billed so many months later.
LAG = np.array([0.35, 0.3, 0.15, 0.1, 0.06, 0.04])


@dataclass(frozen=True)
class World:
    """A ledger of booked bills, and the value a day of the awards in each month as known in that month."""

    panel: Panel
    value: Array
    outturn: Array


def world(seed: int, follows: bool = True) -> World:
    """Clients come and go, tariffs change in January, inflow changes at once, bills are late.

    Args:
        seed: Of the random numbers.
        follows: Whether care follows the awards; otherwise awards are of another, equally lively, world.
    """
    random = np.random.default_rng(seed)
    awarded = _awarded(random)
    cared = awarded if follows else _awarded(random)
    use = random.uniform(0.6, 0.95, (SERIES, 1)) * np.exp(0.04 * random.standard_normal((SERIES, YEARS * 12)))
    month = np.arange(YEARS * 12)
    holiday = 1.0 - 0.08 * np.isin(month % 12, (6, 7)) + 0.05 * (month % 12 == 10)
    cost = cared * use * holiday
    amounts = np.full((SERIES, YEARS, 13, 18), np.nan)
    for year in range(YEARS):
        own = np.where(month // 12 == year, cost, 0.0)
        # A bill belongs to the year of the care: what comes after December is closing entries.
        booked = np.stack([np.convolve(row, LAG)[year * 12 : year * 12 + 18] for row in own])
        booked = np.pad(booked, ((0, 0), (0, 18 - booked.shape[1])))
        for k in range(12):
            amounts[:, year, k, k] = booked[:, k]
        amounts[:, year, 12, 12:] = np.cumsum(booked[:, 12:], axis=1)
    outturn = cost.reshape(SERIES, YEARS, 12).sum(axis=2)
    before = np.concatenate([outturn[:, :1], outturn[:, :-1]], axis=1)
    budget = np.repeat((before * np.exp(0.05 * random.standard_normal(before.shape)))[:, :, None], 18, axis=2)
    groups = [f"wet{i % 2}" for i in range(SERIES)]
    panel = Panel(
        [f"r{i}" for i in range(SERIES)], groups, [2018 + y for y in range(YEARS)], forward_fill(amounts), budget
    )
    seen = awarded * np.exp(0.01 * random.standard_normal(awarded.shape) - 0.02)
    return World(panel, seen.reshape(SERIES, YEARS, 12), outturn)


def _awarded(random: np.random.Generator) -> Array:
    """Euros a day of awards [series, months]."""
    size = np.exp(random.normal(6.5, 0.6, (SERIES, 1)))
    flow = np.zeros((SERIES, YEARS * 12))
    for i in range(SERIES):
        for start in random.choice(YEARS * 12, 3, replace=False):
            flow[i, start:] = random.normal(0.0, 0.015)
    tariff = np.cumsum(np.abs(random.normal(0.04, 0.03, (1, YEARS))) + random.normal(0, 0.02, (SERIES, YEARS)), axis=1)
    level = np.cumsum(flow + 0.006 * random.standard_normal(flow.shape), axis=1)
    return 30.4 * size * np.exp(level + np.repeat(tariff, 12, axis=1))


def wape(world: World, cuts: list[Cut], months: tuple[int, ...] = (3, 6, 9), first: int = 3) -> float:
    off = size = 0.0
    for cut in cuts:
        if cut.year >= first and cut.peilmaand in months:
            off += float(np.abs(cut.quantiles[:, 2] - world.outturn[:, cut.year]).sum())
            size += float(world.outturn[:, cut.year].sum())
    return 100 * off / size


@pytest.fixture(scope="module")
def made() -> tuple[World, list[Cut]]:
    found = world(11)
    return found, Backtest(found.panel).run()


def test_where_bills_follow_awards_the_forecast_gets_better(made: tuple[World, list[Cut]]) -> None:
    found, cuts = made
    moved = with_awards(cuts, found.panel, found.value)
    assert wape(found, moved) < 0.9 * wape(found, cuts)


def test_the_band_stays_honest_and_in_order(made: tuple[World, list[Cut]]) -> None:
    found, cuts = made
    inside, widths = [], []
    for before, after in zip(cuts, with_awards(cuts, found.panel, found.value), strict=True):
        assert (np.diff(after.quantiles[after.usable], axis=1) >= 0).all()
        assert (after.quantiles[:, 0] >= np.minimum(before.view.booked, before.quantiles[:, 0]) - 1e-6)[
            after.usable
        ].all()
        if after.year >= 3 and after.peilmaand < 12:
            outturn, q = found.outturn[:, after.year], after.quantiles
            inside.append(((q[:, 0] <= outturn) & (outturn <= q[:, 4])).mean())
            widths.append((q[:, 4] - q[:, 0]).sum() / (before.quantiles[:, 4] - before.quantiles[:, 0]).sum())
    assert 0.76 <= np.mean(inside) <= 0.95
    assert 0.6 < np.mean(widths) < 1.0


def test_awards_that_say_nothing_about_the_bills_do_next_to_no_harm(made: tuple[World, list[Cut]]) -> None:
    found, cuts = made
    other = world(12).value
    moved = with_awards(cuts, found.panel, other)
    assert wape(found, moved) <= 1.03 * wape(found, cuts)


def test_a_register_that_is_cleaned_up_is_not_taken_for_cheaper_care(made: tuple[World, list[Cut]]) -> None:
    found, cuts = made
    cleaned = found.value.copy()
    cleaned[:, -1] *= 0.8  # a fifth of the awards is gone, the bills are not
    moved = with_awards(cuts, found.panel, cleaned)
    assert wape(found, moved, first=YEARS - 1) <= 1.15 * wape(found, cuts, first=YEARS - 1)  # unguarded: 3.6


def test_without_earlier_years_of_awards_they_have_no_say(made: tuple[World, list[Cut]]) -> None:
    found, cuts = made
    young = found.value.copy()
    young[:, : YEARS - 1] = np.nan
    for before, after in zip(cuts, with_awards(cuts, found.panel, young), strict=True):
        assert after is before
    assert with_awards(cuts, found.panel, np.full_like(young, np.nan)) is cuts


@pytest.mark.parametrize("cut", [(4, 2), (6, 7)])
def test_nothing_known_after_the_cut_is_used(made: tuple[World, list[Cut]], cut: tuple[int, int]) -> None:
    found, cuts = made
    random = np.random.default_rng(2)
    amounts, value = found.panel.amounts.copy(), found.value.copy()
    for year in range(YEARS):
        age = max((cut[0] - year) * 12 + cut[1], 0)
        amounts[:, year, :, age:] *= random.uniform(-3, 30, amounts[:, year, :, age:].shape)
        value[:, year, max(age, 0) :] *= random.uniform(0, 30, value[:, year, max(age, 0) :].shape)
    nonsense = replace(found.panel, amounts=amounts)
    then = with_awards(Backtest(nonsense).run(cut), nonsense, value)[-1]
    now = next(c for c in with_awards(cuts, found.panel, found.value) if (c.year, c.peilmaand) == cut)
    np.testing.assert_allclose(then.quantiles, now.quantiles, rtol=1e-12)


def test_awards_are_read_as_known_in_their_own_month() -> None:
    keys = [("begeleiding", "B"), ("begeleiding", "L"), ("pgb_jeugd", "L"), ("opvang", "L")]
    panel = Panel(["a", "b", "c", "d"], ["g"] * 4, [2024, 2025], np.zeros((4, 2, 13, 24)), np.zeros((4, 2, 24)))
    standen = Standen(keys, ["wmo"] * 4, panel, {})
    assert np.isnan(read_awards(duckdb.connect(), standen, dt.date(2025, 2, 28))).all()
    connection = empty_marts(["fct_toewijzing"])
    january, later = dt.date(2025, 1, 31), dt.date(2025, 2, 28)
    rows = [
        ("begeleiding", "ZIN", 10, 1, 3100.0, january),
        ("begeleiding", "ZIN", 12, 1, 9999.0, later),  # a later state knows more of January
        ("begeleiding", "PGB", 10, 0, 500.0, january),  # paid from another onderdeel
        ("pgb_jeugd", "PGB", 5, 0, 310.0, january),
        ("opvang", "ZIN", 4, 1, 62.0, january),  # a quarter has no price
        ("onbekend", "ZIN", 4, 0, 62.0, january),
    ]
    for onderdeel, form, count, priceless, worth, known in rows:
        values = [dt.date(2025, 1, 1), "wmo", onderdeel, form, count, count, priceless, worth, known]
        connection.execute("INSERT INTO mart.fct_toewijzing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    found = read_awards(connection, standen, later)
    assert found[1, 1, 0] == pytest.approx(100.0) and found[2, 1, 0] == pytest.approx(10.0)
    assert np.isfinite(found).sum() == 2
    assert np.isnan(read_awards(connection, standen, dt.date(2025, 1, 30))).all()
