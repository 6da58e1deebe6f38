"""Whatever the series looks like: a finite, ordered forecast or a refusal with a reason; never a crash or NaN."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.forecast.panel import Panel
from indicators.forecast.report import backtest_rows
from indicators.forecast.series import Row, to_panel
from tests.forecast_simulation import month_end

AMOUNT = st.one_of(
    st.just(0.0),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2)),
    st.floats(100, 1e5).map(lambda x: round(x, 2)),
)


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    rows: list[Row] = []
    for s in range(draw(st.integers(1, 3))):
        first, years = draw(st.integers(2018, 2020)), draw(st.integers(1, 6))
        months = draw(st.sampled_from([12, 13]))
        holes = draw(st.sets(st.tuples(st.integers(0, 5), st.integers(1, 12)), max_size=2))
        budget = draw(st.sampled_from([None, 0.0, 5e5]))
        amounts = iter(draw(st.lists(AMOUNT, min_size=years * 13, max_size=years * 13)))
        vintages = draw(st.integers(1, 3))
        for y in range(years):
            for month in range(1, months + 1):
                amount = next(amounts)
                if (y, month) in holes:
                    continue
                for v in range(vintages):
                    share = (v + 1) / vintages
                    peildatum = month_end(first + y, month + v)
                    rows.append(Row(len(rows), f"r{s}", "g", first + y, month, peildatum, amount * share, budget))
    if not rows:
        rows.append(Row(0, "r0", "g", 2020, 1, month_end(2020, 1), 1.0, None))
    return to_panel(rows, [])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(panels())
def test_finite_and_ordered_or_refused(panel: Panel) -> None:
    rows, refusals = backtest_rows(panel)
    said = "\n".join(refusals)
    for row in rows:
        if row[4] == "model":
            quantiles = np.array([float(cell) for cell in row[5:]])
            assert np.isfinite(quantiles).all()
            assert (np.diff(quantiles) >= 0).all()
        else:
            assert np.isfinite(float(row[7])) and row[5] == row[9] == ""
    forecast = {(row[0], row[2]) for row in rows}
    for s, name in enumerate(panel.names):
        for y in range(3, len(panel.years)):
            if np.isfinite(panel.amounts[s, y]).any() and (name, str(panel.years[y])) not in forecast:
                assert f"Reeks {name}, boekjaar {panel.years[y]}: geen voorspelling" in said


def test_no_quantile_below_what_is_booked_where_amounts_never_fall() -> None:
    from indicators.forecast.backtest import Backtest
    from tests.forecast_simulation import simulate

    panel = to_panel([Row(i, *line) for i, line in enumerate(simulate(3, "grillig", late=True, series=6))], [])
    for cut in Backtest(panel).run():
        assert (cut.quantiles[cut.usable, 0] >= cut.view.booked[cut.usable] - 0.01).all()


def test_a_year_of_nothing_but_zeros_gives_zero() -> None:
    rows = [Row(0, "r", "g", 2015 + y, m, month_end(2015 + y, m), 0.0, 0.0) for y in range(5) for m in range(1, 13)]
    lines, refusals = backtest_rows(to_panel(rows, []))
    assert not refusals
    assert {cell for line in lines for cell in line[5:] if cell} == {"0.00"}
