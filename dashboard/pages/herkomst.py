"""Herkomst: from a figure to the delivery, sheet and rows behind it, and from a delivery to the figures it feeds."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries
from dashboard import queries_herkomst as q
from dashboard.components import lineage, lineage_indicator
from dashboard.components.ledger import ledger_block
from dashboard.components.lineage_table import lineage_block
from dashboard.components.shell import empty, page
from dashboard.components.table import data_table
from dashboard.store import Publication

PATH, NAME, TITLE = lineage.PATH, "Herkomst", "Herkomst · Monitor Sociaal Domein"
#: Figures of one delivery shown at once.
ROWS = 50
#: Facts that a forecast made.
FORECASTS = ("mart.fct_prognose", "mart.fct_terugtoets")
KEYS = ("tabel", "sleutel", "levering", "onderdeel", "boekjaar", "indicator", "toon")


def layout(**state: Any) -> html.Div:
    """Give the page.

    Args:
        state: `tabel` and `sleutel` (one figure), `levering` (all that it feeds, with `tabel` and `toon=alles`),
            `onderdeel` and `boekjaar` (a budget), `indicator`; nothing of these: where to begin.
    """
    asked = {key: str(state[key]) for key in KEYS if state.get(key)}
    return page("/gegevens", lambda pub, _about: _content(pub, asked), asked, path=PATH)


def _content(pub: Publication, asked: dict[str, str]) -> list[Any]:
    back = html.P(dcc.Link("← Gegevens", href="/gegevens"), className="terug")
    if "levering" in asked:
        return [back, *_delivery(pub, asked["levering"], asked.get("tabel", ""), "toon" in asked)]
    if "tabel" in asked and "sleutel" in asked:
        return [back, *_figure(pub, asked["tabel"], asked["sleutel"])]
    if "indicator" in asked:
        return [back, *lineage_indicator.content(pub, asked["indicator"])]
    if "onderdeel" in asked:
        return [back, *_budget(pub, asked["onderdeel"], asked.get("boekjaar", ""))]
    return [back, *_start(pub)]


def _start(pub: Publication) -> list[Any]:
    newest = queries.bron_k2f(pub)
    rows = [[r.bron, str(r.bestand), f.datum(f.as_date(r.peildatum))] for r in newest.itertuples()]
    parts: list[Any] = [
        html.H1("Elk cijfer is te volgen tot het bestand waar het uit komt"),
        html.P(
            "Kies bij een cijfer ‘herkomst’. Of kies een levering bij Gegevens en zie welke cijfers zij voedt.",
            className="intro",
        ),
    ]
    if rows:
        table = data_table("Van elke bron de nieuwste", ["Bron", "Bestand", "Peildatum"], rows)
        parts.append(lineage_block("Nieuwste levering per bron", table, newest["peildatum"], id="bronnen"))
    return parts


def _figure(pub: Publication, tabel: str, sleutel: str) -> list[Any]:
    namen = queries.namen(pub)
    origins = q.sporen(pub, tabel, sleutel)
    value = q.waarden(pub, tabel, sleutel)
    if origins.empty:
        return [
            html.H1("Van dit cijfer is geen herkomst bekend"),
            empty("Wat u kunt doen", "Kies een cijfer op de pagina Budget en dan ‘herkomst’."),
        ]
    files = origins["levering_id"].nunique()
    what = lineage.key_text(tabel, sleutel, namen)
    title = f"Dit cijfer komt uit {'één bestand' if files == 1 else f'{f.number(files)} bestanden'}"
    parts: list[Any] = [html.P(f"{lineage.name(tabel)} · {what}", className="kicker"), html.H1(title)]
    if len(value) == 1:
        parts.append(_value_table(value.iloc[0], tabel, origins["peildatum"]))
    if tabel.startswith(FORECASTS):
        parts.append(
            html.P(
                "Een prognose rekent met alle boekingen tot haar peildatum. Hieronder staat de levering waar zij van "
                "uitgaat; de eerdere leveringen van dezelfde bron geven het verloop van andere jaren.",
                className="uitleg",
            )
        )
    # A forecast names no rows either, but for another reason: it rests on all of them.
    personal = [] if tabel.startswith(FORECASTS) else origins[origins["rij_van"].isna()]["bron"]
    parts.append(_origin_table(origins, lineage.persons_note(personal)))
    return [p for p in parts if p is not None]


def _value_table(row: pd.Series, tabel: str, days: pd.Series) -> Any:
    rows = []
    for column, value in zip(map(str, row.index), row, strict=True):
        if not column.endswith("_eur") or f.missing(value):
            continue
        said = column.removesuffix("_eur").replace("_", " ")
        rows.append([said, f"€{f.NBSP}{f.number(value, 2)}"])
    if not rows:
        return None
    table = data_table(f"Uit: {lineage.name(tabel)}", ["Wat", "Bedrag"], rows, (1,))
    return lineage_block("Het cijfer zoals gepubliceerd", table, days, id="cijfer")


def _origin_table(origins: pd.DataFrame, note: Any) -> Any:
    rows = []
    for (levering_id, bestand), part in origins.groupby(["levering_id", "bestand"], sort=False):
        first = part.iloc[0]
        rows.append(
            [
                dcc.Link(str(bestand), href=lineage.href(levering=levering_id)),
                str(first["bron"]),
                f.datum(f.as_date(first["peildatum"])),
                lineage.rows_text(part, None),
                f.number(part["rijen"].fillna(0).sum()),
            ]
        )
    heads = ["Bestand", "Bron", "Peildatum", "Waar in het bestand", "Rijen"]
    table = data_table("Bestanden en rijen", heads, rows, (4,))
    return lineage_block("De rijen achter dit cijfer", table, origins["peildatum"], id="rijen", note=note)


def _delivery(pub: Publication, levering_id: str, tabel: str, everything: bool) -> list[Any]:
    found = q.levering(pub, levering_id)
    if found.empty:
        return [
            html.H1("Deze levering bestaat niet"),
            empty("Wat u kunt doen", "Kies een levering op de pagina Gegevens."),
        ]
    row = found.iloc[0]
    fed = q.gevoed(pub, levering_id)
    count = int(fed["cijfers"].sum())
    title = f"Deze levering voedt {f.number(count)} {'cijfer' if count == 1 else 'cijfers'}"
    if row["status"] != "geldig" or not count:
        title = "Deze levering voedt geen enkel cijfer"
    facts = [
        ["Bron", row["bron"]],
        ["Peildatum", f.datum(f.as_date(row["peildatum"]))],
        ["Ingelezen op", f.datum(f.as_date(row["ingelezen_op"]))],
        ["Status", row["status"]],
        *([said, f.number(row[c])] for said, c in _COUNTS),
        ["Vingerafdruk (sha256)", html.Code(str(row["sha256"])[:16] + "…")],
    ]
    days = found["peildatum"]
    about = data_table("Wat de monitor van deze levering weet", ["Wat", "Waarde"], facts)
    parts: list[Any] = [
        html.P(str(row["bestand"]), className="kicker"),
        html.H1(title),
        lineage_block("Over deze levering", about, days, id="levering"),
    ]
    if not fed.empty:
        cells = [
            [
                dcc.Link(lineage.name(r.mart_tabel), href=lineage.href(levering=levering_id, tabel=r.mart_tabel)),
                f.number(r.cijfers),
                f.number(r.rijen),
            ]
            for r in fed.itertuples()
        ]
        heads = ["Cijfers over", "Aantal cijfers", "Uit zoveel rijen"]
        topics = data_table("Per onderwerp", heads, cells, (1, 2))
        parts.append(lineage_block("Wat er met deze levering is gemaakt", topics, days, id="onderwerpen"))
        shown = tabel if tabel in set(fed["mart_tabel"]) else str(fed.iloc[0]["mart_tabel"])
        parts.append(_fed_figures(pub, levering_id, shown, everything, days))
    return parts


_COUNTS = (
    ("Rijen gelezen", "rijen_gelezen"),
    ("Geladen", "rijen_geladen"),
    ("Geweigerd", "rijen_geweigerd"),
    ("Buiten bereik", "rijen_buiten_bereik"),
)


def _fed_figures(pub: Publication, levering_id: str, tabel: str, everything: bool, days: pd.Series) -> Any:
    namen, frame = queries.namen(pub), q.figuren(pub, levering_id, tabel)
    keys = list(dict.fromkeys(frame["sleutel"]))
    shown = keys if everything else keys[:ROWS]
    rows = []
    for key, part in frame[frame["sleutel"].isin(shown)].groupby("sleutel", sort=False):
        said = lineage.key_text(tabel, str(key), namen)
        rows.append([dcc.Link(said, href=lineage.href(tabel=tabel, sleutel=key)), lineage.rows_text(part)])
    notes: list[Any] = []
    if len(keys) > len(shown):
        link = dcc.Link("toon alles", href=lineage.href(levering=levering_id, tabel=tabel, toon="alles"))
        notes.append(html.P([f"De eerste {ROWS} van {f.number(len(keys))} cijfers · ", link], className="bron"))
    if frame["rij_van"].isna().all() and not tabel.startswith(FORECASTS):
        notes.append(lineage.persons_note([levering_id.partition("-")[0]]))
    title = f"Cijfers over {lineage.name(tabel)} uit deze levering"
    table = data_table("Elk cijfer, en waar het staat", ["Cijfer", "Waar in het bestand"], rows)
    return lineage_block(title, table, days, id="cijfers", note=html.Div(notes) if notes else None)


def _budget(pub: Publication, onderdeel: str, boekjaar: str) -> list[Any]:
    years, namen = queries.boekjaren(pub), queries.namen(pub)
    if onderdeel not in namen or not years:
        return [html.H1("Dit budget bestaat niet"), empty("Wat u kunt doen", "Kies een budget op de pagina Budget.")]
    year = int(boekjaar) if boekjaar.isdigit() and int(boekjaar) in years else years[0]
    return [
        html.P(f"{namen[onderdeel]} · {year}", className="kicker"),
        html.H1("De regels en de bestanden achter dit budget"),
        *ledger_block(pub, onderdeel, year, namen),
    ]
