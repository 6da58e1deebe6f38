"""Gegevens: what was delivered, what of it was read, what was refused and why, and how fresh the CBS tables are."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard.components.cbs_tables import cbs_block
from dashboard.components.controls import bar, choice
from dashboard.components.figure import source_line
from dashboard.components.refusals import refusals_block
from dashboard.components.shell import empty, page, store
from dashboard.components.table import data_table
from dashboard.store import Publication

PATH, NAME, TITLE = "/gegevens", "Gegevens", "Gegevens · Monitor Sociaal Domein"
#: A longer table makes every change of the page slow; the address asks for all of it.
ROWS = 25


def layout(bron: str = "alle", toon: str = "", **_state: Any) -> html.Div:
    """Give the page.

    Args:
        bron: Source to show, or "alle".
        toon: "alles" for tables without a limit.
    """
    asked = {"bron": bron, "toon": toon}
    return page(PATH, lambda pub, _about: _content(pub, bron, toon == "alles"), asked, _refresh_note())


def _refresh_note() -> str:
    """Say that the last refresh published nothing; the figures on screen are then older than the reader may think."""
    last = store().last_refresh()
    # 0 and 1 published; the screen shows those. Anything else left the earlier publication up.
    if last is None or last.get("exitcode", 0) in (0, 1):
        return ""
    why = str(last.get("melding") or "").strip() or "Waarom staat in laatste_verversing.json in de map van de monitor."
    return f"De laatste verversing is niet gepubliceerd; hieronder staat de vorige publicatie. {why}"


def _content(pub: Publication, bron: str, everything: bool) -> list[Any]:
    deliveries, refusals = queries.leveringen(pub), queries.weigeringen(pub)
    note = _refresh_note()
    warning = html.P(note, className="let-op", role="note") if note else html.Div()
    parts: list[Any] = [html.H1(_title(deliveries, refusals)), warning]
    if deliveries.empty:
        parts.append(
            empty("Nog geen leveringen", "Zet bestanden in de mappen per bron (k2f, wmo, ...) en ververs de monitor.")
        )
    else:
        sources = sorted(set(deliveries["bron"]))
        options = [{"value": "alle", "label": "alle bronnen"}, *({"value": s, "label": s} for s in sources)]
        bron = bron if bron in sources else "alle"
        parts += [_sums(deliveries), bar(choice("bron", "Bron", bron, options, 220))]
        if bron != "alle":
            deliveries, refusals = (frame[frame["bron"] == bron] for frame in (deliveries, refusals))
        parts.append(_deliveries(deliveries, bron, everything))
    parts += [
        _unplaced(queries.nog_in_te_delen(pub)),
        refusals_block(refusals, f"{PATH}?bron={bron}&toon=alles", everything),
        cbs_block(queries.cbs_tabellen(pub)),
    ]
    return parts


def _title(deliveries: pd.DataFrame, refusals: pd.DataFrame) -> str:
    if deliveries.empty:
        return "Er zijn nog geen leveringen gelezen"
    count = f"{len(deliveries)} {'levering' if len(deliveries) == 1 else 'leveringen'} gelezen"
    if refusals.empty:
        return f"{count}, niets geweigerd"
    return f"{count}; {len(refusals)} keer is iets geweigerd"


def _sums(deliveries: pd.DataFrame) -> html.Section:
    columns = ["rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik"]
    rows = []
    for bron, part in deliveries.groupby("bron"):
        read, loaded, refused, outside = (int(part[c].fillna(0).sum()) for c in columns)
        fits = (
            "ja"
            if read == loaded + refused + outside
            else f"nee: {f.number(read - loaded - refused - outside)} rijen verschil"
        )
        rows.append(
            [
                bron,
                f.number(len(part)),
                f.datum(part["peildatum"].max()),
                *(f.number(v) for v in (read, loaded, refused, outside)),
                fits,
            ]
        )
    heads = [
        "Bron",
        "Leveringen",
        "Nieuwste peildatum",
        "Rijen gelezen",
        "Geladen",
        "Geweigerd",
        "Buiten bereik",
        "Telt op",
    ]
    table = data_table("Gelezen = geladen + geweigerd + buiten bereik", heads, rows, (1, 3, 4, 5, 6))
    lead = (
        "Buiten bereik zijn totalen, subtotalen en taakvelden buiten het sociaal domein. Ze worden "
        "gebruikt als controle en niet geladen."
    )
    return html.Section([html.H2("Per bron"), html.P(lead, className="uitleg"), table], className="figuur")


def _limited(frame: pd.DataFrame, bron: str, everything: bool, what: str) -> tuple[pd.DataFrame, Any]:
    if everything or len(frame) <= ROWS:
        return frame, source_line(f"Alle {what}: {f.number(len(frame))}")
    link = dcc.Link("toon alles", href=f"{PATH}?bron={bron}&toon=alles")
    return frame.head(ROWS), source_line(f"De eerste {ROWS} van {f.number(len(frame))} {what}", link)


def _deliveries(frame: pd.DataFrame, bron: str, everything: bool) -> html.Section:
    shown, note = _limited(frame, bron, everything, "leveringen")
    rows = [
        [
            r["bestand"],
            r["bron"],
            f.datum(r["peildatum"]),
            *(f.number(r[c]) for c in ("rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik")),
            r["status"],
            None if f.missing(r["melding"]) else str(r["melding"]),
        ]
        for _, r in shown.iterrows()
    ]
    heads = ["Bestand", "Bron", "Peildatum", "Gelezen", "Geladen", "Geweigerd", "Buiten bereik", "Status", "Opmerking"]
    return html.Section(
        [html.H2("Leveringen"), data_table("Leveringen, nieuwste peildatum eerst", heads, rows, (3, 4, 5, 6)), note],
        className="figuur",
    )


def _unplaced(frame: pd.DataFrame) -> html.Section | html.Div:
    """Codes without an onderdeel, with the euros that therefore stand in no budget; nothing when all have one."""
    if frame.empty:
        return html.Div()
    rows = [
        [
            str(r["boekjaar"]),
            r["taakveld"],
            "lasten" if r["lasten_baten"] == "L" else "baten",
            f.euro(r["begroot_eur"]),
            f.euro(r["geboekt_eur"]),
            f.datum(r["peildatum"]),
        ]
        for _, r in frame.iterrows()
    ]
    heads = ["Boekjaar", "Taakveld", "Lasten of baten", "Begroot na wijziging", "Geboekt", "Peildatum"]
    lead = (
        "Deze bedragen tellen mee in het totaal, maar bij geen enkel onderdeel. Zet de code in mapping.toml onder "
        "[onderdeel.taakveld] of [onderdeel.kostenplaats] bij het onderdeel waar zij hoort."
    )
    table = data_table("Codes zonder onderdeel, grootste bedrag eerst", heads, rows, (3, 4))
    return html.Section([html.H2("Nog in te delen"), html.P(lead, className="uitleg"), table], className="figuur")
