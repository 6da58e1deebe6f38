"""Who billed so far is not like the others: what clients of a provider usually cost puts that right."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.forecast.explain_data import Table
from indicators.forecast.explain_factors import _ratio
from indicators.forecast.explain_price import Usual, pooled
from indicators.forecast.explain_providers import mix

FIRST, KNOWN = 2024 * 12, 2025 * 12 + 8
MONTHS = np.arange(FIRST, FIRST + 24, dtype=float)
#: Two large providers and the small ones together: clients, euros of a client and month, months until billed.
CHEAP, DEAR, OTHERS = ("98000001", 60, 500.0), ("98000002", 40, 2000.0), ("overig", 20, 1100.0)


def _facts(late: int) -> tuple[Table, Table]:
    """Bills come a month after the care; the cheap ones of the last three months as many months later."""
    declared: Table = {}
    awards: Table = {}
    for code, clients, euros in (CHEAP, DEAR, OTHERS):
        waits = [1 + (late if code == CHEAP[0] and m >= KNOWN - 3 else 0) for m in MONTHS]
        rows = [(m, m + wait, clients * euros, clients) for m, wait in zip(MONTHS, waits, strict=True)]
        declared["begeleiding", code] = np.array(rows, dtype=float)
        awards["begeleiding", code] = np.array([(m, m, clients) for m in MONTHS], dtype=float)
    return declared, awards


def test_where_all_bills_come_alike_nothing_is_put_right() -> None:
    ratio = mix(*_facts(0), "begeleiding", MONTHS, KNOWN)
    assert ratio == pytest.approx(1.0)


def test_clients_of_a_late_provider_are_thought_of_as_dear_as_ever() -> None:
    declared, awards = _facts(12)
    ratio = mix(declared, awards, "begeleiding", MONTHS, KNOWN)
    everyone = (60 * 500 + 40 * 2000 + 20 * 1100) / 120
    billed = (40 * 2000 + 20 * 1100) / 60
    young = (MONTHS >= KNOWN - 3) & (MONTHS < KNOWN)
    assert ratio[young] == pytest.approx(everyone / billed)
    assert ratio[~young] == pytest.approx(1.0)


def test_as_known_a_year_ago_nothing_of_today_is_read() -> None:
    late, usual = _facts(12), _facts(0)
    assert mix(*late, "begeleiding", MONTHS, KNOWN - 6) == pytest.approx(mix(*usual, "begeleiding", MONTHS, KNOWN - 6))


def test_without_facts_of_providers_the_bills_stay_as_they_are() -> None:
    declared, awards = _facts(12)
    assert (mix({}, {}, "begeleiding", MONTHS, KNOWN) == 1.0).all()
    assert (mix(declared, {}, "begeleiding", MONTHS, KNOWN) == 1.0).all()
    assert (mix(declared, awards, "dagbesteding", MONTHS, KNOWN) == 1.0).all()
    # Half a year of facts does not say what a client of a provider usually costs.
    assert (mix(declared, awards, "begeleiding", MONTHS, FIRST + 9) == 1.0).all()


def test_who_is_told_of_now_and_then_is_one_of_the_others() -> None:
    declared, awards = _facts(12)
    rest, dear = ("begeleiding", OTHERS[0]), ("begeleiding", DEAR[0])
    few = declared[dear][::2]
    as_others = {rest: np.concatenate([declared[rest], few])}
    awards_of_others = {rest: np.column_stack([awards[rest][:, :2], awards[rest][:, 2] + awards[dear][:, 2]])}
    told = mix(declared | {dear: few}, awards, "begeleiding", MONTHS, KNOWN)
    for of in (declared, awards):
        del of[dear]
    assert told == pytest.approx(mix(declared | as_others, awards | awards_of_others, "begeleiding", MONTHS, KNOWN))
    assert (told > 1.01).any()


def test_months_that_are_not_billed_yet_move_as_their_awards_do() -> None:
    then = np.full(12, 1000.0)
    now = np.where(np.arange(12) < 6, 1000.0, np.nan)
    heavier = np.log(np.where(np.arange(12) < 6, 1.0, 1.1))
    assert _ratio(now, then, 9) == pytest.approx(0.0)
    # Three months of ten per cent more, and the three to come at that level.
    assert _ratio(now, then, 9, heavier) == pytest.approx(np.log(1.1) / 2)
    assert _ratio(now, then, 9, np.full(12, np.nan)) == pytest.approx(0.0)


def test_the_usual_pace_is_mostly_that_of_the_other_onderdelen() -> None:
    assert pooled(0.08, [0.02, 0.03, 0.04]).pace == pytest.approx((0.08 + 5 * 0.03) / 6)
    assert pooled(0.08, []) == Usual(0.08, 1.0)
    assert pooled(0.5, []).pace == 0.10
