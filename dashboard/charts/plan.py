"""A result in time: what was reached at each delivery, beside the even way to the plan."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard import formatting as f
from dashboard.charts.base import end_labels, figure
from dashboard.theme import TOKENS


def plan(
    rows: pd.DataFrame, begin: date | None, end: date | None, synthetic: bool = False, height: int = 240
) -> go.Figure:
    """Draw one result of a programme.

    Args:
        rows: queries_programmes.verloop of one result: peildatum, gepland, bereikt.
        begin: First day of the programme; with `end` the plan is drawn as an even line.
        end: Last day.
        synthetic: Add the watermark.
        height: Pixels.
    """
    goal, reached = float(rows["gepland"].iloc[-1]), float(rows["bereikt"].iloc[-1])
    colour = TOKENS["sea"]
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(rows["peildatum"]),
            "y": [float(v) for v in rows["bereikt"]],
            "name": "bereikt",
            "line": {"color": colour, "width": 3},
            "marker": {"size": 6},
            "customdata": [
                f"{f.datum(d)}: {f.number(v)} bereikt" for d, v in zip(rows["peildatum"], rows["bereikt"], strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
    ]
    labels = [(reached, f"<b>bereikt {f.number(reached)}</b>", colour)]
    if begin and end:
        even = {"color": TOKENS["muted"], "width": 1.5, "dash": "dot"}
        traces.append(
            {"type": "scatter", "mode": "lines", "x": [begin, end], "y": [0, goal], "line": even, "hoverinfo": "skip"}
        )
    labels.append((goal, f"plan {f.number(goal)}", TOKENS["muted"]))
    high = max(goal, float(rows["bereikt"].max())) * 1.1 or 1.0
    first, last = begin or min(rows["peildatum"]), end or max(rows["peildatum"])
    return figure(
        traces,
        height,
        synthetic,
        margin={"r": 110, "l": 40},
        annotations=end_labels(labels, height - 50, 0, high),
        xaxis={"range": [first, last], "tickformat": "%Y", "nticks": 5, "tickangle": 0},
        yaxis={"range": [0, high], "nticks": 4},
    )
