"""A table of the page Herkomst as a figure, so that the data team can take it along like any other."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.components.figure import figure_block, source_line


def lineage_block(title: str, table: html.Div, days: pd.Series, *, id: str, lead: str = "", note: Any = None) -> Any:
    """Give the table with its heading, small print and links to files.

    Args:
        title: What it lists.
        table: Of components.table.data_table.
        days: Peildatum of the deliveries that it is about.
        id: Its name on the page.
        lead: Reading help.
        note: What stands below the table, or None.
    """
    known = days.dropna()
    source = source_line(
        bron="de leveringen zelf",
        peildatum=None if known.empty else known.max(),
        status="zoals de monitor ze heeft gelezen",
        definitie=dcc.Link("wat deze woorden betekenen", href="/verantwoording"),
    )
    picture = [table] if note is None else [table, note]
    return figure_block(title, picture, source, lead=lead, id=id)
