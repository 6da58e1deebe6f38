"""The forecast of budgets from the marts: rows of the contract, sums, course, depletion dates, track record."""

import datetime as dt
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from indicators.cli import app
from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.forecast.budget import forecast
from indicators.forecast.course import passing_date
from indicators.forecast.simulate import chance_above, normal_draws, outcomes
from indicators.forecast.steps import TABLE as STAPPEN
from tests.forecast_simulation import month_end, simulate
from tests.support.marts import empty_marts

PEILDATUM = dt.date(2021, 9, 30)
READ = ("mart.fct_realisatie", "mart.fct_begroting", "mart.dim_onderdeel")


def ledger(until: dt.date, new_from: int | None = None) -> duckdb.DuckDBPyConnection:
    """Marts as a ledger delivers them: the total to date at every month end, late invoices booked in later months."""
    lines = simulate(4, late=True, series=6, years=7)
    frame = pd.DataFrame(lines, columns=["onderdeel", "groep", "boekjaar", "maand", "peildatum", "bedrag", "begroting"])
    frame["onderdeel"] = frame["onderdeel"].str.replace(" ", "_")
    if new_from:
        frame = frame[(frame["onderdeel"] != "reeks_05") | (frame["boekjaar"] >= new_from)]
    connection = empty_marts(READ)
    for i, onderdeel in enumerate(sorted(frame["onderdeel"].unique())):
        row = [onderdeel, onderdeel, ("wmo", "jeugd")[i % 2], "f", i]
        connection.execute("INSERT INTO mart.dim_onderdeel VALUES (?, ?, ?, ?, ?)", row)
    standen, begroting = [], []
    for year in sorted(frame["boekjaar"].unique()):
        of_year = frame[frame["boekjaar"] == year]
        for age in range(1, 19):
            date = month_end(int(year), age) if age < 13 else month_end(int(year) + 1, age - 12)
            if date > until:
                continue
            seen = of_year[of_year["peildatum"] <= date].sort_values("peildatum")
            total = seen.groupby(["onderdeel", "maand"])["bedrag"].last().groupby("onderdeel").sum()
            for onderdeel, amount in total.items():
                for lb, part in (("L", 1.0), ("B", 0.2)):
                    stand = round(amount * part, 2)
                    standen.append((year, date, min(age, 12), "stand", None, onderdeel, "6.1", lb, stand, 0.0))
            for onderdeel, amount in of_year.groupby("onderdeel")["begroting"].first().items():
                begroting.append((year, date, onderdeel, "6.1", "L", amount, 0.0, amount))
    for name, rows in zip(READ, (standen, begroting), strict=False):
        table = pd.DataFrame(rows, columns=BY_NAME[name].column_names)
        connection.register("rows_to_add", table)
        connection.execute(f"INSERT INTO {name} SELECT * FROM rows_to_add")
    return connection


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return forecast(ledger(PEILDATUM), PEILDATUM)


def test_rows_fit_the_contract_and_its_keys(tables: dict[str, pd.DataFrame]) -> None:
    connection = empty_marts(tables)
    for name, rows in tables.items():
        assert list(rows.columns) == BY_NAME[name].column_names
        assert not rows.duplicated(list(BY_NAME[name].key)).any()
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM rows_to_add")
        assert len(rows) > 0 or name == STAPPEN  # nothing is known beforehand


