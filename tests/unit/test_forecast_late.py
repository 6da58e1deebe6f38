"""Late invoices: what comes in later is expected, slow billers are noticed, lumps are kept apart, sources chosen."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.forecast.late import TABLE, late_invoices
from indicators.forecast.triangle import LAGS, develop
from tests.support.marts import empty_marts

LAG = np.array([0.0, 0.45, 0.25, 0.13, 0.08, 0.05, 0.03, 0.01])
MONTHS = 40
READ = ("fct_declaratie", "fct_realisatie", "fct_toewijzing", "fct_prognose", "fct_prognose_verloop", "dim_onderdeel")


def cost(seed: int, series: int = 4) -> np.ndarray:
    random = np.random.default_rng(seed)
    level = np.array([1e5, 3e5, 8e5, 2e4])[:series, None] * (1.0 + 0.003 * np.arange(MONTHS))
    return level * (1.0 + 0.04 * random.standard_normal((series, MONTHS)))


def billed(costs: np.ndarray, seed: int, slow: int | None = None) -> np.ndarray:
    """Bookings [series, months, lags] known after the last month; `slow`: series 0 bills late from that month on."""
    random = np.random.default_rng(seed)
    result = np.zeros((*costs.shape, LAGS))
    for (s, m), amount in np.ndenumerate(costs):
        parts = random.dirichlet(np.where(LAG > 0, LAG, 1e-6) * 60)
        if slow is not None and s == 0 and m >= slow:
            parts = np.interp(np.arange(len(LAG) * 2) / 2.0, np.arange(len(LAG)), parts) / 2.0
            parts /= parts.sum()
        known = parts[: max(MONTHS - m, 0)]
        result[s, m, : len(known)] = amount * known
    return result


def test_what_is_still_to_come_is_expected_with_an_honest_error() -> None:
    misses, sizes = [], []
    for seed in range(8):
        costs = cost(seed)
        found = develop(billed(costs, 100 + seed))
        assert found is not None
        true = (costs - found.booked)[:, -12:].sum(axis=1)
        error = np.sqrt(np.square(found.error[:, -12:]).sum(axis=1))
        misses.append((found.late[:, -12:].sum(axis=1) - true) / error)
        sizes.append((found.late[:, -12:].sum(axis=1) - true) / costs[:, -12:].sum(axis=1))
    assert np.abs(np.mean(sizes)) < 0.01
    assert np.abs(sizes).max() < 0.05
    assert 0.5 < np.std(misses) < 1.8


def test_a_provider_that_starts_to_bill_late_is_noticed_from_the_awards() -> None:
    costs = cost(3)
    increments = billed(costs, 5, slow=MONTHS - 9)
    usual, noticed, blind = develop(billed(costs, 5)), develop(increments, costs * 1.1), develop(increments)
    assert usual is not None and noticed is not None and blind is not None
    true = (costs - noticed.booked)[0, -9:].sum()
    expected, seen, seen_without = (found.late[0, -9:].sum() for found in (usual, noticed, blind))
    assert true > 1.3 * expected
    assert expected + 0.25 * (true - expected) < seen < 1.1 * true
    assert seen_without > expected + 0.15 * (true - expected)
    assert noticed.late[1:].sum() == pytest.approx(usual.late[1:].sum(), rel=0.05)


def test_a_lump_does_not_grow_as_invoices_do_and_is_kept_apart() -> None:
    costs = cost(4)
    quiet = billed(costs, 6)
    lumped = quiet.copy()
    lumped[1, -6, 1] += 2e6
    before, after = develop(quiet), develop(lumped)
    assert before is not None and after is not None
    assert after.apart[1, -6]
    assert after.late[1].sum() == pytest.approx(before.late[1].sum(), rel=0.1)


def test_a_series_with_hardly_any_history_takes_the_pattern_of_the_others() -> None:
    increments = billed(cost(5), 7)
    increments[3, : MONTHS - 4] = 0.0
    found = develop(increments)
    assert found is not None
    assert 0.3 < found.share[3, -2] < 0.6
    assert found.own[3] < found.own[2]


def test_too_few_months_give_no_pattern() -> None:
    assert develop(np.ones((2, 5, 5))) is None


def marts(frame: pd.DataFrame, journal: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    connection = empty_marts(READ)
    for name, rows in (("fct_declaratie", frame), ("fct_realisatie", journal)):
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO mart.{name} BY NAME SELECT * FROM rows_to_add")
    return connection


def long(increments: np.ndarray, onderdeel: str) -> pd.DataFrame:
    months = pd.period_range(end="2025-09", periods=MONTHS + 1, freq="M")
    rows = [
        (months[m].start_time.date(), months[m + k].start_time.date(), increments[m, k])
        for m, k in np.ndindex(MONTHS, LAGS)
        if increments[m, k] and m + k <= MONTHS
    ]
    return pd.DataFrame(rows, columns=["prestatiemaand", "ontvangstmaand", "bedrag_eur"]).assign(onderdeel=onderdeel)


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    increments = billed(cost(8), 9)
    declared = long(increments[0], "begeleiding").assign(wet="wmo", leveringsvorm="ZIN", peildatum=dt.date(2025, 9, 30))
    booked = pd.concat([long(increments[1], "pgb_wmo"), long(increments[0], "begeleiding")])
    received = pd.to_datetime(booked["ontvangstmaand"])
    journal = booked.assign(
        boekjaar=received.dt.year, periode=received.dt.month, soort="mutatie", lasten_baten="L", taakveld="6.1"
    ).drop(columns="ontvangstmaand")
    journal["peildatum"] = [dt.date(y, 12, 31) if y < 2025 else dt.date(2025, 9, 30) for y in journal["boekjaar"]]
    return late_invoices(marts(declared, journal), dt.date(2025, 9, 30))[TABLE]


def test_rows_fit_the_contract_and_every_onderdeel_has_its_best_source(found: pd.DataFrame) -> None:
    table = BY_NAME[TABLE]
    assert list(found.columns) == table.column_names
    assert not found.duplicated(list(table.key)).any()
    assert found.groupby("onderdeel")["bron"].unique().map(list).to_dict() == {
        "begeleiding": ["declaraties"],
        "pgb_wmo": ["journaal"],
    }
    assert found[["geboekt_eur", "verwacht_eur", "standaardfout_eur"]].notna().all().all()
    assert {m for m in found["maand"] if m.year == 2025} == {dt.date(2025, m, 1) for m in range(1, 10)}


def test_newest_month_is_nearly_all_to_come_and_the_text_is_dutch(found: pd.DataFrame) -> None:
    of = found[found["onderdeel"] == "pgb_wmo"].set_index("maand")
    assert of.loc[dt.date(2025, 9, 1), "verwacht_eur"] > of.loc[dt.date(2025, 4, 1), "verwacht_eur"] > 0
    assert of["toelichting"].str.startswith("Geleerd van").all()


def test_nothing_delivered_gives_no_rows() -> None:
    empty = {name: pd.DataFrame(columns=BY_NAME[f"mart.{name}"].column_names) for name in READ}
    connection = marts(empty["fct_declaratie"], empty["fct_realisatie"])
    assert late_invoices(connection, dt.date(2025, 9, 30))[TABLE].empty
