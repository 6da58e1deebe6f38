"""The attacker of tests/support/attacker.py against 10,000 random tables, and what deciding on secrets costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.bench.measure import Row
from tests.support.attacker import attack
from tests.support.attacker_kinds import KINDS, editions
from tests.support.protected import beside, publication
from tests.support.random_tables import (
    busy_persons,
    lines,
    lines_twice,
    persons,
    persons_corrected,
    persons_twice,
    uneven_lines,
    uneven_persons,
)

LINES, UNEVEN, PERSONS, UNEVEN_PERSONS = 7_500, 1_500, 800, 200
LINES_TWICE, PERSONS_TWICE, BUSY_TWICE, THREE = 500, 300, 200, 60
#: Of each kind of tests/support/attacker_kinds.py.
OF_EACH_KIND = 20


def _sweep(strategy: Any, count: int, make: Callable[[Any], list]) -> tuple[int, int, float]:
    """Attack tables; gives how many, with how many a secret count was found, and the seconds of the rule itself."""
    seen, found, spent = 0, 0, 0.0

    @settings(
        max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(table=strategy)
    def each(table: Any) -> None:
        nonlocal seen, found, spent
        start = time.perf_counter()
        made = make(table)
        spent += time.perf_counter() - start
        seen += 1
        found += any(attack(published, known) for published, known in made)

    each()
    return seen, found, spent


def _kinds() -> tuple[int, int, float]:
    """Attack editions of every kind; gives the same."""
    seen, found, spent = 0, 0, 0.0
    for seed in range(OF_EACH_KIND):
        for kind in KINDS:
            start = time.perf_counter()
            made = beside(*editions(kind, seed))
            spent += time.perf_counter() - start
            seen += 1
            found += any(attack(published, known) for published, known in made)
    return seen, found, spent


def _lines(table: Any) -> list:
    return [(publication({"aanvraag": table}), None)]


def _persons(counts: Any) -> list:
    return [(publication(counts), None)]


def _editions(editions: Any) -> list:
    return beside(*editions)


def run(_folder: Path) -> list[Row]:
    """Attack tables of lines and of persons over months."""
    rows = []
    for what, strategy, count, make in (
        ("lines of a month", lines(), LINES, _lines),
        ("lines, onderdelen of different size", uneven_lines(), UNEVEN, _lines),
        ("persons over two months", persons(months=2), PERSONS, _persons),
        ("persons, onderdelen of different size", uneven_persons(months=3), UNEVEN_PERSONS, _persons),
        ("persons, many come and go", busy_persons(months=3), UNEVEN_PERSONS, _persons),
        ("lines, two editions", lines_twice(), LINES_TWICE, _editions),
        ("persons, two editions", persons_twice(), PERSONS_TWICE, _editions),
        ("persons, two editions, many come and go", persons_twice(busy=True), BUSY_TWICE, _editions),
        ("persons, two editions, history corrected", persons_corrected(), PERSONS_TWICE, _editions),
        ("persons, three editions, history corrected", persons_corrected(editions=3), THREE, _editions),
    ):
        rows.append(_row(what, *_sweep(strategy, count, make)))
    rows.append(_row(f"persons, editions of {len(KINDS)} kinds", *_kinds()))
    return rows


def _row(what: str, seen: int, found: int, spent: float) -> Row:
    figure = f"{found} of {seen:,} tables ({1000 * spent / seen:.1f} ms each to decide)"
    return Row(f"Attacker finds a secret: {what}", figure, "0", found == 0)
