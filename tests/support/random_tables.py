"""Random tables of counts per wijk, for the attacker: lines of one month, and persons who come and go over months."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.support.attacker import IN, OUT, STOCK

#: Counts around every border: secret or not, up or down, and large ones.
_COUNTS = st.one_of(st.integers(0, 25), st.sampled_from([0, 1, 7, 8, 12, 13, 40, 260]))
_COHORT = st.tuples(
    st.sampled_from([1, 2, 3, 5, 8, 13, 30, 60]),  # persons who do the same
    st.integers(0, 3),  # wijk
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=2),
)

#: Some persons of a wijk, and when they have which onderdelen.
_MOVE = st.tuples(
    st.sampled_from([1, 1, 2, 3, 5, 8]),
    st.integers(0, 5),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=2),
)


def with_totals(parts: np.ndarray) -> np.ndarray:
    """Add the total over onderdelen, of lines."""
    return np.concatenate([parts, parts.sum(0, keepdims=True)])


@st.composite
def lines(draw: st.DrawFn) -> np.ndarray:
    """Lines of one month: (onderdeel, 1, wijk), with the total."""
    shape = (draw(st.integers(1, 4)), 1, draw(st.integers(2, 7)))
    return with_totals(draw(hnp.arrays(np.int64, shape, elements=_COUNTS)))


@st.composite
def persons(draw: st.DrawFn, months: int = 3) -> dict[str, np.ndarray]:
    """Stock, inflow and outflow of persons, some with several onderdelen: a person is in from a month to another."""
    parts, wijken = draw(st.integers(1, 3)), draw(st.integers(2, 4))
    counts = {maat: np.zeros((parts + 1, months, wijken), dtype=np.int64) for maat in (STOCK, IN, OUT)}
    for size, wijk, spells in draw(st.lists(_COHORT, min_size=1, max_size=10)):
        present = np.zeros((parts, months + 1), dtype=bool)
        for part, first, length in spells:
            present[part % parts, first : first + 1 + length] = True
        present = np.concatenate([present, present.any(0, keepdims=True)])
        now, before = present[:, 1:], present[:, :-1]
        for maat, who in ((STOCK, now), (IN, now & ~before), (OUT, before & ~now)):
            counts[maat][:, :, wijk % wijken] += size * who
    return counts


@st.composite
def uneven_lines(draw: st.DrawFn) -> np.ndarray:
    """Lines of one month, of onderdelen of very different size: some are told by wijk, some are not."""
    parts, wijken = draw(st.integers(2, 5)), draw(st.integers(3, 7))
    sizes = [draw(st.sampled_from([(0, 2), (0, 8), (5, 20), (8, 14), (8, 30), (20, 60)])) for _ in range(parts)]
    rows = [draw(hnp.arrays(np.int64, (1, 1, wijken), elements=st.integers(*size))) for size in sizes]
    return with_totals(np.concatenate(rows))


@st.composite
def uneven_persons(draw: st.DrawFn, months: int = 3) -> dict[str, np.ndarray]:
    """As `persons`, in onderdelen of very different size, large enough to be told by wijk."""
    parts, wijken = draw(st.integers(2, 4)), draw(st.integers(3, 6))
    counts = {maat: np.zeros((parts + 1, months, wijken), dtype=np.int64) for maat in (STOCK, IN, OUT)}

    for part in range(parts):
        scale = draw(st.sampled_from([0, 1, 4, 12, 30, 60]))
        for wijk in range(wijken):
            always = np.arange(parts)[:, None] == np.full(months + 1, part)
            _add(
                counts,
                always,
                wijk,
                draw(st.integers(0, 2 * scale)) if scale < 12 else scale + draw(st.integers(-4, 20)),
            )
    _move(counts, draw(st.lists(_MOVE, max_size=8)))
    return counts


@st.composite
def busy_persons(draw: st.DrawFn, months: int = 3) -> dict[str, np.ndarray]:
    """As `uneven_persons`, while many come and go: what the gemeente's flows are, no stock of a wijk says."""
    counts = draw(uneven_persons(months=months))
    _move(counts, draw(st.lists(_MOVE, min_size=10, max_size=50)))
    return counts


def stocks(size: list[list[int]], newcomers: dict[tuple[int, int, int], int], months: int) -> dict[str, np.ndarray]:
    """Stock, inflow and outflow of persons who all stay. Newcomers are by (onderdeel, month, wijk)."""
    always = np.array(size)
    counts = {maat: np.zeros((len(size) + 1, months, always.shape[1]), dtype=np.int64) for maat in (STOCK, IN, OUT)}
    for (part, wijk), number in np.ndenumerate(always):
        _add(counts, (np.arange(len(size)) == part)[:, None] & np.ones(months + 1, dtype=bool), wijk, number)
    for (part, month, wijk), number in newcomers.items():
        since = np.arange(months + 1) > month
        _add(counts, (np.arange(len(size)) == part)[:, None] & since, wijk, number)
    return counts


def _move(counts: dict[str, np.ndarray], moves: list) -> None:
    parts, months, wijken = counts[STOCK].shape
    for size, wijk, spells in moves:
        some = np.zeros((parts - 1, months + 1), dtype=bool)
        for part, first, length in spells:
            some[part % (parts - 1), first : first + 1 + length] = True
        _add(counts, some, wijk % wijken, size)


def _add(counts: dict[str, np.ndarray], present: np.ndarray, wijk: int, size: int) -> None:
    present = np.concatenate([present, present.any(0, keepdims=True)])
    now, before = present[:, 1:], present[:, :-1]
    for maat, who in ((STOCK, now), (IN, now & ~before), (OUT, before & ~now)):
        counts[maat][:, :, wijk] += size * who


@st.composite
def lines_twice(draw: st.DrawFn) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Lines of one month in two editions: the second has other figures of some onderdelen."""
    table = draw(st.one_of(lines(), uneven_lines()))[:-1]
    later = table.copy()
    for part in draw(st.sets(st.integers(0, len(table) - 1))):
        for wijk in draw(st.sets(st.integers(0, table.shape[2] - 1), min_size=1)):
            later[part, 0, wijk] = (
                draw(_COUNTS) if draw(st.booleans()) else later[part, 0, wijk] + draw(st.integers(0, 3))
            )
    return {"aanvraag": with_totals(table)}, {"aanvraag": with_totals(later)}


@st.composite
def persons_twice(
    draw: st.DrawFn, months: int = 3, busy: bool = False
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Persons in two editions: the second has a month more, and persons whom the first did not know of yet."""
    first = draw(busy_persons(months=months) if busy else uneven_persons(months=months))
    second = {maat: exact.copy() for maat, exact in first.items()}
    _move(second, draw(st.lists(_MOVE, max_size=2)))
    return {maat: exact[:, :-1] for maat, exact in first.items()}, second


@st.composite
def persons_corrected(draw: st.DrawFn, months: int = 4, editions: int = 2) -> tuple[dict[str, np.ndarray], ...]:
    """Persons in editions, each with its own last month, of whom a next one knows more or knows some no longer."""
    all_of = draw(busy_persons(months=months) if draw(st.booleans()) else uneven_persons(months=months))
    result = []
    for last in range(months + 1 - editions, months + 1):
        one = {maat: exact[:, :last].copy() for maat, exact in all_of.items()}
        _move(one, draw(st.lists(_MOVE, max_size=3)))
        result.append(one)
    return tuple(result)
