"""A forecast uses nothing that was not known yet at its peilmaand."""

import datetime as dt

import numpy as np
import pytest

from indicators.forecast.backtest import Backtest
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row, to_panel
from tests.forecast_simulation import month_end, simulate


def _panel(lines: list) -> Panel:
    return to_panel([Row(i, *line) for i, line in enumerate(lines)], [])


@pytest.mark.parametrize("cut", [(2019, 1), (2020, 6), (2021, 12)])
def test_rows_dated_later_change_nothing(cut: tuple[int, int]) -> None:
    lines = simulate(5, late=True, series=6, years=7)
    last_day: dt.date = month_end(*cut)
    random = np.random.default_rng(1)
    known = [line for line in lines if line[4] <= last_day]
    later = [
        (*line[:5], round(line[5] * random.uniform(-3, 30), 2), 1e9 * random.uniform())
        for line in lines
        if line[4] > last_day
    ]
    answers = []
    for given in (known, known + later, lines):
        panel = _panel(given)
        year = cut[0] - panel.years[0]
        final = Backtest(panel).run((year, cut[1]))[-1]
        assert (panel.years[final.year], final.peilmaand) == cut
        answers.append((final.quantiles, *final.baselines.values()))
    for other in answers[1:]:
        for a, b in zip(answers[0], other, strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-12)


def test_a_typing_error_of_later_does_not_hide_that_bookings_go_down() -> None:
    lines = simulate(72, series=6, years=7)
    corrected = [(*line[:4], month_end(line[2], line[3] + 3), line[5] * 0.98, line[6]) for line in lines]
    known = [line for line in (*lines, *corrected) if line[4] <= month_end(2021, 12)]
    wrong = [(*line[:4], month_end(2022, 1), 1e15, line[6]) for line in lines if line[2:4] == (2021, 12)]
    plain, later = (Backtest(_panel(given)).run((6, 12))[-1] for given in (known, known + wrong))
    assert (plain.quantiles[:, 2] < plain.view.booked).all()
    np.testing.assert_array_equal(later.quantiles, plain.quantiles)


def test_last_year_counts_only_as_far_as_it_is_known() -> None:
    lines = simulate(6, late=True, series=3, years=5)
    panel = _panel(lines)
    cuts = {(panel.years[c.year], c.peilmaand): c for c in Backtest(panel).run()}
    newest: dict[tuple[str, int], tuple[dt.date, float]] = {}
    for reeks, _, year, month, peildatum, amount, _ in lines:
        if year == 2017 and peildatum <= dt.date(2018, 1, 31):
            newest[reeks, month] = max(newest.get((reeks, month), (dt.date.min, 0.0)), (peildatum, amount))
    known = sum(amount for (reeks, _), (_, amount) in newest.items() if reeks == panel.names[0])
    assert cuts[2018, 1].baselines["vorig_jaar"][0] == pytest.approx(known)
