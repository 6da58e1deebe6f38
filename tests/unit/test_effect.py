"""Effect of a measure: found where it is large, bounded, not claimed on quiet series, and not before time."""

import datetime as dt
from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd
import pytest

from indicators.core.contract import BY_NAME
from indicators.core.settings import settings
from indicators.forecast.effect import TABLE, _Everything, _Moment, _row, _Series, effects
from indicators.forecast.interrupted import interrupted
from tests.support.marts import empty_marts

START = 2020 * 12
READ = (
    "dim_gebeurtenis",
    "dim_onderdeel",
    "fct_realisatie",
    "fct_voorziening",
    "fct_declaratie",
    "fct_nog_te_ontvangen",
)


def quiet(seed: int, n: int, rho: float) -> np.ndarray:
    """Season, a slight trend and months that hang together: nothing happens."""
    random = np.random.default_rng(seed)
    noise = np.zeros(n)
    noise[0] = random.standard_normal() / np.sqrt(1 - rho**2)
    for i in range(1, n):
        noise[i] = rho * noise[i - 1] + random.standard_normal()
    month = np.arange(n)
    return (
        100 + random.normal(0, 3) * month / 12 + 8 * np.sin(2 * np.pi * month / 12 + random.uniform(0, 6)) + 4 * noise
    )


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_quiet_series_are_called_an_effect_about_one_time_in_twenty(rho: float) -> None:
    alarms, inside = 0, 0
    for seed in range(120):
        found = interrupted(quiet(seed, 60, rho), np.arange(START, START + 60.0), START + 48)
        assert found is not None
        alarms += found.low > 0 or found.high < 0
        inside += found.low <= 0 <= found.high
    assert alarms + inside == 120
    assert alarms <= 13  # 6 expected


def test_an_effect_is_found_with_bounds_around_it() -> None:
    found = []
    for seed in range(40):
        values = quiet(1000 + seed, 60, 0.3)
        values[48:] += 25.0
        found.append(interrupted(values, np.arange(START, START + 60.0), START + 48))
    assert np.mean([e.low <= 25.0 <= e.high for e in found if e]) >= 0.85
    assert np.mean([e.low > 0 for e in found if e]) >= 0.85
    assert np.mean([e.difference for e in found if e]) == pytest.approx(25.0, abs=3.0)


def test_an_effect_counted_the_other_way_round_is_its_mirror() -> None:
    values, months = quiet(5, 60, 0.3), np.arange(START, START + 60.0)
    up, down = interrupted(values, months, START + 48), interrupted(-values, months, START + 48)
    assert up and down
    assert (up.low, up.high) == pytest.approx((-down.high, -down.low))


def test_too_few_months_before_or_after_give_nothing() -> None:
    values, months = quiet(6, 40, 0.0), np.arange(START, START + 40.0)
    assert interrupted(values, months, START + 20) is None
    assert interrupted(values, months, START + 36) is None
    values[30] = np.nan
    assert interrupted(values, months, START + 28) is not None


def test_a_series_that_never_moves_gives_finite_bounds() -> None:
    found = interrupted(np.full(40, 7.0), np.arange(START, START + 40.0), START + 30)
    assert found and np.isfinite([found.low, found.high, found.expected]).all()
    assert found.difference == pytest.approx(0.0, abs=1e-6)


