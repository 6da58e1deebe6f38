"""The links under a figure with which it is taken along: as a workbook, as text with semicolons, as a picture."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.address import Address, here
from dashboard.components.aria import aria

#: Where downloads are; DOWNLOAD + the page's path + "/" + the id of the figure + "." + the form.
DOWNLOAD = "/download"
VORMEN = {"xlsx": "als werkblad met toelichting", "csv": "als tekstbestand"}


def href(address: Address, figure: str, form: str) -> str:
    """Give the link to a figure of a page in one form."""
    query = f"?{urlencode(address.state)}" if address.state else ""
    return f"{DOWNLOAD}{address.path.rstrip('/')}/{figure}.{form}{query}"


def download_links(figure: str, title: str, drawn: bool) -> html.P | None:
    """Give the line under a figure; None on a page that does not say its address.

    Args:
        figure: Its id.
        title: Its title, for who hears the links one by one.
        drawn: Whether it has a chart, which can be taken along as a picture.
    """
    address = here()
    if address is None:
        return None
    links: list[Any] = []
    for form, words in VORMEN.items():
        # Not a link of the app: the browser asks the server for a file.
        about = aria(label=f"{form}: {title}, {words}")
        links.append(html.A(form, href=href(address, figure, form), download="", **about))
    if drawn:
        about = {**aria(label=f"png: {title}, de grafiek als plaatje"), "data-plaatje": figure}
        links.append(html.Button("png", type="button", className="als-link", **about))
    between = [part for link in links for part in (" · ", link)][1:]
    return html.P(["Download: ", *between], className="meenemen")
