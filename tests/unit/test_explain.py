"""Explanation of a forecast: adds up to the cent, names what was planted, says what it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.forecast.explain import TABLE, explanations
from indicators.forecast.explain_causes import Cause, without_crumbs
from indicators.forecast.explain_factors import LEDGER
from indicators.forecast.explain_text import euros, of_sum, rest, rest_of_sum
from tests.support.explain_world import (
    LAG,
    ONDERDELEN,
    PEILDATA,
    World,
    fewer_leave,
    insert,
    marts,
    more_inflow,
    single_booking,
)  # fmt: skip


def explained(plant: Callable[[World], None] | None = None, with_care: bool = True) -> pd.DataFrame:
    world = World()
    if plant:
        plant(world)
    with marts(world, with_care) as connection:
        return explanations(connection, PEILDATA[-1])[TABLE]


@pytest.fixture(scope="module")
def quiet() -> Iterator[tuple[duckdb.DuckDBPyConnection, pd.DataFrame]]:
    connection = marts(World())
    yield connection, explanations(connection, PEILDATA[-1])[TABLE]
    connection.close()


Changed = Callable[[str], duckdb.DuckDBPyConnection]


@pytest.fixture
def changed(quiet: tuple) -> Iterator[Changed]:
    """Change the quiet world for one test only."""

    def change(sql: str) -> duckdb.DuckDBPyConnection:
        quiet[0].execute("BEGIN")
        quiet[0].execute(sql)
        return quiet[0]

    yield change
    quiet[0].execute("ROLLBACK")


def test_causes_add_up_to_forecast_less_budget_to_the_cent(quiet: tuple) -> None:
    connection, rows = quiet
    assert list(rows.columns) == BY_NAME[TABLE].column_names
    assert not rows.duplicated(list(BY_NAME[TABLE].key)).any()
    _insert_explanations(connection, rows)
    unequal = connection.execute("""
        WITH v AS (SELECT boekjaar, peildatum, onderdeel, lasten_baten, sum(effect_eur) AS effect
                   FROM mart.fct_verklaring GROUP BY ALL),
        parts AS (SELECT boekjaar, peildatum, unnest([onderdeel, wet, 'totaal']) AS onderdeel, lasten_baten, actueel_eur
              FROM mart.fct_begroting JOIN mart.dim_onderdeel USING (onderdeel)),
        b AS (SELECT boekjaar, peildatum, onderdeel, lasten_baten, sum(actueel_eur) AS begroot FROM parts GROUP BY ALL)
        SELECT count(*), count(*) FILTER (effect IS DISTINCT FROM p50_eur - begroot)
        FROM mart.fct_prognose LEFT JOIN v USING (boekjaar, peildatum, onderdeel, lasten_baten)
        LEFT JOIN b USING (boekjaar, peildatum, onderdeel, lasten_baten)""").fetchone()
    assert unequal == (2 * 2 * 6, 0)


def _insert_explanations(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> None:
    connection.execute(BY_NAME[TABLE].ddl)
    insert(connection, "fct_verklaring", rows)


def test_sums_are_the_sums_of_their_onderdelen_and_the_rest_is_named(quiet: tuple) -> None:
    rows = quiet[1]
    now = rows[(rows["peildatum"] == PEILDATA[-1]) & (rows["lasten_baten"] == "L")]
    effects = now.pivot(index="oorzaak", columns="onderdeel", values="effect_eur").fillna(0.0)
    for cause in set(effects.index) - {"overig"}:
        assert effects.loc[cause, "totaal"] == pytest.approx(effects.loc[cause, list(ONDERDELEN)].sum(), abs=0.001)
    assert set(now[now["onderdeel"] == "totaal"]["detail"]) == {"som van de onderdelen"}
    for _, of in now.groupby("onderdeel"):
        assert list(of.sort_values("volgorde")["effect_eur"].abs()) == sorted(of["effect_eur"].abs(), reverse=True)


def test_what_middles_do_not_add_up_to_is_named_with_its_own_euros(changed: Changed) -> None:
    connection = changed("UPDATE mart.fct_prognose SET p50_eur = p50_eur - 400000 WHERE onderdeel = 'totaal'")
    rows = explanations(connection, PEILDATA[-1])[TABLE]
    middles = connection.execute(
        "SELECT onderdeel, CAST(p50_eur AS DOUBLE) FROM mart.fct_prognose WHERE peildatum = $1 AND lasten_baten = 'L'",
        [PEILDATA[-1]],
    )
    middle = dict(middles.fetchall())
    apart = middle["totaal"] - sum(middle[o] for o in ONDERDELEN)
    assert apart < -100_000
    of_total = rows[(rows["peildatum"] == PEILDATA[-1]) & (rows["onderdeel"] == "totaal")]
    (said,) = of_total[(of_total["lasten_baten"] == "L") & (of_total["oorzaak"] == "overig")]["zin"]
    assert said.endswith(f"ligt {euros(apart)} lager dan die van de onderdelen bij elkaar.")


def test_every_sentence_is_dutch_and_has_its_euros(quiet: tuple) -> None:
    for row in quiet[1].itertuples():
        assert row.zin.endswith(".") and "€ " in row.zin and row.zin[0].isupper(), row.zin
        assert "nan" not in row.zin and "  " not in row.zin, row.zin


def test_what_it_was_made_from_is_said(quiet: tuple) -> None:
    details = quiet[1].groupby(["onderdeel", "lasten_baten"])["detail"].unique().map(list)
    assert details["begeleiding", "L"] == ["toewijzingen en declaraties"]
    assert details["toegang", "L"] == ["grootboek"]
    assert details["begeleiding", "B"] == ["grootboek"]


def largest(rows: pd.DataFrame, onderdeel: str = "begeleiding") -> tuple[str, float]:
    now = rows[(rows["peildatum"] == PEILDATA[-1]) & (rows["onderdeel"] == onderdeel) & (rows["lasten_baten"] == "L")]
    causes = now[now["oorzaak"] != "begroting"]
    top = causes.loc[causes["effect_eur"].abs().idxmax()]
    return str(top["oorzaak"]), float(top["effect_eur"])


def _price(world: World) -> None:
    world.price["begeleiding"][36:] *= 1.12


def _heavier(world: World) -> None:
    world.price["begeleiding"][36:45] *= 1.0 + 0.04 * np.arange(9)


PLANTED = {
    "prijs": (_price, 0.12 * 3.8e6),
    "nieuw": (more_inflow, 9 * 78 * 1090.0),
    "beeindigd": (fewer_leave, 8 * 70 * 1090.0),
    "incidenteel": (single_booking, 450_000.0),
}


@pytest.mark.parametrize("cause", PLANTED)
def test_what_was_planted_is_the_largest_cause(cause: str) -> None:
    plant, size = PLANTED[cause]
    name, effect = largest(explained(plant))
    assert name == cause
    assert effect == pytest.approx(size, rel=0.35)


def test_care_that_grows_through_the_year_is_duration_not_price() -> None:
    rows = explained(_heavier)
    now = rows[
        (rows["peildatum"] == PEILDATA[-1]) & (rows["onderdeel"] == "begeleiding") & (rows["lasten_baten"] == "L")
    ]
    effects = now.set_index("oorzaak")["effect_eur"]
    assert effects["duur"] + effects.get("prijs", 0.0) > 300_000


def test_a_forecast_that_misses_late_bills_says_so() -> None:
    def slow(world: World) -> None:
        late = np.array([0.0, 0.2, 0.15, 0.15, 0.15, 0.15, 0.1, 0.1])
        wide = np.zeros((48, 8))
        wide[:, :5] = LAG
        wide[36:] = late
        world.lag["begeleiding"] = wide
        # The ledger books what was billed: less than the care that was given.
        missing = np.array([late[9 - m :].sum() if 9 - m < 8 else 0.0 for m in range(9)])
        world.extra["begeleiding"][36:45] -= world.care("begeleiding")[36:45] * missing

    rows = explained(slow)
    now = rows[
        (rows["peildatum"] == PEILDATA[-1]) & (rows["onderdeel"] == "begeleiding") & (rows["lasten_baten"] == "L")
    ]
    late = now.set_index("oorzaak")["effect_eur"].get("nog_te_ontvangen", 0.0)
    assert late < -100_000
    assert "later binnen" in now.set_index("oorzaak")["zin"]["nog_te_ontvangen"]


def test_without_counts_only_the_ledger_speaks() -> None:
    rows = explained(single_booking, with_care=False)
    assert set(rows[~rows["onderdeel"].isin(["wmo", "overig", "totaal"])]["detail"]) == {"grootboek"}
    assert largest(rows)[0] == "incidenteel"
    assert set(rows["oorzaak"]) <= {"incidenteel", "begroting", "overig"}


ODD = {
    "a year that is missing": "DELETE FROM mart.fct_realisatie WHERE boekjaar = 2024",
    "only the running year": "DELETE FROM mart.fct_realisatie WHERE boekjaar < 2025",
    "lasten below nothing": "UPDATE mart.fct_realisatie SET bedrag_eur = -bedrag_eur WHERE onderdeel = 'toegang'",
    "nothing booked at all": "UPDATE mart.fct_realisatie SET bedrag_eur = 0",
    "a forecast of nothing": "UPDATE mart.fct_prognose SET p50_eur = 0",
    "no clients": "UPDATE mart.fct_voorziening SET aantal = 0",
    "no awards": "DELETE FROM mart.fct_toewijzing",
    "credited more than declared": "UPDATE mart.fct_declaratie SET bedrag_eur = -bedrag_eur",
    "a delivery that is missing": "DELETE FROM mart.fct_realisatie WHERE month(peildatum) = 3",
    "changes of the budget not known": "UPDATE mart.fct_begroting SET wijzigingen_eur = NULL",
}


@pytest.mark.parametrize("what", ODD)
def test_odd_data_still_add_up_or_end_in_what_cannot_be_explained(changed: Changed, what: str) -> None:
    connection = changed(ODD[what])
    rows = explanations(connection, PEILDATA[-1])[TABLE]
    assert np.isfinite(rows["effect_eur"].astype(float)).all()
    assert not rows["zin"].str.contains("nan|inf ").any()
    p50, begroot = (
        dict(connection.execute(f"SELECT onderdeel, {what} FROM {table} AND peildatum = '2025-09-30'").fetchall())
        for what, table in (
            ("CAST(p50_eur AS DOUBLE)", "mart.fct_prognose WHERE lasten_baten = 'L'"),
            ("CAST(actueel_eur AS DOUBLE)", "mart.fct_begroting WHERE lasten_baten = 'L' AND boekjaar = 2025"),
        )
    )
    now = (
        rows[(rows["peildatum"] == PEILDATA[-1]) & (rows["lasten_baten"] == "L")]
        .groupby("onderdeel")["effect_eur"]
        .sum()
    )
    for onderdeel in ONDERDELEN:
        assert now[onderdeel] == pytest.approx(p50[onderdeel] - begroot[onderdeel], abs=0.006)


def test_an_onderdeel_without_budget_has_no_difference_to_explain(changed: Changed) -> None:
    connection = changed("DELETE FROM mart.fct_begroting WHERE onderdeel = 'toegang'")
    rows = explanations(connection, PEILDATA[-1])[TABLE]
    assert set(rows["onderdeel"]) == {"begeleiding", "dagbesteding", "wmo", "totaal"}


def test_no_forecast_gives_no_explanation(changed: Changed) -> None:
    assert explanations(changed("DELETE FROM mart.fct_prognose"), PEILDATA[-1])[TABLE].empty


def test_less_than_a_euro_is_no_cause_and_no_difference_is_said_so() -> None:
    found = {name: Cause(amount, name, "") for name, amount in {"prijs": 50_000, "duur": -40, "overig": 15}.items()}
    left = without_crumbs(found)
    assert {name: cause.cents for name, cause in left.items()} == {"prijs": 49_975, "duur": 0, "overig": 0}
    assert without_crumbs({"overig": Cause(0, "", "")})["overig"].cents == 0
    assert rest(327_000.0, LEDGER, True).startswith("De kosten vallen € 327.000 hoger uit; ")
    assert rest(-39_000.0, LEDGER, False).startswith("De inkomsten vallen € 39.000 lager uit; ")
    assert rest(0.0, LEDGER, True) == of_sum("overig", 0.0, [], False) == "Er is geen verschil met de begroting."


def test_a_sum_says_which_way_it_went_and_that_middles_do_not_add_up() -> None:
    assert of_sum("beeindigd", 678_000.0, ["Begeleiding"], True).startswith("Minder cliënten die stoppen, vooral bij")
    assert of_sum("beeindigd", -678_000.0, [], True).startswith("Meer cliënten die stoppen: dat scheelt")
    assert of_sum("nog_te_ontvangen", -5_000.0, [], True).startswith("Facturen die later komen dan anders")
    assert rest_of_sum(57_000.0, 2_000.0, True) == of_sum("overig", 57_000.0, [], True)
    of_middle = "ligt € 307.000 lager dan die van de onderdelen bij elkaar."
    assert rest_of_sum(-307_000.0, -307_000.0, True).endswith(of_middle)
    both = rest_of_sum(-207_000.0, -307_000.0, True)
    assert both.startswith(of_sum("overig", 100_000.0, [], True)) and both.endswith(of_middle)
