"""A file is read again when code that reads it changed: no module that reading runs through may be left out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from etl import intake
from etl.source import sources

ROOT = Path(__file__).resolve().parents[2]
#: Where a source starts, what turns a file into a reading, and what then takes persons out.
STARTS = ("etl/reading_pool.py", "etl/privacy.py")


def imported(path: Path) -> set[Path]:
    """The files of etl that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    files = (ROOT / f"{name.replace('.', '/')}.py" for name in names if name.startswith("etl."))
    return {file for file in files if file.is_file()}


@pytest.mark.parametrize("name", sources())
def test_every_module_that_reading_runs_through_is_in_the_reader_version(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    todo = [ROOT / start for start in (*STARTS, f"etl/sources/{name}.py")]
    needed: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in needed:
            needed.add(path)
            todo += imported(path)
    counted: list[str] = []
    monkeypatch.setattr(intake, "digest", lambda *texts: counted.extend(texts) or "")
    intake.reader_version(sources()[name])
    missing = [str(p.relative_to(ROOT)) for p in sorted(needed) if p.read_text("utf-8") not in counted]
    assert not missing
