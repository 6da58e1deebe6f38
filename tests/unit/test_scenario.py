"""Scenarios: in the address and back, coherent up and down, explained to the cent, refused if unreadable."""

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.core.contract import BY_NAME
from indicators.forecast.scenario import Maatregel, Scenario, UnusableScenario, describe, from_query
from indicators.forecast.scenario_apply import Basis, Outcome, apply

PEILDATUM = dt.date(2025, 8, 31)
PARTS = {"begeleiding": "wmo", "dagbesteding": "wmo", "jeugdhulp": "jeugd", "uitkeringen": "participatiewet"}
QUANTILES = ["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]
SUMS = {"wmo", "jeugd", "participatiewet", "totaal"}


def basis(peildatum: dt.date = PEILDATUM) -> Basis:
    middle = {(o, "L"): 1e6 * (i + 1) for i, o in enumerate(PARTS)} | {("uitkeringen", "B"): 3e6}
    for (onderdeel, side), value in list(middle.items()):
        for name in (PARTS[onderdeel], "totaal"):
            middle[name, side] = middle.get((name, side), 0.0) + value
    prognose, verloop, saldo, begroting = [], [], [], []
    for (onderdeel, side), value in middle.items():
        key = {
            "boekjaar": 2025,
            "peildatum": peildatum,
            "onderdeel": onderdeel,
            "lasten_baten": side,
            "scenario": "basis",
        }
        quantiles = dict(zip(QUANTILES, value * np.array([0.95, 0.98, 1.0, 1.03, 1.08]), strict=True))
        dates = {"uitputting_p10": pd.Timestamp(2025, 12, 1), "uitputting_p50": pd.NaT, "uitputting_p90": pd.NaT}
        prognose.append({**key, "methode": "model", **quantiles, "kans_overschrijding": 0.4, **dates})
        for m in range(12):
            path = {c: round(quantiles[c] * (m + 1) / 12, 2) for c in ("p10_eur", "p50_eur", "p90_eur")}
            # p10 expects a correction of what is booked; of p50 some bills are still to come.
            booked = round(0.97 * path["p50_eur"], 2) if (2025, m + 1) <= (peildatum.year, peildatum.month) else None
            known = {"geboekt_eur": booked, "nog_te_ontvangen_eur": None}
            verloop.append({**key, "maand": dt.date(2025, m + 1, 1), **known, **path})
        if onderdeel not in SUMS:
            begroting.append((onderdeel, side, value * 1.01))
        if side == "L":
            minus = {c: -quantiles[d] for c, d in zip(QUANTILES, QUANTILES[::-1], strict=True)}
            row = {k: v for k, v in key.items() if k != "lasten_baten"}
            saldo.append({**row, "begroot_eur": -value * 1.01, **minus, "kans_nadeel": 0.4})
    return Basis(
        pd.DataFrame(prognose, columns=BY_NAME["mart.fct_prognose"].column_names),
        pd.DataFrame(verloop, columns=BY_NAME["mart.fct_prognose_verloop"].column_names),
        pd.DataFrame(saldo, columns=BY_NAME["mart.fct_prognose_saldo"].column_names),
        pd.DataFrame(begroting, columns=["onderdeel", "lasten_baten", "actueel_eur"]),
        pd.DataFrame({"onderdeel": list(PARTS), "wet": list(PARTS.values()), "naam": [o.title() for o in PARTS]}),
        pd.DataFrame({"onderdeel": ["begeleiding", "jeugdhulp"], "stand": [100.0, 50.0], "instroom": [5.0, np.nan]}),
    )


BASIS = basis()
percent = st.floats(-50, 100).map(lambda v: round(v, 2))
euros = st.floats(-1e7, 1e7).map(lambda v: round(v, 2))
parts = st.sampled_from(list(PARTS))
measures = st.builds(Maatregel, parts, euros, st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)))
scenarios = st.builds(
    Scenario,
    percent,
    percent,
    st.dictionaries(parts, percent, max_size=3),
    st.dictionaries(parts, st.integers(0, 500), max_size=3),
    euros,
    st.lists(measures, max_size=3).map(tuple),
)


