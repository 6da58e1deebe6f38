"""What went before the euros of a budget: persons with help, price per person, how long help lasts and applications.

Counts are of the whole gemeente, rounded to 5 and secret up to 7, also here: a screen is shown to others.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard import queries_budget as queries
from dashboard.charts.small import small_line
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.shell import empty
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.disclosure_tables import AFRONDING, GEHEIM_TOT_EN_MET

#: A smaller change than this share is called equal; rounding alone moves a small count by as much.
GELIJK = 0.02
MAANDEN_TERUG = 36
#: How a figure was made, and the head of its column, by unit; anything else is a count.
HOE = {
    "euro": "toegewezen omvang maal tarief, zorg in natura",
    "maanden": "mensen met hulp gedeeld door wie ermee stopt, over twaalf maanden",
}
KOLOM = {"euro": "Euro", "maanden": "Maanden"}


def lead_up_blocks(pub: Publication, onderdeel: str, gemeente: str, year: int, synthetic: bool) -> list[Any]:
    """Give the section 'Wat hieraan voorafgaat', or nothing where no law registers persons for this budget.

    Args:
        pub: The publication.
        onderdeel: A budget part or a sum.
        gemeente: Code of the own gemeente.
        year: Boekjaar shown: later months are left out.
        synthetic: Add the watermark.
    """
    counted = {m: queries.aantallen(pub, onderdeel, gemeente, m) for m in ("stand", "uitstroom", "aanvraag")}
    stand, asked = (_until(counted[m], "aantal", year) for m in ("stand", "aanvraag"))
    lasts = _until(duration(counted["stand"], counted["uitstroom"]), "maanden", year)
    price = _until(queries.prijs(pub, onderdeel), "per_client", year)
    parts = [
        _figure("volume", "Mensen met hulp", "mensen", _rounded(stand), synthetic),
        _figure("prijs", "Waarde van de toegewezen hulp per cliënt per maand", "euro", price, synthetic),
        _figure("duur", "Geschatte duur van de hulp, in maanden", "maanden", lasts, synthetic),
        _figure(
            "aanvragen", "Aanvragen, per maand, gemiddeld over drie maanden", "aanvragen", _smooth(asked), synthetic
        ),
    ]
    shown = [p for p in parts if p is not None]
    title = html.H2("Wat hieraan voorafgaat", id="voorafgaand")
    if not shown:
        text = (
            "Bij dit budget staan geen cliënten in de leveringen uit de registratie van Wmo, jeugdhulp of "
            "Participatiewet. Aantallen zijn er per onderdeel of per wet, niet voor alle wetten samen."
        )
        return [html.Section([title, empty("Geen cijfers per cliënt", text)], className="voorafgaand")]
    missing = (
        ""
        if parts[1] is not None
        else (
            "De prijs per cliënt is er alleen bij een deel van Wmo of Jeugd waarvan alle toewijzingen een prijs hebben."
        )
    )
    note = html.P(missing, className="uitleg") if missing else None
    return [html.Section([p for p in (title, html.Div(shown, className="drie"), note) if p], className="voorafgaand")]


def _until(rows: pd.DataFrame, column: str, year: int) -> pd.DataFrame:
    kept = rows[rows["maand"].dt.year <= year] if len(rows) else rows
    return kept.rename(columns={column: "waarde"}).tail(MAANDEN_TERUG + 1)


def duration(stand: pd.DataFrame, ended: pd.DataFrame) -> pd.DataFrame:
    """Estimate how long help lasts: who has it divided by how many of them stop in a month, over twelve months.

    So it is the mean of a stock that is in balance (Little, 1961); where many came just now it is too long, and the
    direction says more than the figure. Both counts are rounded to 5 before they are divided.

    Args:
        stand: queries_budget.aantallen of those with help.
        ended: The same of those who stopped.

    Returns:
        maand, maanden and peildatum, of months with twelve known months behind them in which more than 7 stopped.
    """
    both = stand.merge(ended[["maand", "aantal"]], on="maand", suffixes=("", "_gestopt")).sort_values("maand")
    span = both["maand"] - both["maand"].shift(11)
    persons = (both["aantal"].rolling(12).mean() / AFRONDING).round() * AFRONDING
    stopped = both["aantal_gestopt"].rolling(12).sum()
    known = (stopped > GEHEIM_TOT_EN_MET) & (persons > GEHEIM_TOT_EN_MET)
    # Twelve rows that are not twelve months after each other say nothing of a year.
    known &= span <= pd.Timedelta(days=337)
    months = 12 * persons / ((stopped / AFRONDING).round() * AFRONDING)
    return both.assign(maanden=months.round())[known][["maand", "maanden", "peildatum"]]


def _rounded(rows: pd.DataFrame) -> pd.DataFrame:
    shown = (rows["waarde"] / AFRONDING).round() * AFRONDING
    return rows.assign(waarde=shown.where(rows["waarde"] > GEHEIM_TOT_EN_MET))


def _smooth(rows: pd.DataFrame) -> pd.DataFrame:
    """Applications jump from month to month: the mean of three months, each rounded before it counts."""
    kept = _rounded(rows)
    return kept.assign(waarde=(kept["waarde"].rolling(3).mean() / AFRONDING).round() * AFRONDING).iloc[2:]


def finding(name: str, unit: str, rows: pd.DataFrame, newest: Any = None) -> str:
    """Say how the last value compares with a year before: "Mensen met hulp: 385 (10 % meer dan een jaar eerder)".

    Args:
        name: What is counted.
        unit: "euro" writes euros, all else a count.
        rows: maand and waarde, in order.
        newest: Last month that was delivered; where its value is secret the sentence says which month it is about.
    """
    last = rows.iloc[-1]
    if newest is not None and last["maand"] != newest:
        name = f"{name}, in {f.maand(last['maand'])}"
    value = f.euro(last["waarde"]) if unit == "euro" else f.number(last["waarde"])
    before = rows[rows["maand"] == last["maand"] - pd.DateOffset(years=1)]["waarde"].dropna()
    if before.empty or not before.iloc[0]:
        return f"{name}: {value}"
    gap = last["waarde"] / before.iloc[0] - 1
    if abs(gap) < GELIJK:
        return f"{name}: {value}, ongeveer gelijk aan een jaar eerder"
    # Between brackets: behind a comma "68, 13 %" reads as one number.
    return f"{name}: {value} ({f.percent(abs(gap))} {'meer' if gap > 0 else 'minder'} dan een jaar eerder)"


def _figure(name: str, title: str, unit: str, rows: pd.DataFrame, synthetic: bool) -> html.Section | None:
    known = rows[rows["waarde"].notna()]
    if len(known) < 2:
        return None
    said = finding(title, unit, known, rows.iloc[-1]["maand"])
    kind = f.euro if unit == "euro" else f.number
    cells = [[f.maand(m), kind(v)] for m, v in zip(known["maand"], known["waarde"], strict=True)]
    table = data_table(title, ["Maand", KOLOM.get(unit, "Aantal")], cells, (1,))
    how = HOE.get(unit, "afgerond op vijftallen")
    source = source_line(
        how,
        bron="registratie van de gemeente",
        peildatum=f.as_date(known["peildatum"].max()),
        status="voorlopig: late meldingen komen er nog bij",
        definitie=dcc.Link("wat dit betekent", href="/verantwoording"),
    )
    start = known.iloc[0]
    alternative = f"{said}. In {f.maand(start['maand'])} was het {kind(start['waarde'])}."
    picture = chart(small_line(known, unit, synthetic), alternative, 170)
    return figure_block(said, picture, source, details("Tabel bij deze grafiek", table), level=3, id=name)
