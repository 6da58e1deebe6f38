"""The step of 1 January: measured from earlier turns of the year, for all at once, and never from what is not known."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.forecast.development import Development
from indicators.forecast.indexed import indexed
from indicators.forecast.level import complete, rolling_level
from indicators.forecast.panel import Array, Panel, forward_fill
from indicators.forecast.view import View, make_view

YEARS, SERIES = 6, 12
NOW = YEARS - 1


def panel(step: Array, noise: float = 0.02, seed: int = 1, gone: int = 0) -> Panel:
    """Series that stand still within a year and change at each turn by `step` [series, turns], a logarithm."""
    random = np.random.default_rng(seed)
    level = np.pad(np.cumsum(step, axis=1), ((0, 0), (1, 0)))
    cost = 1000.0 * np.exp(level[:, :, None] + noise * random.standard_normal((SERIES, YEARS, 12)))
    amounts = np.full((SERIES, YEARS, 13, 18), np.nan)
    for k in range(12):
        amounts[:, :, k, k] = cost[:, :, k]
    amounts[:, :, 12, 12:] = 0.0
    amounts[:gone, :2] = np.nan
    names = [f"r{i}" for i in range(SERIES)]
    return Panel(
        names, ["g"] * SERIES, list(range(2020, 2020 + YEARS)), forward_fill(amounts), amounts[:, :, 0] * np.nan
    )


def view(of: Panel, peilmaand: int) -> View:
    development = Development(of)
    for month in range(NOW * 12 + peilmaand):
        development.advance(month)
    return make_view(of, development, NOW, peilmaand)


def every(step: float) -> Array:
    return np.full((SERIES, YEARS - 1), step)


@pytest.mark.parametrize("step", [0.05, 0.0, -0.04])
@pytest.mark.parametrize("peilmaand", [1, 3])
def test_a_level_over_the_turn_of_the_year_is_at_the_prices_of_this_year(step: float, peilmaand: int) -> None:
    cut = view(panel(every(step)), peilmaand)
    year = 12_000.0 * np.exp(step * NOW)
    said = complete(indexed(cut), rolling_level(indexed(cut), 0.93)).sum() / (SERIES * year)
    without = complete(cut, rolling_level(cut, 0.93)).sum() / (SERIES * year)
    assert said == pytest.approx(1.0, abs=0.01)
    assert step == 0.0 or abs(said - 1.0) < 0.4 * abs(without - 1.0)


def test_a_year_in_which_prices_rise_as_never_before_is_seen_in_march() -> None:
    steps = every(0.02)
    steps[:, -1] = 0.10
    risen = np.log(indexed(view(panel(steps), 3)).last / view(panel(steps), 3).last)
    assert np.median(risen) == pytest.approx(0.10, abs=0.02)


def test_who_goes_its_own_way_does_not_set_the_step_of_the_others() -> None:
    steps = every(0.03)
    steps[0] = (0.2, -0.2, 0.2, -0.2, 0.2)
    cut = view(panel(steps), 3)
    assert np.abs(np.log(indexed(cut).last / cut.last) - 0.03).max() < 0.01


def test_erratic_series_do_not_set_the_step_of_steady_ones() -> None:
    steady, wild = panel(every(0.03), 0.01), panel(every(0.03), 0.6, seed=2)
    amounts = np.where(np.arange(SERIES)[:, None, None, None] < 4, steady.amounts, wild.amounts)
    cut = view(replace(steady, amounts=amounts), 3)
    assert np.abs(np.log(indexed(cut).last / cut.last)[:4] - 0.03).max() < 0.015


def test_nothing_is_made_of_nothing() -> None:
    """One year of history, series that are nought, negative or not there: no step, no NaN."""
    some = panel(every(0.05), gone=3)
    amounts = some.amounts.copy()
    amounts[3], amounts[4] = 0.0, -amounts[4]
    for of in (replace(some, amounts=amounts), replace(some, amounts=0.0 * amounts)):
        for cut in (view(of, 1), view(of, 12)):
            found = indexed(cut)
            assert np.isfinite(found.history).all() and np.isfinite(found.last).all()
            assert (np.sign(found.history) == np.sign(cut.history)).all()
    young = view(panel(every(0.05)), 3)
    one = replace(young, valid=young.valid & (np.arange(young.valid.shape[1]) == young.valid.shape[1] - 1))
    assert np.isfinite(indexed(one).last).all()
