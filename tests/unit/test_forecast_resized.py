"""A group that takes another size on 1 January is forecast from its past at that size; one series is not believed."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.forecast import equal_months
from indicators.forecast.backtest import Backtest
from indicators.forecast.development import Development
from indicators.forecast.panel import Array, Panel, forward_fill
from indicators.forecast.resized import sizes
from indicators.forecast.view import make_view

YEARS, SERIES, SINCE = 8, 16, 6


def _booked(seed: int) -> Array:
    """Care of two groups [series, years, 12], with a season, growth and scatter."""
    random = np.random.default_rng([seed, 15])
    level = np.cumsum(random.normal(0.003, 0.02, (SERIES, YEARS * 12)), axis=1).reshape(SERIES, YEARS, 12)
    season = 0.1 * np.sin(np.arange(12) / 12 * 2 * np.pi) + random.normal(0, 0.03, (SERIES, 1, 12))
    size = random.normal(12, 1, (SERIES, 1, 1))
    return np.exp(size + level + season + random.normal(0, 0.06, level.shape))


def _panel(booked: Array) -> Panel:
    amounts = np.full((SERIES, YEARS, 13, 18), np.nan)
    for k in range(12):
        amounts[:, :, k, k] = booked[:, :, k]
    amounts[:, :, 12, 12:] = 0.0
    names, groups = [f"r{s:02d}" for s in range(SERIES)], ["jeugd", "wmo"] * (SERIES // 2)
    budget = np.full((SERIES, YEARS, 18), np.nan)
    return Panel(names, groups, list(range(2012, 2012 + YEARS)), forward_fill(amounts), budget)


def _sizes(panel: Panel, year: int, peilmaand: int) -> Array:
    development = Development(panel)
    for t in range(year * 12 + peilmaand):
        development.advance(t)
    return sizes(make_view(panel, development, year, peilmaand), panel.membership)


def _decentralised(seed: int) -> tuple[Array, Array]:
    """Jeugd takes another size; how many times as large each of its onderdelen is."""
    booked, times = _booked(seed), np.random.default_rng(seed).uniform(1.4, 2.0, SERIES // 2)
    booked[::2, SINCE:] *= times[:, None, None]
    return booked, times


@pytest.mark.parametrize("peilmaand", [2, 3, 6, 12])
def test_earlier_years_get_the_size_of_after_the_change(peilmaand: int) -> None:
    booked, times = _decentralised(1)
    found = _sizes(_panel(booked), SINCE, peilmaand)
    assert np.abs(found[::2] / times[:, None] - 1.0).mean() < 0.15
    assert (found[1::2] == 1.0).all()
    after = _sizes(_panel(booked), SINCE + 1, peilmaand)
    assert after[::2, :-1].mean() > 1.4 and after[::2, -1] == pytest.approx(1.0)


def test_a_decentralisation_is_forecast_better_in_its_first_half_year(monkeypatch: pytest.MonkeyPatch) -> None:
    booked = _decentralised(1)[0]
    panel, outturn = _panel(booked), booked[::2, SINCE].sum(axis=1)
    off: dict[str, float] = {"with": 0.0, "without": 0.0}
    for how in off:
        with monkeypatch.context() as patch:
            if how == "without":
                patch.setattr(equal_months, "sizes", lambda view, _: np.ones(view.totals.shape))
            for cut in Backtest(panel).run((SINCE, 6)):
                if cut.year == SINCE and cut.peilmaand >= 2:
                    off[how] += float(np.abs(cut.quantiles[::2, 2] - outturn).sum() / outturn.sum())
    assert off["with"] < 0.8 * off["without"]


@pytest.mark.parametrize("kind", ["nothing", "one series", "three series", "prices", "one year"])
def test_of_less_than_a_group_nothing_is_believed(kind: str) -> None:
    booked = _booked(4)
    if kind == "one series":
        booked[4, SINCE:] *= 1.8
    elif kind == "three series":  # of different groups
        booked[[1, 4, 7], SINCE:] *= 1.8
    elif kind == "prices":
        booked[:, SINCE:] *= 1.06
    elif kind == "one year":
        booked = booked[:, :2].repeat(YEARS // 2, axis=1)
    panel = _panel(booked)
    cuts = [(1, 1), (1, 6)] if kind == "one year" else [(SINCE, 2), (SINCE, 6), (SINCE + 1, 3)]
    assert all((_sizes(panel, year, month) == 1.0).all() for year, month in cuts)
