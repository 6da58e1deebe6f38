"""The budget holder's own forecast in the track record: as delivered, and a sum only when all have one."""

import datetime as dt
from dataclasses import fields
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.forecast.backtest import Backtest
from indicators.forecast.budget import forecast
from indicators.forecast.holder import METHODE, read_holder, with_holder
from indicators.forecast.standen import read_standen
from tests.forecast_simulation import month_end
from tests.unit.test_forecast_budget import PEILDATUM, ledger

MART = "mart.fct_prognose_budgethouder"
JUNE_2020, SEPTEMBER_2021 = month_end(2020, 6), month_end(2021, 9)


def said(connection: duckdb.DuckDBPyConnection, *rows: tuple[Any, ...]) -> duckdb.DuckDBPyConnection:
    """Add forecasts: boekjaar, peildatum, onderdeel, taakveld, L/B, euros, lines without one."""
    connection.execute(f"DROP TABLE IF EXISTS {MART}")
    connection.execute(BY_NAME[MART].ddl)
    connection.executemany(f"INSERT INTO {MART} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    return connection


@pytest.fixture(scope="module")
def books() -> duckdb.DuckDBPyConnection:
    return ledger(PEILDATUM)


@pytest.fixture(scope="module")
def tables(books: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    series = sorted(row[0] for row in books.execute("SELECT onderdeel FROM mart.dim_onderdeel").fetchall())
    rows: list[tuple[Any, ...]] = [
        (2020, JUNE_2020, name, "6.1", "L", 1_000_000.50 + 1_000 * i, 0) for i, name in enumerate(series)
    ]
    rows.append((2020, JUNE_2020, series[0], "6.2", "L", 500.25, 0))  # of two taakvelden: together
    rows += [(2020, month_end(2020, 9), series[0], "6.1", "L", 1_100_000, 0)]
    rows += [(2020, month_end(2020, 10), series[1], "6.1", "L", 900_000, 1)]  # a line has none
    rows += [(2021, SEPTEMBER_2021, name, "6.1", lb, 700_000, 0) for name in series[::2] for lb in "LB"]
    rows += [(2021, SEPTEMBER_2021, series[1], "6.1", "L", None, 2)]
    return forecast(said(books, *rows), PEILDATUM)


def of_holder(tables: dict[str, pd.DataFrame], name: str) -> pd.DataFrame:
    rows = tables[name]
    return rows[rows["methode"] == METHODE]


def test_the_track_record_holds_what_was_delivered_at_that_moment_and_nothing_else(
    tables: dict[str, pd.DataFrame],
) -> None:
    rows = of_holder(tables, "mart.fct_terugtoets").set_index(["boekjaar", "peilmaand", "onderdeel"])
    said = rows["voorspeld_eur"]
    assert set(said.index.droplevel("onderdeel")) == {(2020, 6), (2020, 9)}
    assert said[2020, 6, "reeks_00"] == 1_000_500.75 + 0
    assert said[2020, 6, "reeks_03"] == 1_003_000.50
    # Six onderdelen, odd and even of two laws: 6 x 1.000.000,50 + 15.000 + 500,25 and their halves.
    assert said[2020, 6, "totaal"] == 6_015_503.25
    assert said[2020, 6, "wmo"] == 3_006_001.50 + 500.25
    assert said[2020, 6, "jeugd"] == 3_009_001.50
    # In September one of six: its own row, and no sum.
    assert list(said[2020, 9].items()) == [("reeks_00", 1_100_000)]
    model = tables["mart.fct_terugtoets"].query("methode == 'model'").set_index(["boekjaar", "peilmaand", "onderdeel"])
    assert (rows["uitkomst_eur"] == model.loc[rows.index, "uitkomst_eur"]).all()
    assert rows["p10_eur"].isna().all()


def test_the_running_year_has_it_for_lasten_and_baten_and_a_whole_sum_only(tables: dict[str, pd.DataFrame]) -> None:
    rows = of_holder(tables, "mart.fct_prognose")
    assert set(rows["peildatum"]) == {SEPTEMBER_2021}
    assert set(zip(rows["onderdeel"], rows["lasten_baten"], strict=True)) == {
        *((f"reeks_0{i}", lb) for i in (0, 2, 4) for lb in "LB"), ("wmo", "L"), ("wmo", "B"),
    }  # fmt: skip
    assert set(rows["p50_eur"]) == {700_000.0, 2_100_000.0}
    assert rows[["p10_eur", "p90_eur", "kans_overschrijding"]].isna().all(axis=None)


def test_nothing_else_of_a_forecast_changes_by_it(books: duckdb.DuckDBPyConnection) -> None:
    standen = read_standen(books, PEILDATUM)
    assert standen is not None
    cut = Backtest(standen.panel).run((1, 6))[-1]
    year, day = standen.panel.years[cut.year], standen.deliveries[standen.panel.years[cut.year], cut.peilmaand]
    part, total = with_holder(cut, cut, standen, {"totaal|L": [0, 2]}, {(year, day, *standen.keys[0]): 5.0})
    assert {**part.baselines, METHODE: None} == {**cut.baselines, METHODE: None}
    assert part.baselines[METHODE][0] == 5.0
    assert np.isnan(part.baselines[METHODE][1:]).all()
    assert np.isnan(total.baselines[METHODE]).all()
    for field in fields(cut):
        if field.name != "baselines":
            assert getattr(part, field.name) is getattr(cut, field.name)
    assert with_holder(cut, cut, standen, {}, {}) == (cut, cut)


def test_nothing_dated_later_is_read_and_an_older_publication_has_none() -> None:
    connection = duckdb.connect()
    assert read_holder(connection, PEILDATUM) == {}
    connection.execute("CREATE SCHEMA mart")
    said(
        connection,
        (2021, dt.date(2021, 6, 30), "a", "6.1", "L", 5, 0),
        (2021, dt.date(2021, 7, 31), "a", "6.1", "L", 6, 0),
    )
    assert list(read_holder(connection, dt.date(2021, 6, 30)).values()) == [5.0]
    assert np.isfinite(list(read_holder(connection, PEILDATUM).values())).all()