def p50(outcome: Outcome | Basis) -> pd.Series:
    return outcome.prognose.set_index(["onderdeel", "lasten_baten"])["p50_eur"].astype(float)


@settings(max_examples=40, deadline=None)
@given(scenarios)
def test_address_and_back_is_the_same_scenario(scenario: Scenario) -> None:
    assert from_query(scenario.to_query()).to_query() == scenario.to_query()


@settings(max_examples=12, deadline=None)
@given(scenarios)
def test_onderdelen_add_up_to_the_cent_with_every_cause_and_nothing_lies_below_what_is_booked(
    scenario: Scenario,
) -> None:
    outcome = apply(BASIS, scenario)
    moved = (p50(outcome) - p50(BASIS)).mul(100).round().astype(int)
    explained = outcome.verschil.groupby(["onderdeel", "lasten_baten"])["effect_eur"].sum().mul(100).round().astype(int)
    assert (moved[moved != 0] == explained.reindex(moved[moved != 0].index)).all()
    for side in ("L", "B"):
        of_parts = moved[[k for k in moved.index if k[1] == side and k[0] in PARTS]]
        assert moved["totaal", side] == of_parts.sum()
        for wet in {PARTS[k[0]] for k in of_parts.index}:
            assert moved[wet, side] == sum(v for k, v in of_parts.items() if PARTS[k[0]] == wet)
    for values in (t[QUANTILES].to_numpy(dtype=float) for t in (outcome.prognose, outcome.saldo)):
        assert (np.diff(values, axis=1) >= -0.011).all()
    december = outcome.verloop[pd.to_datetime(outcome.verloop["maand"]).dt.month == 12]
    ends = december.set_index(["onderdeel", "lasten_baten"])
    rows = outcome.prognose.set_index(["onderdeel", "lasten_baten"])
    for column in ("p10_eur", "p50_eur", "p90_eur"):
        assert np.allclose(ends[column].reindex(rows.index), rows[column].astype(float), atol=0.011)
    assert below_booked(outcome).empty
    known = pd.to_datetime(outcome.verloop["maand"]).dt.month <= PEILDATUM.month
    pd.testing.assert_frame_equal(
        outcome.verloop[known].drop(columns="scenario"), BASIS.verloop[known].drop(columns="scenario")
    )


def test_nothing_assumed_is_the_forecast_itself() -> None:
    outcome = apply(BASIS, Scenario())
    pd.testing.assert_frame_equal(outcome.prognose, BASIS.prognose)
    pd.testing.assert_frame_equal(outcome.saldo, BASIS.saldo)
    assert outcome.verschil.empty and not outcome.niet_toegepast
    assert Scenario().is_basis and "zonder extra aannames" in describe(Scenario(), {}, PEILDATUM)


def test_each_assumption_costs_what_it_says() -> None:
    def moves(scenario: Scenario, key: tuple[str, str] = ("begeleiding", "L")) -> float:
        return float((p50(apply(BASIS, scenario)) - p50(BASIS))[key])

    left = 4 / 12 * 1e6
    assert moves(Scenario(indexatie_pct=3.0)) == pytest.approx(0.03 * left, abs=0.05)
    assert moves(Scenario(tarief_pct={"begeleiding": 5.0})) == pytest.approx(0.05 * left, abs=0.05)
    assert moves(Scenario(tarief_pct={"dagbesteding": 5.0})) == 0.0
    per_client = 1e6 / 12 / 100
    assert moves(Scenario(wachtlijst={"begeleiding": 10})) == pytest.approx(10 * 4 * per_client, abs=0.05)
    # One new client in two more each month: half a month in the first, three and a half in the fourth.
    assert moves(Scenario(instroom_pct=20.0)) == pytest.approx((0.5 + 1.5 + 2.5 + 3.5) * per_client, abs=0.05)
    november = Scenario(maatregelen=(Maatregel("begeleiding", -120_000.0, dt.date(2025, 11, 1)),))
    assert moves(november) == pytest.approx(-20_000.0)
    assert moves(Scenario(buig_eur=-250_000.0), ("participatiewet", "B")) == -250_000.0


