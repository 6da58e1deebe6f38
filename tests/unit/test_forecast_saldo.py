"""Lasten less baten: from the draws of both, to the cent those of the one side where there is only one."""

import numpy as np
import pytest

from indicators.forecast.saldo import Side, saldo_rows
from indicators.forecast.simulate import chance_above, normal_draws, outcomes

KEY = {"boekjaar": 2025, "peildatum": "2025-09-30", "scenario": "basis"}
LEVELS = ("p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur")
LASTEN = np.array([90.0, 95.0, 100.0, 106.0, 115.0]) * 1e6
BATEN = np.array([18.0, 19.0, 20.0, 21.0, 22.0]) * 1e6


def drawn(common: float) -> dict[tuple[str, str], Side]:
    draws = outcomes(np.stack([LASTEN, BATEN]), normal_draws(7, 20_000, 2, common))
    return {
        ("wmo", "L"): Side(LASTEN, draws[:, 0], 98e6),
        ("wmo", "B"): Side(BATEN, draws[:, 1], 21e6),
    }


def test_saldo_is_baten_less_lasten_with_the_band_of_their_difference() -> None:
    (row,) = saldo_rows(drawn(0.0), 0.0, KEY)
    assert row["begroot_eur"] == -77e6
    assert row["p50_eur"] == pytest.approx(-80.2e6, rel=0.01)
    width = row["p90_eur"] - row["p10_eur"]
    assert 24e6 < width < 29e6  # both at their worst together would be 29
    assert np.diff([row[level] for level in LEVELS]).min() >= 0
    assert 0.5 < row["kans_nadeel"] < 0.8


def test_what_moves_lasten_and_baten_together_makes_the_saldo_surer() -> None:
    apart, together = (saldo_rows(drawn(common), common, KEY)[0] for common in (0.0, 0.6))
    assert together["p90_eur"] - together["p10_eur"] < apart["p90_eur"] - apart["p10_eur"]


def test_one_side_only_is_that_side_to_the_cent() -> None:
    (row,) = saldo_rows({("toegang", "L"): Side(LASTEN, None, 98e6)}, 0.2, KEY)
    assert [row[level] for level in LEVELS] == list(-LASTEN[::-1])
    assert row["begroot_eur"] == -98e6
    assert row["kans_nadeel"] == round(chance_above(LASTEN, 98e6), 4)
    (row,) = saldo_rows({("toegang", "B"): Side(BATEN, None, 21e6)}, 0.2, KEY)
    assert row["kans_nadeel"] == pytest.approx(1.0 - chance_above(BATEN, 21e6), abs=1e-4)


def test_a_side_without_forecast_gives_no_saldo_and_one_without_budget_no_chance() -> None:
    sides = {
        ("wmo", "L"): Side(LASTEN, None, 98e6),
        ("wmo", "B"): Side(None, None, 21e6),
        ("jeugd", "L"): Side(LASTEN, None, float("nan")),
    }
    (row,) = saldo_rows(sides, 0.2, KEY)
    assert (row["onderdeel"], row["begroot_eur"], row["kans_nadeel"]) == ("jeugd", None, None)


def test_a_budget_that_does_not_name_baten_has_none() -> None:
    sides = drawn(0.0)
    sides["wmo", "B"] = Side(BATEN, sides["wmo", "B"].draws, float("nan"))
    assert saldo_rows(sides, 0.0, KEY)[0]["begroot_eur"] == -98e6
