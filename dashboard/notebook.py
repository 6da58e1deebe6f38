"""What a notebook needs of the monitor: the newest publication, and figures and texts as screens show them.

A notebook asks and tells; what a figure means, how it is computed and how it is drawn stays in the packages.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
from IPython.display import Markdown, display

from dashboard import catalogue, queries
from dashboard.charts.series import series
from dashboard.components.indicator_series import breaks_of, spoken, table_of
from dashboard.indicator_choice import chosen
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


@dataclass(frozen=True)
class Reeks:
    """An indicator in time, as the page Indicatoren shows it.

    Attributes:
        grafiek: The chart.
        in_woorden: What it shows, for who does not see it.
        tabel: The table below it: numbers as the screen rounds them, "geheim" where a figure may not be shown.
    """

    grafiek: go.Figure
    in_woorden: str
    tabel: pd.DataFrame


def indicator(pub: Publication, naam: str, **gekozen: str) -> Reeks:
    """Give the figure of an indicator; the code under each figure of the page Indicatoren calls this.

    Args:
        pub: Of `publicatie`.
        naam: Id of the indicator.
        gekozen: What of it, named as in the address of the page: periode, uitsplitsing, gebied, van, tot.

    Raises:
        GeenPublicatie: The publication has no such indicator.
    """
    item = next((i for i in catalogue.available(pub) if i.id == naam), None)
    if item is None:
        raise GeenPublicatie(f"De indicator {naam} heeft geen cijfers in deze publicatie.")
    about = queries.publicatie(pub).iloc[0]
    look = chosen(pub, item, gekozen, str(about["gemeente_code"]))
    regions, synthetic = list(look.regions), bool(about["voorbeelddata"])
    picture = series(look.rows, regions, item.decimalen, breaks_of(item, look.rows), synthetic)
    return Reeks(picture, spoken(item, look.rows, regions), table_of(item, look.rows, regions))


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