@pytest.mark.parametrize(("day", "days_of_october"), [(1, 31), (16, 16), (31, 1)])
def test_a_measure_counts_from_its_first_day_on(day: int, days_of_october: int) -> None:
    measure = Maatregel("begeleiding", -12_000.0, dt.date(2025, 10, day))
    moved = p50(apply(BASIS, Scenario(maatregelen=(measure,)))) - p50(BASIS)
    assert moved["begeleiding", "L"] == pytest.approx(-2_000.0 - 1_000.0 * days_of_october / 31, abs=0.011)


def test_chance_dates_and_saldo_follow() -> None:
    outcome = apply(BASIS, Scenario(indexatie_pct=20.0, buig_eur=1e5))
    rows = outcome.prognose.set_index(["onderdeel", "lasten_baten"])
    assert rows.loc[("begeleiding", "L"), "kans_overschrijding"] > 0.8
    assert rows.loc[("begeleiding", "L"), "uitputting_p50"] < pd.Timestamp(2025, 12, 31)
    before, after = (t.saldo.set_index("onderdeel")["p50_eur"] for t in (BASIS, outcome))
    moved = p50(outcome) - p50(BASIS)
    assert after["totaal"] - before["totaal"] == pytest.approx(moved["totaal", "B"] - moved["totaal", "L"], abs=0.02)
    assert outcome.saldo.set_index("onderdeel")["kans_nadeel"]["jeugd"] > 0.8
    assert set(outcome.prognose["scenario"]) == {"indexatie=20&buig=100000"}


def test_what_cannot_be_applied_is_said() -> None:
    outcome = apply(BASIS, Scenario(wachtlijst={"dagbesteding": 3}, tarief_pct={"onbekend": 2.0}))
    assert len(outcome.niet_toegepast) == 2 and outcome.verschil.empty
    assert outcome.niet_toegepast[0].startswith("Bij Dagbesteding")
    over = apply(basis(dt.date(2026, 2, 28)), Scenario(indexatie_pct=3.0))
    assert over.verschil.empty and "Het jaar is voorbij" in over.niet_toegepast[0]


def below_booked(outcome: Outcome | Basis) -> pd.DataFrame:
    """Rows of forecast and course, after the peildatum, of which a quantile lies below what is booked already."""
    course = outcome.verloop
    key = ["onderdeel", "lasten_baten"]
    booked = course.groupby(key)["geboekt_eur"].max().astype(float).rename("geboekt").reset_index()
    later = course[course["geboekt_eur"].isna()][[*key, "p10_eur"]]
    rows = pd.concat([outcome.prognose[[*key, "p10_eur"]], later]).merge(booked, on=key)
    return rows[rows["p10_eur"] < rows["geboekt"] - 0.011]


def test_no_more_is_saved_than_is_still_to_be_spent_and_a_sum_takes_no_assumption() -> None:
    day = dt.date(2025, 1, 1)
    outcome = apply(BASIS, Scenario(maatregelen=(Maatregel("begeleiding", -6e6, day), Maatregel("wmo", -1.0, day))))
    course = BASIS.verloop[(BASIS.verloop["onderdeel"] == "begeleiding") & (BASIS.verloop["lasten_baten"] == "L")]
    done = course.iloc[PEILDATUM.month - 1]
    after = outcome.prognose.set_index(["onderdeel", "lasten_baten"]).loc[("begeleiding", "L")]
    assert after["p50_eur"] == pytest.approx(done["p50_eur"], abs=0.02)
    assert after["p10_eur"] == pytest.approx(done["geboekt_eur"], abs=0.02)
    # A dear year has more left than can be saved in an ordinary one.
    assert after["p90_eur"] == pytest.approx(1.08e6 - 1e6 / 3, abs=0.02) and after["p90_eur"] > done["p90_eur"]
    assert outcome.niet_toegepast == [
        "Een aanname hoort bij één onderdeel; die voor wmo telt niet mee.",
        "De maatregel bij Begeleiding telt vanaf september mee; wat in de maanden ervoor is uitgegeven, staat al vast.",
        "Bij Begeleiding bespaart de maatregel dit jaar € 333.000 en geen € 2,0 miljoen: meer wordt er vanaf september "
        "niet uitgegeven, en wat al is uitgegeven, blijft uitgegeven.",
        "Valt het jaar bij Begeleiding goedkoop uit, dan is er minder over om op te besparen: de onderkant van de band "
        "daalt daar minder dan de verwachte uitkomst.",
    ]
    saldo = outcome.saldo.set_index("onderdeel").loc["wmo"]
    assert saldo["p50_eur"] == pytest.approx(-p50(outcome)["wmo", "L"], abs=0.02)


