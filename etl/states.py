"""From deliveries that count to the rows of each state: whole states as they are, increments on top of the last one.

The state at the peildatum of an increment is the newest whole state up to it and every increment after that one, in
order of peildatum: a row with the key of an earlier one takes its place, and rows of an entity without key add up.
It is worked out per part of the state (`deel`: a boekjaar, or what Entity.delen says), and the outcome follows from
peildata alone: in which order the files came makes no difference.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.contradictions import equal_rows
from etl.source import Entity, Source
from etl.vintages import Vintage


@dataclass(eq=False)
class Counting:
    """What counts of one delivery for one entity: the parts of its state less those that a correction took over."""

    vintage: Vintage
    delen: set[str | None]
    without: set[str] = field(default_factory=set)

    @property
    def day(self) -> dt.date:
        """The peildatum of the delivery."""
        assert self.vintage.peildatum
        return self.vintage.peildatum


@dataclass
class Part:
    """One delivery's rows of one entity as far as they are in one state.

    Attributes:
        vintage: The delivery.
        without: Parts of its state (deel) that do not count: a correction took them over.
        shared: Another file of the same refresh completes this state: equal rows count once.
        stand: Peildatum of the state that the rows are in.
        chained: The state is put together from several deliveries; `volg` is the place in their order, and `delen`
            what is taken of this one (None: everything).
        partly: Not every row of the delivery needs to be in the state.
    """

    vintage: Vintage
    without: set[str] = field(default_factory=set)
    shared: bool = False
    stand: dt.date | None = None
    chained: bool = False
    volg: int = 0
    delen: frozenset[str] | None = None
    partly: bool = False

    @property
    def peildatum(self) -> dt.date:
        """The peildatum that the rows have in the raw view."""
        day = self.stand or self.vintage.peildatum
        assert day
        return day

    @property
    def print(self) -> list[object]:
        """All that the rows follow from, to recognise a state that was worked out before."""
        taken = None if self.delen is None else sorted(self.delen)
        return [self.vintage.levering_id, self.vintage.sleutel, sorted(self.without), self.shared, self.volg, taken]


def parts_of(source: Source, entity: Entity, counting: list[Counting]) -> list[Part]:
    """Give what is read of which delivery, for every state that the raw view of an entity holds.

    Args:
        source: For the key of the entity, and to compare files of an entity without one.
        entity: Says whether every state is published or only the newest.
        counting: The deliveries that count, of this entity.
    """
    present = [c for c in counting if not c.vintage.opgeschoond]
    ordered = sorted(present, key=lambda c: (c.day, c.vintage.levering_id))
    keyed = bool(source.key.get(entity.name))
    if not keyed:
        ordered = _without_copies(ordered, source, entity)
    if entity.toestand == "laatste":
        return _newest_state(ordered, keyed)
    by_day: dict[dt.date, list[Counting]] = defaultdict(list)
    for one in ordered:
        by_day[one.day].append(one)
    parts: list[Part] = []
    for day, here in by_day.items():
        if any(c.vintage.aanvulling for c in here):
            delen = {deel for c in here for deel in c.delen}
            parts += _chain(_taken([c for c in ordered if c.day <= day], delen, keyed), day)
        else:
            shared = len(here) > 1
            parts += [Part(c.vintage, c.without, shared, day, partly=shared or bool(c.without)) for c in here]
    return parts


def _newest_state(ordered: list[Counting], keyed: bool) -> list[Part]:
    """The newest state of every part; its rows keep the peildatum of their own delivery."""
    parts = _chain(_taken(ordered, {deel for c in ordered for deel in c.delen}, keyed), None)
    for part in parts:
        part.partly = True
    return parts


def _taken(ordered: list[Counting], delen: Iterable[str | None], keyed: bool) -> dict[Counting, set[str | None]]:
    """Give per delivery which parts of the newest state it belongs to: the last whole one and what came after it.

    Of whole states without a key that one refresh brought for one part and day, one counts: they did not contradict
    each other, so they are equal.
    """
    taken: dict[Counting, set[str | None]] = defaultdict(set)
    for deel in delen:
        own = [c for c in ordered if deel in c.delen]
        base = max((c.day for c in own if not c.vintage.aanvulling), default=dt.date.min)
        bases = [c for c in own if c.day == base and not c.vintage.aanvulling]
        later = [c for c in own if c.day > base]
        for one in (bases if keyed else bases[:1]) + later:
            taken[one].add(deel)
    return taken


def _chain(taken: dict[Counting, set[str | None]], stand: dt.date | None) -> list[Part]:
    days = sorted({one.day for one in taken})
    return [
        Part(
            one.vintage,
            one.without,
            stand=stand or one.day,
            chained=True,
            volg=days.index(one.day),
            delen=None
            if delen == one.delen and not one.without
            else frozenset(deel for deel in delen if deel is not None),
            partly=stand != one.day or delen != one.delen or len(taken) > 1 or bool(one.without),
        )
        for one, delen in sorted(taken.items(), key=lambda item: (item[0].day, item[0].vintage.levering_id))
    ]


def _without_copies(ordered: list[Counting], source: Source, entity: Entity) -> list[Counting]:
    """Drop a file that holds the same rows as another one of its day: without a key nothing else shows the double."""
    kept: list[Counting] = []
    for one in ordered:
        twins = [c for c in kept if c.day == one.day and c.vintage.aanvulling == one.vintage.aanvulling]
        if not any(equal_rows(one.vintage, twin.vintage, entity.name, source) for twin in twins):
            kept.append(one)
    return kept
