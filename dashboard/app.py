"""Make the app: one Dash over one store, with its pages, security headers and a warm start."""

from __future__ import annotations

import sys
from pathlib import Path

import dash_mantine_components as dmc
import flask
from dash import ALL, ClientsideFunction, Dash, Input, html, page_container, register_page

from dashboard import scripts
from dashboard.beheer.config import Beheer
from dashboard.beheer.routes import add as add_beheer
from dashboard.edition.route import add_editions
from dashboard.export.route import add_downloads
from dashboard.first_page import Monitor
from dashboard.mistakes import add_mistakes
from dashboard.pages import (
    budget,
    gegevens,
    herkomst,
    indicator,
    not_found_404,
    overzicht,
    programmas,
    raad,
    verantwoording,
)
from dashboard.policy import secure
from dashboard.store import Store
from dashboard.theme import MANTINE
from dashboard.warming import Warmer, question

PAGES = (overzicht, budget, indicator, programmas, raad, gegevens, herkomst, verantwoording, not_found_404)
#: Where the app asks for a page.
QUESTION = "/_dash-update-component"
INDEX = """<!DOCTYPE html>
<html lang="nl">
<head>
    {%metas%}
    <title>{%title%}</title>
    {%favicon%}
    {%css%}
</head>
<body>
    <noscript><p class="zonder">Zonder JavaScript ziet u de tekst en de tabellen, maar geen grafieken.</p></noscript>
    {%first%}
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
</body>
</html>"""


def create_app(store: Path | str, beheer: Beheer | None = None) -> Monitor:
    """Make the dashboard over a store.

    Args:
        store: The folder that `python -m etl refresh` fills; it need not hold a publication yet.
        beheer: What the data team may do here (`serve --beheer`); None gives a dashboard that only shows.
    """
    app = Monitor(
        "dashboard",
        use_pages=True,
        pages_folder="",
        assets_folder=str(Path(__file__).parent / "assets"),
        serve_locally=True,
        title="Monitor Sociaal Domein",
        update_title="",
        index_string=INDEX,
        include_pages_meta=False,
        enable_mcp=False,
        suppress_callback_exceptions=False,
        health_endpoint="health",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config["MONITOR_STORE"] = Store(store)
    add_mistakes(app.server)
    add_beheer(app.server, beheer)
    for order, page in enumerate(PAGES):
        register_page(page.__name__, path=page.PATH, name=page.NAME, title=page.TITLE, order=order, layout=page.layout)
    skip = html.A("Naar de inhoud", href="#inhoud", className="overslaan")
    # One callback for every control: the choice goes into the address, and the address makes the page.
    app.layout = dmc.MantineProvider(html.Div([skip, page_container]), theme=MANTINE, defaultColorScheme="auto")
    app.clientside_callback(
        ClientsideFunction("monitor", "naarAdres"),
        Input({"type": "keuze", "deel": ALL, "naam": ALL, "nu": ALL}, "value"),
        prevent_initial_call=True,
    )
    add_downloads(app.server)
    add_editions(app.server)
    app.server.after_request(scripts.compress)
    app.server.after_request(secure)
    app.server.before_request(lambda: app.page_answer() if flask.request.path.endswith(QUESTION) else None)
    return app


def warm(app: Dash) -> None:
    """Let the app finish its own set-up before it takes traffic.

    Dash finishes it in the first request and marks it done too early, so that parallel first requests answer 500. Each
    page is made once as well: then imports and the first queries are done.
    """
    client = app.server.test_client()
    for path in ("/", "/_dash-layout", "/_dash-dependencies"):
        client.get(path)
    for page in PAGES:
        client.post(QUESTION, json=question(page.PATH), headers={"Accept-Encoding": "br"})


def prepare(app: Monitor) -> None:
    """Let this process make pages beforehand from now on (dashboard/warming.py); after a fork, never before."""
    # While a page is being made, other readers get theirs after 1 ms instead of 5.
    sys.setswitchinterval(0.001)
    begin = [(page.PATH, "") for page in PAGES if page is not not_found_404]
    app.warmer = Warmer(app.server, str(app.config["requests_pathname_prefix"] or "/"), begin)
    app.warmer.start()
