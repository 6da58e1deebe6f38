"""Dutch numbers, money, dates and periods."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import formatting as f

NB = f.NBSP


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.891, 2, "1.234.567,89"),
        (-0.4, 0, "0"),
        (-1234, 0, "−1.234"),
        (None, 0, "—"),
        (float("nan"), 1, "—"),
        (float("inf"), 1, "—"),
    ],
)
def test_number(value, decimals: int, text: str) -> None:
    assert f.number(value, decimals) == text


def test_money_in_tables_and_in_sentences() -> None:
    assert f.euro(-550000) == f"−€{NB}550.000"
    assert f.euro(1234.4, sign=True) == f"+€{NB}1.234"
    assert f.euro_text(-1_240_000) == f"€{NB}1,2{NB}mln"
    assert f.euro_text(45_300) == f"€{NB}45.000"
    assert f.mln(-412_000, sign=True) == f"−0,4{NB}mln"


def test_a_chance_is_never_certain() -> None:
    assert f.chance(1.0) == f">{NB}99{NB}%"
    assert f.chance(0.0) == f"<{NB}1{NB}%"
    assert f.chance(0.94) == f"94{NB}%"


def test_dates_and_periods() -> None:
    assert f.datum(date(2026, 9, 30)) == "30 september 2026"
    assert f.datum_kort(date(2026, 11, 11)) == "11 nov"
    assert f.periode("2025HJ01") == "1e halfjaar 2025"
    assert f.periode("raar") == "raar"
    assert f.periode_positie("2025HJ01") == 2025.25
    assert f.periode_positie("2024JJ00") == 2024.5


def test_spread_says_the_side_once_when_both_ends_share_it() -> None:
    assert f.spread(-200_000, 2_100_000) == f"tussen €{NB}0,2{NB}mln onder en €{NB}2,1{NB}mln boven"
    assert f.spread(-2_100_000, -200_000) == f"tussen €{NB}0,2{NB}mln en €{NB}2,1{NB}mln onder"
