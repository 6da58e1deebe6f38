"""A figure: title that states the finding, the chart with its text alternative, its source line, and its table."""

from __future__ import annotations

from typing import Any, cast

import plotly.graph_objects as go
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.theme import GRAPH_CONFIG


def source_line(*parts: Any) -> html.P:
    """Give the small print under a figure: source, peildatum, status, definition, joined by dots."""
    shown: list[Any] = []
    for part in parts:
        if part:
            shown += [" · ", part] if shown else [part]
    return html.P(shown, className="bron")


def chart(figure: go.Figure, alternative: str, height: int, class_name: str = "") -> html.Div:
    """Give a chart that a screen reader announces by what it shows.

    Args:
        figure: The picture.
        alternative: The finding in words, with the numbers that carry it.
        height: Height in pixels, reserved before the picture is there so that nothing jumps.
        class_name: Extra class.
    """
    graph = dcc.Graph(figure=figure, config=cast(Any, GRAPH_CONFIG), style={"height": f"{height}px"})
    return html.Div(
        html.Div(graph, **aria(hidden="true")),
        role="img",
        className=f"grafiek {class_name}".strip(),
        style={"minHeight": f"{height}px"},
        **aria(label=alternative),
    )


def figure_block(
    title: str, picture: Any, source: html.P, table: Any = None, lead: str = "", level: int = 2
) -> html.Section:
    """Give a figure with everything that belongs to it; `picture` and `table` may be lists, all beside each other."""
    heading = {2: html.H2, 3: html.H3}[level](title)
    pictures, tables = (part if isinstance(part, list) else [part] for part in (picture, table))
    body = [heading, html.P(lead, className="uitleg") if lead else None, *pictures, source, *tables]
    return html.Section([part for part in body if part is not None], className="figuur")
