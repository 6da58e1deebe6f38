"""Which delivery counts: corrections, completions and increments (DESIGN 5.1b).

A delivery is the whole state at its peildatum of one entity, or with `levering = "aanvulling"` what is new since the
one before. Where rows have a boekjaar (or what Entity.delen says) each of those is a part of the state of its own.
- A later refresh that brings another delivery for a known part brings a correction: the newer counts. A corrected
  increment replaces the earlier increment of that peildatum, not the state below it.
- Within one refresh, files for one part complete each other or contradict each other: etl/contradictions.
- A file that was read again (mapping changed) takes the place of its earlier reading, not of what came after that.
- A whole state says everything: an increment of the same peildatum adds nothing to it and is named in a notice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from etl.source import Entity, Source
from etl.states import Counting, Part, parts_of
from etl.vintages import Vintage

#: Source, entity, peildatum, increment or not, part of the state.
Scope = tuple[str, str, dt.date, bool, str | None]

NOT_NEEDED = "Van deze dag is er ook een volledige levering. Die telt; de aanvulling voegt daar niets aan toe."


@dataclass
class Selection:
    """What counts.

    Attributes:
        status: levering_id -> geldig, vervangen or geweigerd.
        deliveries: Everything that the monitor answers for, with refusals, in order.
        parts: (source, entity) -> what counts of which delivery.
        later: How many deliveries were left out because their peildatum is after the asked one.
        meldingen: What the data team should know besides, in Dutch.
    """

    deliveries: list[Vintage] = field(default_factory=list)
    status: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[Part]] = field(default_factory=dict)
    later: int = 0
    meldingen: list[str] = field(default_factory=list)

    @property
    def newest(self) -> dt.date | None:
        """The newest peildatum that counts."""
        days = [v.peildatum for v in self.deliveries if v.peildatum and self.status[v.levering_id] == "geldig"]
        return max(days, default=None)


def scopes(vintage: Vintage, entity: str) -> list[Scope]:
    """Give the parts of an entity that a delivery is the state (or an increment) of."""
    assert vintage.peildatum
    delen: list[str | None] = [*vintage.delen_of(entity)]
    return [(vintage.bron, entity, vintage.peildatum, vintage.aanvulling, deel) for deel in delen or [None]]


def earlier_rounds(new: list[Vintage], accepted: list[Vintage]) -> dict[str, int]:
    """Give for files that were read again the refresh in which they first came: that place they keep."""
    return {
        v.levering_id: min(o.ronde for o in found) for v in new if (found := [o for o in accepted if v.same_file(o)])
    }


def current_readings(accepted: list[Vintage]) -> list[Vintage]:
    """Give the newest reading of each file: one that was read again is one delivery, not two."""
    newest_first = sorted(accepted, key=lambda v: v.ingelezen_op, reverse=True)
    current: list[Vintage] = []
    by_bytes: dict[tuple[str, str], list[Vintage]] = defaultdict(list)
    for vintage in newest_first:
        known = by_bytes[vintage.bron, vintage.sha256]
        if not any(vintage.same_file(c) and c.ingelezen_op > vintage.ingelezen_op for c in known):
            current.append(vintage)
            known.append(vintage)
    return current


def choose(
    accepted: list[Vintage], refused: list[Vintage], as_of: dt.date | None, sources: dict[str, Source]
) -> Selection:
    """Decide what counts.

    Args:
        accepted: Every vintage that took part so far, this refresh included.
        refused: What this refresh refuses as a whole.
        as_of: Only deliveries up to and with this peildatum count; None for all.
        sources: For the entities and their keys.
    """
    selection = Selection()
    in_time = [v for v in accepted if v.peildatum and (as_of is None or v.peildatum <= as_of)]
    selection.later = len(accepted) - len(in_time)
    current = current_readings(in_time)
    counting, whole = _counting(current), _whole_states(current)
    for (bron, name), found in counting.items():
        entity = next((e for e in sources[bron].entities if e.name == name), None)
        if entity and (parts := parts_of(sources[bron], entity, _needed(found, bron, entity, whole))):
            selection.parts[bron, name] = parts
    for vintage in current:
        _judge(vintage, counting, whole, selection)
    for vintage in refused:
        selection.status[vintage.levering_id] = "geweigerd"
        selection.deliveries.append(vintage)
    unique = {v.levering_id: v for v in selection.deliveries}
    selection.deliveries = sorted(
        unique.values(), key=lambda v: (v.bron, v.peildatum or dt.date.max, v.ronde, v.levering_id)
    )
    return selection


def _counting(current: list[Vintage]) -> dict[tuple[str, str], list[Counting]]:
    """Give per entity what a later correction left of each delivery."""
    rounds: dict[Scope, int] = defaultdict(int)
    for vintage in current:
        for entity in vintage.entiteiten:
            for scope in scopes(vintage, entity):
                rounds[scope] = max(rounds[scope], vintage.ronde)
    counting: dict[tuple[str, str], list[Counting]] = defaultdict(list)
    for vintage in current:
        for entity in vintage.entiteiten:
            mine = scopes(vintage, entity)
            lost = {s[-1] for s in mine if rounds[s] > vintage.ronde}
            if left := {s[-1] for s in mine} - lost:
                without = {deel for deel in lost if deel is not None}
                counting[vintage.bron, entity].append(Counting(vintage, left, without))
    return counting


def _whole_states(current: list[Vintage]) -> set[Scope]:
    return {
        scope for v in current if not v.aanvulling for entity in v.entiteiten for scope in scopes(v, entity)
    }  # fmt: skip


def _needed(found: list[Counting], bron: str, entity: Entity, whole: set[Scope]) -> list[Counting]:
    """Leave out of increments what a whole state of the same day says already."""
    needed = []
    for one in found:
        said = {d for d in one.delen if one.vintage.aanvulling and (bron, entity.name, one.day, False, d) in whole}
        if left := one.delen - said:
            needed.append(Counting(one.vintage, left, one.without | {d for d in said if d is not None}))
    return needed


def _judge(
    vintage: Vintage, counting: dict[tuple[str, str], list[Counting]], whole: set[Scope], selection: Selection
) -> None:
    """Give a delivery its status; a file without any row in reach says that there was nothing: it is valid."""
    mine = [c for e in vintage.entiteiten for c in counting[vintage.bron, e] if c.vintage is vintage]
    status = "geldig" if mine or not vintage.entiteiten else "vervangen"
    if vintage.aanvulling and status == "geldig":
        own = {s for e in vintage.entiteiten for s in scopes(vintage, e)}
        if own and all((s[0], s[1], s[2], False, s[4]) in whole for s in own):
            status = "vervangen"
            vintage = dataclasses.replace(vintage, meldingen=[*vintage.meldingen, NOT_NEEDED])
    selection.status[vintage.levering_id] = status
    selection.deliveries.append(vintage)
