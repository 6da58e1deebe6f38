"""What travels as HTML and what stays with the app: quiet parts become pieces, controls and callbacks' parts do not."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from plotly.io.json import to_json_plotly

from dashboard.components.controls import choice
from dashboard.components.figure import chart
from dashboard.markup import to_html
from dashboard.pieces import Stuk, lighten
from dashboard.theme import GRAPH_CONFIG


def unused(_name: Any) -> bool:
    return False


def test_a_quiet_part_is_one_piece_with_the_html_of_the_first_page() -> None:
    part = html.Section([html.H2("Titel & meer"), html.P(["a", html.B("b")]), dcc.Link("verder", href="/budget")],
                        className="figuur", id="een")  # fmt: skip
    piece = lighten(part, unused)
    assert isinstance(piece, Stuk)
    told = piece.to_plotly_json()["props"]
    assert told["tag"] == "section" and told["eigen"] == {"className": "figuur", "id": "een"}
    assert f'<section id="een" class="figuur">{told["binnen"]}</section>' == to_html(part)


def test_a_control_stays_and_its_surroundings_stay_elements() -> None:
    part = html.Div([html.H1("Kop"), html.Div([choice("jaar", "Jaar", "2025", ["2025"])], className="keuzes")])
    light = lighten(part, unused)
    assert type(light) is html.Div and type(light.children[1]) is html.Div
    assert isinstance(light.children[0], Stuk)
    assert light.children[1].children[0] is part.children[1].children[0]
    # The page itself is kept for the next reader: it is not changed.
    assert type(part.children[0]) is html.H1


def test_what_a_callback_uses_stays_with_the_app() -> None:
    part = html.Div([html.Div("voortgang", id="voortgang"), html.P("tekst")])
    light = lighten(part, lambda name: name == "voortgang")
    assert type(light) is html.Div and type(light.children[0]) is html.Div and isinstance(light.children[1], Stuk)


def test_an_attribute_that_is_not_known_as_html_keeps_the_element_with_the_app() -> None:
    light = lighten(html.Div([html.Video("x", autoPlay=True), html.P("tekst")]), unused)
    assert type(light.children[0]) is html.Video and isinstance(light.children[1], Stuk)


def test_a_chart_says_in_its_place_what_is_drawn_and_only_that() -> None:
    figure = go.Figure(data=[{"type": "scatter", "x": [1, 2], "y": [3, 4], "name": "a < b & 'c' \"d\""}])
    text = to_html(chart(figure, "Het stijgt", 200))
    assert 'class="plek"' in text and "height:200px" in text
    piece = lighten(html.Div(dcc.Graph(figure=figure, config=GRAPH_CONFIG)), unused)
    assert isinstance(piece, Stuk) and "data-figuur='" in piece.binnen
    alone = lighten([dcc.Graph(figure=figure, config=GRAPH_CONFIG)], unused)[0]
    told = json.loads(alone.eigen["data-figuur"])
    assert told == json.loads(to_json_plotly(figure))


def test_a_chart_that_a_callback_can_know_stays_a_chart_of_dash() -> None:
    graph = dcc.Graph(id="kaart", figure=go.Figure())
    assert lighten(html.Div(graph), unused).children is graph


def test_nothing_and_text_stay_what_they_are() -> None:
    assert lighten(None, unused) is None and lighten("tekst", unused) == "tekst" and lighten(3, unused) == 3
    assert type(lighten(html.Br(), unused)) is html.Br
