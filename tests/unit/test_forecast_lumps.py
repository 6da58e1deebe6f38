"""One payment a year of which the month moves: nothing booked yet is no saving, and all booked is no overspending."""

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.series import Row, to_panel
from tests.forecast_simulation import Line, month_end, outturns

FIRST, YEARS = 2016, 7


def _lines(seed: int) -> list[Line]:
    """Twelve subsidies, each paid at once in March, April or May."""
    random = np.random.default_rng(seed)
    lines: list[Line] = []
    for s in range(12):
        size = np.exp(random.normal(13.0, 0.8))
        level = size * np.exp(np.cumsum(random.normal(0.03, 0.04, YEARS)))
        for y in range(YEARS):
            paid = 3 + int(random.integers(0, 3))
            budget = round(float(level[max(y - 1, 0)] * np.exp(random.normal(0, 0.08))), 2)
            for m in range(1, 13):
                amount = round(float(level[y]), 2) if m == paid else 0.0
                lines.append((f"subsidie {s:02d}", "subsidies", FIRST + y, m, month_end(FIRST + y, m), amount, budget))
    return lines


@pytest.fixture(scope="module")
def judged() -> tuple[list[Cut], dict[int, np.ndarray]]:
    lines = _lines(1)
    truth, panel = outturns(lines), to_panel([Row(i, *line) for i, line in enumerate(lines)], [])
    outturn = {y: np.array([truth[name, year] for name in panel.names]) for y, year in enumerate(panel.years)}
    return Backtest(panel).run(), outturn


@pytest.mark.parametrize("peilmaand", [1, 2, 3, 4])
def test_before_all_are_paid_it_is_no_worse_than_the_best_baseline(judged: tuple, peilmaand: int) -> None:
    cuts, outturn = judged
    errors = []
    for cut in cuts:
        if cut.year >= 3 and cut.peilmaand == peilmaand:
            said = [cut.quantiles[:, 2], *(cut.baselines[b] for b in ("lineair", "vorig_jaar", "begroting"))]
            errors.append([np.abs(s - outturn[cut.year]).sum() for s in said])
    model, *others = np.sum(errors, axis=0)
    assert model <= 1.1 * min(others)


@pytest.mark.parametrize("peilmaand", [6, 9, 12])
def test_once_all_are_paid_the_year_is_known(judged: tuple, peilmaand: int) -> None:
    cuts, outturn = judged
    for cut in cuts:
        if cut.year >= 4 and cut.peilmaand == peilmaand:
            assert np.abs(cut.quantiles[:, 2] / outturn[cut.year] - 1.0).mean() < 0.05
