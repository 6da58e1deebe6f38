"""How much better than linear any forecast can be: an oracle that knows the process, its parameters and the level."""

import numpy as np
import pytest


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
