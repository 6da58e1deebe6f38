"""Then and now: the baseline of the own gemeente beside today's figures, and whether the two measure the same."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table, details
from dashboard.rounding import counts_people
from indicators.core.disclosure import for_council

_VERGELIJKBAAR = {"ja": "te vergelijken", "deels": "deels te vergelijken", "nee": "niet te vergelijken"}


def then_now_block(rows: pd.DataFrame) -> html.Section | None:
    """Give the table, folded up, or None for a gemeente without a baseline.

    Args:
        rows: queries_indicators.toen_en_nu.
    """
    if rows.empty:
        return None
    today = int(rows["nu_waarde"].notna().sum())
    cells = [
        [
            row["titel"],
            f"{_figure(row['toen_waarde'])} ({row['toen']})",
            _now(row),
            row["eenheid"],
            f"{_VERGELIJKBAAR.get(str(row['vergelijkbaar']), '')}. {row['toelichting']}",
        ]
        for _, row in rows.iterrows()
    ]
    heads = ["Wat", "Toen", "Nu", "Eenheid van toen", "Te vergelijken?"]
    lead = (
        f"De nulmeting met het nieuwste cijfer ernaast: bij {today} van de {len(rows)} regels is er een cijfer van nu."
    )
    sources = ", ".join(dict.fromkeys(str(v) for v in rows["bron"] if not f.missing(v)))
    table = data_table("De nulmeting naast de nieuwste cijfers", heads, cells, (1, 2))
    then = sorted({str(v)[:4] for v in rows["toen"] if not f.missing(v)})
    source = source_line(
        bron=f"{sources}; nu: de nieuwste cijfers van de monitor",
        peildatum=f"cijfers van {then[0]} en later" if then else "cijfers van toen en nu",
        status=f.status_of(rows.loc[rows["nu_waarde"].notna(), "nu_status"]),
        definitie=dcc.Link("hoe we vergelijken", href="/verantwoording"),
    )
    return figure_block("Toen en nu", details("Tabel met toen en nu", table), source, lead=lead, id="toen-en-nu")


def _figure(value: Any) -> str:
    """Write a figure with a decimal only where it has one."""
    return f.LEEG if f.missing(value) else f.number(value, 0 if float(value).is_integer() else 1)


def _now(row: Any) -> Any:
    if f.missing(row["nu_waarde"]):
        return None
    open_end = f", {f.status(row['nu_status'])}" if str(row["nu_status"]).endswith("voorlopig") else ""
    item = None if f.missing(row["indicator"]) or not row["indicator"] else catalogue.item(str(row["indicator"]))
    today = row["nu_waarde"]
    if item is not None and counts_people(item):
        # Beside the baseline these are counts, whatever the unit of the indicator.
        today = for_council(pd.DataFrame({"aantal": [today]}))["aantal"].iloc[0]
        if f.missing(today):
            return "geheim"
    text = f"{_figure(today)} ({f.periode(row['nu_periode'])}{open_end})"
    if item is None:
        return text
    return dcc.Link(text, href=f"/indicator?indicator={row['indicator']}")
