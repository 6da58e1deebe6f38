"""The ledger behind a budget: per taakveld what was budgeted and booked, and in which rows of which files it stands."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_herkomst as q
from dashboard.components import lineage
from dashboard.components.figure import figure_block, source_line
from dashboard.components.lineage_table import lineage_block
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN

#: Bookings shown apart; a sum of budgets gets one line per budget instead, that leads on.
ROWS = 120


def ledger_block(pub: Publication, onderdeel: str, year: int, namen: dict[str, str]) -> list[Any]:
    """Give the parts of the page: the budget per taakveld and the bookings per period, each with its rows.

    Args:
        pub: Publication.
        onderdeel: A budget part or a sum of them.
        year: Boekjaar.
        namen: Dutch names.
    """
    budget, booked = q.begroting_regels(pub, year, onderdeel), q.boekingen(pub, year, onderdeel)
    if budget.empty and booked.empty:
        return [html.P("Voor dit budget en dit jaar zijn er geen regels.", className="intro")]
    if onderdeel in AGGREGATEN:
        lead = html.P("Kies een budget en zie per maand in welke rijen van welk bestand het staat.", className="intro")
        return [lead, _per_budget(budget, booked, year, namen)]
    origins = q.boeking_sporen(pub, year, onderdeel)
    return [part for part in (_budgeted(pub, budget), _bookings(booked, origins)) if part is not None]


def ledger_details(pub: Publication, onderdeel: str, year: int, namen: dict[str, str]) -> html.Section:
    """Give the section of the page Budget: the lines per taakveld, closed until asked for, and where they come from."""
    budget, booked = q.begroting_regels(pub, year, onderdeel), q.boekingen(pub, year, onderdeel)
    title = "De boekingen achter dit budget"
    if budget.empty and booked.empty:
        return html.Section([html.H2(title), html.P("Er zijn geen regels.", className="uitleg")], className="figuur")
    more = lineage.link("bestanden en rijen bekijken", onderdeel=onderdeel, boekjaar=year)
    day = f.as_date((booked if len(booked) else budget)["peildatum"].max())
    meaning = dcc.Link("wat deze woorden betekenen", href="/verantwoording")
    source = source_line(more, bron="K2F", peildatum=day, status="voorlopig tot de jaarrekening", definitie=meaning)
    lead = "Per taakveld, opgeteld uit de regels van het financiële systeem. Kostensoorten worden niet gepubliceerd."
    table = details("Regels per taakveld", _per_taakveld(budget, booked, year, namen))
    return figure_block(title, table, source, lead=lead, id="boekingen")


def _joined(budget: pd.DataFrame, booked: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    planned = budget.groupby(by, as_index=False)[["primitief_eur", "wijzigingen_eur", "actueel_eur"]].sum(min_count=1)
    total = booked.groupby(by, as_index=False).agg(bedrag_eur=("bedrag_eur", "sum"))
    return planned.merge(total, on=by, how="outer").sort_values(by, ascending=[c != "lasten_baten" for c in by])


_AMOUNTS = ("primitief_eur", "wijzigingen_eur", "actueel_eur", "bedrag_eur")
_HEADS = ("Primitief", "Wijzigingen", "Na wijziging", "Geboekt")


def _side(value: str) -> str:
    return "lasten" if value == "L" else "baten"


def _per_taakveld(budget: pd.DataFrame, booked: pd.DataFrame, year: int, namen: dict[str, str]) -> html.Div:
    rows = [
        [
            namen.get(str(r["onderdeel"]), str(r["onderdeel"]).replace("_", " ")),
            r["taakveld"],
            _side(r["lasten_baten"]),
            *(f.euro(r[c]) for c in _AMOUNTS),
            lineage.link(onderdeel=r["onderdeel"], boekjaar=year),
        ]
        for _, r in _joined(budget, booked, ["onderdeel", "taakveld", "lasten_baten"]).iterrows()
    ]
    heads = ["Budget", "Taakveld", "Lasten of baten", *_HEADS, "Herkomst"]
    return data_table(f"Begroot en geboekt per taakveld, {year}, in hele euro’s", heads, rows, (3, 4, 5, 6))


def _per_budget(budget: pd.DataFrame, booked: pd.DataFrame, year: int, namen: dict[str, str]) -> Any:
    rows = [
        [
            dcc.Link(
                namen.get(str(r["onderdeel"]), str(r["onderdeel"]).replace("_", " ")),
                href=lineage.href(onderdeel=r["onderdeel"], boekjaar=year),
            ),
            _side(r["lasten_baten"]),
            *(f.euro(r[c]) for c in _AMOUNTS),
        ]
        for _, r in _joined(budget, booked, ["onderdeel", "lasten_baten"]).iterrows()
    ]
    heads = ["Budget", "Lasten of baten", *_HEADS]
    table = data_table(f"Begroot en geboekt, {year}, in hele euro’s", heads, rows, (2, 3, 4, 5))
    days = pd.concat([budget["peildatum"], booked["peildatum"]])
    return lineage_block("Begroot en geboekt per budget", table, days, id="budgetten")


def _budgeted(pub: Publication, budget: pd.DataFrame) -> Any:
    if budget.empty:
        return None
    rows = []
    for _, r in budget.iterrows():
        origins = q.sporen(pub, "mart.fct_begroting", str(r["sleutel"]))
        amounts = (f.euro(r[c]) for c in _AMOUNTS[:3])
        rows.append([r["taakveld"], _side(r["lasten_baten"]), *amounts, lineage.files_cell(origins)])
    heads = ["Taakveld", "Lasten of baten", *_HEADS[:3], "Waar het staat"]
    table = data_table("Begroting per taakveld, in hele euro’s", heads, rows, (2, 3, 4), class_name="grootboek")
    return lineage_block("Begroot", table, budget["peildatum"], id="begroot")


def _bookings(booked: pd.DataFrame, origins: pd.DataFrame) -> Any:
    if booked.empty:
        return None
    by = ["onderdeel", "taakveld", "lasten_baten", "periode", "soort"]
    found = dict(list(origins.groupby(by)))
    rows = []
    for _, r in booked.head(ROWS).iterrows():
        own = found.get(tuple(r[c] for c in by), origins.iloc[:0])
        rows.append(
            [
                r["taakveld"],
                _side(r["lasten_baten"]),
                _period(int(r["periode"]), r["soort"]),
                f.euro(r["bedrag_eur"]),
                lineage.files_cell(own),
            ]
        )
    total = booked[booked["lasten_baten"] == "L"]["bedrag_eur"].sum()
    heads = ["Taakveld", "Lasten of baten", "Periode", "Geboekt", "Waar het staat"]
    lead = f"Samen {f.euro(total)} aan lasten. Een bestand leidt naar alles wat ermee is gemaakt."
    table = data_table("Boekingen per periode, in hele euro’s", heads, rows, (3,), class_name="grootboek")
    return lineage_block("Geboekt", table, booked["peildatum"], id="geboekt", lead=lead)


def _period(number: int, soort: str) -> str:
    month = "beginstand" if number == 0 else "slotboekingen" if number > 12 else f.MAANDEN[number - 1]
    return f"tot en met {month}" if soort == "stand" and 0 < number <= 12 else month
