"""Real CBS figures up to the published database, through the command line; and what stays up when CBS is down."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from etl.readers.odata_server import Fault, Recorded, serve
from tests.recorded_cbs import REAL_TABLES, needs_dumps, record_dumps
from tests.support.refreshing import program

pytestmark = pytest.mark.shared


def refresh(folder: Path, address: str) -> tuple[int, str]:
    (folder / "inbox").mkdir(exist_ok=True)
    return program("etl", "refresh", "--inbox", folder / "inbox", "--store", folder / "store", "--cbs-url", address)


def published(folder: Path, sql: str) -> list[tuple]:
    db = folder / "store" / "db"
    pointer = json.loads((db / "actueel.json").read_text("utf-8"))
    with duckdb.connect(str(db / pointer["bestand"]), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def fresh(folder: Path, status: str) -> set[str]:
    return {table for (table,) in published(folder, f"SELECT tabel FROM meta.cbs_tabel WHERE status = '{status}'")}


FIGURES = """SELECT indicator, periode, waarde, ondergrens, bovengrens FROM mart.fct_indicatorwaarde
    WHERE gebied_code = 'GM1895' AND periode IN ('2016JJ00', '2021HJ01', '2024JJ00', '2025HJ01') ORDER BY ALL"""


def test_real_figures_are_published_and_stay_when_cbs_is_down(tmp_path: Path) -> None:
    needs_dumps()
    recorded = Recorded(record_dumps(tmp_path / "answers"), faults=[Fault("500", "TypedDataSet", times=1)])
    with serve(recorded) as base:
        first = refresh(tmp_path, base)
    assert first[0] == 0, first[1]
    figures = published(tmp_path, FIGURES)
    assert ("jeugdhulpgebruik", "2024JJ00", 15.3, None, None) in figures
    assert ("jeugdhulpgebruik", "2025HJ01", 12.4, None, None) in figures
    assert ("jeugdhulpgebruik", "2021HJ01", 14.1, None, None) in figures
    assert ("ervaren_gezondheid", "2024JJ00", 69.2, 65.2, 72.9) in figures
    assert ("ervaren_gezondheid", "2016JJ00", 71.0, 67.1, 74.5) in figures
    assert fresh(tmp_path, "vers") == set(REAL_TABLES)

    with serve(Recorded(recorded.folder, faults=[Fault("404")])) as base:
        refresh(tmp_path, base)
    assert published(tmp_path, FIGURES) == figures
    assert fresh(tmp_path, "laatste_goede") == set(REAL_TABLES)
