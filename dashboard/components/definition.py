"""The definition card of an indicator: what it is, what it is not, and the money that is spent near it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import catalogue
from dashboard import formatting as f
from indicators.core.contract import AGGREGATEN
from indicators.core.indicator import Indicator

#: Where the card stands on its page.
PLAATS = "definitie"
RICHTING = {
    "beter": "hoger is gunstiger",
    "slechter": "hoger is ongunstiger",
    "neutraal": "hoger is niet beter of slechter",
}


def definition_link(words: str = "definitie") -> html.A:
    """Give the link from a figure to the card below it; no request, so a plain one."""
    return html.A(words, href=f"#{PLAATS}")


def definition_block(item: Indicator, budgets: pd.DataFrame, names: dict[str, str]) -> html.Section:
    """Give the card.

    Args:
        item: The indicator.
        budgets: queries.budgetten of the newest year; may be empty.
        names: Dutch name per onderdeel and sum.
    """
    target = ""
    if item.streefwaarde is not None:
        year = f" in {item.streefjaar}" if item.streefjaar else ""
        target = f"{catalogue.value(item, item.streefwaarde)}{year}"
    facts: list[tuple[str, Any]] = [
        ("Wat het is", item.definitie),
        ("Geteld", item.teller),
        ("Van", item.noemer),
        ("Lezen", RICHTING[item.hoger_is]),
        ("Streefwaarde", target),
        ("Voorlopig of definitief", item.statusregels),
        ("Perioden", item.perioden),
        ("Breuken", " ".join(b.reden for b in item.breuken)),
        ("Bron", ", ".join(item.bron)),
        ("Eigenaar", item.eigenaar),
        ("Staat er apart naast", _beside(item)),
        ("Geld dat in de buurt wordt uitgegeven", _money(item, budgets, names)),
    ]
    terms = [part for name, text in facts if text for part in (html.Dt(name), html.Dd(text))]
    return html.Section([html.H2("Definitie"), html.Dl(terms)], className="figuur", id=PLAATS)


def _beside(item: Indicator) -> Any:
    if not item.naast:
        return None
    other = catalogue.item(item.naast)
    return [
        dcc.Link(other.titel, href=f"/indicator?indicator={other.id}"),
        ", dat iets anders telt of uit een andere bron komt. De twee vervangen elkaar niet.",
    ]


def _money(item: Indicator, budgets: pd.DataFrame, names: dict[str, str]) -> Any:
    """The budgets near an indicator with their expected outturn, and the caveat that this proves no effect."""
    rows = budgets[budgets["onderdeel"].isin(item.budgetten)] if len(budgets) else budgets
    if rows.empty:
        return None
    lines = []
    for row in rows.itertuples():
        name = names.get(str(row.onderdeel), AGGREGATEN.get(str(row.onderdeel), str(row.onderdeel)))
        amount = f.euro_text(row.p50_eur if not f.missing(row.p50_eur) else row.actueel_eur)
        word = "verwacht dit jaar" if not f.missing(row.p50_eur) else "begroot"
        lines.append(html.Li([dcc.Link(name, href=f"/budget?onderdeel={row.onderdeel}"), f": {word} {amount}"]))
    return [html.Ul(lines), "Dat zij naast elkaar staan bewijst niet dat het geld dit cijfer verandert."]
