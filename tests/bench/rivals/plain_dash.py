"""The page as the Dash documentation makes one: one callback for everything, plotly express, dcc controls.

`python plain_dash.py DATABASE PORT`; gunicorn with the workers and threads of the monitor.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb
import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from gunicorn.app.base import BaseApplication

sys.path.insert(0, str(Path(__file__).parent))
from content import HEADS, Picture, choices, content  # type: ignore[import-not-found]


def figure(picture: Picture, name: str):
    make = px.line if picture.kind == "line" else px.bar
    more = {"barmode": "group"} if picture.kind == "bar" else {}
    drawn = make(picture.rows, x="x", y="y", color="serie", title=picture.title, height=320, **more)
    return drawn.update_xaxes(title=name)


def make_app(database: str) -> Dash:
    connection = duckdb.connect(database, read_only=True)

    def ask(sql: str, parameters: list[object]):
        with connection.cursor() as cursor:
            return cursor.execute(sql, parameters).df()

    names = choices(ask)
    app = Dash("plain", title="Plain")
    app.layout = html.Main(
        [
            html.H1("Budget"),
            html.Label("Budget", htmlFor="keuze"),
            dcc.Dropdown([{"value": k, "label": v} for k, v in names.items()], next(iter(names)), id="keuze",
                         clearable=False),
            html.Div(id="tegels"),
            html.Div([dcc.Graph(id=f"grafiek-{n}") for n in range(7)],
                     style={"display": "grid", "gridTemplateColumns": "1fr 1fr"}),
            html.Div(id="tabel"),
        ]
    )  # fmt: skip

    @app.callback(
        Output("tegels", "children"),
        *(Output(f"grafiek-{n}", "figure") for n in range(7)),
        Output("tabel", "children"),
        Input("keuze", "value"),
    )
    def show(chosen: str):
        page = content(ask, chosen, names[chosen])
        tiles = [html.Div([html.Div(label), html.B(value, className="tegel-getal")]) for label, value in page.tiles]
        table = html.Table([html.Thead(html.Tr([html.Th(h) for h in HEADS])),
                            html.Tbody([html.Tr([html.Td(c) for c in row]) for row in page.table])])  # fmt: skip
        return tiles, *(figure(picture, page.name) for picture in page.pictures), table

    return app


class Server(BaseApplication):
    def load_config(self) -> None:
        for name, value in {
            "bind": f"127.0.0.1:{sys.argv[2]}", "workers": max(1, min(4, os.cpu_count() or 1)),
            "worker_class": "gthread", "threads": 8, "keepalive": 30, "loglevel": "error",
        }.items():  # fmt: skip
            self.cfg.set(name, value)

    def load(self):
        server = make_app(sys.argv[1]).server
        # Its set-up is done before it counts: this bench is about pages, not about Dash's first request.
        server.test_client().get("/_dash-layout")
        return server


if __name__ == "__main__":
    Server().run()
