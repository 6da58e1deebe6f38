"""The synthetic municipality, piece by piece: households, BSNs, invoices, declarations, budgets, spells of care."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from etl.sample import write_sample
from etl.sample.catalog import JEUGD, WMO, Catalog
from etl.sample.declarations import AGAIN, CREDIT, FIRST, declare
from etl.sample.delivery import Delivered
from etl.sample.events import plan_events
from etl.sample.households import steady
from etl.sample.identity import BSN_FIRST, BSN_LAST, bsn_pool, bsn_valid, identify
from etl.sample.invoices import arrivals, book, invoice, lag_means
from etl.sample.ledger import DECLARED, providers
from etl.sample.people import day, populate, wijk_sizes
from etl.sample.posts import POSTS
from etl.sample.streams import month_ends, price_level, stream
from etl.sample.truth_counts import spells
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


def test_a_steady_draw_depends_on_its_own_numbers_only():
    numbers = np.arange(5000)
    few, many = steady(1, 7, numbers[:10], 3), steady(1, 7, numbers, 3)
    assert np.array_equal(few, many[:10]) and ((many >= 0) & (many < 1)).all()
    assert abs(many.mean() - 0.5) < 0.02 and abs(np.corrcoef(many, steady(1, 8, numbers, 3))[0, 1]) < 0.05


@pytest.fixture(scope="module")
def people():
    return populate(3, 4000, 2012, 2026)


def test_children_live_with_adults_at_one_address(people):
    for year in (2019, 2023, 2026):
        here = (people.arrives <= day(year)) & (people.leaves > day(year))
        child = here & (day(year) - people.born < 16 * 365)
        adults = np.bincount(people.household[here & (day(year) - people.born > 18 * 366)], minlength=len(people))
        assert child.sum() > 400
        assert (adults[people.household[child]] > 0).mean() > 0.9
    head = people.household
    assert (people.wijk == people.wijk[head]).all()
    assert (people.arrives >= people.arrives[head]).all()


def test_households_are_of_a_plausible_size(people):
    here = (people.arrives <= day(2023)) & (people.leaves > day(2023))
    sizes = np.bincount(people.household[here])
    sizes = sizes[sizes > 0]
    assert 1.7 < sizes.mean() < 2.4 and 0.3 < (sizes == 1).mean() < 0.5 and sizes.max() <= 12


def test_a_longer_simulation_moves_nobody(people):
    shorter = populate(3, 4000, 2012, 2022)
    n = len(shorter)
    assert n < len(people)
    for name in ("born", "arrives", "leaves", "died", "wijk", "household"):
        assert np.array_equal(getattr(shorter, name), getattr(people, name)[:n]), name


def test_one_person_is_one_identity_in_every_system(people):
    some = np.array([5, 9, 5, 70])
    found = identify(3, people, [(some, np.array([300, 100, 50, 200])), (np.array([9, 11]), np.array([90, 400]))])
    care, income = found.of(9), found.of(9, "inkomen")
    assert care.bsn == income.bsn and care.clientnummer != income.clientnummer and care.postcode == income.postcode
    assert list(found.bsn) == [5, 9, 70, 11]  # in the order in which they come into a source
    assert len(set(found.bsn.values())) == 4
    # Later sightings change nothing for who was seen before.
    more = identify(
        3, people, [(some, np.array([300, 100, 50, 200])), (np.array([9, 11, 2]), np.array([90, 400, 500]))]
    )
    assert {p: more.bsn[p] for p in found.bsn} == found.bsn


def test_every_household_has_an_address_of_its_own(people):
    found = identify(3, people, [(np.array([1]), np.array([1]))])
    addresses = {found.address(h) for h in np.unique(people.household).tolist()}
    assert len(addresses) == len(np.unique(people.household))
    partner = int(np.flatnonzero(people.household != np.arange(len(people)))[0])
    one, other = found.of(partner), found.of(int(people.household[partner]))
    assert (one.postcode, one.huisnummer) == (other.postcode, other.huisnummer)


def never_late(means: np.ndarray, seed: int, late: dict | None = None, afterwards: bool = False) -> np.ndarray:
    return arrivals(seed, means, YEARS, late or {}, np.full(len(means), afterwards))


def test_no_cent_is_lost_between_care_and_booking():
    cost = stream(3, "kosten").integers(0, 5_000_000, (4, len(YEARS), 12))
    means = lag_means(3, np.array([0.5, 1.2, 2.0, 3.5]), YEARS)
    shares = never_late(means, 3)
    detail = invoice(cost, shares)
    booked = book(detail)
    assert np.array_equal(detail.sum(axis=3), cost) and (booked >= 0).all()
    # Only what arrives after June of the year after the last one is missing.
    missing = cost.sum(axis=(1, 2)) - booked.sum(axis=(1, 2))
    assert (missing >= 0).all() and (missing < 0.02 * cost[:, -1].sum(axis=1)).all()
    without_last = cost.copy()
    without_last[:, -1] = 0
    assert np.array_equal(book(invoice(without_last, shares)).sum(axis=(1, 2)), without_last.sum(axis=(1, 2)))


def test_a_slower_provider_has_less_booked_in_the_year():
    cost = np.full((2, len(YEARS), 12), 1_000_000)
    booked = book(invoice(cost, never_late(lag_means(5, np.array([0.5, 3.0]), YEARS), 5)))
    within = booked[:, :, :6].sum(axis=2)
    assert (within[0] > within[1]).all()


def test_lateness_does_not_reach_back_before_it_starts():
    cost = np.full((1, len(YEARS), 12), 1_000_000)
    means = lag_means(5, np.array([1.5]), YEARS)
    late = np.ones((len(YEARS), 12))
    late[2, 6:] = 2.5
    usual, slow = (book(invoice(cost, never_late(means, 5, one))) for one in ({}, {0: late}))
    assert np.array_equal(usual[:, :2], slow[:, :2]) and np.array_equal(usual[:, 2, :6], slow[:, 2, :6])
    assert slow[0, 2, 6:10].sum() < usual[0, 2, 6:10].sum()


def test_care_is_declared_after_its_month_and_what_is_put_right_takes_it_back_first():
    n = 20_000
    numbers = np.arange(n)
    care = Delivered(numbers, np.full(n, 2021 * 12 + 5), np.zeros(n, dtype=int), np.full(n, 10.0), np.full(n, 12_345))
    shares = never_late(lag_means(5, np.array([1.5]), YEARS), 5, afterwards=True)
    found = declare(5, 0, care, shares, YEARS.start, exact=99)
    assert (found.received > found.month).all()
    first, credit, again = (found.take(found.kind == kind) for kind in (FIRST, CREDIT, AGAIN))
    assert len(first) == n and 0.003 * n < len(credit) == len(again) < 0.012 * n
    assert (credit.cents == -12_345).all() and (again.cents > 0).all() and (again.cents <= 12_345).all()
    assert (credit.received > first.received[credit.line]).all() and np.array_equal(credit.received, again.received)
    # The provider's lag is the share of lines that came in, give or take chance.
    came = np.array([(first.received - first.month <= lag).mean() for lag in range(6)])
    assert np.abs(came - shares[0, 1, 5, :6]).max() < 0.02
    none = declare(5, 0, care, shares, YEARS.start, exact=0)
    assert (none.kind == FIRST).all()


@pytest.mark.parametrize(("gap", "number"), [(0, 1), (28, 1), (29, 2)])
def test_a_gap_of_28_days_is_no_new_inflow(gap: int, number: int):
    person, first, last = spells(np.array([7, 7]), np.array([100, 151 + gap]), np.array([150, 300]))
    assert len(person) == number
    assert first[0] == 100 and last[-1] == 300


def test_overlapping_lines_of_one_person_are_one_spell():
    _, first, last = spells(np.array([1, 1, 2]), np.array([10, 20, 15]), np.array([90, 40, 30]))
    assert first.tolist() == [10, 15] and last.tolist() == [90, 30]


@pytest.mark.parametrize("care", [WMO, JEUGD], ids=lambda c: c.wet)
def test_every_product_has_a_cost_centre_with_a_lag_for_each_provider(care: Catalog):
    posts = {p.kostenplaats: p for p in POSTS if p.soort == care.wet}
    for k, product in enumerate(care.products):
        post = posts[care.post(k)]
        assert len(post.vertraging) == len(product.aanbieders), product.naam
        assert post.onderdeel == care.onderdelen[k], product.naam
    assert len(posts[care.pgb_post].vertraging) == 1


def test_each_product_code_is_of_one_product():
    codes = [p.code for care in (WMO, JEUGD) for p in care.products]
    assert len(set(codes)) == len(codes) and all(len(code) == 5 for code in codes)


def test_providers_stand_in_the_order_of_the_posts():
    rows = providers()
    assert [p.post for p in rows] == sorted(p.post for p in rows)
    assert {POSTS[p.post].soort for p in rows} == {*DECLARED, "declaratie"}


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


def test_before_2023_only_wmo_and_ledger_are_delivered(tmp_path):
    write_sample(tmp_path, 3, 2021, peildatum=dt.date(2021, 3, 31), inwoners=300)
    found = {p.parent.name for p in tmp_path.rglob("*") if p.is_file()}
    assert {"wmo", "k2f"} <= found and not {"jeugd", "participatiewet"} & found
    assert len(list((tmp_path / "wmo").iterdir())) == 3  # no declarations either
