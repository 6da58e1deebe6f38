"""Overzicht in small: each law on one shared scale, and how many programmes are behind."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import findings, queries_programmes
from dashboard import formatting as f
from dashboard.components import lineage
from dashboard.components.figure import figure_block, source_line
from dashboard.components.multiples import Panel, multiples
from dashboard.components.overview import HOOGST, LAAGST, dot_band
from dashboard.components.programme import results_behind
from dashboard.components.table import data_table, details
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN


def laws_block(frame: pd.DataFrame, boekjaar: int) -> html.Section | None:
    """Give the laws beside each other, each with its expected outturn as a share of its budget.

    Args:
        frame: queries.budgetten, with the sums.
        boekjaar: The year.

    Returns:
        The figure, or None when fewer than two laws have a forecast and a budget: then there is nothing to compare.
    """
    sums = frame[frame["onderdeel"].isin([k for k in AGGREGATEN if k != "totaal"])]
    known = sums[sums["p50_eur"].notna() & (sums["actueel_eur"] > 0)].copy()
    if len(known) < 2:
        return None
    # In the order of the field, so that a law stays in its place from month to month.
    order = list(AGGREGATEN)
    known = known.sort_values("onderdeel", key=lambda names: names.map(order.index))
    known["naam"] = [AGGREGATEN[o] for o in known["onderdeel"]]
    low, high = shared_scale(known)
    panels = [_panel(row, boekjaar, low, high) for _, row in known.iterrows()]
    lead = (
        f"Elke balk loopt van {f.percent(low)} tot {f.percent(high)} van de begroting. Streep: de begroting na "
        "wijziging. Stip: de verwachte uitkomst. Band: daar valt de uitkomst 8 van de 10 keer in."
    )
    lead += _no_sum(frame[frame["onderdeel"] == "totaal"], sums)
    day = f.as_date(known["peildatum"].iloc[0])
    source = source_line(
        dcc.Link("hoe we dit berekenen", href="/verantwoording"),
        lineage.link(onderdeel="totaal"),
        bron="K2F",
        peildatum=day,
        status="voorlopig tot de jaarrekening",
    )
    picture = multiples(panels, "wetten")
    return figure_block(laws_finding(known), picture, source, _table(known), lead, id="wetten")


def _no_sum(total: pd.DataFrame, laws: pd.DataFrame) -> str:
    """Say why the laws do not add up to the total, where the reader would see it: medians do not add up."""
    if total["p50_eur"].dropna().empty or laws["p50_eur"].isna().any():
        return ""
    if abs(float(total["p50_eur"].iloc[0]) - float(laws["p50_eur"].sum())) < findings.RUIS_EUR:
        return ""
    return (
        " Elke verwachting is de middelste van alle mogelijke uitkomsten; daarom zijn de wetten samen niet precies "
        "het totaal."
    )


def shared_scale(rows: pd.DataFrame) -> tuple[float, float]:
    """Give the shares at both ends: whole tens of percents around every band, as each of these few must be seen.

    Args:
        rows: With p10_eur, p50_eur, p90_eur and a budget above zero.
    """
    shares = rows[["p10_eur", "p50_eur", "p90_eur"]].div(rows["actueel_eur"], axis=0)
    low, high = min(max(shares.min().min(), LAAGST), 0.9), max(min(shares.max().max(), HOOGST), 1.1)
    return math.floor(low * 10 + 1e-9) / 10, math.ceil(high * 10 - 1e-9) / 10


def laws_finding(rows: pd.DataFrame) -> str:
    """Say which laws are expected to end above their budget: "Jeugd en Wmo komen boven de begroting uit".

    Args:
        rows: Sums with naam, p50_eur and actueel_eur, in order.
    """
    over = [r["naam"] for _, r in rows.iterrows() if r["p50_eur"] - r["actueel_eur"] >= findings.RUIS_EUR]
    if not over:
        return "Geen enkele wet komt naar verwachting boven de begroting uit"
    if len(over) == len(rows):
        return "Alle wetten komen naar verwachting boven de begroting uit"
    names = over[0] if len(over) == 1 else f"{', '.join(over[:-1])} en {over[-1]}"
    return f"{names} {'komt' if len(over) == 1 else 'komen'} naar verwachting boven de begroting uit"


def panel_finding(row: Any) -> str:
    """Say where one law ends, short: "Wmo: € 0,5 miljoen erboven"."""
    gap = row["p50_eur"] - row["actueel_eur"]
    if abs(gap) < findings.RUIS_EUR:
        return f"{row['naam']}: ongeveer op de begroting"
    return f"{row['naam']}: {f.euro_text(gap)} {'boven' if gap > 0 else 'onder'} de begroting"


def _panel(row: Any, boekjaar: int, low: float, high: float) -> Panel:
    chance = row["kans_overschrijding"]
    facts = f"begroting {f.euro_text(row['actueel_eur'])}"
    if not f.missing(chance):
        facts += f" · kans boven {f.chance(chance)}"
    link = dcc.Link(panel_finding(row), href=f"/budget?onderdeel={row['onderdeel']}&boekjaar={boekjaar}")
    return Panel(link, dot_band(row, low, high), facts)


def _table(rows: pd.DataFrame) -> html.Details:
    columns = ("actueel_eur", "geboekt_eur", "p10_eur", "p50_eur", "p90_eur")
    cells = [
        [r["naam"], *(f.euro(r[c]) for c in columns), f.euro(r["p50_eur"] - r["actueel_eur"], sign=True)]
        for _, r in rows.iterrows()
    ]
    heads = [
        "Wet",
        "Begroting na wijziging",
        "Geboekt",
        "Laag (p10)",
        "Verwacht",
        "Hoog (p90)",
        "Verwacht min begroting",
    ]
    return details("Tabel per wet", data_table("Per wet, lasten in hele euro’s", heads, cells, range(1, 7)))


def programmes_line(pub: Publication, today: date) -> html.P | None:
    """Say how many running programmes are behind, with the way to them; None when none were delivered.

    Args:
        pub: The publication.
        today: Its peildatum.
    """
    rows = queries_programmes.programmas(pub)
    whole = rows[rows["activiteit"].fillna("") == ""]
    running = [r for _, r in whole.iterrows() if (f.as_date(r["tot_en_met"]) or today) >= today]
    if not running:
        return None
    results = queries_programmes.resultaten(pub)
    late = sum(results_behind(r, results, today) > 0 for r in running)
    link = dcc.Link("Bekijk de programma’s", href="/programmas")
    return html.P([html.Strong("Programma’s: "), programmes_text(late, len(running)), " ", link], className="rij")


def programmes_text(late: int, count: int) -> str:
    """Say how many of the running programmes have a result that is behind."""
    if not late:
        return "geen lopend programma loopt achter op zijn plan."
    # One sentence writes its counts one way.
    few, many = (f.telwoord(n) if count <= 10 else f.number(n) for n in (late, count))
    who = f"{few} van de {many} lopende programma’s" if count > 1 else "het lopende programma"
    return f"{who} {'heeft' if late == 1 else 'hebben'} een resultaat dat achterloopt."
