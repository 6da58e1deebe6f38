"""Which delivery counts: corrections, completions and contradictions (DESIGN 5.1b).

A delivery is the whole state at its peildatum of one entity and, where rows have one, one boekjaar: that is its scope.
- A later refresh that brings another delivery for a known scope brings a correction: the newer counts.
- Within one refresh, files for one scope complete each other when no key is in both with another content;
  equal rows count once; rows that differ refuse both files, since nobody can say which is right.
- A file that was read again (mapping changed) takes the place of its earlier reading, not of what came after that.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import duckdb

from etl.source import Refusal, Source
from etl.vintages import Vintage

Scope = tuple[str, str, dt.date, int | None]


@dataclass
class Part:
    """One delivery's rows of one entity, less the boekjaren that a correction took over."""

    vintage: Vintage
    not_years: set[int] = field(default_factory=set)
    shared: bool = False  # another file of the same refresh completes this scope: equal rows count once


@dataclass
class Selection:
    """What counts.

    Attributes:
        status: levering_id -> geldig, vervangen or geweigerd.
        deliveries: Everything that the monitor answers for, with refusals, in order.
        parts: (source, entity) -> what counts of which delivery.
        later: How many deliveries were left out because their peildatum is after the asked one.
    """

    deliveries: list[Vintage] = field(default_factory=list)
    status: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, str], list[Part]] = field(default_factory=dict)
    later: int = 0

    @property
    def newest(self) -> dt.date | None:
        """The newest peildatum that counts."""
        days = [v.peildatum for v in self.deliveries if v.peildatum and self.status[v.levering_id] == "geldig"]
        return max(days, default=None)


def scopes(vintage: Vintage) -> list[Scope]:
    """Give the scopes of which a delivery is the state."""
    assert vintage.peildatum
    found: list[Scope] = []
    for entity in vintage.entiteiten:
        years: list[int | None] = [*vintage.boekjaren.get(entity, [])]
        for year in years or [None]:
            found.append((vintage.bron, entity, vintage.peildatum, year))
    return found


def key_columns(source: Source, entity: str) -> list[str]:
    """Give the columns that identify a row within one state; without any, two files are equal or contradict."""
    keys = list(source.key.get(entity, ()))
    own = {c.name for e in source.entities if e.name == entity for c in e.columns}
    return keys + (["boekjaar"] if "boekjaar" in own and "boekjaar" not in keys else [])


def contradicts(one: Vintage, other: Vintage, entity: str, source: Source) -> bool:
    """Say whether two files hold a key in common with another content."""
    columns = [c.name for e in source.entities if e.name == entity for c in e.columns]
    keys = key_columns(source, entity)
    body = ", ".join(f'"{c}"' for c in columns)
    by = ", ".join(f'"{k}"' for k in keys) or "1"
    sides = []
    for number, vintage in enumerate((one, other)):
        assert vintage.map
        path = (vintage.map / f"{entity}.parquet").as_posix().replace("'", "''")
        select = (
            f"{by if keys else '1 AS een'}, {number} AS kant, count(*) AS n, sum(CAST(hash({body}) AS HUGEINT)) AS h"
        )
        sides.append(f"SELECT {select} FROM read_parquet('{path}') GROUP BY {by}")
    group = by if keys else "een"
    sql = f"""SELECT count(*) FROM (SELECT 1 FROM ({sides[0]} UNION ALL {sides[1]}) GROUP BY {group}
              HAVING count(*) = 2 AND count(DISTINCT (n, h)) = 2)"""
    with duckdb.connect() as connection:
        row = connection.execute(sql).fetchone()
    return bool(row and row[0])


def _refuse(vintage: Vintage, other: Vintage) -> Vintage:
    day = vintage.peildatum.strftime("%d-%m-%Y") if vintage.peildatum else ""
    reden = (
        f"{vintage.bestand} en {other.bestand} zijn allebei de stand van {day}, maar spreken elkaar tegen: "
        "dezelfde regels hebben andere inhoud."
    )
    refusal = Refusal(
        vintage.bestand, None, None, None, None, reden, "Haal het bestand dat niet klopt uit de map en ververs opnieuw."
    )
    return dataclasses.replace(
        vintage,
        refused=True,
        rijen_geladen=0,
        rijen_geweigerd=vintage.rijen_gelezen - vintage.rijen_buiten_bereik,
        weigeringen=[*vintage.weigeringen, refusal],
    )


