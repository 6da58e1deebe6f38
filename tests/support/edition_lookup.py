"""Looks a number of the edition up again in the published database, by the source that it carries."""

from __future__ import annotations

from urllib.parse import unquote

import duckdb

from indicators.core.disclosure import AFRONDING, GEHEIM_TOT_EN_MET


def value(db: duckdb.DuckDBPyConnection, bron: str) -> float | None:
    """Give what the database says: a sum, a difference or a share; persons as the council may see them."""
    scale, times, rest = bron.partition(" × ")
    if times:
        share = value(db, rest)
        return None if share is None else int(scale) * share
    for mark in (" − ", " ÷ "):
        if mark in bron:
            left, right = (value(db, part) for part in bron.split(mark))
            if left is None or right is None:
                return None
            return left - right if mark == " − " else left / right
    return _one(db, bron)


def raw(db: duckdb.DuckDBPyConnection, bron: str) -> object:
    """Give the one value that stands there, of any type."""
    rows = _rows(db, bron)
    assert len(rows) == 1, bron
    return rows[0]


def _rows(db: duckdb.DuckDBPyConnection, bron: str) -> list[object]:
    tabel, keys, kolom = bron.split("|")
    conditions, values = [], []
    for pair in keys.split(";"):
        name, _, written = pair.partition("=")
        listed = written.split(",") if name in ("onderdeel", "oorzaak") else [written]
        conditions.append(f"coalesce(CAST({name} AS VARCHAR), '') IN ({', '.join('?' * len(listed))})")
        values += [unquote(v) for v in listed]
    sql = f"SELECT {kolom.removesuffix('~')} FROM {tabel} WHERE {' AND '.join(conditions)}"
    found = [row[0] for row in db.execute(sql, values).fetchall()]
    assert found, f"nothing stands at {bron}"
    return found


def _one(db: duckdb.DuckDBPyConnection, bron: str) -> float | None:
    known = [float(v) for v in _rows(db, bron) if v is not None]
    if not known:
        return None
    if not bron.endswith("~"):
        return sum(known)
    assert len(known) == 1, bron
    count = round(known[0])
    if count <= GEHEIM_TOT_EN_MET:
        return None
    return float((count + AFRONDING // 2) // AFRONDING * AFRONDING)
