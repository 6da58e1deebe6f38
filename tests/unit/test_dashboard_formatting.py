"""Dutch numbers, money, dates and periods."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard import apart
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


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(44.5, 0, "45"), (2.5, 0, "3"), (-2.5, 0, "−3"), (0.15, 1, "0,2"), (2.675, 2, "2,68"), (-0.04, 1, "0,0")],
)
def test_a_half_goes_up_as_a_reader_and_excel_do(value: float, decimals: int, text: str) -> None:
    assert f.number(value, decimals) == text


def test_a_share_of_a_half_goes_up_too() -> None:
    assert f.percent(0.445) == f"45{NB}%" and f.percent(0.285) == f"29{NB}%"


def test_money_in_tables_and_in_sentences() -> None:
    assert f.euro(-550000) == f"−€{NB}550.000"
    assert f.euro(1234.4, sign=True) == f"+€{NB}1.234"
    assert f.euro_text(-1_240_000) == f"€{NB}1,2{NB}miljoen"
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
    assert apart.spread(-200_000, 2_100_000) == f"tussen €{NB}0,2{NB}miljoen onder en €{NB}2,1{NB}miljoen boven"
    assert apart.spread(-2_100_000, -200_000) == f"tussen €{NB}0,2{NB}miljoen en €{NB}2,1{NB}miljoen onder"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (191_382, 232_607, "tussen € 191.000 en € 233.000 boven"),
        (75_147, 399_237, "tussen € 75.000 en € 399.000 boven"),
        (-73_852, 252_243, "tussen € 74.000 onder en € 252.000 boven"),
        (8_060, 361_112, "tussen € 8.000 en € 361.000 boven"),
        (277_337, 352_094, "tussen € 0,3 miljoen en € 0,4 miljoen boven"),
        (-400, 210_000, "tussen € 400 onder en € 210.000 boven"),
        (60_000, 1_200_000, "tussen € 60.000 en € 1,2 miljoen boven"),
    ],
)
def test_both_ends_of_a_spread_can_be_compared(low: float, high: float, said: str) -> None:
    assert apart.spread(low, high).replace(NB, " ") == said


def test_amounts_side_by_side_differ_where_they_do_and_stay_short_where_they_do_not() -> None:
    def told(*values: float | None) -> list[str]:
        return [text.replace(NB, " ") for text in apart.euro_texts(*values)]

    assert told(514_388, 526_000) == ["€ 514.000", "€ 526.000"]
    assert told(526_200, 526_000) == ["€ 0,5 miljoen", "€ 0,5 miljoen"]
    assert told(21_400_000, 21_430_000) == ["€ 21,4 miljoen", "€ 21,4 miljoen"]
    assert told(None, 526_000) == ["—", "€ 0,5 miljoen"] and told() == []


def test_a_small_amount_in_millions_is_not_nothing() -> None:
    assert [f.mln_small(v, True).replace(NB, " ") for v in (34_123, 250_000, -7_146, 0)] == [
        "+0,03 mln", "+0,3 mln", "−0,01 mln", "0,0 mln"
    ]  # fmt: skip
    assert f.mln_small(None) == f.LEEG