def settle(
    new: list[Vintage], sources: dict[str, Source], rounds: dict[str, int]
) -> tuple[list[Vintage], list[Vintage]]:
    """Part what one refresh brought into what can be accepted and what contradicts another new file.

    Args:
        new: Readings that no earlier refresh accepted.
        sources: For the keys of their rows.
        rounds: levering_id -> earlier refresh whose place it takes; only files with one place can contradict.
    """
    groups: dict[tuple[str, str, dt.date, int], list[Vintage]] = defaultdict(list)
    for vintage in new:
        assert vintage.peildatum
        for entity in vintage.entiteiten:
            groups[(vintage.bron, entity, vintage.peildatum, rounds.get(vintage.levering_id, 0))].append(vintage)
    against: dict[str, Vintage] = {}
    for (bron, entity, _, _), group in groups.items():
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if contradicts(one, other, entity, sources[bron]):
                    against.setdefault(one.levering_id, other)
                    against.setdefault(other.levering_id, one)
    accepted = [v for v in new if v.levering_id not in against]
    return accepted, [_refuse(v, against[v.levering_id]) for v in new if v.levering_id in against]


def earlier_rounds(new: list[Vintage], accepted: list[Vintage]) -> dict[str, int]:
    """Give for files that were read again the refresh in which they first came: that place they keep."""
    return {
        v.levering_id: min(o.ronde for o in found) for v in new if (found := [o for o in accepted if v.same_file(o)])
    }


def _current(accepted: list[Vintage]) -> list[Vintage]:
    """Give the newest reading of each file: one that was read again is one delivery, not two."""
    newest_first = sorted(accepted, key=lambda v: v.ingelezen_op, reverse=True)
    current: list[Vintage] = []
    for vintage in newest_first:
        if not any(vintage.same_file(c) and c.ingelezen_op > vintage.ingelezen_op for c in current):
            current.append(vintage)
    return current


def choose(accepted: list[Vintage], refused: list[Vintage], as_of: dt.date | None) -> Selection:
    """Decide what counts.

    Args:
        accepted: Every vintage that took part so far, this refresh included.
        refused: What this refresh refuses as a whole.
        as_of: Only deliveries up to and with this peildatum count; None for all.
    """
    selection = Selection()
    in_time = [v for v in accepted if v.peildatum and (as_of is None or v.peildatum <= as_of)]
    selection.later = len(accepted) - len(in_time)
    current = _current(in_time)
    rounds: dict[Scope, int] = defaultdict(int)
    for vintage in current:
        for scope in scopes(vintage):
            rounds[scope] = max(rounds[scope], vintage.ronde)
    for vintage in current:
        _place(vintage, rounds, selection)
    for vintage in refused:
        selection.status[vintage.levering_id] = "geweigerd"
    unique = {v.levering_id: v for v in [*current, *refused]}
    selection.deliveries = sorted(
        unique.values(), key=lambda v: (v.bron, v.peildatum or dt.date.max, v.ronde, v.levering_id)
    )
    _mark_shared(selection)
    return selection


def _place(vintage: Vintage, rounds: dict[Scope, int], selection: Selection) -> None:
    counts = False
    own = scopes(vintage)
    for entity in vintage.entiteiten:
        mine = [s for s in own if s[1] == entity]
        lost = {s[3] for s in mine if rounds[s] > vintage.ronde}
        if len(lost) == len(mine):
            continue
        counts = True
        part = Part(vintage, not_years={y for y in lost if y is not None})
        selection.parts.setdefault((vintage.bron, entity), []).append(part)
    # A file without any row in reach says that there was nothing: it is valid, and takes nothing over.
    selection.status[vintage.levering_id] = "geldig" if counts or not vintage.entiteiten else "vervangen"


def _mark_shared(selection: Selection) -> None:
    for parts in selection.parts.values():
        parts.sort(key=lambda p: (p.vintage.peildatum or dt.date.min, p.vintage.levering_id))
        days = [p.vintage.peildatum for p in parts]
        for part in parts:
            part.shared = days.count(part.vintage.peildatum) > 1
