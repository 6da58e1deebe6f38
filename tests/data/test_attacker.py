"""An attacker with everything that is published finds no secret count (tests/support/attacker.py says what he knows).

The deep sweep over 10,000 random tables is in `make bench` (tests/bench/bench_disclosure.py).
"""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.attacker import IN, OUT, STOCK, Publication, attack
from tests.support.protected import by_sql, publication, secret_in, telling
from tests.support.random_tables import lines, persons, uneven_lines, uneven_persons, with_totals

QUICK = {"deadline": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "database": None}


@settings(max_examples=70, **QUICK)
@given(table=lines())
def test_no_secret_count_of_lines_is_found(table: np.ndarray) -> None:
    assert attack(publication({"aanvraag": table})) == []


@settings(max_examples=25, **QUICK)
@given(table=uneven_lines())
def test_no_secret_count_is_found_where_some_onderdelen_are_told(table: np.ndarray) -> None:
    assert attack(publication({"aanvraag": table})) == []


@settings(max_examples=8, **QUICK)
@given(counts=st.one_of(persons(months=2), uneven_persons(months=2), uneven_persons(months=3)))
def test_no_secret_count_of_persons_is_found_over_months(counts: dict[str, np.ndarray]) -> None:
    assert attack(publication(counts)) == []


@settings(max_examples=8, **QUICK)
@given(counts=uneven_persons(months=3))
def test_two_editions_of_persons_beside_each_other_tell_no_more(counts: dict[str, np.ndarray]) -> None:
    """The next edition has a month more; months that stand in both are the same, and what was secret stays so."""
    first = publication({maat: exact[:, :-1] for maat, exact in counts.items()})
    second = publication(counts)
    before, after = first.secret[STOCK], second.secret[STOCK].copy()
    after[:, :-1] |= before
    known = np.zeros_like(after)
    known[:, :-1] = after[:, :-1] & ~before
    assert attack(Publication(counts, {**second.secret, STOCK: after}), {STOCK: known}) == []
    assert (before <= after[:, :-1]).all(), "the next edition shows nothing that the first one hid"


@settings(max_examples=30, **QUICK)
@given(table=lines(), other=lines())
def test_two_editions_beside_each_other_tell_no_more(table: np.ndarray, other: np.ndarray) -> None:
    """The next edition has other figures; the attacker knows which are the same (one onderdeel: docs/onthulling.md)."""
    table = with_totals(table[:1])
    later = table[:-1].copy()
    changed, wijken = other[0, 0], min(other.shape[2], table.shape[2])
    later[0, 0, :wijken] = changed[:wijken]
    first, second = publication({"aanvraag": table}), publication({"aanvraag": with_totals(later)})
    same = (table == second.counts["aanvraag"]).all(-1, keepdims=True)
    stays = second.secret["aanvraag"] | (same & first.secret["aanvraag"])
    second = Publication(second.counts, {"aanvraag": stays})
    assert attack(second, {"aanvraag": same & ~first.secret["aanvraag"]}) == []
    assert attack(first, {"aanvraag": same & ~stays}) == []


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


@settings(max_examples=6, **QUICK)
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
