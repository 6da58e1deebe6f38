"""Known steps: what is decided counts from the month it starts, once it was known, and everything still adds up."""

import datetime as dt
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.stappen import Stap
from indicators.forecast import budget
from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.panel import Panel
from indicators.forecast.series import Row, to_panel
from indicators.forecast.standen import Standen, read_standen
from indicators.forecast.steps import TABLE, with_steps
from tests.forecast_habits import bill
from tests.forecast_simulation import simulate
from tests.unit.test_forecast_budget import PEILDATUM, ledger

MODEL = "methode == 'model' and peildatum == @PEILDATUM"
KEY = ["onderdeel", "lasten_baten"]
Both = tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]


def stap(
    soort: str = "procent", waarde: float = 10.0, vanaf: str = "2021-11-01", tot: str | None = None, **other: str
) -> Stap:
    """A step on the lasten of reeks_00, known since 2021, unless said otherwise."""
    return Stap(
        other.get("onderdeel", "reeks_00"),
        other.get("kant", "L"),
        dt.date.fromisoformat(vanaf),
        dt.date.fromisoformat(tot) if tot else None,
        "procent" if soort == "procent" else "bedrag",
        waarde,
        dt.date.fromisoformat(other.get("sinds", "2021-01-01")),
        other.get("toelichting", "Nieuw tarief"),
    )


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return ledger(PEILDATUM)


@pytest.fixture(scope="module")
def standen(connection: duckdb.DuckDBPyConnection) -> Standen:
    found = read_standen(connection, PEILDATUM)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def september(standen: Standen) -> Cut:
    return Backtest(standen.panel).run((len(standen.panel.years) - 1, 9))[-1]


def place(standen: Standen, onderdeel: str = "reeks_00", kant: str = "L") -> int:
    return standen.keys.index((onderdeel, kant))


def test_a_payment_is_added_to_every_quantile_of_its_own_series(standen: Standen, september: Cut) -> None:
    october = stap("bedrag", 50_000, "2021-10-01", "2021-10-01")
    found, lift = with_steps(september, standen, [october])
    i = place(standen)
    assert found.quantiles[i] == pytest.approx(september.quantiles[i] + 50_000)
    assert np.delete(found.quantiles, i, axis=0) == pytest.approx(np.delete(september.quantiles, i, axis=0))
    assert lift.of([i]) == pytest.approx(np.eye(12)[9] * 50_000)


def test_an_instalment_counts_in_each_month_that_is_left(standen: Standen, september: Cut) -> None:
    monthly = stap("bedrag", 1_000, "2021-10-01", "2022-03-01")
    assert with_steps(september, standen, [monthly])[1].totals(12)[place(standen)] == pytest.approx(3_000)
    repaid = stap("bedrag", -1e9, "2021-12-01", "2021-12-01")
    assert with_steps(september, standen, [repaid])[0].quantiles[place(standen), 2] < 0


def test_a_price_step_counts_over_the_rest_of_the_year_and_widens_the_band(standen: Standen, september: Cut) -> None:
    i = place(standen)
    found, lift = with_steps(september, standen, [stap(waarde=10.0, vanaf="2021-10-01")])
    rest = september.quantiles[i, 2] - september.view.booked[i]
    added = lift.of([i])
    assert (added[:9] == 0).all() and (added[9:] > 0).all()
    # Late bills of months that are over keep the old price, so it is less than a tenth of all that is still to come.
    assert 0.05 * rest < added.sum() <= 0.1 * rest
    width, before = found.quantiles[i, 4] - found.quantiles[i, 0], september.quantiles[i, 4] - september.quantiles[i, 0]
    assert before < width <= 1.1 * before + 1e-6
    later = with_steps(september, standen, [stap(waarde=10.0, vanaf="2021-12-01")])[1].of([i])
    assert later[11] == pytest.approx(added[11]) and later[:11].sum() == 0


@pytest.mark.parametrize(
    "step",
    [
        stap(sinds="2021-10-01"),
        stap("bedrag", 5e4, "2021-09-01", "2021-09-01"),
        stap(vanaf="2022-01-01"),
        stap(vanaf="2021-03-01", tot="2021-06-01"),
        stap(vanaf="2020-09-01"),
        stap(kant="B", onderdeel="reeks_99"),
    ],
    ids=["not known yet", "booked already", "next year", "over", "a year old", "unknown onderdeel"],
)
def test_what_the_ledger_holds_or_nobody_knew_changes_nothing(standen: Standen, september: Cut, step: Stap) -> None:
    found, lift = with_steps(september, standen, [step])
    assert found.quantiles == pytest.approx(september.quantiles)
    assert not lift.totals(len(standen.keys)).any()


