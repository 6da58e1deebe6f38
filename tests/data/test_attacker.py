"""An attacker with everything that is published finds no secret count (tests/support/attacker.py says what he knows).

The deep sweep over 10,000 random tables is in `make bench` (tests/bench/bench_disclosure.py).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.attacker import IN, OUT, STOCK, Publication, attack
from tests.support.attacker_kinds import editions as editions_of_kind
from tests.support.attacker_won import WON, editions_of
from tests.support.protected import beside, by_sql, publication, secret_in, telling
from tests.support.random_tables import (
    busy_persons,
    lines,
    lines_twice,
    persons,
    persons_corrected,
    persons_twice,
    stocks,
    uneven_lines,
    uneven_persons,
    with_totals,
)

QUICK = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=50, **QUICK)
@given(table=lines())
def test_no_secret_count_of_lines_is_found(table: np.ndarray) -> None:
    assert attack(publication({"aanvraag": table})) == []


@settings(max_examples=15, **QUICK)
@given(table=uneven_lines())
def test_no_secret_count_is_found_where_some_onderdelen_are_told(table: np.ndarray) -> None:
    assert attack(publication({"aanvraag": table})) == []


@settings(max_examples=6, **QUICK)
@given(counts=st.one_of(persons(months=2), uneven_persons(months=3), busy_persons(months=3)))
def test_no_secret_count_of_persons_is_found_over_months(counts: dict[str, np.ndarray]) -> None:
    assert attack(publication(counts)) == []


@settings(max_examples=35, **QUICK)
@given(editions=lines_twice())
def test_two_editions_of_lines_beside_each_other_tell_no_more(editions: tuple) -> None:
    """The next edition has other figures of some onderdelen; the attacker knows which are the same."""
    for published, told_by_the_other in beside(*editions):
        assert attack(published, told_by_the_other) == []


def corrected_stock() -> tuple:
    """Persons, of whom the second edition knows 8 more in the second month, and tells other wijken than the first.

    The attacker found this one: a wijk that stayed secret in the first month was told in the second, and of those that
    came nobody came to live there.
    """
    size = [[22, 27, 25, 11, 27, 26], [37, 45, 26, 47, 35, 34], [7, 6, 5, 2, 8, 8]]
    first = stocks(size, {(0, 1, 0): 8, (0, 1, 5): 5}, months=2)
    return first, stocks(size, {(0, 1, 0): 16, (0, 1, 5): 5, (0, 2, 1): 10}, months=3)


def told_no_longer() -> tuple:
    """Persons with an onderdeel that the first edition tells by wijk, and the second does not.

    The attacker found this one: of 33 who had it in the fourth wijk one can have left, and the total of 35 was told.
    Who came and went is written in the first wijk: nobody sees where.
    """
    stand = [
        [[3, 8, 3, 6, 12, 9], [13, 9, 13, 1, 15, 9], [8, 9, 14, 3, 14, 9]],
        [[0, 0, 6, 1, 2, 0], [8, 2, 6, 1, 3, 0], [9, 2, 6, 0, 3, 2]],
        [[38, 50, 36, 32, 29, 29], [38, 57, 36, 33, 29, 29], [41, 57, 36, 32, 37, 32]],
        [[41, 58, 44, 39, 41, 38], [49, 68, 55, 34, 45, 38], [53, 68, 55, 35, 45, 43]],
    ]
    second = {STOCK: np.array(stand), IN: np.zeros((4, 3, 6), dtype=int), OUT: np.zeros((4, 3, 6), dtype=int)}
    second[IN][..., 0] = [[20, 25, 3], [5, 13, 5], [7, 8, 14], [31, 34, 13]]
    second[OUT][..., 0] = [[0, 6, 6], [2, 2, 3], [5, 0, 1], [7, 6, 3]]
    first = {maat: exact[:, :2].copy() for maat, exact in second.items()}
    first[STOCK][[0, 3], 1, 1] -= 1
    first[IN][[0, 3], 1, 0] -= 1
    return first, second


@settings(max_examples=4, **QUICK)
@given(editions=st.one_of(persons_twice(), persons_corrected()))
@example(editions=corrected_stock())
@example(editions=told_no_longer())
def test_two_editions_of_persons_beside_each_other_tell_no_more(editions: tuple) -> None:
    """The next edition has a month more, and persons of whom the first one did not know."""
    for published, told_by_the_other in beside(*editions):
        assert attack(published, told_by_the_other) == []


@pytest.mark.parametrize("name", WON)
def test_what_the_attacker_once_won_he_wins_no_longer(name: str) -> None:
    for published, told_by_the_other in beside(*editions_of(WON[name])):
        assert attack(published, told_by_the_other) == []


@pytest.mark.parametrize("kind", ["onderdeel begint of eindigt", "twee of drie wijken", "drie edities"])
def test_editions_of_unusual_kinds_tell_no_more(kind: str) -> None:
    """The bench attacks many of each kind."""
    for published, told_by_the_other in beside(*editions_of_kind(kind, seed=1)):
        assert attack(published, told_by_the_other) == []


def closed_month() -> tuple:
    """Lines of which the first edition tells both large onderdelen, and the next has too few of one to tell."""
    first = with_totals(np.array([[[3, 4, 2]], [[30, 40, 50]], [[60, 70, 80]], [[9, 9, 9]]]))
    second = with_totals(np.array([[[3, 4, 2]], [[30, 40, 50]], [[4, 5, 80]], [[9, 9, 9]]]))
    return {"aanvraag": first}, {"aanvraag": second}


@settings(max_examples=4, **QUICK)
@given(editions=lines_twice())
@example(editions=closed_month())
def test_sql_publishes_the_next_edition_as_was_attacked(editions: tuple) -> None:
    days = [dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
    published = by_sql([telling(counts, day) for counts, day in zip(editions, days, strict=True)])
    (second, _), (first, _) = beside(*editions)
    for day, expected in zip(days, (first, second), strict=True):
        secret = expected.secret["aanvraag"]
        edition = published[published["peildatum"].dt.date == day]
        assert (secret_in(edition, "aanvraag", secret.shape) == secret).all(), day


@settings(max_examples=3, **QUICK)
@given(editions=st.one_of(persons_twice(), persons_corrected()))
@example(editions=corrected_stock())
@example(editions=told_no_longer())
def test_sql_publishes_the_next_edition_of_stocks_as_was_attacked(editions: tuple) -> None:
    days = [dt.date(2026, 1, 31), dt.date(2026, 2, 28)]
    published = by_sql([telling(counts, day) for counts, day in zip(editions, days, strict=True)])
    (second, _), (first, _) = beside(*editions)
    for day, expected in zip(days, (first, second), strict=True):
        secret = expected.secret["stand"]
        edition = published[published["peildatum"].dt.date == day]
        assert (secret_in(edition, "stand", secret.shape) == secret).all(), day


def test_a_corrected_month_of_lines_tells_nothing_when_another_onderdeel_would_be_hidden_beside_it() -> None:
    (second, _), (first, _) = beside(*closed_month())
    assert not first.secret["aanvraag"].all()
    assert second.secret["aanvraag"].all()


def test_the_attacker_finds_what_simpler_rules_leave_open() -> None:
    """He is no straw man: one secret wijk without a second, or the total of a wijk beside its parts, and he has it."""
    lone = with_totals(np.array([[[2, 9]]]))
    secret = np.array([[[True, False]]] * 2)
    assert {p.place[2] for p in attack(Publication({"aanvraag": lone}, {"aanvraag": secret}))} == {0}
    parts = with_totals(np.array([[[0, 30]], [[8, 30]], [[8, 30]], [[8, 30]], [[8, 30]]]))
    secret = np.zeros(parts.shape, dtype=bool)
    secret[0] = True
    found = attack(Publication({"aanvraag": parts}, {"aanvraag": secret}))
    assert [(p.count, p.low, p.high) for p in found if p.place == (0, 0, 0)] == [(0, 0.0, 0.0)], "8 + 8 + 8 + 8 > 30"


@settings(max_examples=4, **QUICK)
@given(counts=uneven_persons(months=4), table=lines())
def test_sql_publishes_what_the_rule_says(counts: dict[str, np.ndarray], table: np.ndarray) -> None:
    parts, months, wijken = next(iter(counts.values())).shape
    part = np.resize(table[:-1], (parts - 1, months, wijken))
    counts = {**counts, "aanvraag": with_totals(part), "toekenning": with_totals(part // 3)}
    expected = publication(counts)
    published = by_sql([telling(counts, dt.date(2026, 1, 31))])
    for maat, secret in expected.secret.items():
        if maat not in (IN, OUT):
            assert (secret_in(published, maat, secret.shape) == secret).all(), maat
