"""The course of one budget through the year: booked, still to come, expected with its band, budget, earlier years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.charts.base import end_labels, figure
from dashboard.charts.drawn import Drawn
from dashboard.theme import BESLISGRENS, TOKENS


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _line(x: list[Any], y: list[Any], name: str, **line: Any) -> dict[str, Any]:
    hover = "%{x|%-d %B}: %{customdata}<extra>" + name + "</extra>"
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": [None if f.missing(v) else v / 1e6 for v in y],
        "name": name,
        "line": {"width": 2, **line},
        "customdata": [f.euro(v) for v in y],
        "hovertemplate": hover,
    }


def _earlier(standen: pd.DataFrame, boekjaar: int, count: int) -> list[tuple[int, pd.DataFrame]]:
    years = sorted({int(y) for y in standen["boekjaar"] if y < boekjaar}, reverse=True)[:count]
    parts = [(y, standen[(standen["boekjaar"] == y) & standen["periode"].between(1, 12)]) for y in years]
    return [(y, part) for y, part in parts if len(part) > 1]


def _course(verloop: pd.DataFrame, boekjaar: int, colour: str, light: str) -> list[dict[str, Any]]:
    start = date(boekjaar, 1, 1)
    x = [start, *(_month_end(boekjaar, m.month) for m in verloop["maand"])]
    traces: list[dict[str, Any]] = []
    band = verloop[verloop["p10_eur"].notna() & verloop["p90_eur"].notna()]
    if not band.empty:
        bx = [start, *(_month_end(boekjaar, m.month) for m in band["maand"])]
        low, high = ([0.0, *(v / 1e6 for v in band[c])] for c in ("p10_eur", "p90_eur"))
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": bx + bx[::-1],
                "y": high + low[::-1],
                "fill": "toself",
                "fillcolor": light,
                "line": {"width": 0},
                "hoverinfo": "skip",
                "name": "80 % band",
            }
        )
    traces.append(_line(x, [0, *verloop["p50_eur"]], "verwacht", color=colour))
    booked = verloop[verloop["geboekt_eur"].notna()]
    if not booked.empty:
        bx = [start, *(_month_end(boekjaar, m.month) for m in booked["maand"])]
        open_eur = booked["nog_te_ontvangen_eur"].fillna(0)
        if (open_eur.abs() > 0).any():
            y = [0, *(booked["geboekt_eur"] + open_eur)]
            traces.append(_line(bx, y, "met nog te ontvangen facturen", color=TOKENS["wheat"], dash="dot"))
        traces.append(_line(bx, [0, *booked["geboekt_eur"]], "geboekt", color=TOKENS["ink"], width=2.5))
    return traces


def _labels(
    verloop: pd.DataFrame, row: Any, lineair: float | None, past: list[tuple[int, pd.DataFrame]], colour: str
) -> list[Any]:
    labels = []
    if not f.missing(row["actueel_eur"]):
        labels.append((row["actueel_eur"] / 1e6, f"begroting {f.number(row['actueel_eur'] / 1e6, 2)}", TOKENS["ink"]))
    if not f.missing(row["primitief_eur"]) and row["primitief_eur"] != row["actueel_eur"]:
        labels.append(
            (row["primitief_eur"] / 1e6, f"primitief {f.number(row['primitief_eur'] / 1e6, 2)}", TOKENS["muted"])
        )
    end = verloop["p50_eur"].dropna()
    if not end.empty:
        labels.append((end.iloc[-1] / 1e6, f"<b>verwacht {f.number(end.iloc[-1] / 1e6, 2)}</b>", colour))
    if lineair is not None:
        labels.append((lineair / 1e6, f"lineair {f.number(lineair / 1e6, 2)}", TOKENS["muted"]))
    labels += [(part["stand_eur"].iloc[-1] / 1e6, str(year), TOKENS["muted"]) for year, part in past]
    return labels


def _note(last: Any, boekjaar: int) -> dict[str, Any]:
    """Name the booked line at its end, below it, where no other line runs."""
    return {
        "x": _month_end(boekjaar, last["maand"].month),
        "y": last["geboekt_eur"] / 1e6,
        "xanchor": "left",
        "yanchor": "top",
        "text": f" geboekt {f.number(last['geboekt_eur'] / 1e6, 2)}",
        "showarrow": False,
        "font": {"color": TOKENS["ink"], "size": 12},
    }


def fan(
    verloop: pd.DataFrame,
    row: Any,
    standen: pd.DataFrame,
    boekjaar: int,
    lineair: float | None = None,
    synthetic: bool = False,
    height: int = 420,
    earlier: int = 3,
) -> Drawn:
    """Draw the course of a budget.

    Args:
        verloop: queries.verloop: cumulative euros per month; may be empty.
        row: Row of queries.budgetten: budget, chance, depletion date.
        standen: queries.standen: cumulative euros per year and period.
        boekjaar: The year.
        lineair: Outturn in euros when the booked amount went on in a straight line.
        synthetic: Add the watermark.
        height: Pixels.
        earlier: Earlier years to draw.
    """
    risky = not f.missing(row["kans_overschrijding"]) and row["kans_overschrijding"] >= BESLISGRENS
    colour, light = (TOKENS["rust"], TOKENS["rust_light"]) if risky else (TOKENS["sea"], TOKENS["sea_light"])
    past = _earlier(standen, boekjaar, earlier)
    traces = []
    for year, part in past:
        x = [date(boekjaar, 1, 1), *(_month_end(boekjaar, int(p)) for p in part["periode"])]
        traces.append(_line(x, [0, *part["stand_eur"]], str(year), color=TOKENS["past"], width=1))
    ends = [date(boekjaar, 1, 1), date(boekjaar, 12, 31)]
    if lineair is not None:
        traces.append(_line(ends, [0, lineair], "lineair", color=TOKENS["muted"], width=1, dash="dash"))
    traces += _course(verloop, boekjaar, colour, light)
    if verloop.empty:
        own = standen[(standen["boekjaar"] == boekjaar) & standen["periode"].between(1, 12)]
        x = [ends[0], *(_month_end(boekjaar, int(p)) for p in own["periode"])]
        traces.append(_line(x, [0, *own["stand_eur"]], "geboekt", color=TOKENS["ink"], width=2.5))
    if not f.missing(row["primitief_eur"]) and row["primitief_eur"] != row["actueel_eur"]:
        traces.append(
            _line(ends, [row["primitief_eur"]] * 2, "primitieve begroting", color=TOKENS["ink"], width=1, dash="dot")
        )
    if not f.missing(row["actueel_eur"]):
        traces.append(_line(ends, [row["actueel_eur"]] * 2, "begroting na wijziging", color=TOKENS["ink"]))
    values = [v for t in traces for v in t["y"] if v is not None]
    top = 1.08 * max(values, default=1) or 1
    annotations = end_labels(_labels(verloop, row, lineair, past, colour), height - 50, 0, top)
    booked = verloop[verloop["geboekt_eur"].notna()]
    if len(booked) and height > 300:
        annotations.append(_note(booked.iloc[-1], boekjaar))
    shapes = []
    gone = f.as_date(row["uitputting_p50"])
    if gone is not None and gone.year == boekjaar:
        shapes.append(
            {
                "type": "line",
                "x0": gone,
                "x1": gone,
                "y0": 0,
                "y1": row["actueel_eur"] / 1e6 if not f.missing(row["actueel_eur"]) else top,
                "line": {"color": colour, "width": 1, "dash": "dot"},
            }
        )
        annotations.append(
            {
                "x": gone,
                "y": 0,
                "yanchor": "bottom",
                "xanchor": "right",
                "text": f"geld op<br>{f.datum_kort(gone)} ",
                "showarrow": False,
                "font": {"color": colour, "size": 12},
                "align": "right",
            }
        )
    months = [date(boekjaar, m, 1) for m in range(1, 13)]
    xaxis = {
        "type": "date",
        "range": [ends[0], ends[1]],
        "tickvals": months[:: 2 if height > 300 else 3],
        "ticktext": list(f.MAANDEN_KORT)[:: 2 if height > 300 else 3],
        "ticklabelmode": "instant",
        "tickangle": 0,
    }
    yaxis = {"range": [0, top], "ticksuffix": "", "nticks": 6, "title": {"text": ""}}
    return figure(traces, height, synthetic, annotations=annotations, shapes=shapes, xaxis=xaxis, yaxis=yaxis)
