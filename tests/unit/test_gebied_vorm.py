"""The map of tiles: as laid out by hand, and a place by rule for every other wijk."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.geo_copies import NO_SHAPES

SQL = Path(__file__).resolve().parents[2] / "etl" / "marts" / "dim_gebied_vorm.sql"


def placed(wijken: list[str], tegels: list[tuple[str, str, str, str]]) -> dict[str, tuple[float, float]]:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA raw")
        connection.execute("CREATE TABLE raw.ref_tegels (gebied_code VARCHAR, jaar VARCHAR, x VARCHAR, y VARCHAR)")
        connection.execute("CREATE TABLE raw.ref_gebieden (gebied_code VARCHAR, niveau VARCHAR)")
        connection.execute(f"CREATE SCHEMA stg; CREATE VIEW stg.geo__wijk AS {NO_SHAPES}")
        connection.executemany("INSERT INTO raw.ref_tegels VALUES (?, ?, ?, ?)", tegels)
        connection.executemany("INSERT INTO raw.ref_gebieden VALUES (?, 'wijk')", [[w] for w in wijken])
        rows = connection.execute(f"SELECT gebied_code, x, y, jaar FROM ({SQL.read_text('utf-8')})").fetchall()
    assert {jaar for *_, jaar in rows} == {2026}
    return {code: (x, y) for code, x, y, _ in rows}


@pytest.mark.parametrize("count", [1, 4, 7, 30])
def test_a_gemeente_without_tiles_gets_a_square_map(count: int) -> None:
    found = placed([f"WK0001{i:02d}" for i in range(count)], [("WK999900", "2026", "3", "1")])
    assert len(found) == count == len(set(found.values())), "every wijk its own place, none of another gemeente"
    wide, high = (1 + max(place[axis] for place in found.values()) for axis in (0, 1))
    assert (wide - 1) * high <= count <= wide * high and wide - high in (0, 1)


def test_a_new_wijk_comes_below_those_laid_out_by_hand() -> None:
    found = placed(
        ["WK000100", "WK000101", "WK000102"], [("WK000100", "2026", "0", "0"), ("WK000101", "2026", "1", "0")]
    )
    assert found == {"WK000100": (0, 0), "WK000101": (1, 0), "WK000102": (0, 1)}
