"""Synthetic CBS answers have the form of real ones and say that they are synthetic."""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from etl import cbs
from etl.cbs import CbsResult, raw_views, refresh_cbs
from etl.cbs_tables import tables
from etl.sample.cbs import write_cbs
from indicators.compute import values
from indicators.core.contract import BY_NAME
from indicators.core.indicator import indicators
from indicators.core.region import own_regions
from indicators.core.settings import settings

PEILDATUM = dt.date(2026, 9, 30)
#: Fewer gemeenten than the sample has: the form is the same and the test is quick.
OTHERS = 30


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.json")}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cbs")
    write_cbs(folder, 1, PEILDATUM, anderen=OTHERS)
    return folder


@pytest.fixture(scope="module")
def refreshed(answers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[CbsResult], Path]:
    vintages = tmp_path_factory.mktemp("vintages")
    return refresh_cbs(vintages, answers, dt.datetime(2026, 10, 1)), vintages


def test_all_tables_are_read_and_say_that_they_are_synthetic(refreshed: tuple[list[CbsResult], Path]) -> None:
    results, vintages = refreshed
    assert [(r.tabel, r.status, r.voorbeelddata) for r in results] == [(t.id, "vers", True) for t in tables()]
    assert {(r.melding, r.ontbrekend) for r in results} == {(None, None)}
    sql = raw_views(vintages)["raw.cbs__waarneming"]
    per_table = duckdb.sql(f"SELECT tabel, list(DISTINCT gebied_code) FROM ({sql}) GROUP BY tabel").fetchall()
    own = {code for code in own_regions() if not code.startswith("PV")}
    assert all(own < set(codes) for _, codes in per_table)
    parts = duckdb.sql(f"SELECT min(waarde), max(waarde) FROM ({sql}) WHERE eenheid = '%'").fetchall()[0]
    assert 0 < parts[0] < parts[1] < 100


def test_no_made_up_figure_carries_the_plain_name_of_another_gemeente(refreshed: tuple[list[CbsResult], Path]) -> None:
    sql = raw_views(refreshed[1])["raw.cbs__waarneming"]
    own = tuple(own_regions())
    others = duckdb.sql(
        f"SELECT DISTINCT gebied_naam FROM ({sql}) WHERE left(gebied_code, 2) = 'GM' AND gebied_code NOT IN {own}"
    ).fetchall()
    assert len(others) == OTHERS
    assert all(name.endswith("(voorbeeld)") for (name,) in others)


def test_every_indicator_that_asks_cbs_has_figures_of_the_sample(refreshed: tuple[list[CbsResult], Path]) -> None:
    etl = Path(cbs.__file__).parent
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA raw; CREATE SCHEMA stg; CREATE SCHEMA mart")
    connection.execute(f"CREATE VIEW raw.cbs__waarneming AS {raw_views(refreshed[1])['raw.cbs__waarneming']}")
    staging = (etl / "staging" / "cbs__waarneming.sql").read_text("utf-8")
    connection.execute(f"CREATE VIEW stg.cbs__waarneming AS {staging}")
    connection.execute(BY_NAME["mart.fct_cbs_waarneming"].ddl)
    mart = (etl / "marts" / "fct_cbs_waarneming.sql").read_text("utf-8")
    connection.execute(f"INSERT INTO mart.fct_cbs_waarneming BY NAME {mart}")
    for record in (r for r in indicators().values() if r.cbs):
        frame = values(connection, record, PEILDATUM)
        own = frame[frame["gebied_code"] == settings().gemeente.code]
        assert own["waarde"].notna().any(), record.id
        assert frame["gebied_code"].nunique() > OTHERS, record.id


def test_the_same_seed_gives_the_same_files(answers: Path, tmp_path: Path) -> None:
    write_cbs(tmp_path / "a", 1, PEILDATUM, anderen=OTHERS)
    write_cbs(tmp_path / "b", 2, PEILDATUM, anderen=OTHERS)
    assert bytes_of(tmp_path / "a") == bytes_of(answers)
    assert bytes_of(tmp_path / "b") != bytes_of(answers)


def test_nothing_is_published_before_its_time(tmp_path: Path) -> None:
    write_cbs(tmp_path, 1, dt.date(2023, 11, 15), anderen=OTHERS)
    assert not (tmp_path / "86137NED").exists()
    periods = (tmp_path / "85098NED" / "Perioden.json").read_text("utf-8")
    assert "2023HJ01" in periods
    assert "2023JJ00" not in periods
