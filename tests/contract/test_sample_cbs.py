"""Synthetic CBS answers have the form of real ones and say that they are synthetic."""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from etl.cbs import raw_views, refresh_cbs
from etl.cbs_tables import TABLES
from etl.sample.cbs import write_cbs
from indicators.core.region import own_regions

PEILDATUM = dt.date(2026, 9, 30)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.json")}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cbs")
    write_cbs(folder, 1, PEILDATUM)
    return folder


def test_all_tables_are_read_and_say_that_they_are_synthetic(answers: Path, tmp_path: Path) -> None:
    results = refresh_cbs(tmp_path, answers, dt.datetime(2026, 10, 1))
    assert [(r.tabel, r.status, r.voorbeelddata) for r in results] == [(t.id, "vers", True) for t in TABLES]
    for sql in raw_views(tmp_path).values():
        regions = {code for (code,) in duckdb.sql(f"SELECT DISTINCT gebied_code FROM ({sql})").fetchall()}
        assert set(own_regions()) < regions
        low, high = duckdb.sql(f"SELECT min(waarde), max(waarde) FROM ({sql})").fetchall()[0]
        assert 0 < low < high < 100


def test_the_same_seed_gives_the_same_files(answers: Path, tmp_path: Path) -> None:
    write_cbs(tmp_path / "a", 1, PEILDATUM)
    write_cbs(tmp_path / "b", 2, PEILDATUM)
    assert bytes_of(tmp_path / "a") == bytes_of(answers)
    assert bytes_of(tmp_path / "b") != bytes_of(answers)


def test_nothing_is_published_before_its_time(tmp_path: Path) -> None:
    write_cbs(tmp_path, 1, dt.date(2023, 11, 15))
    assert not (tmp_path / "86137NED").exists()
    periods = (tmp_path / "85098NED" / "Perioden.json").read_text("utf-8")
    assert "2023HJ01" in periods
    assert "2023JJ00" not in periods
