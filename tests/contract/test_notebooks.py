"""The notebooks run from top to bottom on a publication, say what it says, and are committed without outputs."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from dashboard.notebook import GeenPublicatie, publicatie
from indicators.core.settings import settings
from tests.support.publication import leeg, publish, voorbeeld

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: Notebook -> what a reader of the invented publication has to find in its outputs.
SAYS = {
    "01_een_indicator_verkennen": (
        "Ervaren gezondheid",
        "Zo is het gesteld met vorige.",
        "geheim",
        "Nulmeting van toen",
    ),
    "02_gemeenten_vergelijken": (
        "Bijna even groot en even oud.",
        "Zo is het gesteld met gebied.",
        "vergelijkbare gemeenten",
    ),
    "03_van_signaal_naar_notitie": (
        "14 aanvragen",
        "Verwacht: € 6.290.000 (€ 5.910.000 tot € 6.670.000), begroot: € 5.788.000.",
        "Bron: Monitor Sociaal Domein, peildatum 30-09-2026",
    ),
}


def rows_with_a_baseline() -> dict:
    rows = voorbeeld()
    line = {"gebied_code": settings().gemeente.code, "onderwerp": "wmo", "volgorde": 1, "titel": "Nulmeting van toen"}
    rows["mart.fct_toen_en_nu"].append(line | {"toen": "2015", "toen_waarde": 2486, "vergelijkbaar": "deels"})
    return rows


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("vol")
    publish(store, rows_with_a_baseline())
    return store


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("leeg")
    publish(store, leeg())
    return store


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One kernel for all notebooks, emptied between them: starting one takes longer than running a notebook."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=str(ROOT / "notebooks"))
    yield manager
    manager.shutdown_kernel(now=True)


def outputs(kernel: KernelManager, path: Path, store: Path) -> str:
    """Run a notebook in an emptied kernel; gives all that it showed, figures left out."""
    notebook = nbformat.read(path, as_version=4)
    empty = nbformat.v4.new_code_cell(f"%reset -f\nimport os; os.environ['MONITOR_STORE'] = {str(store)!r}")
    notebook.cells.insert(0, empty)
    client = NotebookClient(notebook, km=kernel, timeout=120)
    client.execute(cleanup_kc=False)
    client.kc.stop_channels()
    shown = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert not [out for out in shown if out.output_type == "error" or out.get("name") == "stderr"], shown
    texts = [out.get("text", "") for out in shown]
    texts += [str(v) for out in shown for kind, v in out.get("data", {}).items() if "plotly" not in kind]
    return " ".join(texts).replace("\u00a0", " ")


def test_there_are_notebooks_and_each_is_tested() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SAYS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_says_what_is_published(kernel: KernelManager, path: Path, full: Path) -> None:
    found = outputs(kernel, path, full)
    assert not [text for text in SAYS[path.stem] if text not in found], found[:4000]
    assert "verzonnen cijfers" in found, "voorbeelddata staat er niet bij"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_on_a_publication_without_figures(kernel: KernelManager, path: Path, empty: Path) -> None:
    assert settings().gemeente.naam in outputs(kernel, path, empty)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_outputs_and_defines_nothing(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    tree = ast.parse("\n".join(cell.source for cell in code))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    # Text before every step: it reads like a paper.
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds[0] == "markdown" and kinds.count("markdown") >= len(kinds) // 3


def test_without_a_publication_it_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GeenPublicatie, match="make run"):
        publicatie(tmp_path)
