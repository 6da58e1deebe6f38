"""A strip of dots: every gemeente of a group on one line, the own one marked and named."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import formatting as f
from dashboard.charts.base import figure
from dashboard.theme import TOKENS


def strip(rows: pd.DataFrame, own: str, decimals: int, synthetic: bool = False, height: int = 150) -> go.Figure:
    """Draw the dots.

    Args:
        rows: gebied_code, naam and waarde of each gemeente.
        own: Code of the own gemeente.
        decimals: Digits behind the comma.
        synthetic: Add the watermark.
        height: Pixels.
    """
    others, mine = rows[rows["gebied_code"] != own], rows[rows["gebied_code"] == own].iloc[0]
    middle = float(rows["waarde"].median())

    def dots(part: pd.DataFrame, colour: str, size: int, symbol: str) -> dict[str, object]:
        return {
            "type": "scatter",
            "mode": "markers",
            "x": [float(v) for v in part["waarde"]],
            "y": [0.0] * len(part),
            "marker": {"color": colour, "size": size, "symbol": symbol, "line": {"width": 1, "color": TOKENS["paper"]}},
            "customdata": [f"{r.naam}: {f.number(r.waarde, decimals)}" for r in part.itertuples()],
            "hovertemplate": "%{customdata}<extra></extra>",
        }

    marked = rows[rows["gebied_code"] == own]
    traces = [dots(others, TOKENS["past"], 10, "circle"), dots(marked, TOKENS["sea"], 15, "diamond")]
    span = (float(rows["waarde"].max()) - float(rows["waarde"].min())) or 1.0
    names = {
        "x": float(mine["waarde"]),
        "y": 0,
        "yshift": 26,
        "text": f"<b>{mine['naam']} {f.number(mine['waarde'], decimals)}</b>",
        "showarrow": False,
        "font": {"color": TOKENS["sea"], "size": 13},
    }
    half = {
        "x": middle,
        "y": 0,
        "yshift": -26,
        "text": f"midden {f.number(middle, decimals)}",
        "showarrow": False,
        "font": {"color": TOKENS["muted"], "size": 12},
    }
    line = {
        "type": "line",
        "x0": middle,
        "x1": middle,
        "y0": -0.5,
        "y1": 0.5,
        "line": {"color": TOKENS["muted"], "dash": "dot"},
    }
    low, high = float(rows["waarde"].min()) - span * 0.12, float(rows["waarde"].max()) + span * 0.12
    return figure(
        traces,
        height,
        synthetic,
        annotations=[names, half],
        shapes=[line],
        margin={"l": 16, "r": 16, "t": 16, "b": 30},
        xaxis={"range": [low, high], "nticks": 6},
        yaxis={"visible": False, "range": [-1.2, 1.2], "showgrid": False},
    )
