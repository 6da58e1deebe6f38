"""Codes that have no onderdeel yet: the exact line of mapping.toml, to copy, or with --beheer to have it written."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import flask
import pandas as pd
from dash import html

from dashboard import formatting as f
from dashboard.beheer.codes import Code, asked, line
from dashboard.components.table import data_table

#: Stands in the line where the data team fills in its own choice.
CHOOSE = "onderdeel"
K2F = "k2f"


def may_assign() -> bool:
    """Tell whether this server was started with --beheer."""
    return flask.current_app.config.get("MONITOR_BEHEER") is not None


def upload_link() -> html.P | None:
    """Give the button that leads to delivering a file; nothing without --beheer."""
    if not may_assign():
        return None
    # Not a link within the app: the page is the server's own.
    return html.P(html.A("Bestand aanleveren", href="/beheer", className="knop"), className="aanleveren")


def codes_block(refusals: pd.DataFrame, unplaced: pd.DataFrame) -> html.Section | None:
    """Give the section, or None when every code has its place.

    Args:
        refusals: queries.weigeringen; codes that were refused stand in it by reason and remedy.
        unplaced: queries.nog_in_te_delen; codes that were loaded without an onderdeel, with their euros.
    """
    found: dict[Code, list[Any]] = {}
    for _, r in refusals.iterrows():
        code = asked(r["bron"], r["reden"], r["oplossing"], r["waarde"])
        if code is not None:
            found.setdefault(code, ["geweigerd", 0, None])[1] += 1
    for _, r in unplaced.iterrows():
        cell = found.setdefault(Code(K2F, "taakveld", str(r["taakveld"])), ["geladen zonder onderdeel", 0, None])
        amount = r["geboekt_eur"] if not f.missing(r["geboekt_eur"]) else r["begroot_eur"]
        cell[2] = (cell[2] or 0.0) + (0.0 if f.missing(amount) else abs(float(amount)))
    if not found:
        return None
    rows = [
        [
            f"{code.soort} {code.code}".strip() or code.soort,
            code.bron,
            state + (f", {f.number(times)} keer" if times else ""),
            f.euro(euros) if euros is not None else None,
            _what(code, number),
        ]
        for number, (code, (state, times, euros)) in enumerate(found.items())
    ]
    heads = ["Code", "Bron", "Wat ermee gebeurt", "Bedrag", "Wat u kunt doen"]
    lead = (
        f"Zet de regel in mapping.toml in de map van de bron en vul bij ‘{CHOOSE}’ in waar de code hoort. De "
        "onderdelen staan in data/reference/onderdelen.csv. Ververs daarna de monitor."
        if not may_assign()
        else "Kies bij een code waar zij hoort. De monitor zet dan de regel in mapping.toml en ververst."
    )
    count = "Een code heeft" if len(found) == 1 else f"{f.telwoord(len(found), capital=True)} codes hebben"
    table = data_table("Codes zonder onderdeel", heads, rows, (3,), class_name="codes")
    return html.Section(
        [html.H2(f"{count} nog geen onderdeel"), html.P(lead, className="uitleg"), table],
        className="figuur",
        id="codes",
    )


def _what(code: Code, number: int) -> Any:
    key = f"regel-{number}"
    text = f"[onderdeel.{code.soort}]\n{line(code.code or 'UW CODE', CHOOSE)}"
    copy: dict[str, Any] = {
        "data-kopieer": key,
        "aria-label": f"Kopieer de regel voor {code.soort} {code.code}".strip(),
    }
    parts: list[Any] = [html.Code(text, id=key, style={"whiteSpace": "pre-wrap"})]
    parts.append(html.Button("Kopieer", className="knop licht", **copy))
    if may_assign():
        query = urlencode({"bron": code.bron, "soort": code.soort, "code": code.code})
        parts.insert(0, html.A("Een code toewijzen", href=f"/beheer/code?{query}"))
    return html.Div(parts, className="regel")
