"""From real public files to the published database, through the command line that a data team uses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.support.refreshing import report, run

ROOT = Path(__file__).resolve().parents[2]
MESSY = ROOT.parent / "shared" / "data" / "messy" / "iv3_2025_begroting_alle_gemeenten.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MESSY.is_file(), reason="../shared/data is er niet"),
]

MAPPING = """
boekjaar = 2025
peildatum = 2024-11-15
eenheid = "x1000"
decimaal = "."

[filter]
Gemeenten = "Oldambt"
"""


def refresh(inbox: Path, store: Path) -> tuple[int, dict, str]:
    code, said = run(inbox, store)
    return code, report(store), said


def inbox_with(folder: Path, mapping: str | None) -> Path:
    k2f = folder / "inbox" / "k2f"
    k2f.mkdir(parents=True)
    (k2f / MESSY.name).write_bytes(MESSY.read_bytes())
    if mapping:
        (k2f / "mapping.toml").write_text(mapping, "utf-8")
    return folder / "inbox"


def published(store: Path) -> duckdb.DuckDBPyConnection:
    pointer = json.loads((store / "db" / "actueel.json").read_text("utf-8"))
    return duckdb.connect(str(store / "db" / pointer["bestand"]), read_only=True)


def test_iv3_budget_loads_with_a_mapping(tmp_path: Path) -> None:
    code, _, said = refresh(inbox_with(tmp_path, MAPPING), tmp_path / "store")
    assert code in (0, 1), said
    rows = (
        published(tmp_path / "store")
        .execute(
            "SELECT taakveld, lasten_baten, actueel_eur FROM mart.v_begroting "
            "WHERE boekjaar = 2025 AND taakveld IN ('6.3', '6.711', '6.60')"
        )
        .fetchall()
    )
    found = {(t, lb): amount for t, lb, amount in rows}
    assert found[("6.3", "L")] == Decimal("28020000.00")
    assert found[("6.3", "B")] == Decimal("21761000.00")
    assert found[("6.711", "L")] == Decimal("6294000.00")
    assert found[("6.60", "L")] == Decimal("2360000.00")


def test_iv3_budget_without_a_mapping_is_refused_with_its_questions(tmp_path: Path) -> None:
    code, report, said = refresh(inbox_with(tmp_path, None), tmp_path / "store")
    assert code == 2, said
    assert not (tmp_path / "store" / "db" / "actueel.json").exists()
    text = json.dumps(report["weigeringen"], ensure_ascii=False).lower()
    for question in ("filter", "eenheid", "boekjaar", "peildatum"):
        assert question in text, f"de weigering noemt {question} niet: {text[:800]}"
