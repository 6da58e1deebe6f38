"""The CBS tables behind the indicators: edition, newest period, what is provisional, what CBS changed in history."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table

CBS_STATUS = {
    "vers": "actueel",
    "laatste_goede": "laatste goede kopie; ophalen lukte niet",
    "niet_beschikbaar": "niet beschikbaar",
}


def cbs_block(frame: pd.DataFrame) -> html.Section:
    """Give the section; what is wrong stands first.

    Args:
        frame: queries.cbs_tabellen.
    """
    title = "Tabellen van het CBS"
    if frame.empty:
        text = "Er zijn geen tabellen van het CBS opgehaald. Ververs de monitor met internet aan, of zonder --no-cbs."
        return html.Section([html.H2(title), html.P(text, className="uitleg")], className="figuur")
    ordered = frame.assign(_vers=frame["status"].eq("vers")).sort_values(["_vers", "tabel"])
    rows = [
        [
            r["tabel"],
            _text(r["titel"]),
            f.periode(r["nieuwste_periode"]) if not f.missing(r["nieuwste_periode"]) else None,
            f.number(r["voorlopig"]) if not f.missing(r["voorlopig"]) else None,
            f.datum(f.as_date(r["gewijzigd"])),
            f.datum(f.as_date(r["opgehaald_op"])),
            CBS_STATUS.get(r["status"], r["status"]),
            _remark(r),
        ]
        for _, r in ordered.iterrows()
    ]
    heads = [
        "Tabel",
        "Titel",
        "Nieuwste periode",
        "Voorlopige perioden",
        "Door CBS gewijzigd",
        "Opgehaald",
        "Status",
        "Opmerking",
    ]
    table = data_table("Tabellen van het CBS en hoe vers ze zijn", heads, rows, (3,))
    fetched = [day for value in frame["opgehaald_op"] if (day := f.as_date(value)) is not None]
    source = source_line(
        bron="CBS",
        peildatum=f"stand van {f.datum(max(fetched))}" if fetched else "stand onbekend",
        status="voorlopig waar de tabel dat zegt",
        definitie=dcc.Link("wat deze woorden betekenen", href="/verantwoording"),
    )
    return figure_block(title, table, source, id="cbs-tabellen")


def _text(value: Any) -> str | None:
    return None if f.missing(value) or not value else str(value)


def _remark(row: Any) -> str | None:
    gone = _text(row["ontbrekend"])
    parts = [_text(row["melding"]), _text(row["wijziging"]), f"Niet meer in de tabel: {gone}." if gone else None]
    return " ".join(dict.fromkeys(p for p in parts if p)) or None