def test_of_a_running_price_step_only_what_the_model_has_not_taken_over_is_added(
    standen: Standen, september: Cut
) -> None:
    i = place(standen)
    whole = with_steps(september, standen, [stap(vanaf="2021-10-01")])[1].of([i]).sum()
    young = with_steps(september, standen, [stap(vanaf="2021-08-01")])[1].of([i]).sum()
    old = with_steps(september, standen, [stap(vanaf="2021-02-01")])[1].of([i]).sum()
    assert whole > young > old > 0
    # A step that ends soon would be carried on by the model: the months after it lose that part again.
    ends = with_steps(september, standen, [stap(vanaf="2021-06-01", tot="2021-10-01")])[1].of([i])
    assert ends[9] > 0 > ends[10] and ends[11] < 0


def test_what_running_awards_brought_in_is_not_added_again(standen: Standen, september: Cut) -> None:
    i = place(standen)
    half = replace(september, evidence=np.full(len(standen.keys), 0.5))
    for step, part in ((stap(vanaf="2021-08-01"), 0.5), (stap(vanaf="2021-10-01"), 1.0)):
        alone = with_steps(september, standen, [step])[1].of([i]).sum()
        assert with_steps(half, standen, [step])[1].of([i]).sum() == pytest.approx(part * alone, rel=0.1)


def _with_step_in_july(panel: Panel, chosen: list[int]) -> tuple[Panel, Standen, list[Stap]]:
    """Ten per cent on some series from July of the last year on, in what is known and in a list of January."""
    last = len(panel.years) - 1
    amounts = panel.amounts.copy()
    amounts[chosen, last, 6:12] *= 1.1
    panel = replace(panel, amounts=amounts)
    keys = [(name, "L") for name in panel.names]
    first = f"{panel.years[last]}-07-01"
    steps = [stap(vanaf=first, onderdeel=panel.names[i], sinds=f"{panel.years[last]}-01-01") for i in chosen]
    return panel, Standen(keys, ["wmo"] * len(keys), panel, {}), steps


def test_a_step_that_comes_true_makes_forecasts_before_and_after_it_better() -> None:
    chosen, off = [0, 4, 9, 13], {3: np.zeros(2), 6: np.zeros(2), 8: np.zeros(2)}
    for seed in (41, 42):
        panel = to_panel([Row(i, *line) for i, line in enumerate(simulate(seed, years=6))], [])
        last = len(panel.years) - 1
        panel, standen, steps = _with_step_in_july(panel, chosen)
        outturn = np.nansum(panel.amounts[chosen, last, :, -1], axis=1)
        for cut in Backtest(panel).run((last, 9)):
            if cut.year == last and cut.peilmaand in off:
                said = [c.quantiles[chosen, 2] for c in (with_steps(cut, standen, steps)[0], cut)]
                off[cut.peilmaand] += [np.abs(of - outturn).sum() for of in said]
    assert all(told < 0.7 * untold for told, untold in off.values())


def test_bills_still_to_come_of_months_since_a_price_step_have_its_price() -> None:
    made = bill(3, None, series=8, years=6)
    panel, last, chosen = made.panel, 5, [0, 3, 6]
    panel, standen, steps = _with_step_in_july(panel, chosen)
    for cut in Backtest(panel).run((last, 12))[-12:]:
        months = with_steps(cut, standen, steps)[1].of([0])
        late = months[: cut.peilmaand]
        assert (late[:6] == 0).all()
        if cut.peilmaand > 6:
            # Of the newest month most is to come; what the model has taken over by then is not added again.
            size = cut.view.last[0] / 12
            assert 0 < late[cut.peilmaand - 1] < 0.1 * size
            assert (np.diff(late[6:]) > 0).all()


def test_a_price_step_of_a_wet_reaches_all_its_onderdelen(standen: Standen, september: Cut) -> None:
    lift = with_steps(september, standen, [stap(onderdeel="wmo")])[1]
    touched = {standen.keys[a.series] for a in lift.applied}
    assert touched == {
        key for key, wet in zip(standen.keys, standen.wet, strict=True) if wet == "wmo" and key[1] == "L"
    }


def test_a_yearly_instalment_in_the_history_needs_no_step(standen: Standen, september: Cut) -> None:
    """Holiday pay in May, a subsidy in October: season, which the model learns by itself."""
    i = place(standen)
    payment = 2.0 / 12 * september.view.last[i]
    amounts = standen.panel.amounts.copy()
    amounts[i, :, 9] += payment  # not yet known in September of the running year
    panel = replace(standen.panel, amounts=amounts)
    found = Backtest(panel).run((september.year, 9))[-1]
    assert found.quantiles[i, 2] - september.quantiles[i, 2] == pytest.approx(payment, rel=0.35)


