"""The track record: how far earlier forecasts were off, per month in which they were made."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import formatting as f
from dashboard.charts.base import end_labels, figure
from dashboard.theme import TOKENS

NAMEN = {
    "model": "de monitor",
    "lineair": "lineair",
    "vorig_jaar": "vorig jaar",
    "begroting": "de begroting",
    "budgethouder": "de budgethouder",
}
#: What is drawn to be compared: the model and a person's own judgement, which may be there in a few months only.
_OORDEEL = ("model", "budgethouder")
_LIJN: dict[str, dict[str, Any]] = {
    "model": {"color": TOKENS["sea"], "width": 3},
    "lineair": {"color": TOKENS["muted"], "width": 1.5, "dash": "dash"},
    "vorig_jaar": {"color": TOKENS["wheat"], "width": 1.5, "dash": "dot"},
    "begroting": {"color": TOKENS["ink"], "width": 1, "dash": "dashdot"},
    "budgethouder": {"color": TOKENS["rust"], "width": 2},
}


def errors(terugtoets: pd.DataFrame) -> pd.DataFrame:
    """Give the error per methode and peilmaand: sum of absolute errors as a share of the sum of outturns (WAPE).

    Args:
        terugtoets: queries.terugtoets.
    """
    sums: dict[tuple[str, int], tuple[float, float]] = {}
    columns = (terugtoets[c] for c in ("methode", "peilmaand", "voorspeld_eur", "uitkomst_eur"))
    for methode, month, said, came in zip(*columns, strict=True):
        if not f.missing(said) and not f.missing(came):
            wrong, size = sums.get((methode, month), (0.0, 0.0))
            sums[methode, month] = wrong + abs(said - came), size + abs(came)
    rows = [(*key, wrong / size) for key, (wrong, size) in sorted(sums.items()) if size]
    return pd.DataFrame(rows, columns=["methode", "peilmaand", "fout"])


def track(terugtoets: pd.DataFrame, synthetic: bool = False, height: int = 260) -> go.Figure:
    """Draw the error of every method against the month of the forecast.

    Args:
        terugtoets: queries.terugtoets, one onderdeel.
        synthetic: Add the watermark.
        height: Pixels.
    """
    table = errors(terugtoets)
    traces: list[dict[str, Any]] = []
    labels: list[tuple[float, str, str]] = []
    for methode, name in NAMEN.items():
        part = table[table["methode"] == methode].sort_values("peilmaand")
        if part.empty:
            continue
        y = [v * 100 for v in part["fout"]]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if methode in _OORDEEL else "lines",
                "x": list(part["peilmaand"]),
                "y": y,
                "name": name,
                "line": _LIJN[methode],
                "customdata": [f.percent(v, 1) for v in part["fout"]],
                "hovertemplate": "%{customdata} ernaast<extra>" + name + "</extra>",
            }
        )
        labels.append((y[-1], name, _LIJN[methode]["color"] if methode in _OORDEEL else TOKENS["muted"]))
    top = 1.1 * max((v for t in traces for v in t["y"]), default=1) or 1
    return figure(
        traces,
        height,
        synthetic,
        annotations=end_labels(labels, height - 50, 0, top),
        xaxis={
            "range": [0.7, 12.1],
            "tickvals": list(range(1, 13, 2)),
            "ticktext": list(f.MAANDEN_KORT[::2]),
            "tickangle": 0,
        },
        yaxis={"range": [0, top], "ticksuffix": " %", "nticks": 5},
    )
