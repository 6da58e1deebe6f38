"""The level of the rest of the year is learned from all months before: whether it stays, returns or keeps its pace."""

from dataclasses import replace

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.learned import learned_level
from indicators.forecast.level import rolling_level
from indicators.forecast.months import BASE
from indicators.forecast.series import Row, to_panel
from indicators.forecast.view import View
from tests.forecast_simulation import Line, month_end

SERIES, YEARS = 12, 7


def _view(logs: np.ndarray, month: int = 6) -> View:
    """What is known in the last year, of series of 100 times e to these logs."""
    lines: list[Line] = [
        (f"reeks {s:02d}", "g", 2015 + t // 12, t % 12 + 1, month_end(2015 + t // 12, t % 12 + 1), cost, None)
        for s, row in enumerate(100.0 * np.exp(logs))
        for t, cost in enumerate(row.tolist())
    ]
    panel = to_panel([Row(i, *line) for i, line in enumerate(lines)], [])
    return Backtest(panel).run((YEARS - 1, month))[-1].view


def _walk(back: float) -> np.ndarray:
    """Levels of which a part goes back to the mean every month."""
    steps = np.random.default_rng(1).normal(0, 0.05, (SERIES, YEARS * 12))
    logs = np.zeros_like(steps)
    for t in range(1, YEARS * 12):
        logs[:, t] = (1 - back) * logs[:, t - 1] + steps[:, t]
    return logs


def _last_month(view: View) -> np.ndarray:
    return 12 * view.current[:, view.peilmaand - 1]


@pytest.mark.parametrize(("back", "least", "most"), [(0.0, 0.7, 1.2), (0.4, 0.0, 0.45)])
def test_part_of_the_newest_month_that_stays(back: float, least: float, most: float) -> None:
    view = _view(_walk(back))
    mean = view.totals.mean(axis=1)
    newest, said = _last_month(view) / mean - 1, learned_level(view) / mean - 1
    assert least < float(newest @ said / (newest @ newest)) < most


def test_a_pace_that_all_series_share_goes_on() -> None:
    months = np.arange(YEARS * 12)
    view = _view(np.random.default_rng(2).normal(0, 0.01, (SERIES, YEARS * 12)) + 0.01 * months)
    # Else growth within the year counts as season.
    view = replace(view, season=view.season_centred)
    ahead = learned_level(view) / _last_month(view) - 1
    # Half of the year ahead lies three and a half months after the newest on average: 3.5 %.
    assert 0.015 < float(np.median(ahead)) < 0.045


def test_nothing_is_learned_from_less_than_a_year() -> None:
    view = _view(_walk(0.0), 1)
    short = replace(view, valid=np.zeros_like(view.valid))
    assert (learned_level(short) == rolling_level(short, BASE)).all()
