"""The synthetic municipality, piece by piece: BSNs, invoices, budgets, spells of care."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from etl.sample import write_sample
from etl.sample.events import plan_events
from etl.sample.identity import BSN_FIRST, BSN_LAST, bsn_pool, bsn_valid
from etl.sample.invoices import invoice, lag_means
from etl.sample.people import wijk_sizes
from etl.sample.posts import KOSTENPLAATS_WMO, POSTS
from etl.sample.products import PRODUCTS
from etl.sample.streams import month_ends, price_level, stream
from etl.sample.truth import spells
from indicators.core.settings import REFERENCE

YEARS = range(2020, 2024)


def eleven_test(bsn: int) -> bool:
    digits = [int(c) for c in f"{bsn:09d}"]
    return sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def test_bsns_come_from_the_test_range_and_pass_the_eleven_test():
    pool = bsn_pool(1)
    assert pool.min() >= BSN_FIRST and pool.max() <= BSN_LAST
    assert len(set(pool.tolist())) == len(pool) > 9000
    assert all(eleven_test(int(n)) for n in pool)
    assert not bsn_valid(np.array([999_900_007]))[0]


def test_a_stream_depends_on_its_name_and_nothing_else():
    assert stream(1, "a", 2020).random() == stream(1, "a", 2020).random()
    assert stream(1, "a", 2020).random() != stream(1, "a", 2021).random()
    assert stream(2, "a", 2020).random() != stream(1, "a", 2020).random()


def test_no_cent_is_lost_between_care_and_booking():
    cost = stream(3, "kosten").integers(0, 5_000_000, (4, len(YEARS), 12))
    means = lag_means(3, np.array([0.5, 1.2, 2.0, 3.5]), YEARS)
    booked = invoice(3, cost, means, YEARS, {})
    assert (booked >= 0).all()
    # Only what arrives after June of the year after the last one is missing.
    missing = cost.sum(axis=(1, 2)) - booked.sum(axis=(1, 2))
    assert (missing >= 0).all() and (missing < 0.02 * cost[:, -1].sum(axis=1)).all()
    without_last = cost.copy()
    without_last[:, -1] = 0
    assert np.array_equal(invoice(3, without_last, means, YEARS, {}).sum(axis=(1, 2)), without_last.sum(axis=(1, 2)))


def test_a_slower_provider_has_less_booked_in_the_year():
    cost = np.full((2, len(YEARS), 12), 1_000_000)
    booked = invoice(5, cost, lag_means(5, np.array([0.5, 3.0]), YEARS), YEARS, {})
    within = booked[:, :, :6].sum(axis=2)
    assert (within[0] > within[1]).all()


def test_lateness_does_not_reach_back_before_it_starts():
    cost = np.full((1, len(YEARS), 12), 1_000_000)
    means = lag_means(5, np.array([1.5]), YEARS)
    late = np.ones((len(YEARS), 12))
    late[2, 6:] = 2.5
    usual, slow = invoice(5, cost, means, YEARS, {}), invoice(5, cost, means, YEARS, {0: late})
    assert np.array_equal(usual[:, :2], slow[:, :2]) and np.array_equal(usual[:, 2, :6], slow[:, 2, :6])
    assert slow[0, 2, 6:10].sum() < usual[0, 2, 6:10].sum()


@pytest.mark.parametrize(("gap", "number"), [(0, 1), (28, 1), (29, 2)])
def test_a_gap_of_28_days_is_no_new_inflow(gap: int, number: int):
    person, first, last = spells(np.array([7, 7]), np.array([100, 151 + gap]), np.array([150, 300]))
    assert len(person) == number
    assert first[0] == 100 and last[-1] == 300


def test_overlapping_lines_of_one_person_are_one_spell():
    _, first, last = spells(np.array([1, 1, 2]), np.array([10, 20, 15]), np.array([90, 40, 30]))
    assert first.tolist() == [10, 15] and last.tolist() == [90, 30]


def test_every_product_has_a_cost_centre_with_a_lag_for_each_provider():
    lags = {p.kostenplaats: len(p.vertraging) for p in POSTS if p.soort == "wmo"}
    for product in PRODUCTS:
        assert lags[KOSTENPLAATS_WMO[product.categorie]] == len(product.aanbieders)


def test_posts_use_taakvelden_that_exist_in_their_year():
    import csv

    with (REFERENCE / "taakvelden.csv").open(encoding="utf-8", newline="") as handle:
        known = list(csv.DictReader(handle))
    for post in POSTS:
        for year in (2019, 2022, 2023, 2024, 2025, 2026):
            code = post.taakveld(year)
            valid = [
                r for r in known
                if r["taakveld"] == code and int(r["vanaf_jaar"]) <= year <= int(r["tot_en_met_jaar"] or 9999)
            ]  # fmt: skip
            assert valid or post.onderdeel is None, (post.naam, year, code)


def test_every_onderdeel_that_is_real_has_lasten():
    import csv

    with (REFERENCE / "onderdelen.csv").open(encoding="utf-8", newline="") as handle:
        names = {r["onderdeel"] for r in csv.DictReader(handle)}
    real = {
        n for n in names if not n.endswith("ongesplitst") and n not in ("jeugdhulp_oude_indeling", "nog_in_te_delen")
    }
    assert {p.onderdeel for p in POSTS if p.onderdeel and p.lasten_baten == "L"} == real


def test_the_smallest_wijk_stays_small():
    sizes = wijk_sizes(39_700)
    assert sum(sizes.values()) == pytest.approx(39_700, abs=10)
    assert min(sizes.values()) in range(110, 121)


def test_planted_events_are_in_different_onderdelen():
    for seed in range(8):
        events = plan_events(seed, wijk_sizes(39_700))
        assert len({events.tariff[0], events.inflow[0], events.late[0]}) == 3
        assert len(set(events.inflow[3])) == 2


def test_month_ends_stop_at_the_peildatum():
    assert month_ends(2025, dt.date(2025, 3, 30)) == [dt.date(2025, 1, 31), dt.date(2025, 2, 28)]


def test_prices_rise():
    assert price_level(2019) == 1.0 and price_level(2018) < 1 < price_level(2020) < price_level(2030)


@pytest.mark.parametrize("van", [2010, 2027])
def test_impossible_years_are_refused_in_dutch(tmp_path, van: int):
    with pytest.raises(ValueError, match="beginjaar"):
        write_sample(tmp_path, 1, van, peildatum=dt.date(2026, 9, 30))


def test_a_year_without_a_whole_month_is_refused_in_dutch(tmp_path):
    with pytest.raises(ValueError, match="geen hele maand"):
        write_sample(tmp_path, 1, 2026, peildatum=dt.date(2026, 1, 30))
