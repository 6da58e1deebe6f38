"""The cards of Overzicht: per indicator its newest figure, beside the country, with a small line."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import catalogue, queries
from dashboard import formatting as f
from dashboard.charts.series import sparkline
from dashboard.store import Publication
from indicators.core.indicator import Indicator


def cards(pub: Publication, gemeente: str) -> Any:
    """Give a card per indicator with a figure for this gemeente: the newest figure and its course."""
    shown = [card for item in catalogue.available(pub) if (card := _card(pub, item, gemeente)) is not None]
    if not shown:
        return html.Div()
    return html.Section([html.H2("Hoe het met de inwoners gaat", className="sr"), html.Div(shown, className="kaarten")])


def _card(pub: Publication, item: Indicator, gemeente: str) -> Any:
    values = queries.indicatorwaarden(pub, item.id)
    kind = catalogue.newest_kind(values, gemeente)
    own = values[
        (values["gebied_code"] == gemeente)
        & (values["uitsplitsing"] == "totaal")
        & values["periode"].str.slice(4, 6).eq(kind)
    ]
    known = own[own["waarde"].notna()]
    if known.empty:
        return None
    last = known.iloc[-1]
    land = values[
        (values["niveau"] == "land") & (values["periode"] == last["periode"]) & (values["uitsplitsing"] == "totaal")
    ]["waarde"].dropna()
    facts = [f.periode(last["periode"])]
    if not f.missing(last["ondergrens"]):
        facts.append(f"{f.number(last['ondergrens'], item.decimalen)} – {f.number(last['bovengrens'], item.decimalen)}")
    if len(land):
        facts.append(f"Nederland {f.number(land.iloc[0], item.decimalen)}")
    if last["status"] not in ("definitief", "onbekend"):
        facts.append(f.status(last["status"]))
    picture = sparkline([None if f.missing(v) else float(v) for v in own["waarde"]])
    return html.Div(
        [
            html.H3(dcc.Link(item.titel, href=f"/indicator?indicator={item.id}")),
            html.P(catalogue.value(item, last["waarde"]), className="groot"),
            html.P(" · ".join(facts), className="feiten"),
            html.Img(src=picture, alt="") if picture else None,
        ],
        className="kaart",
    )
