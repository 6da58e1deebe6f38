"""Tests of a difference: examples worked out by hand or published, scipy as an oracle, and properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indicators.core.change import (
    ALPHA,
    ENOUGH_MOVEMENTS,
    Difference,
    Estimate,
    adjusted,
    margin_test,
    movement_test,
    proportion_test,
)
from indicators.core.change_counts import count_test, dispersion
from indicators.core.change_trend import trend_test

COUNTS = st.integers(0, 400)


def one(tested: Difference) -> tuple[float, ...]:
    return tuple(float(np.ravel(part)[0]) for part in tested)


def test_the_published_health_of_two_years_is_noise() -> None:
    # 67.4 (62.9-71.5) and 69.2 (65.2-72.9). Down: sqrt(4.0^2 + 4.1^2) = 5.728; up: sqrt(3.7^2 + 4.5^2) = 5.826.
    # z = 1.8 / (5.728 / 1.96) = 0.616; p = 0.538.
    found = one(margin_test(Estimate(69.2, 65.2, 72.9), Estimate(67.4, 62.9, 71.5)))
    assert found == pytest.approx((1.8, -3.928, 7.626, 0.538), abs=0.001)


def test_symmetric_margins_give_the_ordinary_z_test() -> None:
    found = one(margin_test(Estimate(50.0, 46.0, 54.0), Estimate(44.0, 41.0, 47.0)))
    error = np.hypot(4, 3) / 1.959964
    assert found == pytest.approx((6.0, 1.0, 11.0, 2 * stats.norm.sf(6 / error)))


@pytest.mark.parametrize("wrong", [(50.0, 51.0, 54.0), (50.0, 46.0, 49.0), (50.0, np.nan, 54.0)])
def test_margins_that_do_not_hold_their_value_are_not_used(wrong: tuple[float, float, float]) -> None:
    found = margin_test(Estimate(*wrong), Estimate(44.0, 41.0, 47.0))
    assert np.isnan([found.p, found.ondergrens, found.bovengrens]).all()


def test_margins_without_width_are_as_wide_as_their_last_decimal() -> None:
    found = one(margin_test(Estimate(50.1, 50.1, 50.1), Estimate(50.0, 50.0, 50.0), 0.1))
    assert found[1:3] == pytest.approx((0.1 - np.hypot(0.05, 0.05), 0.1 + np.hypot(0.05, 0.05)))


def test_two_proportions_reproduce_a_published_example() -> None:
    # 56 of 70 against 48 of 80: Newcombe 1998, table II, example (a), Miettinen and Nurminen: 0.0528 to 0.3382.
    found = one(proportion_test(56, 70, 48, 80))
    assert found[:3] == pytest.approx((0.2, 0.0528, 0.3382), abs=5e-5)
    chi2 = stats.chi2_contingency([[56, 14], [48, 32]], correction=False).statistic * 149 / 150
    assert found[3] == pytest.approx(stats.chi2.sf(chi2, 1))


def test_few_expected_cases_must_also_convince_fisher() -> None:
    assert one(proportion_test(3, 3, 0, 50))[3] == pytest.approx(stats.fisher_exact([[3, 0], [0, 50]]).pvalue)
    assert one(proportion_test(0, 40, 0, 50))[3] == 1


def test_rounded_counts_make_a_difference_less_sure() -> None:
    exact, rounded = (one(proportion_test(40, 200, 20, 200, step)) for step in (0, 5))
    assert rounded[3] > exact[3]
    assert rounded[1] < exact[1] < exact[2] < rounded[2]


@pytest.mark.parametrize("wrong", [(-1, 10), (11, 10), (np.nan, 10), (1, 0), (1, np.nan)])
def test_counts_that_cannot_be_are_not_tested(wrong: tuple[float, float]) -> None:
    assert np.isnan(one(proportion_test(*wrong, 5, 10))[3])
    if wrong != (11, 10):
        assert np.isnan(one(count_test(*wrong, 5, 10))[3])


def test_two_counts_by_hand() -> None:
    # 30 in all, each side as likely: P(fewer than 10) = 0.02139, P(10) = 0.02798; twice (0.02139 + 0.01399) = 0.0708.
    assert one(count_test(10, 1, 20, 1)) == pytest.approx((-10, -21.81, 0.975, 0.0708), abs=0.005)
    # Per inhabitant: 10 of 1,000 and 20 of 2,000 are the same.
    assert one(count_test(10, 1000, 20, 2000))[0] == 0
    assert one(count_test(10, 1000, 20, 2000))[3] > 0.9


def test_extra_spread_makes_a_difference_less_sure() -> None:
    plain, spread = one(count_test(100, 1, 150, 1)), one(count_test(100, 1, 150, 1, (0.02, 10)))
    # By hand: mean 125, variance 2 (125 + 0.02 * 125^2) = 875; t = 50 / 29.58 = 1.690 with 10 degrees of freedom.
    assert spread[3] == pytest.approx(2 * stats.t.sf(50 / np.sqrt(875), 10))
    assert plain[3] < ALPHA < spread[3]
    assert spread[1] < plain[1] < plain[2] < spread[2]


def test_spread_is_measured_without_what_all_regions_share() -> None:
    old, new = np.full(50, 100.0), np.full(50, 150.0)
    assert dispersion(new, np.ones(50), old, np.ones(50), np.zeros(50)) == (0.0, pytest.approx(49 * 2 / 3))
    # One region alone: (150 - 125)^2 / (250 / 4) = 10 where Poisson gives 1; per a: 2 * 250 / 4 = 125.
    assert dispersion([150], [1], [100], [1], [0]) == (pytest.approx(9 / 125), 1.0)
    assert dispersion([np.nan], [1], [100], [1], [0]) == (0.0, np.inf)


def test_a_movement_is_held_against_what_is_usual() -> None:
    p, usual = movement_test([0.0, 5.0, -96.0, 200.0, np.nan], np.arange(1.0, 101.0) * np.tile([1, -1], 50))
    assert p[:4] == pytest.approx([1.0, 97 / 101, 6 / 101, 1 / 101])
    assert np.isnan(p[4])
    assert usual == pytest.approx(95.05)
    assert np.isnan(movement_test([1.0], np.ones(ENOUGH_MOVEMENTS - 1))[0]).all()


def test_many_looks_reproduce_the_published_example() -> None:
    # Benjamini and Hochberg 1995, section 3.2: of these fifteen, four remain at 5 %.
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    corrected = adjusted([np.nan, *p])
    assert np.isnan(corrected[0])
    assert (corrected[1:] < ALPHA).tolist() == [True] * 4 + [False] * 11
    assert corrected[4] == pytest.approx(0.0095 * 15 / 4)
    assert np.isnan(adjusted([np.nan])).all()


def test_a_trend_of_residuals_that_alternate_is_the_ordinary_regression() -> None:
    years, values = np.arange(2016, 2024), np.array([1.0, 3.2, 2.9, 5.1, 5.0, 7.2, 6.9, 9.0])
    oracle = stats.linregress(years, values)
    found = trend_test(years, values)
    half = stats.t.ppf(0.975, 6) * oracle.stderr
    expected = (oracle.slope, oracle.slope - half, oracle.slope + half, oracle.pvalue)
    assert tuple(found) == pytest.approx(expected, rel=1e-6)


def test_a_trend_of_years_that_stay_alike_is_less_sure() -> None:
    years, values = np.arange(8), np.array([0.0, 1.0, 2.0, 1.5, 0.5, 1.5, 3.0, 4.0])
    assert trend_test(years, values).p > 2 * stats.linregress(years, values).pvalue


def test_a_lucky_straight_row_is_not_surer_than_its_figures() -> None:
    years, values = np.arange(5), np.array([60.0, 61.0, 62.0, 63.0, 64.0])
    # Standard error of the slope: 2 / sqrt(10) = 0.632; z = 1.581; p = 0.114.
    assert trend_test(years, values, np.full(5, 4.0)).p == pytest.approx(0.1138, abs=1e-4)
    assert trend_test(years, values).p == 0
    assert 0 < trend_test(years, values, resolution=1.0).p < ALPHA
    assert trend_test(years, np.full(5, 60.0)).p == 1


def test_too_few_periods_are_no_trend() -> None:
    assert np.isnan(trend_test([1, 2, 3, 4], [1, 2, 3, 4])).all()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_swapping_the_two_sides_changes_the_sign_only(a: int, b: int, c: int, d: int) -> None:
    (x1, n1), (x0, n0) = sorted((a, b + 401)), sorted((c, d + 401))
    for there, back in (
        (proportion_test(x1, n1, x0, n0), proportion_test(x0, n0, x1, n1)),
        (count_test(x1, n1, x0, n0, (0.01, 20)), count_test(x0, n0, x1, n1, (0.01, 20))),
        (
            margin_test(Estimate(a, a - b, a + c), Estimate(d, d - c, d + b), 1),
            margin_test(Estimate(d, d - c, d + b), Estimate(a, a - b, a + c), 1),
        ),
    ):
        assert one(back)[3] == pytest.approx(one(there)[3], abs=1e-9)
        assert one(back)[:3] == pytest.approx((-one(there)[0], -one(there)[2], -one(there)[1]), abs=1e-6)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(COUNTS, COUNTS, COUNTS, COUNTS, st.integers(2, 9))
def test_more_persons_never_make_a_difference_less_certain(a: int, b: int, c: int, d: int, k: int) -> None:
    (x1, n1), (x0, n0) = sorted((a, a + b + 1)), sorted((c, c + d + 1))
    few, many = one(proportion_test(x1, n1, x0, n0)), one(proportion_test(k * x1, k * n1, k * x0, k * n0))
    assert many[3] <= few[3] + 1e-9
    assert many[2] - many[1] <= few[2] - few[1] + 1e-9
    few, many = one(count_test(x1, n1, x0, n0)), one(count_test(k * x1, k * n1, k * x0, k * n0))
    # Counts are whole: where nothing differs (p near 1) it may jump a little, where something does it may not.
    assert many[3] <= few[3] + 1e-9 or few[3] > 0.8
    assert many[2] - many[1] <= few[2] - few[1] + 1e-9
    few, many = (one(margin_test(Estimate(a, a - w, a + w), Estimate(c, c - w, c + w))) for w in (k, 1))
    assert many[3] <= few[3] + 1e-9


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_looks_does_not_matter(p: list[float], random) -> None:
    order = list(range(len(p)))
    random.shuffle(order)
    assert adjusted(p)[order] == pytest.approx(adjusted([p[i] for i in order]))
    assert (adjusted(p) >= np.array(p) - 1e-12).all()


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.floats(-100, 100), min_size=5, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_periods_does_not_matter_for_a_trend(values: list[float], random) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    mixed = trend_test(order, [values[i] for i in order])
    assert tuple(mixed) == pytest.approx(tuple(trend_test(range(len(values)), values)), rel=1e-6, abs=1e-9)


def test_what_the_test_rejects_lies_outside_its_bounds() -> None:
    random = np.random.default_rng(7)
    x1, x0 = random.integers(0, 60, (2, 3000))
    n1, n0 = random.integers(60, 90, (2, 3000))
    for found in (proportion_test(x1, n1, x0, n0), count_test(x1, n1, x0, n0, (0.02, 12))):
        excluded = (found.ondergrens >= 0) | (found.bovengrens <= 0)
        assert excluded[found.p < ALPHA].all()


def test_exact_tests_are_those_of_scipy() -> None:
    random = np.random.default_rng(5)
    n1, n0 = np.rint(10 ** random.uniform(0, 5, (2, 200)))
    x1, x0 = np.rint(n1 * random.random(200) ** 8), np.rint(n0 * random.random(200) ** 8)
    # Rounding to next to nothing changes no figure, but takes Fisher's test away.
    expected = proportion_test(x1, n1, x0, n0, 1e-9).p
    few = np.minimum(n1, n0) * np.minimum(x1 + x0, n1 + n0 - x1 - x0) < n1 + n0
    for i in np.flatnonzero(few):
        table = np.array([[x1[i], n1[i] - x1[i]], [x0[i], n0[i] - x0[i]]]).astype(int)
        expected[i] = max(expected[i], stats.fisher_exact(table).pvalue)
    assert few.sum() > 50
    assert proportion_test(x1, n1, x0, n0).p == pytest.approx(expected, rel=1e-9)

    total, share = x1 + x0, n1 / (n1 + n0)
    half = stats.binom.pmf(x1, total, share) / 2
    tails = np.minimum(stats.binom.cdf(x1 - 1, total, share), stats.binom.sf(x1, total, share))
    assert count_test(x1, n1, x0, n0).p == pytest.approx(np.minimum(1, 2 * (tails + half)), rel=1e-9)