def test_newest_year_at_every_delivery_by_every_method(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["mart.fct_prognose"]
    assert set(rows["boekjaar"]) == {2021}
    assert set(rows["peildatum"]) == {month_end(2021, m) for m in range(1, 10)}
    assert set(rows["methode"]) == {"model", "lineair", "vorig_jaar", "begroting"}
    assert {"totaal", "wmo", "jeugd"} <= set(rows["onderdeel"])
    model = rows[rows["methode"] == "model"]
    quantiles = model[["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]].to_numpy(dtype=float)
    assert (np.diff(quantiles, axis=1) >= 0).all()
    lasten = model[model["lasten_baten"] == "L"]
    assert lasten["kans_overschrijding"].between(0, 1).all()
    assert model[model["lasten_baten"] == "B"]["uitputting_p50"].isna().all()


def test_a_sum_is_surer_than_its_parts_together(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["mart.fct_prognose"]
    now = rows[(rows["peildatum"] == PEILDATUM) & (rows["methode"] == "model") & (rows["lasten_baten"] == "L")]
    width = now.set_index("onderdeel")["p90_eur"] - now.set_index("onderdeel")["p10_eur"]
    parts = [o for o in width.index if o not in AGGREGATEN]
    assert width["totaal"] < width[parts].sum()
    middle = now.set_index("onderdeel")["p50_eur"]
    assert middle["totaal"] == pytest.approx(middle[parts].sum(), rel=0.02)


def test_a_sum_of_one_onderdeel_says_what_that_one_says() -> None:
    march = dt.date(2017, 3, 31)
    connection = ledger(march)
    connection.execute("DELETE FROM mart.fct_realisatie WHERE onderdeel > 'reeks_02'")
    connection.execute("DELETE FROM mart.fct_begroting WHERE onderdeel > 'reeks_02'")
    rows = forecast(connection, march)["mart.fct_prognose"]
    model = rows[rows["methode"] == "model"].set_index(["onderdeel", "lasten_baten", "peildatum"]).sort_index()
    quantiles = model[["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]]
    # Of three onderdelen one is of the Jeugdwet.
    for side in "LB":
        pd.testing.assert_frame_equal(quantiles.loc["jeugd", side], quantiles.loc["reeks_01", side])


def test_course_ends_at_the_forecast_and_starts_from_what_is_booked(tables: dict[str, pd.DataFrame]) -> None:
    _course_fits(tables)


def test_bookings_and_late_invoices_of_a_sum_are_those_of_its_parts_to_the_cent(
    tables: dict[str, pd.DataFrame],
) -> None:
    course = tables["mart.fct_prognose_verloop"]
    known = course[course["geboekt_eur"].notna()].set_index(["lasten_baten", "peildatum", "maand", "onderdeel"])
    wet = {f"reeks_{i:02d}": ("wmo", "jeugd")[i % 2] for i in range(6)}
    for column in ("geboekt_eur", "nog_te_ontvangen_eur"):
        cents = known[column].astype(float).mul(100).round().unstack()
        assert (cents[[*wet]].sum(axis=1) > 0).any()
        assert (cents["totaal"] == cents[[*wet]].sum(axis=1)).all()
        for of in ("wmo", "jeugd"):
            assert (cents[of] == cents[[o for o, w in wet.items() if w == of]].sum(axis=1)).all()


def test_once_the_year_is_over_the_course_still_ends_at_the_forecast() -> None:
    december = dt.date(2021, 12, 31)
    tables = forecast(ledger(december), december)
    assert december in set(tables["mart.fct_prognose_verloop"]["peildatum"])
    _course_fits(tables)


def _course_fits(tables: dict[str, pd.DataFrame]) -> None:
    rows, course = tables["mart.fct_prognose"], tables["mart.fct_prognose_verloop"]
    key = ["peildatum", "onderdeel", "lasten_baten"]
    december = course[course["maand"] == dt.date(2021, 12, 1)].set_index(key)
    model = rows[rows["methode"] == "model"].set_index(key)
    for column in ("p10_eur", "p50_eur", "p90_eur"):
        assert np.allclose(december[column].sort_index(), model[column].sort_index(), atol=0.02)
    for _, path in course.groupby(key):
        assert path["p50_eur"].is_monotonic_increasing
        known = path["geboekt_eur"].notna()
        assert (path["maand"][known] <= path["peildatum"][known]).all()
        late = path["nog_te_ontvangen_eur"][known]
        assert (late >= 0).all()
        assert np.allclose(path["p50_eur"][known], path["geboekt_eur"][known] + late, atol=0.02)


def test_track_record_beats_linear_and_covers_settled_years_only(tables: dict[str, pd.DataFrame]) -> None:
    rows = tables["mart.fct_terugtoets"]
    assert set(rows["boekjaar"]) == set(range(2015, 2021))
    late = rows[rows["peilmaand"].isin([6, 9]) & (rows["boekjaar"] >= 2018)]
    error = (late["voorspeld_eur"] - late["uitkomst_eur"]).abs().groupby(late["methode"]).sum()
    assert error["model"] < 0.45 * error["lineair"]
    in_february = dt.date(2021, 2, 28)
    early = forecast(ledger(in_february), in_february)["mart.fct_terugtoets"]
    assert max(early["boekjaar"]) == 2019  # invoices over 2020 still come in


@pytest.mark.long
def test_earlier_and_later_peildatum_say_the_same_about_the_past() -> None:
    earlier = dt.date(2021, 6, 30)
    connection = ledger(PEILDATUM)
    now, then = forecast(connection, PEILDATUM), forecast(ledger(earlier), earlier)
    key = ["peildatum", "onderdeel", "lasten_baten", "methode"]
    both = now["mart.fct_prognose"].merge(then["mart.fct_prognose"], on=key, suffixes=("", "_toen"))
    assert len(both) == len(then["mart.fct_prognose"])
    assert np.allclose(both["p50_eur"], both["p50_eur_toen"])
    assert np.allclose(both["p90_eur"].astype(float), both["p90_eur_toen"].astype(float), equal_nan=True)
    again = forecast(connection, PEILDATUM)
    for name, rows in now.items():
        pd.testing.assert_frame_equal(rows, again[name])


def test_a_new_onderdeel_has_baselines_only_and_the_sum_still_a_band() -> None:
    rows = forecast(ledger(PEILDATUM, new_from=2021), PEILDATUM)["mart.fct_prognose"]
    of_new = rows[(rows["onderdeel"] == "reeks_05") & (rows["lasten_baten"] == "L")]
    assert set(of_new["methode"]) == {"lineair", "begroting"}
    total = rows[(rows["onderdeel"] == "totaal") & (rows["methode"] == "model")]
    assert len(total) and np.isfinite(total["p90_eur"].astype(float)).all()


def test_a_monitor_in_its_first_year_has_baselines_and_no_invented_band() -> None:
    connection = ledger(dt.date(2015, 9, 30))
    found = forecast(connection, dt.date(2015, 9, 30))
    assert set(found["mart.fct_prognose"]["methode"]) == {"lineair", "begroting"}
    assert found["mart.fct_prognose_verloop"].empty and found["mart.fct_terugtoets"].empty


def test_no_realisation_gives_empty_tables() -> None:
    found = forecast(ledger(dt.date(2014, 1, 1)), PEILDATUM)
    assert all(rows.empty and list(rows.columns) == BY_NAME[name].column_names for name, rows in found.items())


def test_passing_date_counts_days_within_the_month() -> None:
    even = np.arange(1, 13) * 100.0
    assert passing_date(2025, even, 1200.0) is None
    assert passing_date(2025, even, 1050.0) == dt.date(2025, 11, 16)
    assert passing_date(2025, even, 0.0) == dt.date(2025, 1, 1)


def test_chance_above_follows_the_quantiles() -> None:
    quantiles = np.array([90.0, 95.0, 100.0, 105.0, 112.0])
    for limit, chance in ((90, 0.9), (100, 0.5), (112, 0.1), (1000, 0.0), (-1000, 1.0)):
        assert chance_above(quantiles, limit) == pytest.approx(chance, abs=0.001)
    assert chance_above(np.full(5, 7.0), 6.0) == pytest.approx(1.0, abs=0.001)
    assert chance_above(np.full(5, 7.0), 8.0) == pytest.approx(0.0, abs=0.001)


def test_draws_keep_the_correlation_asked_for() -> None:
    drawn = outcomes(np.tile([-1.28155, -0.67449, 0.0, 0.67449, 1.28155], (2, 1)), normal_draws(1, 40_000, 2, 0.4))
    assert np.corrcoef(drawn.T)[0, 1] == pytest.approx(0.4, abs=0.02)


def test_series_of_a_publication_can_be_backtested_as_a_file(tmp_path: Path) -> None:
    database = tmp_path / "monitor.duckdb"
    memory = ledger(PEILDATUM)
    memory.execute(f"ATTACH '{database}' AS file")
    memory.execute("CREATE SCHEMA file.mart")
    for name in READ:
        memory.execute(f"CREATE TABLE file.{name} AS SELECT * FROM {name}")
    memory.execute("DETACH file")
    given, out = str(tmp_path / "in.csv"), str(tmp_path / "uit.csv")
    assert CliRunner().invoke(app, ["reeksen", "--database", str(database), "--out", given]).exit_code == 0
    done = CliRunner().invoke(app, ["backtest", "--series", given, "--out", out])
    assert done.exit_code == 0, done.stderr
    rows = pd.read_csv(out)
    own = forecast(memory, PEILDATUM)["mart.fct_prognose"]
    key = (own["onderdeel"] == "reeks_00") & (own["lasten_baten"] == "L") & (own["peildatum"] == PEILDATUM)
    same = rows[(rows["reeks"] == "reeks_00|L") & (rows["boekjaar"] == 2021) & (rows["peilmaand"] == 9)]
    for method in ("model", "lineair", "vorig_jaar"):
        there = float(own[key & (own["methode"] == method)]["p50_eur"].iloc[0])
        assert float(same[same["methode"] == method]["p50"].iloc[0]) == pytest.approx(there, rel=1e-3)


def test_a_wide_band_says_why() -> None:
    from indicators.forecast.report import wide

    assert wide(1.2, 5) is None
    assert wide(1.0, 1) == "De marge is ruim, want er is pas één volledig jaar om van te leren."
    assert "pas 2 volledige jaren" in str(wide(1.0, 2)) and "elkaar tegenspreken" in str(wide(3.0, 2))
