"""Open in a notebook: the code under a figure makes the same figure, and the choices of the page go along."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dash import Dash, html
from flask.testing import FlaskClient

from dashboard import catalogue, notebook
from dashboard import formatting as f
from dashboard.components.figure import components
from dashboard.export.read import figure_of
from dashboard.indicator_choice import chosen
from indicators.core.settings import settings
from tests.support.figures import layout

OWN = settings().gemeente
STATES = [
    "indicator=ervaren_gezondheid",
    "indicator=ervaren_gezondheid&van=2016&tot=2022",
    "indicator=ervaren_gezondheid&gebied=GM9002",
    "indicator=jeugdhulpgebruik&periode=HJ",
    "indicator=jeugdhulpgebruik&periode=JJ&van=2020",
]


@pytest.fixture
def store(figures_app: Dash) -> Path:
    return figures_app.server.config["MONITOR_STORE"].path


def code_on(page: Any) -> str:
    return next(str(c.children) for c in components(page) if isinstance(c, html.Code))


@pytest.mark.parametrize("state", STATES)
def test_the_code_makes_the_table_and_the_chart_of_the_screen(
    figures_app: Dash, store: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = layout(figures_app, "/indicator", state)
    shown = figure_of(page, "verloop")
    assert shown is not None
    monkeypatch.setenv("MONITOR_STORE", str(store))
    told: list[str] = []
    monkeypatch.setattr(notebook, "display", lambda *_args, **_kw: told.append("getoond"))
    made: dict[str, Any] = {}
    exec(compile(code_on(page), "notebook", "exec"), made)
    frame, table = made["reeks"].tabel, shown.tables[0]
    assert told == ["getoond"] and list(frame.columns) == list(table.heads)
    decimals = catalogue.item(state.split("&", maxsplit=1)[0].removeprefix("indicator=")).decimalen
    for row, cells in zip(frame.itertuples(index=False), table.rows, strict=True):
        for value, cell in zip(row, cells, strict=True):
            text = f.number(value, decimals) if isinstance(value, float) and not f.missing(value) else value
            assert text == cell.text or (cell.text == "geen waarde" and f.missing(value)), (value, cell)
    assert made["reeks"].in_woorden == shown.alternatives[0]
    chart = next(c for c in components(page) if type(c).__name__ == "Graph")
    assert made["reeks"].grafiek.to_plotly_json() == chart.figure.to_plotly_json()


def test_the_notebook_is_one_and_holds_the_code_of_the_page(figures_app: Dash, figures_client: FlaskClient) -> None:
    answer = figures_client.get(f"/download/indicator/notebook.ipynb?{STATES[1]}")
    book = json.loads(answer.text)
    said, code = book["cells"]
    assert book["nbformat"] == 4 and book["metadata"]["kernelspec"]["language"] == "python"
    assert code["source"] == code_on(layout(figures_app, "/indicator", STATES[1])) and "van='2016'" in code["source"]
    assert code["outputs"] == [] and code["execution_count"] is None and "Bron: CBS" in said["source"]
    assert figures_client.get("/download/indicator/notebook.ipynb?indicator=nergens").status_code == 404


def test_a_value_of_the_address_cannot_become_code(figures_client: FlaskClient) -> None:
    text = figures_client.get(
        "/download/indicator/notebook.ipynb?indicator=ervaren_gezondheid&gebied=');import os#"
    ).text
    assert "import os" not in json.dumps(text)


def test_an_unknown_indicator_gets_a_sentence(store: Path) -> None:
    with pytest.raises(notebook.GeenPublicatie, match="geen cijfers"):
        notebook.indicator(notebook.publicatie(store), "bestaat_niet")


@pytest.mark.parametrize(
    ("asked", "first", "last", "region"),
    [
        ({}, 2012, 2024, ""),
        ({"van": "2016", "tot": "2022"}, 2016, 2022, ""),
        ({"van": "2022", "tot": "2016"}, 2012, 2024, ""),
        ({"van": "1900", "tot": "²"}, 2012, 2024, ""),
        ({"gebied": "GM9002"}, 2012, 2024, "GM9002"),
        ({"gebied": "GM9999"}, 2012, 2024, ""),
        ({"gebied": OWN.code}, 2012, 2024, ""),
    ],
)
def test_what_is_asked_and_not_there_is_left_out(
    store: Path, asked: dict[str, str], first: int, last: int, region: str
) -> None:
    look = chosen(notebook.publicatie(store), catalogue.item("ervaren_gezondheid"), asked, OWN.code)
    assert (look.first, look.last, look.region) == (first, last, region)
    assert set(look.rows["periode"].str.slice(0, 4).astype(int)) <= set(range(first, last + 1))
    assert look.regions[0] == (OWN.code, OWN.naam)
    assert (look.regions[1][0] == region) if region else (region not in dict(look.regions))
