"""The savings target: what was to be saved, what was realised, and what its owner still expects."""

from __future__ import annotations

import pandas as pd
from dash import html

from dashboard import formatting as f
from dashboard.apart import apart
from dashboard.components.figure import figure_block, source_line
from dashboard.components.programme import BRON, definition_link
from dashboard.components.progress import progress
from dashboard.components.table import data_table, details
from indicators.core.contract import AGGREGATEN


def newest(target: pd.DataFrame) -> pd.DataFrame:
    """Give the newest year of each part of a target.

    Args:
        target: queries_programmes.taakstelling.
    """
    if target.empty:
        return target
    return target[target["boekjaar"] == target.groupby(["taakstelling", "onderdeel"])["boekjaar"].transform("max")]


def target_finding(target: pd.DataFrame) -> str:
    """Say how much of the target was realised; '' without one."""
    rows = newest(target)
    if rows.empty:
        return ""
    goal, saved = rows["doel_eur"].sum(), rows["gerealiseerd_eur"].sum()
    # What is open stands below: who subtracts finds it.
    whole, done, _ = apart(goal, saved)
    return f"Van de taakstelling van {whole} is {done} gerealiseerd"


def target_block(target: pd.DataFrame) -> html.Section | None:
    """Give the figure, or None without a target."""
    rows = newest(target)
    if rows.empty:
        return None
    cells = []
    for r in rows.itertuples():
        share = r.gerealiseerd_eur / r.doel_eur if r.doel_eur else None
        later = (
            (r.prognose_eur - r.gerealiseerd_eur) / r.doel_eur if r.doel_eur and not f.missing(r.prognose_eur) else None
        )
        name = AGGREGATEN.get(str(r.onderdeel), r.naam)
        bar = progress(share, None, later, f"{f.percent(share)} gerealiseerd" if share is not None else "")
        cells.append([name, bar, f.euro(r.doel_eur), f.euro(r.gerealiseerd_eur), f.euro(r.prognose_eur)])
    cells.append(["Samen", None, *(f.euro(rows[c].sum()) for c in ("doel_eur", "gerealiseerd_eur", "prognose_eur"))])
    heads = ["Onderdeel", "Voortgang", "Doel", "Gerealiseerd", "Verwacht eind van het jaar"]
    caption = "Taakstelling in hele euro’s; donker is gerealiseerd, licht is wat de eigenaar nog verwacht"
    history = [
        [AGGREGATEN.get(str(r.onderdeel), r.naam), str(r.boekjaar), f.euro(r.doel_eur), f.euro(r.gerealiseerd_eur)]
        for r in target.itertuples()
    ]
    past = data_table("Gerealiseerd per jaar", ["Onderdeel", "Jaar", "Doel", "Gerealiseerd"], history, (2, 3))
    open_eur = float(rows["doel_eur"].sum() - rows["gerealiseerd_eur"].sum())
    title = "De taakstelling is gehaald" if open_eur <= 0 else f"Van de taakstelling staat nog {f.euro(open_eur)} open"
    source = source_line(
        bron=BRON,
        peildatum=f"peildatum {f.datum(f.as_date(rows['peildatum'].max()))}",
        status="voorlopig: de verwachting is van de eigenaar",
        definitie=definition_link(),
    )
    table = data_table(caption, heads, cells, (2, 3, 4))
    return figure_block(title, table, source, details("Tabel met alle jaren", past), id="taakstelling")
