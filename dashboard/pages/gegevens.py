"""Gegevens: what was delivered, what of it was read, what was refused and why, and how fresh the CBS tables are."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries, queries_herkomst
from dashboard.components import lineage
from dashboard.components.assign import K2F, codes_block, upload_link
from dashboard.components.cbs_tables import cbs_block
from dashboard.components.controls import bar, choice
from dashboard.components.figure import figure_block
from dashboard.components.refusals import refusals_block
from dashboard.components.shell import empty, page, store
from dashboard.components.sources import checks_block, day_of, delivered_line, sources_block
from dashboard.components.table import data_table
from dashboard.store import Publication

PATH, NAME, TITLE = "/gegevens", "Gegevens", "Gegevens · Monitor Sociaal Domein"
#: A longer table makes every change of the page slow; the address asks for all of it.
ROWS = 25
#: A remark up to this many characters is read at once.
SHORT = 60


def layout(bron: str = "alle", toon: str = "", **_state: Any) -> html.Div:
    """Give the page.

    Args:
        bron: Source to show, or "alle".
        toon: "alles" for tables without a limit.
    """
    asked, last = {"bron": bron, "toon": toon}, _last_refresh()

    def make(pub: Publication, about: Any) -> list[Any]:
        return _content(pub, about, bron, toon == "alles", last)

    return page(PATH, make, asked, (last["run"], last["melding"]))


def _last_refresh() -> dict[str, Any]:
    """Give what of the last refresh the screen says.

    Returns:
        run, controles, and a melding when nothing was published: the figures are then older than a reader may think.
    """
    last = store().last_refresh() or {}
    found = {"run": str(last.get("run", "")), "controles": list(last.get("controles") or []), "melding": ""}
    # 0 and 1 published; the screen shows those. Anything else left the earlier publication up.
    if last and last.get("exitcode", 0) not in (0, 1):
        why = str(last.get("melding") or "").strip()
        why = why or "Waarom staat in laatste_verversing.json in de map van de monitor."
        found["melding"] = f"De laatste verversing is niet gepubliceerd; hieronder staat de vorige publicatie. {why}"
    return found


def _content(pub: Publication, about: Any, bron: str, everything: bool, last: dict[str, Any]) -> list[Any]:
    deliveries, refusals = queries.leveringen(pub), queries.weigeringen(pub)
    warning = html.P(last["melding"], className="let-op", role="note") if last["melding"] else None
    day = about["gemaakt_op"]
    parts: list[Any] = [html.H1(_title(deliveries, refusals)), warning, upload_link()]
    sources = sorted(set(deliveries["bron"]))
    bron = bron if bron in sources else "alle"
    parts.append(sources_block(queries_herkomst.bronnen(pub), *day_of(about), day))
    if deliveries.empty:
        parts.append(
            empty("Nog geen leveringen", "Zet bestanden in de mappen per bron (k2f, wmo, ...) en ververs de monitor.")
        )
    else:
        options = [{"value": "alle", "label": "alle bronnen"}, *({"value": s, "label": s} for s in sources)]
        parts.append(bar(choice("bron", "Bron", bron, options, 220)))
        if bron != "alle":
            deliveries, refusals = (frame[frame["bron"] == bron] for frame in (deliveries, refusals))
    unplaced = queries.nog_in_te_delen(pub)
    parts += [
        refusals_block(refusals, f"{PATH}?bron={bron}&toon=alles", everything, day),
        codes_block(refusals, unplaced if bron in ("alle", K2F) else unplaced.iloc[:0]),
        _unplaced(unplaced, day),
        _deliveries(deliveries, bron, everything, day) if len(deliveries) else None,
        checks_block(last["controles"], day),
        cbs_block(queries.cbs_tabellen(pub)),
    ]
    return [part for part in parts if part is not None]


def _title(deliveries: pd.DataFrame, refusals: pd.DataFrame) -> str:
    if deliveries.empty:
        return "Er zijn nog geen leveringen gelezen"
    count = f"{len(deliveries)} {'levering' if len(deliveries) == 1 else 'leveringen'} gelezen"
    if refusals.empty:
        return f"{count}, niets geweigerd"
    return f"{count}; {len(refusals)} keer is iets geweigerd"


def _deliveries(frame: pd.DataFrame, bron: str, everything: bool, day: Any) -> html.Section:
    shown: pd.DataFrame = frame
    note: list[Any] = [f"Alle leveringen: {f.number(len(frame))}"]
    if not everything and len(frame) > ROWS:
        link = dcc.Link("toon alles", href=f"{PATH}?bron={bron}&toon=alles")
        shown, note = frame.head(ROWS), [f"De eerste {ROWS} van {f.number(len(frame))} leveringen", link]
    rows = [
        [
            dcc.Link(str(r["bestand"]), href=lineage.href(levering=r["levering_id"])),
            r["bron"],
            f.datum(r["peildatum"]),
            *(f.number(r[c]) for c in ("rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik")),
            r["status"],
            _remark(r["melding"]),
        ]
        for _, r in shown.iterrows()
    ]
    heads = ["Bestand", "Bron", "Peildatum", "Gelezen", "Geladen", "Geweigerd", "Buiten bereik", "Status", "Opmerking"]
    table = data_table("Leveringen, nieuwste peildatum eerst", heads, rows, (3, 4, 5, 6))
    return figure_block("Leveringen", table, delivered_line(day, *note), id="leveringen")


def _remark(value: Any) -> Any:
    """A remark of some lines opens when asked for: it would make its row, and on a phone the page, very tall."""
    lines = [] if f.missing(value) else [text for text in str(value).splitlines() if text.strip()]
    if not lines:
        return None
    if len(lines) == 1 and len(lines[0]) <= SHORT:
        return lines[0]
    first = lines[0] if len(lines[0]) <= SHORT else f"{lines[0][:SHORT].rsplit(' ', 1)[0]} …"
    summary = html.Summary(first if len(lines) == 1 else f"{len(lines)} opmerkingen")
    return html.Details([summary, *(html.P(text) for text in lines)], className="opmerking")


def _unplaced(frame: pd.DataFrame, day: Any) -> html.Section | html.Div:
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
        "Deze bedragen tellen mee in het totaal, maar bij geen enkel onderdeel. Hierboven staat per code wat u kunt "
        "doen; horen de kostenplaatsen van een taakveld bij meer onderdelen, gebruik dan [onderdeel.kostenplaats]."
    )
    table = data_table("Codes zonder onderdeel, grootste bedrag eerst", heads, rows, (3, 4))
    return figure_block("Nog in te delen", table, delivered_line(day), lead=lead, id="nog-in-te-delen")