def test_in_a_cheap_year_less_can_be_saved_and_the_saldo_says_the_same() -> None:
    outcome = apply(BASIS, Scenario(maatregelen=(Maatregel("jeugdhulp", -3e6, dt.date(2025, 9, 1)),)))
    rows, saldo = outcome.prognose.set_index(["onderdeel", "lasten_baten"]), outcome.saldo.set_index("onderdeel")
    assert p50(outcome)["jeugdhulp", "L"] == pytest.approx(2e6)
    assert [line.split(", dan")[0] for line in outcome.niet_toegepast] == ["Valt het jaar bij Jeugdhulp goedkoop uit"]
    assert rows.loc[("jeugdhulp", "L"), "p10_eur"] == pytest.approx(3e6 * 0.97 * 8 / 12, abs=0.02)
    # Jeugd has no other lasten and no baten: onderdeel, wet and saldo tell one story.
    for low, high in zip(QUANTILES, QUANTILES[::-1], strict=True):
        assert rows.loc[("jeugd", "L"), low] == rows.loc[("jeugdhulp", "L"), low]
        assert saldo.loc["jeugd", high] == pytest.approx(-rows.loc[("jeugd", "L"), low], abs=0.011)


def test_everything_at_once_saves_no_more_and_the_causes_share_it() -> None:
    measure = Maatregel("begeleiding", -9e5, dt.date(2025, 9, 1))
    outcome = apply(BASIS, Scenario(-50.0, 0.0, {"begeleiding": -50.0}, maatregelen=(measure,)))
    assert p50(outcome)["begeleiding", "L"] == pytest.approx(8 / 12 * 1e6, abs=0.02)
    own = outcome.verschil[(outcome.verschil["onderdeel"] == "begeleiding")].set_index("oorzaak")["effect_eur"]
    assert set(own.index) == {"maatregel", "indexatie", "tarief"} and (own < 0).all()
    assert own["maatregel"] / own["indexatie"] == pytest.approx(3e5 / (1e6 / 6), rel=1e-4)
    assert outcome.niet_toegepast[0].startswith(
        "Bij Begeleiding besparen de aannames samen dit jaar € 333.000 en geen € 550.000: meer wordt er vanaf september"
    )


def test_no_more_money_of_the_state_falls_away_than_is_still_to_come() -> None:
    outcome = apply(BASIS, Scenario(buig_eur=-5e6))
    assert p50(outcome)["uitkeringen", "B"] == pytest.approx(2e6, abs=0.02)
    assert outcome.niet_toegepast == [
        "Bij Uitkeringen valt dit jaar € 1,0 miljoen weg en geen € 5,0 miljoen: "
        "meer komt er vanaf september niet binnen."
    ]


