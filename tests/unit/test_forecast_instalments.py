"""Equal instalments go on to the end of the year; whatever differs, or was paid once, is none."""

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.development import Development
from indicators.forecast.methods import candidates
from indicators.forecast.panel import Array, Panel, forward_fill
from indicators.forecast.view import make_view

METHOD = next(m for m in candidates() if m.name == "vaste_termijn")
NOISE = np.random.default_rng(1).normal(0, 0.05, (60, 12))


def _panel(years: list[list[float]]) -> Panel:
    """One series of years of twelve months, known at the end of each month."""
    booked = np.array(years)
    amounts = np.full((1, len(years), 13, 18), np.nan)
    for k in range(12):
        amounts[0, :, k, k] = booked[:, k]
    amounts[:, :, 12, 12:] = 0.0
    return Panel(
        ["r"], ["g"], list(range(2018, 2018 + len(years))), forward_fill(amounts), np.full((1, len(years), 18), np.nan)
    )


def _said(years: list[list[float]], peilmaand: int) -> float:
    panel, last = _panel(years), len(years) - 1
    development = Development(panel)
    for t in range(last * 12 + peilmaand):
        development.advance(t)
    return float(METHOD.forecast(make_view(panel, development, last, peilmaand))[0])


def _care(year: int) -> list[float]:
    return list(100.0 * (1 + NOISE[year]))


def _months(amount: float) -> list[float]:
    return [amount] * 12


def _quarters(amount: float) -> list[float]:
    return [amount, 0.0, 0.0] * 4


def test_a_new_lump_sum_is_taken_for_one_from_its_third_instalment_on() -> None:
    years = [_care(0), _care(1), _months(90.0)]
    assert [np.isfinite(_said(years, m)) for m in (1, 2, 3)] == [False, False, True]
    assert _said(years, 3) == _said(years, 11) == pytest.approx(1080.0)
    quarters = [_care(0), _care(1), _quarters(270.0)]
    assert np.isnan(_said(quarters, 3)) and _said(quarters, 4) == pytest.approx(1080.0)


def test_who_was_paid_so_last_year_is_known_from_the_first_instalment_on() -> None:
    assert _said([_care(0), _months(90.0), _months(95.0)], 1) == pytest.approx(1140.0)
    assert _said([_care(0), _quarters(270.0), _quarters(280.0)], 2) == pytest.approx(1120.0)
    assert np.isnan(_said([_care(0), _months(90.0), _months(200.0)], 1))  # another size: it may be anything


@pytest.mark.parametrize(
    "now", [_care(3), [0.0] * 12, [90.0, 90.0, 90.5, *[90.0] * 9], [90.0, *[0.0] * 11], [90.0, 90.0, 0.0] * 4]
)
def test_of_other_payments_it_says_nothing(now: list[float]) -> None:
    for peilmaand in (3, 4, 6, 9):
        assert np.isnan(_said([_care(0), _care(1), now], peilmaand))


def test_a_lump_sum_amid_care_is_forecast_better_than_by_its_past() -> None:
    """A contract changes from price x volume to a lump sum, in a file where that happened before."""
    random = np.random.default_rng(2)
    series, count, since = 12, 8, 5
    level = np.exp(np.cumsum(random.normal(0.002, 0.03, (series, count * 12)), axis=1)).reshape(series, count, 12)
    booked = 1e5 * level * np.exp(random.normal(0, 0.1, level.shape))
    for s in range(0, series, 2):
        for year in range(since - s % 4 // 2, count):
            booked[s, year] = 1e5 * level[s, year, 0]
    amounts = np.full((series, count, 13, 18), np.nan)
    for k in range(12):
        amounts[:, :, k, k] = booked[:, :, k]
    amounts[:, :, 12, 12:] = 0.0
    empty: Array = np.full((series, count, 18), np.nan)
    panel = Panel(
        [f"r{s}" for s in range(series)], ["g"] * series, list(range(2015, 2023)), forward_fill(amounts), empty
    )
    cut = Backtest(panel).run((count - 1, 3))[-1]
    off = np.abs(cut.quantiles[:, 2] / booked[:, -1].sum(axis=1) - 1.0)
    assert off[::2].max() < 0.02
