"""The page for an address that does not exist."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.components.shell import frame

PATH, NAME, TITLE = "/niet-gevonden", "Niet gevonden", "Niet gevonden · Monitor Sociaal Domein"


def layout(**_state: Any) -> html.Div:
    """Give the page."""
    home = dcc.Link("Ga naar het overzicht", href="/")
    return frame(
        "",
        html.Div(
            [
                html.H1("Deze pagina bestaat niet"),
                html.P(["Het adres klopt niet, of de pagina is verhuisd. ", home, "."]),
            ]
        ),
    )
