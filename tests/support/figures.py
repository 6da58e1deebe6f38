"""Every page and state of the dashboard over the invented publication, for tests that walk its figures."""

from __future__ import annotations

from typing import Any

from dash import Dash

from dashboard.first_page import asked

#: Pages with what in their address gives another picture.
STATES = [
    ("/", ""),
    ("/budget", ""),
    ("/budget", "onderdeel=jeugdhulp_met_verblijf"),
    ("/budget", "onderdeel=begeleiding&indexatie=5"),
    ("/budget", "onderdeel=toegang"),
    ("/budget", "onderdeel=begeleiding&boekjaar=2024"),
    ("/indicator", ""),
    ("/indicator", "zoek=gezond"),
    ("/indicator", "indicator=ervaren_gezondheid"),
    ("/indicator", "indicator=ervaren_gezondheid&groep=allen"),
    ("/indicator", "indicator=ervaren_gezondheid&gebied=GM9002&van=2016&tot=2022"),
    ("/indicator", "indicator=wmo_clienten"),
    ("/indicator", "indicator=jeugdhulpgebruik&periode=HJ"),
    ("/programmas", ""),
    ("/programmas", "programma=Regio+Deal"),
    ("/gegevens", ""),
    ("/gegevens", "bron=k2f&toon=alles"),
    ("/verantwoording", ""),
]


def layout(app: Dash, path: str, query: str) -> Any:
    """Give the page of an address as components, as the route of a download makes it."""
    with app.server.test_request_context(path):
        page, state = asked(path, query)
        return page["layout"](**state)
