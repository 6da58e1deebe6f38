"""What a notebook needs of the monitor: the newest publication, and figures and texts as screens show them.

A notebook asks and tells; what a figure means, how it is computed and how it is drawn stays in the packages.
"""

from __future__ import annotations

import os
from pathlib import Path

import plotly.graph_objects as go
from IPython.display import Markdown, display

from dashboard.store import Publication, Store
from dashboard.theme import GRAPH_CONFIG

#: Where `make run` publishes; MONITOR_STORE names another store.
STORE = Path(__file__).resolve().parents[1] / "data" / "voorbeeld" / "store"


class GeenPublicatie(Exception):
    """There is nothing to read. The message is Dutch."""


def publicatie(store: Path | str | None = None) -> Publication:
    """Open the newest publication, read-only; it stays the same one for the whole notebook.

    Args:
        store: The store; by default what MONITOR_STORE names, else that of the synthetic municipality.

    Raises:
        GeenPublicatie: There is no publication in it.
    """
    path = Path(store or os.environ.get("MONITOR_STORE") or STORE)
    found = Store(path).current()
    if found is None:
        raise GeenPublicatie(f"In {path} is nog geen publicatie. Maak er een met 'make run' of 'make refresh'.")
    return found


def toon(figure: go.Figure, alternatief: str) -> None:
    """Show a chart as the screens do, without a button that uploads its data.

    Args:
        figure: Of dashboard.charts.
        alternatief: What it shows, in one sentence, for who does not see it.
    """
    spec = {**figure.to_plotly_json(), "config": GRAPH_CONFIG}
    display({"application/vnd.plotly.v1+json": spec, "text/plain": alternatief}, raw=True)


def tekst(*regels: str) -> None:
    """Show text in Markdown, one paragraph an argument."""
    display(Markdown("\n\n".join(regel for regel in regels if regel)))
