"""What one refresh brought that contradicts itself: two files for one period of which nobody can say which is right.

- Whole states (and increments with a key) of one peildatum complete each other when no key is in both with another
  content; equal rows count once.
- Increments without a key add up, so a row that is in both could be one line or two: then they must be equal as a
  whole (one of them counts) or have no row in common.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict

import duckdb

from etl.source import Refusal, Source
from etl.vintages import Vintage, state_columns


def key_columns(source: Source, entity: str) -> list[str]:
    """Give the columns that identify a row within one state; without any, two files are equal or contradict."""
    keys = list(source.key.get(entity, ()))
    parts = next((state_columns(e) for e in source.entities if e.name == entity), [])
    return keys + [column for column in parts if column not in keys]


def _columns(source: Source, entity: str) -> list[str]:
    return [c.name for e in source.entities if e.name == entity for c in e.columns]


def _count(sql: str) -> int:
    with duckdb.connect() as connection:
        row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _rows(vintage: Vintage, entity: str) -> str:
    assert vintage.map
    path = (vintage.map / f"{entity}.parquet").as_posix().replace("'", "''")
    return f"read_parquet('{path}')"


def contradicts(one: Vintage, other: Vintage, entity: str, source: Source) -> bool:
    """Say whether two files hold a key in common with another content."""
    if one.aanvulling and not source.key.get(entity):
        common = common_rows(one, other, entity, source)
        return bool(common) and not equal_rows(one, other, entity, source)
    body = ", ".join(f'"{c}"' for c in _columns(source, entity))
    keys = key_columns(source, entity)
    by = ", ".join(f'"{k}"' for k in keys) or "1"
    sides = []
    for number, vintage in enumerate((one, other)):
        select = (
            f"{by if keys else '1 AS een'}, {number} AS kant, count(*) AS n, sum(CAST(hash({body}) AS HUGEINT)) AS h"
        )
        sides.append(f"SELECT {select} FROM {_rows(vintage, entity)} GROUP BY {by}")
    group = by if keys else "een"
    sql = f"""SELECT count(*) FROM (SELECT 1 FROM ({sides[0]} UNION ALL {sides[1]}) GROUP BY {group}
              HAVING count(*) = 2 AND count(DISTINCT (n, h)) = 2)"""
    return bool(_count(sql))


def common_rows(one: Vintage, other: Vintage, entity: str, source: Source) -> int:
    """Count the different rows that are in both files."""
    body = ", ".join(f'"{c}"' for c in _columns(source, entity))
    first, second = (f"SELECT {body} FROM {_rows(v, entity)}" for v in (one, other))
    return _count(f"SELECT count(*) FROM ({first} INTERSECT {second})")


def equal_rows(one: Vintage, other: Vintage, entity: str, source: Source) -> bool:
    """Say whether two files hold the same rows, each as often."""
    body = ", ".join(f'"{c}"' for c in _columns(source, entity))
    first, second = (f"SELECT {body} FROM {_rows(v, entity)}" for v in (one, other))
    return not _count(
        f"SELECT (SELECT count(*) FROM ({first} EXCEPT ALL {second})) + "
        f"(SELECT count(*) FROM ({second} EXCEPT ALL {first}))"
    )


def refuse(vintage: Vintage, reden: str, oplossing: str) -> Vintage:
    """Give a delivery that was read well but may not count, with the reason."""
    refusal = Refusal(vintage.bestand, None, None, None, None, reden, oplossing)
    return dataclasses.replace(
        vintage,
        refused=True,
        rijen_geladen=0,
        rijen_geweigerd=vintage.rijen_gelezen - vintage.rijen_buiten_bereik,
        weigeringen=[*vintage.weigeringen, refusal],
    )


def _refuse_both(vintage: Vintage, other: Vintage) -> Vintage:
    day = vintage.peildatum.strftime("%d-%m-%Y") if vintage.peildatum else ""
    if vintage.aanvulling:
        what = f"de aanvulling van {day}, maar hebben een deel van de regels gemeen"
        why = "tellen die één keer of twee keer?"
    else:
        what, why = f"de stand van {day}, maar spreken elkaar tegen", "dezelfde regels hebben andere inhoud."
    return refuse(
        vintage,
        f"{vintage.bestand} en {other.bestand} zijn allebei {what}: {why}",
        "Haal het bestand dat niet klopt uit de map en ververs opnieuw.",
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
    groups: dict[tuple[str, str, dt.date, bool, int], list[Vintage]] = defaultdict(list)
    for vintage in new:
        assert vintage.peildatum
        place = rounds.get(vintage.levering_id, 0)
        for entity in vintage.entiteiten:
            groups[(vintage.bron, entity, vintage.peildatum, vintage.aanvulling, place)].append(vintage)
    against: dict[str, Vintage] = {}
    for (bron, entity, *_), group in groups.items():
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                if contradicts(one, other, entity, sources[bron]):
                    against.setdefault(one.levering_id, other)
                    against.setdefault(other.levering_id, one)
    accepted = [v for v in new if v.levering_id not in against]
    return accepted, [_refuse_both(v, against[v.levering_id]) for v in new if v.levering_id in against]
