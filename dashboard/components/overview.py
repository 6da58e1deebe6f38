"""The picture of Overzicht: one row per budget, its expected outturn as a share of the budget, with numbers beside it.

Not a chart but a table whose cells hold a dot and a band: it reads aloud, prints, and is there before any script is.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components.aria import aria
from dashboard.theme import BESLISGRENS

#: Outside these shares a band is always cut off, with a sign and its figure.
LAAGST, HOOGST = 0.6, 1.5
#: One budget in eight may fall outside the axis at each end, so that a few wild ones do not flatten all others.
BUITEN = 0.125
#: Narrowest the axis gets (monitor.css), and what its labels take, in pixels.
AS_BREED, LABEL, LABEL_MIDDEN, RUIMTE = 200, 34, 58, 3


def scale(rows: pd.DataFrame) -> tuple[float, float]:
    """Give the shares at both ends of the axis, whole tens of percents around most bands and the budget itself."""
    known = rows[rows["actueel_eur"] > 0]
    low = (known["p10_eur"] / known["actueel_eur"]).quantile(BUITEN, interpolation="higher")
    high = (known["p90_eur"] / known["actueel_eur"]).quantile(1 - BUITEN, interpolation="lower")
    low = 0.9 if f.missing(low) else min(max(low, LAAGST), 0.9)
    high = 1.1 if f.missing(high) else max(min(high, HOOGST), 1.1)
    return math.floor(low * 10 + 1e-9) / 10, math.ceil(high * 10 - 1e-9) / 10


def dot_band(row: Any, low: float, high: float) -> html.Div:
    """Give the dot and band of one budget on the shared axis.

    Args:
        row: Row of queries.budgetten.
        low: Share at the left end.
        high: Share at the right end.
    """
    if f.missing(row["actueel_eur"]) or row["actueel_eur"] <= 0:
        return html.Div("geen begroting", className="baan tekst")

    def at(value: float) -> float:
        return min(max((value / row["actueel_eur"] - low) / (high - low), 0), 1) * 100

    left, right, dot = at(row["p10_eur"]), at(row["p90_eur"]), at(row["p50_eur"])
    shares = [row[c] / row["actueel_eur"] for c in ("p10_eur", "p50_eur", "p90_eur")]
    words = (
        f"{f.percent(shares[1])} van de begroting, waarschijnlijk tussen {f.percent(shares[0])} en "
        f"{f.percent(shares[2])}"
    )
    parts = [
        html.Span(className="lijn", style={"left": f"{at(row['actueel_eur']):.2f}%"}),
        html.Span(className="band", style={"left": f"{left:.2f}%", "width": f"{max(right - left, 0.8):.2f}%"}),
        html.Span(className="stip", style={"left": f"{dot:.2f}%"}),
    ]
    if shares[1] > high + 1e-9 or shares[1] < low - 1e-9:
        # Off the axis: the dot is left out and the figure stands in its place.
        above = shares[1] > high
        text = f"{f.percent(shares[1])} ▸" if above else f"◂ {f.percent(shares[1])}"
        parts = [parts[0], html.Span(text, className="voorbij" if above else "voorbij links")]
    else:
        parts += [html.Span("▸", className="door")] if shares[2] > high + 1e-9 else []
        parts += [html.Span("◂", className="door links")] if shares[0] < low - 1e-9 else []
    risky = not f.missing(row["kans_overschrijding"]) and row["kans_overschrijding"] >= BESLISGRENS
    return html.Div(
        [html.Span(parts, **aria(hidden="true")), html.Span(words, className="sr")],
        className="baan risico" if risky else "baan",
    )


def _axis(low: float, high: float) -> html.Div:
    """Label the budget, both ends and what fits between them: a label that would touch another is left out."""

    def at(share: float) -> float:
        return (share - low) / (high - low)

    middle = at(1.0) * AS_BREED
    taken = [(middle - LABEL_MIDDEN / 2, middle + LABEL_MIDDEN / 2)]
    marks = [html.Span("begroting", className="midden", style={"left": f"{at(1.0) * 100:.2f}%"})]
    inner = [n / 10 for n in range(round(low * 10) + 1, round(high * 10))]
    for share in (low, high, *inner):
        kind, shift = {low: ("links", 0.0), high: ("rechts", 1.0)}.get(share, ("", 0.5))
        left = at(share) * AS_BREED - shift * LABEL
        if all(left > b + RUIMTE or left + LABEL < a - RUIMTE for a, b in taken):
            taken.append((left, left + LABEL))
            marks.append(html.Span(f.percent(share), className=kind, style={"left": f"{at(share) * 100:.2f}%"}))
    # The cells say in words what the axis shows.
    return html.Div(marks, className="as", **aria(hidden="true"))


def _name(row: Any, boekjaar: int) -> dcc.Link:
    return dcc.Link(row["naam"], href=f"/budget?onderdeel={row['onderdeel']}&boekjaar={boekjaar}")


def _difference(row: Any) -> Any:
    return None if f.missing(row["actueel_eur"]) else f.mln_small(row["p50_eur"] - row["actueel_eur"], sign=True)


def _when(row: Any) -> Any:
    return f.datum_kort(row["uitputting_p50"])


def budget_table(rows: pd.DataFrame, boekjaar: int) -> html.Div:
    """Give the table with every budget that has a forecast, in the order of `rows`."""
    low, high = scale(rows)
    heads = [
        html.Th("Budget", scope="col"),
        html.Th("begroting", scope="col", className="getal smal"),
        html.Th([html.Span("verwachte uitkomst", className="sr"), _axis(low, high)], scope="col", className="beeld"),
        html.Th("kans boven", scope="col", className="getal"),
        html.Th("geld op", scope="col", className="getal"),
        html.Th("verwacht min begroting", scope="col", className="getal"),
    ]
    body = []
    for _, row in rows.iterrows():
        when = _when(row)
        body.append(
            html.Tr(
                [
                    html.Th(_name(row, boekjaar), scope="row"),
                    html.Td(f.mln_small(row["actueel_eur"]), className="getal zacht smal"),
                    html.Td(dot_band(row, low, high), className="beeld"),
                    html.Td(f.chance(row["kans_overschrijding"]), className="getal vet"),
                    html.Td(
                        when
                        if when != f.LEEG
                        else [html.Span(f.LEEG, **aria(hidden="true")), html.Span("niet dit jaar", className="sr")],
                        className="getal zacht",
                    ),
                    html.Td(_difference(row), className="getal vet"),
                ]
            )
        )
    caption = (
        "Per budget: de begroting, de verwachte uitkomst als deel van de begroting, de kans op "
        "meer dan de begroting, wanneer het geld op is en het verwachte verschil"
    )
    table = html.Table(
        [html.Caption(caption, className="sr"), html.Thead(html.Tr(heads)), html.Tbody(body)], className="budgetten"
    )
    return html.Div(
        table, className="schuif", tabIndex="0", role="region", **aria(label="Budgetten op volgorde van risico")
    )


def top_three(rows: pd.DataFrame, boekjaar: int) -> html.Ol:
    """Give the three budgets most at risk as short blocks, for a phone."""
    low, high = scale(rows)
    items = []
    for _, row in rows.head(3).iterrows():
        gone = f.as_date(row["uitputting_p50"])
        when = f", geld op rond {f.dag_maand(gone)}" if gone else ""
        facts = f"kans boven de begroting {f.chance_text(row['kans_overschrijding'])}{when}"
        items.append(
            html.Li(
                [
                    html.Div([_name(row, boekjaar), html.Strong(_difference(row))], className="kop"),
                    html.Div(dot_band(row, low, high), className="beeld"),
                    html.Div(facts, className="feiten"),
                ]
            )
        )
    return html.Ol(items, className="top3")
