"""The SELECT behind raw.<source>__<entity>: the rows of every state, typed as declared, each with its delivery."""

from __future__ import annotations

from etl.contradictions import key_columns
from etl.source import Entity, Source
from etl.states import Part
from etl.vintages import EXTRA, state_columns


def quoted(text: str) -> str:
    """Give a text as SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def entity_view(source: Source, entity: Entity, parts: list[Part]) -> str:
    """Give the SELECT behind raw.<source>__<entity>: the rows that count, with their delivery, typed as declared.

    Without any delivery it gives no rows and the same columns. `peildatum` is that of the state: where a state is put
    together from increments, a row of an earlier delivery stands in every state that it is part of; for an entity of
    which only the newest state counts, it is that of the delivery.
    """
    whole, chained = [p for p in parts if not p.chained], [p for p in parts if p.chained]
    selects = []
    if whole:
        selects.append(_whole(source, entity, whole))
    if chained:
        selects.append(_chained(source, entity, chained))
    return " UNION ALL ".join(selects) or _empty(entity)


def _types(entity: Entity) -> dict[str, str]:
    return dict(EXTRA) | {c.name: c.type for c in entity.columns}


def _empty(entity: Entity) -> str:
    return "SELECT " + ", ".join(f'CAST(NULL AS {t}) AS "{c}"' for c, t in _types(entity).items()) + " WHERE false"


def _cast(entity: Entity, **other: str) -> str:
    """The columns in their declared types; `other` gives the expression of a column that is not simply itself."""
    names = _types(entity)
    return ", ".join(f'CAST({other.get(c, f"{chr(34)}{c}{chr(34)}")} AS {t}) AS "{c}"' for c, t in names.items())


def _stored(entity: Entity, parts: list[Part]) -> str:
    """Every row of the files; the empty part brings columns that older vintages do not have yet."""
    folders = dict.fromkeys(p.vintage.map for p in parts if p.vintage.map)
    files = ", ".join(quoted((folder / f"{entity.name}.parquet").resolve().as_posix()) for folder in folders)
    return f"{_empty(entity)} UNION ALL BY NAME SELECT * FROM read_parquet([{files}], union_by_name = true)"


def deel_of(entity: Entity) -> str:
    """Give the SQL of the part of the state that a row is in, as it stands in the manifest; NULL when there is one."""
    names = [f"coalesce(CAST(\"{c}\" AS VARCHAR), '')" for c in state_columns(entity)]
    return " || '|' || ".join(names) or "CAST(NULL AS VARCHAR)"


def _whole(source: Source, entity: Entity, parts: list[Part]) -> str:
    sql = f"SELECT {_cast(entity)} FROM ({_stored(entity, parts)})"
    gone = [
        f"(levering_id = {quoted(p.vintage.levering_id)} AND {deel_of(entity)} "
        f"IN ({', '.join(quoted(d) for d in sorted(p.without))}))"
        for p in parts
        if p.without
    ]
    if gone:
        sql += f" WHERE NOT ({' OR '.join(gone)})"
    shared = [quoted(p.vintage.levering_id) for p in parts if p.shared]
    if shared:
        by = ", ".join(["peildatum", *(f'"{k}"' for k in key_columns(source, entity.name))])
        sql += (
            f" QUALIFY levering_id NOT IN ({', '.join(shared)})"
            f" OR dense_rank() OVER (PARTITION BY {by} ORDER BY levering_id) = 1"
        )
    return sql


def _chained(source: Source, entity: Entity, parts: list[Part]) -> str:
    """States made of several deliveries: of rows with one key those of the latest delivery count."""
    own_day = entity.toestand == "laatste"
    rows = [
        f"({quoted(p.vintage.levering_id)}, DATE '{p.peildatum}', {p.volg}, {deel})"
        for p in parts
        for deel in (["NULL"] if p.delen is None else [quoted(d) for d in sorted(p.delen)])
    ]
    columns = _cast(entity, levering_id="rij.levering_id", peildatum="plek.stand")
    sql = (
        f"SELECT {columns} FROM (SELECT *, {deel_of(entity)} AS deel FROM ({_stored(entity, parts)})) AS rij "
        f"JOIN (VALUES {', '.join(rows)}) AS plek (levering_id, stand, volg, deel) "
        "ON rij.levering_id = plek.levering_id AND (plek.deel IS NULL OR plek.deel = rij.deel)"
    )
    if keys := source.key.get(entity.name):
        by = ", ".join([*([] if own_day else ["plek.stand"]), "rij.deel", *(f'rij."{k}"' for k in keys)])
        sql += f" QUALIFY dense_rank() OVER (PARTITION BY {by} ORDER BY plek.volg DESC, rij.levering_id) = 1"
    return f"SELECT * FROM ({sql})"
