"""Open in a notebook: the code that makes the figure of this page again, to read, to copy and to take along."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from dashboard.components.aria import aria
from dashboard.components.table import details
from dashboard.export.links import DOWNLOAD
from dashboard.indicator_choice import Chosen


def code(state: dict[str, str]) -> str:
    """Give the code for a figure of an indicator.

    Args:
        state: Chosen.state.
    """
    name, *rest = (f"{key}={value!r}" if key != "indicator" else repr(value) for key, value in state.items())
    asked = ", ".join(["pub", name, *rest])
    return f"""\
from dashboard import notebook

# De nieuwste publicatie; MONITOR_STORE noemt een andere map dan die met voorbeelddata.
pub = notebook.publicatie()
reeks = notebook.indicator({asked})
notebook.toon(reeks.grafiek, reeks.in_woorden)
reeks.tabel
"""


def notebook_block(look: Chosen) -> html.Section:
    """Give the part of the page with the code, folded up."""
    state = look.state
    href = f"{DOWNLOAD}/indicator/notebook.ipynb?{urlencode(state)}"
    lead = "Met deze regels maakt u in een notebook dezelfde grafiek en dezelfde tabel, en kunt u ermee verder rekenen."
    listing = html.Pre(html.Code(code(state)), tabIndex="0", className="code", role="region", **aria(label="Code"))
    take = html.P(html.A("Download het notebook (ipynb)", href=href, download=""), className="meenemen")
    inside = html.Div([html.P(lead, className="uitleg"), listing, take])
    return html.Section([details("Openen in een notebook", inside)], className="figuur", id="notebook")
