"""Steady and erratic series in one group, steps in the level, and a method that is far off."""

from collections.abc import Callable

import numpy as np
import pytest

from indicators.forecast import combine
from indicators.forecast.alike import alike
from indicators.forecast.backtest import Backtest
from indicators.forecast.development import Development
from indicators.forecast.jumps import level_since_step
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row, to_panel
from indicators.forecast.view import View, make_view
from tests.forecast_simulation import Line, month_end, outturns

FIRST, YEARS = 2016, 7
Series = dict[str, np.ndarray]


def _panel(series: Series, group: str = "wmo") -> tuple[Panel, list[Line]]:
    lines: list[Line] = []
    for name, months in series.items():
        for q, amount in enumerate(months):
            year, month = FIRST + q // 12, q % 12 + 1
            lines.append((name, group, year, month, month_end(year, month), round(float(amount), 2), None))
    return to_panel([Row(i, *line) for i, line in enumerate(lines)], []), lines


def _view(panel: Panel, peilmaand: int) -> View:
    year, development = len(panel.years) - 1, Development(panel)
    for month in range(year * 12 + peilmaand):
        development.advance(month)
    return make_view(panel, development, year, peilmaand)


def _steady(random: np.random.Generator, n: int) -> Series:
    """Subsidies of which each month is nearly the last one."""
    walk = np.exp(np.cumsum(random.normal(0.002, 0.008, (n, YEARS * 12)), axis=1))
    return {f"subsidie {i:02d}": 100_000 * of for i, of in enumerate(walk)}


def _erratic(random: np.random.Generator, n: int) -> Series:
    """Placements: a month costs anything."""
    return {f"plaatsing {i:02d}": 100_000 * random.gamma(1.5, 1 / 1.5, YEARS * 12) for i in range(n)}


def _lumpy(random: np.random.Generator, n: int) -> Series:
    """Bills once a quarter, now and then a month late."""
    series = {f"kwartaal {i:02d}": np.zeros(YEARS * 12 + 1) for i in range(n)}
    for months in series.values():
        level = np.exp(np.cumsum(random.normal(0.002, 0.008, YEARS * 12)))
        for q in range(0, YEARS * 12, 3):
            months[q + 2 + int(random.random() < 0.2)] += 100_000 * level[q : q + 3].sum()
    return {name: months[: YEARS * 12] for name, months in series.items()}


def _judged(series: Series, starts: str) -> tuple[float, float, float]:
    """Mean error, that of linear and width of the band in June and September, in per cent, of series that start so."""
    panel, lines = _panel(series)
    truth = outturns(lines)
    here = [i for i, name in enumerate(panel.names) if name.startswith(starts)]
    found = []
    for cut in Backtest(panel).run():
        if cut.year >= 3 and cut.peilmaand in (6, 9):
            outturn = np.array([truth[panel.names[i], panel.years[cut.year]] for i in here])
            model, linear = cut.quantiles[here], cut.baselines["lineair"][here]
            off = [np.abs(model[:, 2] / outturn - 1), np.abs(linear / outturn - 1)]
            found.append(np.column_stack([*off, (model[:, 4] - model[:, 0]) / outturn]))
    error, of_linear, width = 100 * np.concatenate(found).mean(axis=0)
    return float(error), float(of_linear), float(width)


@pytest.mark.parametrize("others", [_erratic, _lumpy])
def test_a_steady_series_hardly_suffers_from_others_in_its_group(others: Callable[..., Series]) -> None:
    random = np.random.default_rng(3)
    steady, group = _steady(random, 4), others(random, 8)
    alone, among = _judged(steady, "subsidie"), _judged(steady | group, "subsidie")
    assert among[0] <= 1.4 * alone[0], "error"
    assert among[0] <= 1.2 * among[1], "against linear"
    assert among[2] <= 2.2 * alone[2], "width of the band"


