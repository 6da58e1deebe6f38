"""The frame around every page (banner, header with navigation, main, footer) and the designed empty states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import flask
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard.address import Address, at
from dashboard.components.aria import aria
from dashboard.store import OtherVersion, Publication, Store

NAV = (
    ("/", "Overzicht"),
    ("/budget", "Budget"),
    ("/indicator", "Indicatoren"),
    ("/programmas", "Programma’s"),
    ("/raad", "Raad"),
    ("/gegevens", "Gegevens"),
)


def store() -> Store:
    """Give the store of the app that answers this request."""
    return flask.current_app.config["MONITOR_STORE"]


def _header(active: str, about: str) -> html.Header:
    def name(path: str, text: str) -> Any:
        # dcc.Link takes no aria-current; the text inside it does.
        return html.Span(text, **aria(current="page")) if path == active else text

    links = [html.Li(dcc.Link(name(path, text), href=path)) for path, text in NAV]
    brand = html.Div("Monitor Sociaal Domein", className="merk")
    menu = html.Nav(html.Ul(links), **aria(label="Hoofdmenu"))
    # The words say what pressing does; the style sheet shows the one that applies (assets/theme.js).
    words = [html.Span("Donker", className="naar-donker"), html.Span("Licht", className="naar-licht")]
    theme = html.Button([*words, html.Span(" scherm", className="sr")], type="button", className="thema")
    return html.Header(html.Div([brand, menu, html.Div([about, theme], className="over")], className="breed"))


def _footer() -> html.Footer:
    return html.Footer(
        html.Div(
            [
                dcc.Link("Verantwoording en toegankelijkheid", href="/verantwoording"),
                html.Span("Een prognose is een verwachting, geen zekerheid. De band zegt hoe groot de onzekerheid is."),
            ],
            className="breed",
        )
    )


def frame(active: str, children: Any, about: str = "", synthetic: bool = False) -> html.Div:
    """Put a page in its frame.

    Args:
        active: Path of the menu item that is on.
        children: The page.
        about: Municipality, peildatum and date of the publication.
        synthetic: Show the banner that the figures are made up.
    """
    banner = html.Div(
        html.Div(
            [
                html.Strong("Voorbeelddata. "),
                "Deze cijfers zijn gesimuleerd en gaan niet over echte inwoners of echte uitgaven.",
            ],
            className="breed",
        ),
        className="banner",
        role="region",
        **aria(label="Voorbeelddata"),
    )
    main = html.Main(children, id="inhoud", className="breed", tabIndex="-1")
    return html.Div(([banner] if synthetic else []) + [_header(active, about), main, _footer()], className="pagina")


def page(
    active: str,
    make: Callable[[Publication, Any], Any],
    state: Mapping[str, str] | tuple[Any, ...] = (),
    also: Any = None,
    path: str = "",
) -> html.Div:
    """Give a page about the newest publication; one publication for the whole answer, kept until the next one.

    Args:
        active: Path of the menu item.
        make: Gives the content from the publication and its row in meta.publicatie.
        state: Everything in the address that the content depends on, by its name there: the links to downloads of a
            page carry it. Without names (a tuple that holds anything) the figures of the page have no such links.
        also: What else the content depends on.
        path: Its own path, where the menu has it under another page.
    """
    address = Address.of(path or active, state) if isinstance(state, Mapping) or not state else None
    key = ("page", active, make.__module__, address or state, also)
    pub = store().current()
    if pub is None:
        return frame(active, no_publication())

    def build() -> html.Div:
        rows = queries.publicatie(pub)
        if rows.empty:
            return frame(active, no_publication())
        row = rows.iloc[0]
        made = f.as_date(row["gemaakt_op"])
        about = f"{row['gemeente_naam']} · peildatum {f.datum(row['peildatum'])} · bijgewerkt {f.dag_maand(made)}"
        with at(address):
            content = make(pub, row)
        return frame(active, content, about, bool(row["voorbeelddata"]))

    try:
        return pub.remember(key, build)
    except OtherVersion:
        return frame(active, other_version())


def empty(title: str, *lines: Any) -> html.Div:
    """Give a designed state without figures: what is the matter, and what to do."""
    return html.Div([html.H2(title), *[html.P(line) for line in lines]], className="leeg")


def other_version() -> html.Div:
    """Give the screen over a publication that an earlier version of the monitor made."""
    return html.Div(
        [
            html.H1("Deze publicatie is gemaakt met een andere versie van de monitor"),
            html.P("Ververs de monitor; daarna staan de cijfers hier. De leveringen blijven bewaard."),
            html.P(["Draai: ", html.Code("python -m etl refresh --inbox MAP --store MAP")]),
        ],
        className="leeg",
    )


#: What a page says that could not be made.
MISLUKT = "Er ging iets mis"


def failure() -> html.Div:
    """Say that a page could not be made and what to do; what failed is in the log of the server only."""
    return html.Div(
        [
            html.H1(MISLUKT),
            html.P("De monitor kon deze pagina niet maken. Er is niets verloren."),
            html.P(["Laad de pagina opnieuw, of begin bij het ", dcc.Link("overzicht", href="/"), "."]),
            html.P("Blijft het zo? Meld het bij uw gemeente, met het adres van deze pagina en de tijd."),
        ],
        className="leeg",
    )


def failed() -> html.Div:
    """Give the screen for a page that the monitor could not make, in the frame of all pages."""
    return frame("", failure())


def no_publication() -> html.Div:
    """Give the screen before the first refresh."""
    return html.Div(
        [
            html.H1("Er is nog geen publicatie"),
            html.P(
                "Zodra de eerste gegevens zijn ingelezen, staan hier de cijfers. Deze pagina hoeft "
                "daarvoor niet opnieuw te starten."
            ),
            html.P(["Draai eerst: ", html.Code("python -m etl refresh --inbox MAP --store MAP")]),
            html.P(["Of bekijk de monitor met voorbeelddata: ", html.Code("make run")]),
        ],
        className="leeg",
    )
