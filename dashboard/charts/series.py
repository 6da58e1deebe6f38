"""An indicator in time: own gemeente with its bounds and breaks, beside the province and the country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import formatting as f
from dashboard.charts.base import end_labels, figure
from dashboard.theme import TOKENS

_STIJL: tuple[dict[str, Any], ...] = (
    {"color": TOKENS["sea"], "width": 3},
    {"color": TOKENS["wheat"], "width": 1.5, "dash": "dash"},
    {"color": TOKENS["muted"], "width": 1.5, "dash": "dot"},
    {"color": TOKENS["ink"], "width": 1.5, "dash": "longdashdot"},
)
#: Letters of a label that fit in the right margin.
LABEL_LETTERS = 20


def _bounds(part: pd.DataFrame) -> dict[str, Any] | None:
    known = part[part["ondergrens"].notna() & part["bovengrens"].notna() & part["waarde"].notna()]
    if known.empty:
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": list((part["bovengrens"] - part["waarde"]).fillna(0)),
        "arrayminus": list((part["waarde"] - part["ondergrens"]).fillna(0)),
        "color": TOKENS["sea"],
        "thickness": 1.5,
        "width": 4,
    }


def _label(name: str, number: str) -> str:
    """A name with its figure, cut where the margin ends; the table has the whole name."""
    room = LABEL_LETTERS - len(number) - 1
    return f"{name if len(name) <= room else name[: room - 1].rstrip() + '…'} {number}"


def series(
    values: pd.DataFrame,
    order: Sequence[tuple[str, str]],
    decimals: int,
    breaks: Sequence[tuple[float, str]] = (),
    synthetic: bool = False,
    height: int = 380,
) -> go.Figure:
    """Draw an indicator for up to four regions, the own gemeente first.

    Args:
        values: queries.indicatorwaarden of one kind of period and one breakdown.
        order: (gebied_code, name) in order of importance.
        decimals: Digits behind the comma.
        breaks: (position in years, label) where the series is not comparable.
        synthetic: Add the watermark.
        height: Pixels.
    """
    traces, labels = [], []
    for (code, name), style in zip(order, _STIJL, strict=False):
        part = values[values["gebied_code"] == code].sort_values("periode")
        shown = part[part["waarde"].notna()]
        if shown.empty:
            continue
        own = style is _STIJL[0]
        trace: dict[str, Any] = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [f.periode_positie(p) for p in part["periode"]],
            "y": [None if f.missing(v) else v for v in part["waarde"]],
            "connectgaps": False,
            "name": name,
            "line": style,
            # An open mark: a provisional figure that CBS may still change.
            "marker": {
                "size": 8 if own else 5,
                "symbol": ["circle" if s == "definitief" else "circle-open" for s in part["status"]],
            },
            "customdata": [
                f"{f.periode(p)}: {f.number(v, decimals)}" for p, v in zip(part["periode"], part["waarde"], strict=True)
            ],
            "hovertemplate": "%{customdata}<extra>" + name + "</extra>",
        }
        bounds = _bounds(part) if own else None
        if bounds:
            trace["error_y"] = bounds
        traces.append(trace)
        text = _label(name, f.number(shown["waarde"].iloc[-1], decimals))
        labels.append((shown["waarde"].iloc[-1], f"<b>{text}</b>" if own else text, style["color"]))
    known = pd.concat([values["waarde"], values["ondergrens"], values["bovengrens"]]).dropna()
    low, high = (known.min(), known.max()) if len(known) else (0.0, 1.0)
    pad = max((high - low) * 0.12, 0.5)
    low = 0.0 if 0 <= low < (high - low) else low - pad
    first = [f.periode_positie(p) for p in values["periode"]]
    years = sorted({int(p[:4]) for p in values["periode"]})
    step = -(-len(years) // 4) or 1  # four years side by side still fit on a phone
    shapes = [
        {
            "type": "line",
            "x0": x,
            "x1": x,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": TOKENS["muted"], "width": 1, "dash": "dot"},
        }
        for x, _ in breaks
    ]
    notes = [
        {
            "x": x,
            "yref": "paper",
            "y": 1,
            "yanchor": "top",
            "xanchor": "left",
            "text": f" {text}",
            "showarrow": False,
            "font": {"size": 12, "color": TOKENS["muted"]},
        }
        for x, text in breaks
    ]
    return figure(
        traces,
        height,
        synthetic,
        margin={"r": 150},
        annotations=end_labels(labels, height - 50, low, high + pad) + notes,
        shapes=shapes,
        xaxis={
            "range": [min(first, default=0) - 0.4, max(first, default=1) + 0.2],
            "tickvals": [y + 0.5 for y in years if (y - years[-1]) % step == 0] if years else [],
            "ticktext": [str(y) for y in years if (y - years[-1]) % step == 0],
            "tickangle": 0,
        },
        yaxis={"range": [low, high + pad], "nticks": 6},
    )
