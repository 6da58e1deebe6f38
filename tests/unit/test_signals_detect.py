"""The statistics behind the signals: silent in calm, right about when, never fooled by a short past or a season."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indicators.signals.detect.counts import count_break, tail
from indicators.signals.detect.ledger import growth_break, growth_scatter, large_booking
from indicators.signals.detect.ratios import ratio_break
from indicators.signals.detect.shares import share_shift
from indicators.signals.detect.stock import stock_break


def _draw(level: float, months: int = 60, seed: int = 3) -> np.ndarray:
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(months) / 12)
    return np.random.default_rng(seed).poisson(level * season).astype(float)


def test_a_season_is_no_break_and_a_step_is_with_its_first_month() -> None:
    calm = _draw(30)
    assert count_break(calm, 1) is None
    stepped = calm.copy()
    stepped[52:] = np.round(stepped[52:] * 1.6)
    seen = count_break(stepped, 1)
    assert seen is not None and seen.up and abs(seen.start - 52) <= 1
    assert 1.4 < seen.observed / seen.expected < 1.8
    assert seen.certainty > 0.98
    fewer = calm.copy()
    fewer[52:] = np.round(fewer[52:] * 0.4)
    down = count_break(fewer, 1)
    assert down is not None and not down.up


def test_slow_growth_is_no_break() -> None:
    months = np.arange(60)
    drawn = np.random.default_rng(5).poisson(40 * 1.05 ** (months / 12)).astype(float)
    assert count_break(drawn, 1) is None


def test_a_month_that_is_half_registered_is_no_fall() -> None:
    counts, complete = _draw(40), np.ones(60)
    counts[-2:] = np.round(counts[-2:] * 0.4)
    complete[-2:] = 0.4
    assert count_break(counts, 1) is not None
    assert count_break(counts, 1, complete) is None


@pytest.mark.parametrize("months", [0, 1, 12, 25])
def test_with_less_than_two_years_of_past_nothing_is_said(months: int) -> None:
    counts = np.full(months, 5.0)
    counts[-1:] = 500
    assert count_break(counts, 1) is None and stock_break(counts) is None
    assert share_shift(np.column_stack([counts, counts])) is None


def test_the_tail_of_a_count_is_that_of_the_negative_binomial_law() -> None:
    # Mean 10, variance 20: throws that fail before the tenth head. 20 or more of them = at most 9 heads in 29 throws.
    assert tail(20, 10, 20) == pytest.approx(sum(comb(29, k) for k in range(10)) / 2**29)
    assert tail(0, 10, 20) == pytest.approx(0.5**10)


def test_a_stock_breaks_when_its_growth_does() -> None:
    rng = np.random.default_rng(2)
    stock = 1000 + np.cumsum(rng.normal(2, 8, 72))
    assert stock_break(np.round(stock)) is None
    stock[66:] += 25 * np.arange(1, 7)
    seen = stock_break(np.round(stock))
    assert seen is not None and seen.up and abs(seen.start - 66) <= 2
    assert seen.observed - seen.expected == pytest.approx(150, rel=0.35)


def _ratio(price: float, pace: float = 0.0, seed: int = 1) -> np.ndarray:
    """[month, age] of 48 months: 6 percent noise a month; in the last nine another price, or a part one month later."""
    rng = np.random.default_rng(seed)
    share = np.array([0.05, 0.45, 0.25, 0.12, 0.07, 0.04, 0.02])
    later = np.append(0.0, share[:-1])
    out = np.zeros((48, 7))
    for m in range(48):
        use = (1 - pace) * share + pace * later if m >= 39 else share
        out[m] = np.cumsum(use * rng.normal(1, 0.02, 7)) * (price if m >= 39 else 1) * rng.normal(0.9, 0.01)
        out[m, max(0, 48 - m) :] = np.nan
    return out


def test_a_price_is_seen_and_late_invoices_are_no_price() -> None:
    assert ratio_break(_ratio(1.0), (2, 3, 4, 5, 6)) is None
    seen = ratio_break(_ratio(1.08), (2, 3, 4, 5, 6))
    assert seen is not None and seen.observed == pytest.approx(1.08, abs=0.02) and abs(seen.start - 39) <= 1
    late = ratio_break(_ratio(1.0, pace=0.6), (1, 2))
    assert late is not None and late.observed < 0.9


def test_a_referrer_that_grows_is_named() -> None:
    rng = np.random.default_rng(4)
    usual = rng.multinomial(30, [0.5, 0.3, 0.2], 48).astype(float)
    assert share_shift(usual) is None
    usual[-6:] = rng.multinomial(30, [0.25, 0.55, 0.2], 6)
    seen = share_shift(usual)
    assert seen is not None and seen.part in (0, 1) and abs(seen.now - seen.before) > 0.15


def _years(seed: int = 1, years: int = 6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    out = 100_000 * rng.normal(1, 0.03, (years, 12)) * 1.04 ** np.arange(years)[:, None]
    out[:, 11] *= 2
    return out


def test_december_and_an_instalment_that_moves_are_no_large_booking() -> None:
    monthly = _years()
    monthly[:, 3] += 250_000
    monthly[-1, 3] -= 250_000
    monthly[-1, 4] += 250_000
    assert large_booking(monthly, 12) is None
    monthly[-1, 8] += 200_000
    seen = large_booking(monthly, 12)
    assert seen is not None and seen.month == 8
    assert seen.amount - seen.usual == pytest.approx(200_000, rel=0.15)


def test_months_that_were_not_delivered_are_no_booking_and_no_crash() -> None:
    monthly = _years()
    monthly[-1, 2] = np.nan
    monthly[-1, 9:] = np.nan
    monthly[1, 4] = np.nan
    assert large_booking(monthly, 9) is None
    monthly[-1, 6] += 400_000
    seen = large_booking(monthly, 9)
    assert seen is not None and seen.month == 6
    assert growth_break(monthly.cumsum(axis=1), 8, 0.001) is None


def test_a_year_that_grows_faster_than_others_did() -> None:
    worlds = [_years(seed).cumsum(axis=1) for seed in range(6)]
    scatter = growth_scatter(worlds, 8)
    assert all(growth_break(w, 8, scatter) is None for w in worlds)
    fast = worlds[0].copy()
    fast[-1] *= 1.25
    seen = growth_break(fast, 8, scatter)
    assert seen is not None and seen.excess_eur == pytest.approx(0.2 * fast[-1, 8], rel=0.25)
    assert growth_break(fast[-3:], 8, scatter) is None  # two earlier growths say nothing


@settings(max_examples=20, deadline=None)
@given(arrays(np.float64, st.integers(26, 60), elements=st.integers(0, 400).map(float)))
def test_any_counts_give_a_finite_answer_or_none(counts: np.ndarray) -> None:
    for seen in (count_break(counts, 4), stock_break(counts)):
        assert seen is None or (np.isfinite([seen.observed, seen.expected, seen.p]).all() and 0 <= seen.certainty < 1)
    shift = share_shift(np.column_stack([counts, counts[::-1]]))
    assert shift is None or 0 <= shift.now <= 1
