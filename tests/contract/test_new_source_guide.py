"""The guide for adding a source, followed to the letter in a copy of the project: the new export is published."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "nieuwe-bron.md"
EXPORT = (
    "Verzuim\nSchooljaar;Soort verzuim;Aantal\n2025;absoluut verzuim;12\n2025;relatief verzuim;140\n2024;anders;veel\n"
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.S)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy with the files of the guide in it."""
    copy = tmp_path / "project"
    for folder in ("etl", "indicators", "data/reference"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (source,), (table,) = blocks("python"), blocks("text")
    staging, mart, herkomst = blocks("sql")
    contract = copy / "indicators" / "core" / "contract.py"
    before, first, rest = contract.read_text("utf-8").partition('    table(\n        "mart.fct_cbs_waarneming"')
    assert first
    contract.write_text(before + table + first + rest, "utf-8")
    (copy / "etl/sources/leerplicht.py").write_text(source, "utf-8")
    (copy / "etl/staging/leerplicht__melding.sql").write_text(staging, "utf-8")
    (copy / "etl/marts/fct_leerplicht.sql").write_text(mart, "utf-8")
    (copy / "etl/marts/herkomst/fct_leerplicht.sql").write_text(herkomst, "utf-8")
    return copy


def test_the_guide_gives_a_source_that_is_read_refused_published_and_traced(project: Path, tmp_path: Path) -> None:
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    (inbox / "leerplicht").mkdir(parents=True)
    (inbox / "leerplicht" / "leerplicht_2026-07-31.csv").write_text(EXPORT, "utf-8")
    command = [sys.executable, "-m", "etl", "refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"]
    environment = {"PYTHONPATH": str(project)}
    ran = subprocess.run(command, check=False, cwd=project, env=environment, capture_output=True, text=True)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "rij 5, kolom C ('veel'): dit is geen aantal." in ran.stdout.replace("\n", " ")
    up = json.loads((store / "db" / "actueel.json").read_text("utf-8"))
    with duckdb.connect(str(store / "db" / up["bestand"]), read_only=True) as connection:
        rows = connection.execute(
            "SELECT schooljaar, soort, aantal FROM mart.fct_leerplicht ORDER BY aantal"
        ).fetchall()
        traced = connection.execute("SELECT sleutel, rij_van FROM meta.herkomst ORDER BY rij_van").fetchall()
    assert rows == [(2025, "absoluut verzuim", 12), (2025, "relatief verzuim", 140)]
    assert traced == [("2025|absoluut verzuim", 3), ("2025|relatief verzuim", 4)]
