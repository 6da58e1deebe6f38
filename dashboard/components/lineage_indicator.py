"""The origin of an indicator: the CBS tables or the own deliveries that its definition reads."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_herkomst as q
from dashboard.catalogue import item
from dashboard.components import lineage
from dashboard.components.cbs_tables import cbs_block
from dashboard.components.lineage_table import lineage_block
from dashboard.components.shell import empty
from dashboard.components.table import data_table
from dashboard.store import Publication
from indicators.core.contract import BY_NAME
from indicators.core.indicator import Indicator


def content(pub: Publication, name: str) -> list[Any]:
    """Give the parts of the page for one indicator."""
    indicator = item(name)
    if indicator.domein == "onbekend":
        return [
            html.H1("Deze indicator bestaat niet"),
            empty("Wat u kunt doen", "Kies een indicator op de pagina Indicatoren."),
        ]
    parts: list[Any] = [
        html.P(dcc.Link(indicator.titel, href=f"/indicator?indicator={name}"), className="kicker"),
        html.H1(f"Dit cijfer komt uit: {', '.join(indicator.bron)}"),
    ]
    tables = _facts(indicator)
    topics = tuple(sorted({topic.naam for topic in indicator.cbs}))
    if topics and not (known := q.cbs_tabellen(pub, topics)).empty:
        parts.append(cbs_block(known))
    own = tuple(t for t in tables if t not in ("mart.fct_cbs_waarneming", "mart.fct_indicatorwaarde"))
    if own:
        parts += _deliveries(pub, own, indicator)
    return parts


def _facts(indicator: Indicator) -> tuple[str, ...]:
    """The facts that a definition reads, as its own SQL or code names them."""
    text = indicator.sql or ""
    if indicator.compute is not None:
        text += inspect.getsource(sys.modules[indicator.compute.__module__])
    return tuple(sorted({t for t in re.findall(r"\bmart\.(?:fct|v)_\w+", text) for t in _tables(t)}))


def _tables(name: str) -> tuple[str, ...]:
    fact = name.replace("mart.v_", "mart.fct_")
    return (fact,) if fact in BY_NAME else ()


def _deliveries(pub: Publication, facts: tuple[str, ...], indicator: Indicator) -> list[Any]:
    found = q.leveringen_achter(pub, facts)
    text = indicator.sql or ""
    laws = {law for law in ("wmo", "jeugd", "participatiewet") if f"'{law}'" in text}
    if laws and set(found["bron"]) & laws:
        found = found[found["bron"].isin(laws | (set(found["bron"]) - {"wmo", "jeugd", "participatiewet"}))]
    if found.empty:
        return [html.P("Van dit cijfer is nog geen levering gelezen.", className="intro")]
    rows = [
        [
            r.bron,
            f.number(r.leveringen),
            dcc.Link(str(r.bestand), href=lineage.href(levering=r.levering_id)),
            f.datum(f.as_date(r.peildatum)),
        ]
        for r in found.itertuples()
    ]
    heads = ["Bron", "Leveringen", "Nieuwste levering", "Peildatum"]
    lead = f"Gemaakt uit {', '.join(lineage.name(t) for t in facts)}; hieronder de leveringen daarachter."
    table = data_table("Per bron", heads, rows, (1,))
    block = lineage_block("Leveringen achter dit cijfer", table, found["peildatum"], id="leveringen")
    return [html.P(lead, className="intro"), block]
