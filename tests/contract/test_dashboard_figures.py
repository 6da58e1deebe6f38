"""The registry of figures: every figure of every page and state is whole, and its link leads to it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import Dash, dcc, html

from dashboard.address import Address, at
from dashboard.components.figure import (
    DELEN,
    IncompleteFigure,
    chart,
    components,
    figure_block,
    slug,
    source_line,
)
from dashboard.components.table import data_table
from dashboard.export.read import figure_of
from dashboard.markup import to_html
from tests.support.figures import STATES, layout


@pytest.mark.parametrize(("path", "query"), STATES)
def test_every_figure_of_a_page_is_whole(figures_app: Dash, path: str, query: str) -> None:
    page = layout(figures_app, path, query)
    figures = [c for c in components(page) if getattr(c, "data-blok", None)]
    for figure in figures:
        inside = list(components(figure))
        assert figure.id == getattr(figure, "data-blok")
        assert isinstance(inside[1], (html.H2, html.H3)) and str(inside[1].children).strip()
        assert any(isinstance(c, html.Table) for c in inside), f"{figure.id} heeft geen tabel"
        said = {getattr(c, "data-deel", None) for c in inside}
        assert said >= set(DELEN), f"{figure.id} zegt niet: {set(DELEN) - said}"
        for image in (c for c in inside if getattr(c, "role", None) == "img"):
            assert len(getattr(image, "aria-label")) > 20
    charts = [c for c in components(page) if isinstance(c, dcc.Graph) or "grafiek" in str(getattr(c, "className", ""))]
    for graph in (c for c in charts if isinstance(c, dcc.Graph)):
        # Charts are dictionaries (charts/drawn.py): here plotly checks every property of every one.
        go.Figure(graph.figure.plain)
    within = {id(c) for figure in figures for c in components(figure)}
    assert all(id(c) in within for c in charts), "een grafiek staat buiten figure_block"


@pytest.mark.parametrize(("path", "query"), STATES)
def test_every_link_on_a_page_leads_to_one_place(figures_app: Dash, path: str, query: str) -> None:
    page = layout(figures_app, path, query)
    names = Counter(c.id for c in components(page) if isinstance(getattr(c, "id", None), str))
    assert [name for name, count in names.items() if count > 1] == []
    for link in (c for c in components(page) if isinstance(c, (html.A, dcc.Link))):
        if str(link.href).startswith("#"):
            assert link.href[1:] in names


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/gegevens", ""),
        ("/indicator", ""),
        ("/budget", ""),
        ("/verantwoording", ""),
        ("/herkomst", ""),
        ("/herkomst", "?onderdeel=begeleiding"),
        ("/herkomst", "?onderdeel=totaal"),
    ],
)
def test_every_table_can_be_taken_along(figures_app: Dash, path: str, query: str) -> None:
    page = layout(figures_app, path, query)
    within = {id(c) for figure in components(page) if getattr(figure, "data-blok", None) for c in components(figure)}
    tables = [c for c in components(page) if isinstance(c, html.Table)]
    # Codes without a place are no figures but buttons, one for each.
    loose = [t for t in tables if id(t) not in within and "codes" not in str(t.className)]
    assert tables and [t.children[0].children for t in loose] == []


PICTURE = chart({"data": []}, "Het cijfer stijgt van 3 naar 5.", 100)
TABLE = data_table("Cijfers", ["Jaar", "Cijfer"], [["2024", "3"]])
WHOLE = {"bron": "K2F", "peildatum": None, "status": "voorlopig", "definitie": html.A("definitie", href="#d")}


def without(part: str) -> html.P:
    parts: dict[str, Any] = {name: value for name, value in WHOLE.items() if name != part}
    return source_line("nog iets", **parts)


@pytest.mark.parametrize("part", DELEN)
def test_a_figure_whose_source_line_says_too_little_is_not_made(part: str) -> None:
    with pytest.raises(IncompleteFigure, match=part):
        figure_block("Het stijgt", PICTURE, without(part), TABLE, id="f")


@pytest.mark.parametrize(
    ("title", "picture", "table", "id", "says"),
    [
        ("", PICTURE, TABLE, "f", "titel"),
        ("Het stijgt", dcc.Graph(), TABLE, "f", "tekstalternatief"),
        ("Het stijgt", chart({"data": []}, "", 100), TABLE, "f", "tekstalternatief"),
        ("Het stijgt", PICTURE, None, "f", "tabel"),
        ("Het stijgt", PICTURE, TABLE, "Een Naam", "id"),
    ],
)
def test_a_figure_that_lacks_a_part_is_not_made(title: str, picture: Any, table: Any, id: str, says: str) -> None:
    with pytest.raises(IncompleteFigure, match=says):
        figure_block(title, picture, without(""), table, id=id)


def test_a_figure_that_may_not_leave_the_house_says_why() -> None:
    with at(Address("/budget")):
        made = figure_block("Het stijgt", PICTURE, without(""), TABLE, id="f", not_taken="het telt mensen precies.")
        other = figure_block("Het stijgt", PICTURE, without(""), TABLE, id="f")
    assert "Niet te downloaden: het telt mensen precies." in to_html(made) and "/download/" not in to_html(made)
    assert figure_of(made, "f") is None and figure_of(other, "f") is not None
    assert "/download/budget/f.xlsx" in to_html(other)


def test_a_figure_has_a_name_that_an_address_can_hold() -> None:
    made = figure_block("Het stijgt, één keer (2024)", PICTURE, without(""), TABLE)
    assert made.id == "het-stijgt-een-keer-2024" == slug("Het stijgt, één keer (2024)")
    assert re.fullmatch(r"[a-z0-9-]+", made.id)


def test_a_source_line_says_that_a_day_is_not_known() -> None:
    said = "".join(str(getattr(c, "children", c)) for c in without("").children)
    assert "Bron: K2F" in said and "peildatum onbekend" in said


def test_the_id_is_a_link_in_the_page_that_the_server_sends(figures_app: Dash) -> None:
    text = figures_app.server.test_client().get("/budget?onderdeel=begeleiding").text
    assert re.search(r'<section [^>]*\bid="verloop"', text)
