"""Providers: one that bills late is told by its code, one that lost clients is not, and care that moves is said so."""

import datetime as dt
import json

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.signals.detect.movement import share_move
from indicators.signals.detect.providers import late_providers, received_by_month
from indicators.signals.facts import Facts
from indicators.signals.merge import merge
from indicators.signals.rules import facturen_later, verschuiving_aanbieder
from tests.support.signal_world import AMBULANT_PROVIDERS, PEILDATUM, database, provider_care, put

MONTHS, LATE_FROM = 57, 50
PACE = np.array([0.04, 0.42, 0.25, 0.13, 0.08, 0.05, 0.03])
CLIENTS = np.array([300.0, 120.0, 80.0, 60.0, 40.0])


def _world(seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """[month, age, provider] received, [month, provider] awards, and clients; the last column is all others."""
    rng = np.random.default_rng(seed)
    clients = np.repeat(CLIENTS[None, :], MONTHS, axis=0)
    whole = clients * 1000 * rng.normal(1, 0.02, clients.shape)
    parts = rng.dirichlet(PACE * 80, (MONTHS, len(CLIENTS))).transpose(0, 2, 1)
    return whole[:, None, :] * 0.9 * parts, whole, clients


def _known(come: np.ndarray) -> np.ndarray:
    amount = come.cumsum(axis=1)
    amount[np.arange(7)[None, :] > np.arange(MONTHS)[::-1][:, None]] = np.nan
    return amount


def _two_months_later(come: np.ndarray, provider: int) -> None:
    late = come[LATE_FROM:, :, provider].copy()
    come[LATE_FROM:, :, provider] = 0.0
    come[LATE_FROM:, 2:, provider] = late[:, :-2]


def test_a_late_provider_is_found_although_the_onderdeel_hardly_shows_it() -> None:
    come, whole, clients = _world()
    assert late_providers(_known(come), whole, clients, 4) == []
    _two_months_later(come, 1)
    found = late_providers(_known(come), whole, clients, 4)
    assert [one.provider for one in found] == [1] and not found[0].silent
    assert abs(found[0].start - LATE_FROM) <= 1 and found[0].less > 0.5
    # Bills of two months that should have been there: some 1.4 months of 120 clients.
    assert 0.8 * 108_000 < found[0].missing_eur < 2.2 * 108_000


def test_the_pace_alone_tells_it_where_awards_do_not_say_the_provider() -> None:
    come, whole, clients = _world()
    unknown = np.full_like(whole, np.nan)
    assert late_providers(_known(come), unknown, clients, 4) == []
    come[LATE_FROM - 5 :, 3:, 1] += come[LATE_FROM - 5 :, 1:2, 1] / 4
    come[LATE_FROM - 5 :, 1, 1] = 0.0
    assert [one.provider for one in late_providers(_known(come), unknown, clients, 4)] == [1]
    come[-4:, :, 1] = 0.0  # stopped, or an ended contract: without awards nobody can tell
    assert all(not one.silent for one in late_providers(_known(come), unknown, clients, 4))


def test_fewer_clients_and_an_ended_contract_are_no_late_bills() -> None:
    come, whole, clients = _world()
    for left, at in ((0.5, LATE_FROM), (0.0, LATE_FROM + 3)):
        come[at:, :, 1] *= left
        whole[at:, 1] *= left
        clients[at:, 1] *= left
    assert late_providers(_known(come), whole, clients, 4) == []


def test_clients_whose_awards_stayed_behind_are_no_late_bills_where_another_declares_as_much_more() -> None:
    come, whole, clients = _world()
    come[LATE_FROM:, :, 2] += 0.6 * come[LATE_FROM:, :, 1]
    come[LATE_FROM:, :, 1] *= 0.4
    assert late_providers(_known(come), whole, clients, 4) == []


def test_a_silence_longer_than_any_before_is_told_until_it_is_made_up() -> None:
    come, whole, clients = _world()
    silent = come.copy()
    for month in range(MONTHS - 2, MONTHS):
        for age in range(7):
            silent[month - age, age, 0] = 0.0
    found = late_providers(_known(silent), whole, clients, 4)
    assert [(one.provider, one.silent) for one in found] == [(0, 2)]
    assert found[0].missing_eur == pytest.approx(2 * 270_000, rel=0.4)
    quarterly = come.copy()
    for month in range(MONTHS):
        for age in range(6, -1, -1):
            if month % 3 and month >= age:
                moved, late = quarterly[month - age, age, 0], min(age + 3 - month % 3, 6)
                quarterly[month - age, age, 0] = 0.0
                quarterly[month - age, late, 0] += moved
    assert late_providers(_known(quarterly), whole, clients, 4) == []


def test_what_was_received_stands_on_the_diagonals() -> None:
    amount = np.array([[1.0, 3.0, 3.0], [2.0, 2.0, np.nan], [5.0, np.nan, np.nan]])
    assert received_by_month(amount).tolist() == [1.0, 4.0, 5.0]


def test_nothing_is_said_of_small_or_new_providers_or_of_nobody() -> None:
    come, whole, clients = _world()
    _two_months_later(come, 1)
    assert late_providers(_known(come), whole, clients / 10, 4) == []
    assert late_providers(_known(come)[-20:], whole[-20:], clients[-20:], 4) == []
    assert late_providers(_known(come)[:, :, 4:], whole[:, 4:], clients[:, 4:], 0) == []
    assert late_providers(_known(come * 0), whole, clients, 4) == []


def test_care_that_moves_is_said_once_with_both_providers() -> None:
    rng = np.random.default_rng(4)
    clients = np.round(CLIENTS * np.exp(np.cumsum(rng.normal(0, 0.01, (MONTHS, 5)), axis=0)))
    assert share_move(clients, 4) is None
    moved = clients.copy()
    moved[52:, 1] += 90
    moved[52:, 0] -= 90
    seen = share_move(moved, 4)
    assert seen is not None and {seen.provider, seen.other} == {0, 1} and abs(seen.start - 52) <= 1
    assert abs(seen.clients) == pytest.approx(90, abs=25)
    assert share_move(moved[-20:], 4) is None and share_move(moved * 0, 4) is None and share_move(moved, 0) is None


@pytest.fixture(scope="module")
def late_world() -> duckdb.DuckDBPyConnection:
    """Four providers; one bills two months later from February 2026, and another takes clients over from May on."""
    connection = database()
    declared, awarded, whole, lines = provider_care(
        np.random.default_rng(3), late="99010002", since=dt.date(2026, 2, 1)
    )
    put(connection, "mart.fct_declaratie_aanbieder", declared)
    put(connection, "mart.fct_toewijzing_aanbieder", awarded)
    put(connection, "mart.fct_toewijzing", whole)
    put(connection, "mart.fct_declaratie", lines)
    return connection


def test_the_signal_names_the_provider_and_what_it_is_not(late_world: duckdb.DuckDBPyConnection) -> None:
    facts = Facts(late_world, PEILDATUM)
    found = merge(facts, facturen_later.find(facts))
    assert [s.id for s in found] == ["facturen_later:jeugdhulp_ambulant"]
    assert "aanbieder 99010002 (AGB-code)" in found[0].toelichting and "€" in found[0].toelichting
    assert "loopt door" in found[0].wat_het_niet_is and found[0].effect_eur is None
    assert found[0].sinds in (dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1))
    assert found[0].in_spel_eur > 50_000
    json.dumps([c.waarde for c in found[0].cijfers])