@pytest.fixture(scope="module")
def both(connection: duckdb.DuckDBPyConnection) -> Both:
    """The forecast of all budgets without steps, and with a price step of Wmo and a payment in November."""
    steps = [
        stap(onderdeel="wmo", waarde=8.0, vanaf="2021-10-01", sinds="2021-05-01"),
        stap("bedrag", 60_000.0, "2021-11-01", "2021-11-01", toelichting="Subsidie <tweede deel>"),
        stap("bedrag", 1e6, "2019-12-01", "2019-12-01", sinds="2019-07-15"),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budget, "DRAWS_NOW", 2_000)
        patch.setattr(budget, "DRAWS_PAST", 100)
        without = budget.forecast(connection, PEILDATUM)
        patch.setattr(budget, "stappen", lambda: steps)
        return without, budget.forecast(connection, PEILDATUM)


def test_sums_course_and_depletion_follow(both: Both) -> None:
    p50 = [t["mart.fct_prognose"].query(MODEL).set_index(KEY)["p50_eur"] for t in both]
    gained = p50[1] - p50[0]
    added = both[1][TABLE].query("peildatum == @PEILDATUM").groupby(KEY)["effect_eur"].sum()
    assert gained[added.index].to_numpy() == pytest.approx(added.to_numpy(), abs=0.02)
    size = p50[0]["totaal", "L"]
    assert gained["totaal", "L"] == pytest.approx(added.sum(), abs=0.002 * size)
    assert gained["wmo", "L"] == pytest.approx(gained["totaal", "L"], abs=0.002 * size)
    assert gained["jeugd", "L"] == gained["totaal", "B"] == 0
    course = both[1]["mart.fct_prognose_verloop"].query("peildatum == @PEILDATUM").set_index([*KEY, "maand"])["p50_eur"]
    for key in (("reeks_00", "L"), ("totaal", "L")):
        assert course[(*key, dt.date(2021, 12, 1))] == pytest.approx(p50[1][key], abs=0.02)
        steps = np.diff([float(course[(*key, dt.date(2021, m, 1))]) for m in (9, 10, 11, 12)])
        assert steps[1] > max(steps[0], steps[2]) + 30_000
    saldo = [
        t["mart.fct_prognose_saldo"].query("peildatum == @PEILDATUM").set_index("onderdeel")["p50_eur"] for t in both
    ]
    assert saldo[0]["totaal"] - saldo[1]["totaal"] == pytest.approx(added.sum(), abs=0.002 * size)
    chance = [t["mart.fct_prognose"].query(MODEL).set_index(KEY)["kans_overschrijding"] for t in both]
    assert (chance[1].dropna() >= chance[0].dropna()).all() and chance[1].sum() > chance[0].sum()


def test_what_is_still_to_come_of_months_that_are_over_has_the_price_they_had(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budget, "DRAWS_NOW", 2_000)
        patch.setattr(budget, "DRAWS_PAST", 100)
        patch.setattr(budget, "stappen", lambda: [stap(waarde=10.0, vanaf="2021-07-01", sinds="2021-05-01")])
        course = budget.forecast(connection, PEILDATUM)["mart.fct_prognose_verloop"]
    known = course[course["geboekt_eur"].notna() & (course["onderdeel"] == "reeks_00")]
    assert len(known) > 80
    whole = known["geboekt_eur"] + known["nog_te_ontvangen_eur"]
    assert np.allclose(whole.astype(float), known["p50_eur"].astype(float), atol=0.02)


def test_the_forecast_says_what_is_counted_in(both: Both) -> None:
    said = both[1]["mart.fct_prognose"].query(MODEL).set_index(KEY)["toelichting"]
    for onderdeel in ("reeks_00", "wmo", "totaal"):
        sentence = said[onderdeel, "L"]
        assert "Al bekend en meegerekend voor de komende maanden: " in sentence and "Subsidie" in sentence
    assert "Subsidie <tweede deel> (€ 60.000 meer)" in said["reeks_00", "L"]
    assert "bekend" not in str(said["reeks_01", "L"])


def test_a_forecast_does_not_know_what_was_decided_later(both: Both) -> None:
    rows = both[1][TABLE]
    assert set(rows[rows["soort"] == "bedrag"]["peildatum"].map(lambda d: d.month)) == set(range(1, 10))
    assert set(rows[rows["soort"] == "procent"]["peildatum"].map(lambda d: d.month)) == {5, 6, 7, 8, 9}
    before = [t["mart.fct_prognose"].query("lasten_baten == 'L' and onderdeel == 'reeks_02'") for t in both]
    january = [
        float(rows[rows["peildatum"] == dt.date(2021, 1, 31)].query("methode == 'model'")["p50_eur"].iloc[0])
        for rows in before
    ]
    assert january[0] == january[1]


def test_the_track_record_knows_a_step_from_the_day_it_was_known(both: Both) -> None:
    of = "boekjaar == 2019 and methode == 'model' and onderdeel == 'reeks_00'"
    said = [t["mart.fct_terugtoets"].query(of).set_index("peilmaand")["voorspeld_eur"].astype(float) for t in both]
    gained = (said[1] - said[0]).round()
    assert [m for m in gained.index if gained[m]] == [7, 8, 9, 10, 11]
    assert set(gained[gained != 0]) == {1e6}