def test_who_is_alike_is_read_from_the_months_and_not_from_the_group() -> None:
    random = np.random.default_rng(4)
    panel, _ = _panel(_steady(random, 5) | _erratic(random, 5))
    near = alike(_view(panel, 6), panel.membership)
    steady = np.array([name.startswith("subsidie") for name in panel.names])
    assert np.allclose(np.diag(near.all), 1.0)
    assert np.allclose(near.all, near.all.T)
    assert near.all[np.ix_(steady, steady)].min() > 0.3
    assert near.all[np.ix_(steady, ~steady)].max() < 0.01
    other = Panel(panel.names, ["a"] * 4 + ["b"] * 6, panel.years, panel.amounts, panel.budgets)
    apart = alike(_view(other, 6), other.membership)
    together = np.equal.outer(other.groups, other.groups)
    assert (apart.group[~together] == 0).all() and (apart.all[~together] > 0).any()
    assert np.array_equal(apart.group[together], apart.all[together])


def test_who_is_paid_in_other_months_is_another_kind() -> None:
    noise = 1 + np.random.default_rng(8).normal(0, 0.02, (4, YEARS * 12))
    quarter = np.arange(YEARS * 12) % 3
    first, last = 300_000 * (quarter == 0), 300_000 * (quarter == 2)
    panel, _ = _panel({"a": noise[0] * first, "b": noise[1] * first, "c": noise[2] * last, "d": noise[3] * last})
    near = alike(_view(panel, 6), panel.membership).all
    assert near[0, 1] > 0.8
    assert near[2, 3] > 0.8
    assert near[:2, 2:].max() < 0.01


def _with(noise: np.ndarray, changed: dict[int, float]) -> Series:
    months = 100_000 * (1 + noise)
    for at, part in changed.items():
        months[at:] *= part
    return {"zorg": months}


@pytest.mark.parametrize("part", [0.75, 1.25])
def test_a_step_is_the_new_level_within_three_months(part: float) -> None:
    noise = np.random.default_rng(5).normal(0, 0.03, YEARS * 12)
    start = (YEARS - 1) * 12
    panel, _ = _panel(_with(noise, {start + 3: part}))
    assert level_since_step(_view(panel, 3))[0] == pytest.approx(1_200_000, rel=0.03)
    assert level_since_step(_view(panel, 6))[0] == pytest.approx(1_200_000 * part, rel=0.04)


@pytest.mark.parametrize("part", [0.0, 2.5])
def test_one_odd_month_is_no_step(part: float) -> None:
    noise = np.random.default_rng(6).normal(0, 0.03, YEARS * 12)
    start = (YEARS - 1) * 12
    series = _with(noise, {})
    series["zorg"][start + 4] *= part
    panel, _ = _panel(series)
    for month in (5, 6, 9):
        assert level_since_step(_view(panel, month))[0] == pytest.approx(1_200_000, rel=0.04)


def test_bills_that_become_quarterly_are_no_step_up_or_down() -> None:
    noise = np.random.default_rng(7).normal(0, 0.03, YEARS * 12)
    start = (YEARS - 1) * 12
    months = _with(noise, {})["zorg"]
    quarters = months[start:].reshape(4, 3).sum(axis=1)
    months[start:] = 0.0
    months[start + 2 :: 3] = quarters
    panel, _ = _panel({"zorg": months})
    for month in (6, 9, 12):
        assert level_since_step(_view(panel, month))[0] == pytest.approx(1_200_000, rel=0.35)


def test_a_method_twenty_times_too_high_hardly_moves_the_forecast() -> None:
    each = np.array([[100.0, 102.0, 98.0, 2000.0]])
    said = combine.combined(np.array([[0.4, 0.3, 0.25, 0.05]]), each, np.array([100.0]))
    assert 100.0 < said[0] < 103.0


def test_methods_that_agree_are_simply_averaged() -> None:
    each, w = np.array([[90.0, 110.0], [-20.0, 10.0]]), np.array([[0.25, 0.75], [0.5, 0.5]])
    assert combine.combined(w, each, np.array([100.0, 60.0])).tolist() == pytest.approx([105.0, -5.0])
