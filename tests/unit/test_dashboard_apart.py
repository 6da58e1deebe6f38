"""Two amounts and their difference: the reader who subtracts what is shown finds what is said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import formatting as f
from dashboard.apart import apart
from dashboard.edition.numbers import numbers

EUROS = st.integers(100, 20_000_000_000).map(lambda cents: cents / 100)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (107_700_000, 99_200_000, "€ 107,7 miljoen € 99,2 miljoen € 8,5 miljoen"),
        # Each on its own: 107,8 - 99,2 would be 8,6.
        (107_764_900, 99_248_000, "€ 107,76 miljoen € 99,25 miljoen € 8,5 miljoen"),
        (99_248_000, 107_764_900, "€ 99,25 miljoen € 107,76 miljoen € 8,5 miljoen"),
        # 1,25 - 1,10 is 0,15, which would be 0,2: thousands decide.
        (1_254_400, 1_104_900, "€ 1.254.000 € 1.105.000 € 0,1 miljoen"),
        (55_604_000, 55_541_000, "€ 55.604.000 € 55.541.000 € 63.000"),
        (514_388, 41_200, "€ 514.000 € 41.000 € 0,5 miljoen"),
        (2_400, 1_600, "€ 2.400 € 1.600 € 800"),
        (500_000, 0, "€ 0,5 miljoen € 0 € 0,5 miljoen"),
    ],
)
def test_the_two_get_as_many_digits_as_their_difference_needs(first: float, second: float, told: str) -> None:
    assert " ".join(apart(first, second)).replace(f.NBSP, " ") == told


@given(EUROS, EUROS)
@example(107_764_900.0, 99_248_000.0)
@example(105_935_000.0, 105_935_000.0)
def test_who_subtracts_finds_the_difference_as_it_is_told(first: float, second: float) -> None:
    texts = apart(first, second)
    shown = [numbers(text)[0] for text in texts]
    for number, value in zip(shown, (first, second, first - second), strict=True):
        assert abs(number.waarde - abs(value)) <= max(number.stap, 1000 if abs(value) >= 1000 else 1) / 2 + 1e-6
    found, gap = abs(shown[0].waarde - shown[1].waarde), shown[2]
    # In whole euros each of the three may be half a euro off.
    assert abs(found - gap.waarde) <= (50_000 if "miljoen" in texts[2] else 500 if gap.waarde >= 1000 else 1) + 1.01
    assert texts[2] == f.euro_text(first - second)


def test_coarse_figures_never_say_another_difference() -> None:
    for cents in range(0, 3_000_000, 777):
        first, second = 99_240_000.0 + cents, 90_755_000.0
        a, b, gap = (numbers(t)[0] for t in apart(first, second))
        if a.stap == gap.stap == b.stap:
            assert round(a.waarde - b.waarde) == round(gap.waarde)
