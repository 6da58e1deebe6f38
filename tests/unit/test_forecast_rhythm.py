"""Deliveries that come less often than every month: a quarter's months are known at lags of their own."""

import datetime as dt

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.development import Development
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row, to_panel
from tests.forecast_simulation import Line, month_end, outturns, simulate


def every(lines: list[Line], months: int) -> list[Line]:
    """The same file, delivered only at the end of every so many months."""
    held: dict[tuple[str, str, int, int, float | None], list[tuple[dt.date, float]]] = {}
    for reeks, groep, year, month, peildatum, amount, budget in lines:
        held.setdefault((reeks, groep, year, month, budget), []).append((peildatum, amount))
    found: list[Line] = []
    for (reeks, groep, year, month, budget), known in held.items():
        for end in sorted({month_end(p.year, -(-p.month // months) * months) for p, _ in known}):
            amount = [a for p, a in known if p <= end][-1]
            found.append((reeks, groep, year, month, end, amount, budget))
    return found


def wape(lines: list[Line], peilmaand: int) -> tuple[float, float]:
    """WAPE of the model and of the best baseline, over years with three before them."""
    truth, panel = outturns(lines), to_panel([Row(i, *line) for i, line in enumerate(lines)], [])
    errors = []
    for cut in Backtest(panel).run():
        if cut.year >= 3 and cut.peilmaand == peilmaand:
            outturn = np.array([truth[name, panel.years[cut.year]] for name in panel.names])
            said = [cut.quantiles[:, 2], *(cut.baselines[b] for b in ("lineair", "vorig_jaar", "begroting"))]
            errors.append([np.abs(s - outturn).sum() / outturn.sum() for s in said])
    mean = np.mean(errors, axis=0)
    return float(mean[0]), float(mean[1:].min())


@pytest.mark.parametrize("late", [False, True], ids=["zonder achterstand", "met achterstand"])
def test_quarterly_deliveries_are_as_good_as_monthly_ones_at_the_end_of_a_quarter(late: bool) -> None:
    lines = simulate(3, "wandelend", late, series=12, years=7)
    monthly, _ = wape(lines, 6)
    quarterly, best = wape(every(lines, 3), 6)
    assert quarterly < 0.7 * best
    assert quarterly < 1.35 * monthly


def _panel(lines: list[Line]) -> Panel:
    return to_panel([Row(i, *line) for i, line in enumerate(lines)], [])


def test_a_month_that_is_final_when_seen_is_known_whole_in_any_rhythm() -> None:
    lines = every(simulate(3, "wandelend", False, series=3, years=3), 3)
    development = Development(_panel(lines))
    for t in range(30):
        development.advance(t)
    share = development.share_known()
    assert (development.last_delivery == 29).all()
    assert np.allclose(share[:, :12], 1.0)


def test_the_rhythm_may_change_and_what_was_learned_in_another_is_forgotten() -> None:
    lines = simulate(3, "wandelend", True, series=3, years=4)
    before = [line for line in every(lines, 3) if line[4] <= dt.date(2016, 12, 31)]
    after = [line for line in lines if line[4] > dt.date(2016, 12, 31)]
    changed, monthly = Development(_panel(before + after)), Development(_panel(lines))
    for t in range(48):
        changed.advance(t)
        monthly.advance(t)
    assert np.allclose(changed.share_known()[:, :4], monthly.share_known()[:, :4], atol=0.05)
