"""Refusals, grouped by what there is to do: the same mistake in twelve deliveries is one task."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components.figure import figure_block
from dashboard.components.sources import delivered_line
from dashboard.components.table import data_table, details

#: Tasks and single refusals shown at once; the address asks for all of them.
ROWS = 25


def refusals_block(frame: pd.DataFrame, all_of_them: str, everything: bool, day: Any = None) -> html.Section:
    """Give the section.

    Args:
        frame: queries.weigeringen.
        all_of_them: Address of the page with every refusal.
        everything: Whether that is this page.
        day: Of the refresh.
    """
    title = "Geweigerd, en wat u kunt doen"
    if frame.empty:
        return html.Section([html.H2(title), html.P("Er is niets geweigerd.", className="uitleg")], className="figuur")
    tasks = grouped(frame)
    shown = tasks if everything else tasks.head(ROWS)
    cells = [
        [
            r.oplossing,
            r.reden,
            r.bron,
            f.number(r.aantal),
            f.number(r.leveringen),
            _span(r.eerste, r.laatste),
            _folded(r.plaats),
        ]
        for r in shown.itertuples()
    ]
    heads = ["Wat u kunt doen", "Waarom geweigerd", "Bron", "Keer", "Leveringen", "Peildatum", "Voorbeeld"]
    table = data_table("Geweigerd, bij elkaar wat hetzelfde vraagt; meest voorkomend eerst", heads, cells, (3, 4))
    lead = (
        f"{f.number(len(frame))} keer geweigerd, samen {f.number(len(tasks))} "
        f"{'taak' if len(tasks) == 1 else 'taken'}. Staat dezelfde regel in elke maandlevering, dan wordt zij elke "
        "keer opnieuw geweigerd totdat zij in de bron is hersteld."
    )
    limited: list[Any] = []
    if not everything and len(frame) > ROWS:
        link = dcc.Link("toon alles", href=all_of_them)
        limited = [f"De eerste {ROWS} van {f.number(len(frame))} weigeringen", link]
    # Both in the picture: a file takes along the tasks and each refusal.
    each = details("Elke weigering apart", _each(frame, everything))
    return figure_block(title, [table, each], delivered_line(day, *limited), lead=lead, id="geweigerd")


def grouped(frame: pd.DataFrame) -> pd.DataFrame:
    """Put refusals with one source, reason and remedy together.

    Returns:
        oplossing, reden, bron, aantal, leveringen, eerste, laatste (peildata) and plaats of the newest one; most first.
    """
    rows = frame.assign(
        plaats=[_place(r) for _, r in frame.iterrows()],
        bron=frame["bron"].fillna(""),
        oplossing=frame["oplossing"].fillna("Kijk wat er in het bestand staat."),
    )
    found = rows.groupby(["bron", "reden", "oplossing"], dropna=False, sort=False).agg(
        aantal=("reden", "size"),
        leveringen=("levering_id", "nunique"),
        eerste=("peildatum", "min"),
        laatste=("peildatum", "max"),
        plaats=("plaats", "first"),
    )
    return found.reset_index().sort_values(["aantal", "bron", "reden"], ascending=[False, True, True])


def _span(first: Any, last: Any) -> str | None:
    if f.missing(last):
        return None
    begin, end = f.maand(f.as_date(first)), f.maand(f.as_date(last))
    return end if begin == end else f"{begin} – {end}"


def _folded(place: str) -> Any:
    """An example opens when asked for: written out it would make each row four lines tall."""
    return html.Details([html.Summary("toon"), html.P(place)], className="opmerking") if place else None


def _place(row: Any) -> str:
    """Where one refusal is: file, sheet, row, column and value, as far as known."""
    parts = [str(row["bestand"])] if not f.missing(row["bestand"]) else []
    for name, word in (("blad", "blad"), ("rij", "rij"), ("kolom", "kolom")):
        value = row[name]
        if not f.missing(value) and value != "":
            said = f.number(value) if name == "rij" else str(value)
            # A person source has no names of sheets, only "blad 1".
            parts.append(said if said.startswith(f"{word} ") else f"{word} {said}")
    if not f.missing(row["waarde"]) and row["waarde"] != "":
        parts.append(f"‘{row['waarde']}’")
    return ", ".join(parts)


def _each(frame: pd.DataFrame, everything: bool) -> html.Div:
    shown = frame if everything else frame.head(ROWS)

    def text(value: Any) -> Any:
        return None if f.missing(value) else str(value)

    names = ("bestand", "blad", "rij", "kolom", "waarde", "reden", "oplossing")
    rows = [[f.number(r[n]) if n == "rij" else text(r[n]) for n in names] for _, r in shown.iterrows()]
    heads = ["Bestand", "Blad", "Rij", "Kolom", "Waarde", "Waarom geweigerd", "Wat u kunt doen"]
    return data_table("Geweigerde cellen, rijen en bestanden", heads, rows, (2,))