@pytest.fixture(scope="module")
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = empty_marts(READ, ("v_realisatie_maand", "v_voorziening"))
    connection.execute("INSERT INTO mart.dim_onderdeel VALUES ('begeleiding', 'Begeleiding', 'wmo', 'f', 1)")
    connection.execute("INSERT INTO mart.dim_onderdeel VALUES ('toegang', 'Toegang', 'overig', 'f', 2)")
    moments = [
        ("nieuwe_toegang", dt.date(2024, 1, 1), "Nieuwe werkwijze toegang", "maatregel", "begeleiding"),
        ("tarief", dt.date(2025, 7, 1), "Nieuw tarief", "tarief", "begeleiding"),
        ("wet", dt.date(2020, 6, 1), "Nieuwe wet", "wet", "begeleiding"),
        ("breuk", dt.date(2024, 3, 1), "Nieuwe indeling", "breuk", "totaal"),
        ("toekomst", dt.date(2026, 1, 1), "Later", "wet", "totaal"),
    ]
    for moment in moments:
        connection.execute("INSERT INTO mart.dim_gebeurtenis VALUES (?, ?, ?, ?, ?, '', NULL)", list(moment))
    ledger, counts = [], []
    applications = np.round(quiet(3, 69, 0.2) * np.where(np.arange(69) >= 48, 1.6, 1.0))
    for i in range(69):
        year, month = 2020 + i // 12, i % 12 + 1
        date = (pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd()).date()
        stand = sum(quiet(9, 69, 0.2)[year * 12 - START : i + 1] * 1000)
        ledger.append((year, date, month, "stand", None, "begeleiding", "6.1", "L", round(stand, 2), 0.0))
        counts.append(
            (dt.date(year, month, 1), "wmo", "begeleiding", settings().gemeente.code, "aanvraag", applications[i])
        )
    frames = {
        "fct_realisatie": pd.DataFrame(ledger, columns=BY_NAME["mart.fct_realisatie"].column_names),
        "fct_voorziening": pd.DataFrame(counts, columns=BY_NAME["mart.fct_voorziening"].column_names[:-1]).assign(
            peildatum=dt.date(2025, 9, 30)
        ),
    }
    for name, rows in frames.items():
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO mart.{name} BY NAME SELECT * FROM rows_to_add")
    yield connection
    connection.close()


def test_table_fits_the_contract_and_says_what_can_be_said(marts: duckdb.DuckDBPyConnection) -> None:
    found = effects(marts, dt.date(2025, 9, 30))[TABLE]
    assert list(found.columns) == BY_NAME[TABLE].column_names
    assert not found.duplicated(list(BY_NAME[TABLE].key)).any()
    judged = found.set_index(["gebeurtenis", "maat"])["oordeel"].to_dict()
    assert judged == {
        ("nieuwe_toegang", "lasten"): "geen_verschil_te_zien",
        ("nieuwe_toegang", "aanvraag"): "meer",
        ("tarief", "lasten"): "te_vroeg",
        ("tarief", "aanvraag"): "te_vroeg",
    }
    sentences = found.set_index(["gebeurtenis", "maat"])["toelichting"]
    assert "bewijst dit niet" in sentences["nieuwe_toegang", "aanvraag"]
    assert "Nieuwe indeling" in sentences["nieuwe_toegang", "aanvraag"]
    assert "pas 2 maanden" in sentences["tarief", "aanvraag"]


def test_nothing_after_the_peildatum_is_used(marts: duckdb.DuckDBPyConnection) -> None:
    found = effects(marts, dt.date(2023, 12, 31))[TABLE]
    assert found.empty or set(found["gebeurtenis"]) == {"wet"}


def test_what_the_computer_loses_behind_the_comma_is_no_effect() -> None:
    months = np.arange(START, START + 60.0)
    moment = _Moment("m", dt.date(2024, 1, 1), "Een maatregel", "begeleiding")
    for level in (5.1, 100.7, 1e9 / 3):
        row = _row(moment, _Series("stand", months, level + 0.0 * months), [], dt.date(2024, 12, 31))
        assert row is not None and row["oordeel"] == "geen_verschil_te_zien"


def test_an_onderdeel_that_books_first_in_april_is_whole_in_the_sum(marts: duckdb.DuckDBPyConnection) -> None:
    april = 2024 * 12 + 3
    marts.execute("BEGIN")
    try:
        before = {o: _Everything(marts, dt.date(2024, 12, 31)).of(o)[0] for o in ("begeleiding", "totaal")}
        marts.execute(
            "INSERT INTO mart.fct_realisatie BY NAME SELECT * REPLACE ('toegang' AS onderdeel, 10000 AS bedrag_eur) "
            "FROM mart.fct_realisatie WHERE boekjaar = 2024 AND periode >= 4"
        )
        after = _Everything(marts, dt.date(2024, 12, 31)).of("totaal")[0]
    finally:
        marts.execute("ROLLBACK")
    more = after.values - before["totaal"].values
    assert dict(zip(after.months[more != 0], more[more != 0], strict=True)) == {april: 10_000.0}