def test_a_sum_that_is_forecast_lower_than_its_parts_leaves_less_to_save() -> None:
    lower = basis()
    for rows in (lower.prognose, lower.verloop):
        for column in set(QUANTILES) & set(rows.columns):
            rows.loc[(rows["onderdeel"] == "wmo") & (rows["lasten_baten"] == "L"), column] *= 0.95
    day = dt.date(2025, 9, 1)
    everything = Scenario(maatregelen=tuple(Maatregel(o, -9e8, day) for o in ("begeleiding", "dagbesteding")))
    outcome = apply(lower, everything)
    assert below_booked(lower).empty and below_booked(outcome).empty
    moved = p50(outcome) - p50(lower)
    assert moved["wmo", "L"] == pytest.approx(moved["begeleiding", "L"] + moved["dagbesteding", "L"], abs=0.001)
    assert moved["wmo", "L"] == pytest.approx(-(0.95 * 3e6 - 0.97 * 3e6 * 8 / 12), abs=0.02)
    explained = outcome.verschil.groupby(["onderdeel", "lasten_baten"])["effect_eur"].sum()
    for key in (("wmo", "L"), ("begeleiding", "L"), ("totaal", "L")):
        assert explained[key] == pytest.approx(moved[key], abs=0.001)


def test_bookings_that_are_expected_to_fall_may_fall_below_booked() -> None:
    falling = basis()
    own = (falling.verloop["onderdeel"] == "jeugdhulp") & (falling.verloop["maand"] == dt.date(2025, 12, 1))
    falling.verloop.loc[own, ["p10_eur", "p50_eur", "p90_eur"]] -= 2e6
    own = (falling.prognose["onderdeel"] == "jeugdhulp") & (falling.prognose["lasten_baten"] == "L")
    falling.prognose.loc[own, QUANTILES] -= 2e6
    outcome = apply(falling, Scenario(maatregelen=(Maatregel("jeugdhulp", -3e5, dt.date(2025, 9, 1)),)))
    assert p50(outcome)["jeugdhulp", "L"] == pytest.approx(1e6 - 1e5)
    assert len(below_booked(outcome)) > 0


@pytest.mark.parametrize(
    "query", ["buig=123456789.12", "indexatie=0.1234567890123", "maatregel=x:-999999.99:2026-01-01"]
)
def test_an_address_keeps_every_digit(query: str) -> None:
    assert from_query(query).to_query() == query


@pytest.mark.parametrize(
    "query",
    [
        "indexatie=drie",
        "indexatie=1e9",
        "instroom=nan",
        "tarief=begeleiding",
        "tarief=:3",
        "wachtlijst=begeleiding:2.5",
        "wachtlijst=begeleiding:-1",
        "maatregel=begeleiding:100:morgen",
        "buig=inf",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_in_dutch(query: str) -> None:
    with pytest.raises(UnusableScenario, match=r"niet te lezen|moet tussen|ontbreekt|kan niet|te groot"):
        from_query(query)


def test_other_keys_of_an_address_are_left_alone() -> None:
    assert from_query("?jaar=2025&indexatie=3&onderdeel=wmo") == Scenario(indexatie_pct=3.0)


def test_sentence_says_all_that_is_assumed() -> None:
    scenario = from_query("indexatie=3.5&wachtlijst=begeleiding:12&maatregel=jeugdhulp:-120000:2025-11-01&buig=-250000")
    sentence = describe(scenario, {"begeleiding": "Begeleiding", "jeugdhulp": "Jeugdhulp"}, PEILDATUM)
    assert sentence == (
        "Dit scenario rekent met 3,5 % hogere prijzen vanaf september, 12 cliënten van de wachtlijst bij Begeleiding "
        "vanaf september, € 250.000 minder BUIG van het Rijk en een besparing van € 120.000 per jaar bij Jeugdhulp "
        "vanaf 1 november 2025; verder is alles als in de prognose."
    )


def test_a_scenario_is_quick_enough_for_a_screen() -> None:
    scenario = Scenario(3.0, 10.0, {"begeleiding": 2.0}, {"begeleiding": 5}, 1e5)
    apply(BASIS, scenario)
    start = time.process_time()
    for _ in range(5):
        apply(BASIS, scenario)
    assert (time.process_time() - start) / 5 < 0.05
