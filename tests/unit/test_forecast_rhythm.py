"""Deliveries that come less often than every month, and bills of which the habit changes at once."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.development import Development
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row, to_panel
from tests.bench.bench_pace import judge
from tests.forecast_habits import HABITS, PAUSE, Billed, bill
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


def _shares(made: Billed, after: int) -> tuple[np.ndarray, np.ndarray]:
    """Months of bills that are taken to be known and are, so long after each change, over the last six months."""
    development, lags = Development(made.panel), np.arange(6)
    said, true = [], []
    for t in range(len(made.panel.years) * 12):
        development.advance(t)
        for s in np.flatnonzero(made.start + after == t):
            year, month = np.divmod(t - lags, 12)
            cost = made.panel.amounts[s, year, month, -1]
            said.append(development.share_known()[s, lags].sum())
            true.append((made.panel.amounts[s, year, month, month + lags] / cost).sum())
    return np.array(said), np.array(true)


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_that_changes_at_once_is_followed_within_three_months(habit: str) -> None:
    made = bill(5, habit, series=8, years=6)
    said, true = _shares(made, after=3)
    usual, _ = _shares(replace(made, start=np.where(made.start < 70, 46, 999)), after=0)
    assert len(said) == 2
    assert (np.abs(usual - true) > 0.35).all()
    assert np.abs(said - true).max() < 0.3


@pytest.mark.parametrize("after", [1, 3, 6])
def test_a_pause_is_no_lasting_habit(after: int) -> None:
    said, true = _shares(bill(5, PAUSE, series=8, years=6), after)
    assert np.abs(said - true).max() < 0.3


def test_files_in_which_nothing_changes_keep_what_they_learned() -> None:
    made = bill(6, None, series=8, years=6)
    development, moved = Development(made.panel), []
    for t in range(72):
        development.advance(t)
        moved.append(np.abs(development.share_known() - development.learned()[0]).max(axis=1))
    assert np.mean(np.array(moved[24:]) > 0.02) < 0.03


def test_forecasts_after_a_change_of_habit_have_no_bias_and_an_honest_band() -> None:
    made = bill(7, "two months later", series=12, years=6)
    found = judge(made, 3, 12)
    assert len(found) > 10
    assert abs(found[:, 0].mean()) < 0.03
    assert found[:, 1].mean() >= 0.6
    # Two months without bills may also be care that stopped: the band says so.
    young, usual = (
        np.mean(
            [
                (cut.quantiles[s, 4] - cut.quantiles[s, 0]) / made.truth[s, cut.year]
                for cut in Backtest(made.panel).run()
                for s in np.flatnonzero(made.start + since == cut.year * 12 + cut.peilmaand - 1)
            ]
        )
        for since in (1, -1)
    )
    assert young > 1.3 * usual


def test_a_ledger_of_totals_to_date_has_no_habits_of_billing_for_an_empty_january_to_change() -> None:
    lines = [
        (*of[:5], of[5] * {1: 0.0, 2: 0.2}.get(of[3], 1.0), of[6]) for of in simulate(3, "sprong", series=6, years=6)
    ]
    closing = [
        (*of[:3], 13, month_end(of[2], month), of[5] * part, of[6])
        for of in lines
        if of[3] == 12
        for month, part in ((13, 0.5), (14, 0.8), (18, 1.0))
    ]
    development = Development(to_panel([Row(i, *line) for i, line in enumerate([*lines, *closing])], []))
    for t in range(72):
        development.advance(t)
        assert (development.share_known() == 1.0).all()
