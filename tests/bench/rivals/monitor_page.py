"""The page as the monitor makes it: its own shell, controls, figures and tables, served by its own server.

No page of the monitor has exactly 4 tiles, 7 charts and one table, so this one is registered beside them. It goes the
same way as every other page, and carries more than its rivals: each chart has its text alternative, table, source line
and downloads. Served by `python -m tests.bench.rivals.monitor_app STORE PORT`.
"""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import queries
from dashboard.charts.base import figure
from dashboard.components.controls import bar, choice
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.shell import page
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from dashboard.theme import TOKENS
from tests.bench.rivals.content import HEADS, Content, Picture, choices, content, euro

PATH, NAME, TITLE = "/meting", "Meting", "Meting"
COLOURS = [TOKENS[name] for name in ("sea", "wheat", "rust", "moss", "past", "ink", "muted", "sea")]


def layout(onderdeel: str = "", **_state: Any) -> html.Div:
    return page(PATH, lambda pub, about: _content(pub, about, onderdeel), (onderdeel,))


def _content(pub: Publication, about: Any, onderdeel: str) -> list[Any]:
    names = choices(pub.frame)
    chosen = onderdeel if onderdeel in names else next(iter(names))
    told = content(pub.frame, chosen, names[chosen])
    assert not queries.publicatie(pub).empty
    options = [{"value": k, "label": v} for k, v in names.items()]
    tiles = [html.Div([html.P(label, className="feiten"), html.P(value, className="groot")], className="kaart")
             for label, value in told.tiles]  # fmt: skip
    return [
        html.H1(told.name),
        bar(choice("onderdeel", "Budget", chosen, options)),
        html.Div(tiles, className="kaarten"),
        html.Div([_figure(told, one, about) for one in told.pictures],
                 style={"display": "grid", "gridTemplateColumns": "1fr 1fr", "gap": "24px"}),
        data_table("Voorspeld en uitgekomen", HEADS, told.table, (3, 4, 5)),
    ]  # fmt: skip


def _figure(told: Content, picture: Picture, about: Any) -> html.Section:
    traces = []
    for n, (serie, rows) in enumerate(picture.rows.groupby("serie", sort=False)):
        colour = COLOURS[n % len(COLOURS)]
        trace = {"type": "scatter", "mode": "lines", "line": {"color": colour}} if picture.kind == "line" else {
            "type": "bar", "marker": {"color": colour}}  # fmt: skip
        traces.append({**trace, "x": list(rows["x"]), "y": list(rows["y"]), "name": str(serie)})
    drawn = figure(traces, 320, bool(about["voorbeelddata"]), xaxis={"title": {"text": told.name}}, showlegend=True)
    cells = [[str(r.serie), str(r.x), euro(r.y)] for r in picture.rows.head(12).itertuples()]
    source = source_line(
        bron="K2F", peildatum=about["peildatum"], status="voorlopig",
        definitie=dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )  # fmt: skip
    table = details("Tabel bij deze grafiek", data_table(picture.title, ["Reeks", "Waar", "Waarde"], cells, (2,)))
    seen = chart(drawn, f"{picture.title}: {told.tiles[0][1]}", 320)
    return figure_block(picture.title, seen, source, table, level=3, id=picture.id)
