"""A small line in time, for three beside each other: no legend, the last value at its end."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard import formatting as f
from dashboard.charts.base import figure
from dashboard.theme import TOKENS


def small_line(rows: pd.DataFrame, unit: str, synthetic: bool = False, height: int = 170) -> go.Figure:
    """Draw the line.

    Args:
        rows: maand and waarde, in order; at least two.
        unit: "euro" writes euros, all else a count.
        synthetic: Add the watermark.
        height: Pixels.
    """
    write = f.euro if unit == "euro" else f.number
    values = [float(v) for v in rows["waarde"]]
    days = [m.date() for m in rows["maand"]]
    trace = {
        "type": "scatter", "mode": "lines", "x": days, "y": values, "line": {"color": TOKENS["sea"], "width": 2},
        "customdata": [f"{f.maand(d)}: {write(v)}" for d, v in zip(days, values, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    end = {
        "x": days[-1], "y": values[-1], "xanchor": "left", "xshift": 6, "text": f"<b>{write(values[-1])}</b>",
        "showarrow": False, "font": {"color": TOKENS["sea"], "size": 12},
    }  # fmt: skip
    years = sorted({d.year for d in days})[-3:]
    return figure(
        [trace],
        height,
        synthetic,
        annotations=[end],
        margin={"l": 44, "r": 66, "t": 10, "b": 26},
        # From zero: a line of its own scale would make every wobble a cliff.
        yaxis={"range": [0, 1.12 * max(values) or 1], "nticks": 4},
        xaxis={
            "type": "date",
            "tickvals": [f"{y}-01-01" for y in years],
            "ticktext": [str(y) for y in years],
            "tickangle": 0,
        },
    )
