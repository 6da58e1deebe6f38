"""State money for benefits: the decisions of the ministry say what the bookings cannot, and only where they fit."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.forecast.budget import forecast
from tests.unit.test_forecast_budget import PEILDATUM, ledger

SERIES = "reeks_00"


def with_buig(factor: float) -> pd.Series:
    """Forecast where the last decision of each year is the baten of that year divided by `factor`."""
    connection = ledger(PEILDATUM)
    connection.execute("UPDATE mart.dim_onderdeel SET wet = 'participatiewet' WHERE onderdeel = ?", [SERIES])
    connection.execute(BY_NAME["mart.fct_buig"].ddl)
    for boekjaar, outturn in _outturns(connection):
        for soort, date, part in (
            ("voorlopig", dt.date(boekjaar - 1, 10, 1), 0.97),
            ("definitief", dt.date(boekjaar, 9, 30), 1.0),
            ("definitief", dt.date(boekjaar, 12, 31), 9.0),  # after the peildatum of the running year
        ):
            if boekjaar == 2021 or part < 9:
                row = [boekjaar, soort if part < 9 else "later", date, outturn * part / factor, PEILDATUM]
                connection.execute("INSERT INTO mart.fct_buig VALUES (?, ?, ?, ?, ?)", row)
    rows = forecast(connection, PEILDATUM)["mart.fct_prognose"]
    one = rows[(rows["onderdeel"] == SERIES) & (rows["lasten_baten"] == "B") & (rows["methode"] == "model")]
    return one[one["peildatum"] == PEILDATUM].iloc[0]


def _outturns(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, float]]:
    """Baten per year; of the running year a level that the bookings do not point to."""
    found = connection.execute(
        """
        SELECT boekjaar, CAST(arg_max(bedrag_eur, peildatum) AS DOUBLE) FROM mart.fct_realisatie
        WHERE onderdeel = ? AND lasten_baten = 'B' AND boekjaar < 2021 GROUP BY boekjaar ORDER BY boekjaar
        """,
        [SERIES],
    ).fetchall()
    return [*((int(y), float(v)) for y, v in found), (2021, 1.02 * float(found[-1][1]))]


@pytest.fixture(scope="module")
def plain() -> pd.Series:
    return with_buig(5.0)


def test_decisions_that_always_fitted_replace_the_forecast_from_bookings(plain: pd.Series) -> None:
    decided = with_buig(1.03)
    connection = ledger(PEILDATUM)
    expected = _outturns(connection)[-1][1]
    assert float(decided["p50_eur"]) == pytest.approx(expected, rel=1e-3)
    assert decided["p90_eur"] - decided["p10_eur"] < plain["p90_eur"] - plain["p10_eur"]
    quantiles = decided[["p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"]].to_numpy(dtype=float)
    assert (np.diff(quantiles) >= 0).all()


def test_baten_that_are_no_such_money_are_forecast_from_their_bookings(plain: pd.Series) -> None:
    rows = forecast(ledger(PEILDATUM), PEILDATUM)["mart.fct_prognose"]
    one = rows[(rows["onderdeel"] == SERIES) & (rows["lasten_baten"] == "B") & (rows["methode"] == "model")]
    alone = one[one["peildatum"] == PEILDATUM].iloc[0]
    # The series is in another group now, so a little differs; the decisions, a fifth of the baten, are not in it.
    assert float(plain["p50_eur"]) == pytest.approx(float(alone["p50_eur"]), rel=0.05)