def test_before_it_began_nothing_is_said(late_world: duckdb.DuckDBPyConnection) -> None:
    facts = Facts(late_world, dt.date(2026, 1, 31))
    assert facturen_later.find(facts) == [] and verschuiving_aanbieder.find(facts) == []


def test_a_provider_that_sends_nothing_is_told_with_the_months() -> None:
    connection = database()
    rows = provider_care(np.random.default_rng(3), silent="99010001", since=dt.date(2026, 8, 1))
    for name, told in zip(
        ("declaratie_aanbieder", "toewijzing_aanbieder", "toewijzing", "declaratie"), rows, strict=True
    ):
        put(connection, f"mart.fct_{name}", told)
    found = facturen_later.find(Facts(connection, PEILDATUM))
    assert len(found) == 1 and found[0].titel.endswith("geen facturen van een aanbieder")
    assert (
        "Van aanbieder 99010001 (AGB-code) is in de 2 maanden vanaf augustus 2026 geen declaratie"
        in found[0].toelichting
    )
    assert 250_000 < found[0].in_spel_eur < 450_000


@pytest.mark.parametrize("dearer", [1.0, 1.5])
def test_a_move_costs_money_only_where_the_provider_is_dearer(dearer: float) -> None:
    connection = database()
    declared, awarded, whole, lines = provider_care(
        np.random.default_rng(5), moves=("99010001", "99010003"), since=dt.date(2026, 5, 1), dearer=dearer
    )
    put(connection, "mart.fct_declaratie_aanbieder", declared)
    put(connection, "mart.fct_toewijzing_aanbieder", awarded)
    put(connection, "mart.fct_toewijzing", whole)
    put(connection, "mart.fct_declaratie", lines)
    facts = Facts(connection, PEILDATUM)
    found = verschuiving_aanbieder.find(facts)
    assert len(found) == 1 and found[0].onderdeel == "jeugdhulp_ambulant"
    assert set(found[0].sleutel) & set(AMBULANT_PROVIDERS)
    if dearer == 1.0:
        assert found[0].effect_eur is None and "evenveel" in found[0].waarom_geen_effect
    else:
        assert found[0].effect_eur is not None and found[0].effect_eur > 20_000
    assert facturen_later.find(facts) == []


def test_a_move_is_seen_in_awards_alone_and_then_has_no_price() -> None:
    connection = database()
    _, awarded, whole, _ = provider_care(
        np.random.default_rng(5), moves=("99010001", "99010003"), since=dt.date(2026, 5, 1)
    )
    put(connection, "mart.fct_toewijzing_aanbieder", awarded)
    put(connection, "mart.fct_toewijzing", whole)
    facts = Facts(connection, PEILDATUM)
    found = verschuiving_aanbieder.find(facts)
    assert len(found) == 1 and found[0].effect_eur is None and "niet bekend" in found[0].waarom_geen_effect
    assert facturen_later.find(facts) == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 5))
def test_any_providers_give_a_finite_answer_or_none(seed: int, months: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    clients = rng.poisson(rng.uniform(0, 80, count), (months, count)).astype(float)
    whole = np.where(rng.random((months, count)) < 0.2, np.nan, clients * rng.uniform(-1, 900))
    amount = rng.normal(100, 400, (months, 7, count)).cumsum(axis=1) * (rng.random((months, 1, count)) < 0.8)
    amount[np.arange(7)[None, :] > np.arange(months)[::-1][:, None]] = np.nan
    for one in late_providers(amount, whole, clients, count):
        assert np.isfinite([one.missing_eur, one.less, one.p]).all() and one.missing_eur > 0 and 0 <= one.start < months
    moved = share_move(clients, count - 1)
    assert moved is None or (0 <= moved.now <= 1 and 0 <= moved.start < months and moved.provider < count - 1)


def test_without_any_provider_there_is_nothing_to_say() -> None:
    facts = Facts(database(), PEILDATUM)
    assert facturen_later.find(facts) == [] and verschuiving_aanbieder.find(facts) == []
    assert facts.declared_by.empty
