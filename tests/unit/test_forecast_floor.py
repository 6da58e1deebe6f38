"""How much better than linear any forecast can be: an oracle that knows the process, its parameters and the level."""

import numpy as np
import pytest

from tests.forecast_simulation import LATE


def floor(step: float, noise: float, month: int) -> float:
    """Least error relative to linear, on a level that wanders by `step` a month with `noise`, without season or growth.

    The oracle knows the level at the cut exactly and what is ahead is a martingale, so no forecast errs less. Linear
    carries the mean of the months so far on. Both in units of one month's cost, for small steps and noise.
    """
    ahead = 12 - month
    future = step**2 * sum(k * k for k in range(1, ahead + 1)) + noise**2 * ahead
    # Mean so far against the level now: every step counts for the months before it; noise of the mean.
    mean = step**2 * sum((k / month) ** 2 for k in range(1, month)) + noise**2 / month
    return float(np.sqrt(future / (future + ahead**2 * mean)))


@pytest.mark.parametrize("part", np.linspace(0.0, 1.0, 11))
def test_seven_tenths_of_linear_in_june_is_out_of_reach_without_season(part: float) -> None:
    # From all noise to all wandering: 0.71 to 0.79. In September 0.87 to 0.62.
    assert floor(part, 1.0 - part, 6) > 0.70


def floor_with_late_bills(shape: float, month: int, years: int = 40_000) -> float:
    """Least WAPE relative to linear on erratic months with late bills, of an oracle that knows every bill to come.

    Months scatter as a gamma of this shape around a level with season (as `grillig` in tests/forecast_simulation.py).
    The oracle knows the level, the season, the lag, and of every month that is over what it will have cost in the end;
    of months to come it says the median. Linear carries on what is booked.
    """
    random = np.random.default_rng(int(shape * 10) + month)
    phase = random.uniform(0, 2 * np.pi, (years, 1))
    level = np.exp(0.12 * np.sin(np.arange(12) / 6 * np.pi + phase))
    cost = level * random.gamma(shape, 1 / shape, (years, 12))
    known = np.cumsum(np.array(LATE) / sum(LATE))[np.minimum(month - 1 - np.arange(month), len(LATE) - 1)]
    linear = (cost[:, :month] * known).sum(axis=1) / month * 12
    ahead = cost[:, month:].sum(axis=1)
    said = level[:, month:].sum(axis=1) * np.median(ahead / level[:, month:].sum(axis=1))
    return float(np.abs(said - ahead).sum() / np.abs(linear - cost.sum(axis=1)).sum())


@pytest.mark.parametrize("month", [6, 9])
def test_less_than_half_of_linear_is_out_of_reach_on_erratic_months_with_late_bills(month: int) -> None:
    assert 0.45 < floor_with_late_bills(2.0, month) < 0.6


def test_on_ordinary_months_with_late_bills_there_is_room() -> None:
    assert floor_with_late_bills(270.0, 6) < 0.1
