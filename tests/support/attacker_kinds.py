"""Editions of persons of many kinds, from a seed: shapes and events in which an attacker may find a foothold.

Persons are in a wijk from a month to another with some onderdelen, in groups; an edition knows the groups of all
editions and some of its own (late registrations, and those that the next edition knows no longer).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.support.attacker import IN, OUT, STOCK

#: Least and most onderdelen, wijken and months, how many editions, and what happens.
KINDS = {
    "rustig": ((2, 6), (3, 8), (3, 5), 2),
    "druk": ((2, 6), (3, 8), (3, 5), 2),
    "drie edities": ((2, 6), (3, 8), (4, 5), 3),
    "grote correctie": ((2, 6), (3, 8), (3, 5), 2),
    "onderdeel begint of eindigt": ((2, 6), (3, 8), (3, 5), 2),
    "wijken gaan samen": ((2, 6), (3, 8), (3, 5), 2),
    "twee of drie wijken": ((1, 4), (2, 4), (3, 5), 2),
    "twaalf wijken": ((2, 4), (9, 13), (3, 4), 2),
    "veel onderdelen": ((6, 10), (3, 6), (3, 4), 2),
    "veel later": ((2, 4), (3, 6), (6, 7), 2),
    "aan de grens": ((2, 6), (3, 8), (3, 5), 2),
}


@dataclass(frozen=True)
class Group:
    """So many persons of a wijk, and in which months (the first is before the first edition) they have what."""

    size: int
    wijk: int
    present: np.ndarray


def editions(kind: str, seed: int) -> tuple[dict[str, np.ndarray], ...]:
    """Give stocks, inflow and outflow of a row of editions, oldest first."""
    chance = np.random.default_rng([list(KINDS).index(kind), seed])
    *ranges, number = KINDS[kind]
    parts, wijken, months = (int(chance.integers(*each)) for each in ranges)
    shape = (parts, wijken, months)
    last = [months] * number if chance.random() < 0.25 else list(range(months + 1 - number, months + 1))
    if kind == "veel later":
        last = [3, months]
    known = _residents(chance, kind, shape)
    busy = kind == "druk" or (kind != "rustig" and chance.random() < 0.5)
    known += [_mover(chance, shape) for _ in range(chance.integers(10, 50) if busy else chance.integers(0, 9))]
    result = []
    for at in range(number):
        own = [_mover(chance, shape) for _ in range(chance.integers(0, 4))]
        if kind == "grote correctie" and at:
            own += [_mover(chance, shape, (8, 15, 30, 60)) for _ in range(chance.integers(1, 4))]
        result.append(_counts(known + own, shape, last[at]))
    return tuple(result)


def _residents(chance: np.random.Generator, kind: str, shape: tuple[int, int, int]) -> list[Group]:
    parts, wijken, months = shape
    size = chance.choice([0.3, 0.6, 1, 1, 1, 1.5, 3], wijken) if chance.random() < 0.4 else np.ones(wijken)
    merged = chance.permutation(wijken)[:2] if kind == "wijken gaan samen" else None
    groups = []
    for part in range(parts):
        scale = int(chance.choice([1, 6, 10, 10] if kind == "aan de grens" else [0, 1, 4, 7, 12, 20, 30, 60]))
        months_of = np.ones(months + 1, dtype=bool)
        if kind == "onderdeel begint of eindigt" and chance.random() < 0.5:
            months_of[: chance.integers(1, months + 1)] = False
            months_of ^= chance.random() < 0.5
        for wijk in range(wijken):
            many = chance.integers(0, 2 * scale + 1) if scale < 12 else scale + chance.integers(-4, 21)
            present = np.zeros((parts, months + 1), dtype=bool)
            present[part] = months_of
            homes = [(wijk, present)]
            if merged is not None and wijk == merged[0]:
                after = np.arange(months + 1) >= months // 2 + 1
                homes = [(wijk, present & ~after), (int(merged[1]), present & after)]
            groups += [Group(round(many * size[wijk]), *home) for home in homes]
    for _ in range(chance.integers(0, 5) if parts > 1 else 0):  # persons with two onderdelen
        present = np.zeros((parts, months + 1), dtype=bool)
        present[chance.permutation(parts)[:2]] = True
        groups.append(Group(int(chance.integers(1, 15)), int(chance.integers(wijken)), present))
    return groups


def _mover(
    chance: np.random.Generator, shape: tuple[int, int, int], sizes: tuple[int, ...] = (1, 1, 2, 3, 5, 8)
) -> Group:
    parts, wijken, months = shape
    present = np.zeros((parts, months + 1), dtype=bool)
    for _ in range(chance.integers(1, 3)):
        first = chance.integers(0, months + 1)
        present[chance.integers(parts), first : first + 1 + chance.integers(0, months + 1)] = True
    return Group(int(chance.choice(sizes)), int(chance.integers(wijken)), present)


def _counts(groups: list[Group], shape: tuple[int, int, int], last: int) -> dict[str, np.ndarray]:
    parts, wijken, _ = shape
    counts = {maat: np.zeros((parts + 1, last, wijken), dtype=np.int64) for maat in (STOCK, IN, OUT)}
    for group in groups:
        present = np.concatenate([group.present, group.present.any(0, keepdims=True)])[:, : last + 1]
        now, before = present[:, 1:], present[:, :-1]
        for maat, who in ((STOCK, now), (IN, now & ~before), (OUT, before & ~now)):
            counts[maat][:, :, group.wijk] += group.size * who
    return counts
