"""The cards of Overzicht: the indicators of the NPG that say most now, each beside the country, with a small line."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from dashboard import queries_indicators as queries
from dashboard.charts.lines import Scale, line, runs
from dashboard.components.aria import aria
from dashboard.components.catalogue_table import Entry, entries, verdict
from dashboard.store import Publication
from indicators.core.region import own_regions

#: How many; the others are one click away.
HOOGSTENS = 3


def cards(pub: Publication, gemeente: str) -> Any:
    """Give a card for the indicators with a sure change first, then those of the NPG in their order."""
    land = list(own_regions())[-1]
    known = [e for e in entries(pub, gemeente, land) if e.laatste is not None]
    known.sort(key=lambda e: (e.oordeel not in ("slechter", "beter"), e.item.npg is None, e.item.npg or 0))
    shown = [_card(pub, entry, gemeente, land) for entry in known[:HOOGSTENS]]
    if not shown:
        return html.Div()
    title = html.H2("Hoe het met de inwoners gaat")
    more = html.P(dcc.Link("Alle indicatoren", href="/indicator"), className="terug")
    return html.Section([title, html.Div(shown, className="kaarten"), more], className="inwoners")


def _card(pub: Publication, entry: Entry, gemeente: str, land: str) -> html.Div:
    item, last = entry.item, entry.laatste
    values = queries.eigen_waarden(pub, gemeente, land)
    own = values[
        (values["indicator"] == item.id)
        & (values["gebied_code"] == gemeente)
        & values["periode"].str.slice(4, 6).eq(last["periode"][4:6])
    ]
    facts = [f.periode(last["periode"])]
    if not f.missing(last["ondergrens"]):
        facts.append(f"{f.number(last['ondergrens'], item.decimalen)} – {f.number(last['bovengrens'], item.decimalen)}")
    if entry.land is not None:
        facts.append(f"Nederland {f.number(entry.land, item.decimalen)}")
    if last["status"] not in ("definitief", "onbekend"):
        facts.append(f.status(last["status"]))
    judged = verdict(entry.oordeel)
    return html.Div(
        [
            html.H3(dcc.Link(item.titel, href=f"/indicator?indicator={item.id}")),
            html.P(catalogue.value(item, last["waarde"]), className="groot"),
            html.P(" · ".join(facts), className="feiten"),
            html.P(judged, className="feiten") if judged is not None else None,
            _line(own),
        ],
        className="kaart",
    )


def _line(own: pd.DataFrame) -> html.Div | None:
    """A small line beside the figure that says the same in words."""
    points = [(f.periode_positie(p), None if f.missing(v) else float(v)) for p, v in own[["periode", "waarde"]].values]
    known = [(when, value) for when, value in points if value is not None]
    if len(known) < 2:
        return None
    # From the lowest to the highest: alone on its card it shows a direction, and shares its scale with nothing.
    low, high = min(v for _, v in known), max(v for _, v in known)
    drawn = line(runs(points), Scale(known[0][0], known[-1][0], low, high))
    return html.Div(html.Span(style={"--vorm": drawn}), className="lijnen", **aria(hidden="true"))
