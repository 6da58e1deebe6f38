"""Waterfall: from the budget to the expected outturn, one bar per cause, in euros that add up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.charts.base import figure
from dashboard.charts.drawn import Drawn
from dashboard.theme import TOKENS

#: Causes as screens name them; the order on screens is that of the size.
OORZAKEN = {
    "aantal": "meer of minder cliënten",
    "prijs": "prijs",
    "duur": "duur en intensiteit",
    "nieuw": "nieuwe cliënten",
    "beeindigd": "beëindigde hulp",
    "nog_te_ontvangen": "nog te ontvangen facturen",
    "incidenteel": "eenmalig",
    "begroting": "begroting",
    "overig": "overig",
}
#: A row in pixels; in parts of a row how thick a bar is, how far below the middle it lies, and its name above it.
RIJ, DIK, ONDER, BOVEN = 44, 0.36, 0.2, 0.2


def waterfall(budget_eur: float, rows: pd.DataFrame, synthetic: bool = False, height: int = 0) -> Drawn:
    """Draw the causes lying down, so that their names read without turning one's head.

    Args:
        budget_eur: The budget in force.
        rows: queries.verklaring: oorzaak and effect_eur, in order.
        synthetic: Add the watermark.
        height: Pixels; 0 for what the rows need.
    """
    ends = [budget_eur, *(budget_eur + rows["effect_eur"].astype(float).cumsum())]
    low, high = _window(ends)
    # The two totals begin at the left end of the axis, each cause where the one before it ended.
    bars = [("begroting na wijziging", low, budget_eur, TOKENS["past"], f.mln(budget_eur, decimals=2))]
    for row, start, end in zip(rows.itertuples(), ends, ends[1:], strict=False):
        colour = TOKENS["rust"] if end > start else TOKENS["moss"]
        name = OORZAKEN.get(str(row.oorzaak), str(row.oorzaak))
        bars.append((name, start, end, colour, f.mln(end - start, sign=True, decimals=2)))
    bars.append(("verwachte uitkomst", low, ends[-1], TOKENS["sea"], f.mln(ends[-1], decimals=2)))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [row + ONDER for row in range(len(bars))],
            "width": DIK,
            "base": [start / 1e6 for _, start, *_ in bars],
            "x": [(end - start) / 1e6 for _, start, end, *_ in bars],
            "marker": {"color": [colour for *_, colour, _ in bars]},
            "hoverinfo": "skip",
        }
    ]
    return figure(
        traces,
        height or 16 + RIJ * len(bars),
        synthetic,
        annotations=[note for row, bar in enumerate(bars) for note in words(row, *bar)],
        shapes=_rules(len(bars), budget_eur),
        barmode="overlay",
        margin={"l": 2, "r": 74, "t": 8, "b": 8},
        # The amounts stand at the bars; an axis beside them would say less.
        xaxis={"range": [low / 1e6, high / 1e6], "visible": False},
        yaxis={"range": [len(bars) - 0.5, -0.5], "visible": False},
    )


def words(row: int, name: str, start: float, end: float, _colour: str, amount: str) -> list[dict[str, Any]]:
    """The name above the bar, from the left so that it is read whole on a phone, and the amount beside the bar."""
    shared = {"showarrow": False, "xanchor": "left", "font": {"color": TOKENS["ink"], "size": 13}}
    return [
        {**shared, "xref": "paper", "x": 0, "y": row - BOVEN, "text": name, "bgcolor": TOKENS["paper"]},
        {**shared, "x": max(start, end) / 1e6, "xshift": 6, "y": row + ONDER, "text": amount},
    ]


def _rules(count: int, budget_eur: float) -> list[dict[str, Any]]:
    """A line between the rows, and one for the budget through all of them: what is right of it is above it."""
    thin = {"type": "line", "layer": "below", "line": {"color": TOKENS["line"], "width": 1}}
    between = [{**thin, "xref": "paper", "x0": 0, "x1": 1, "y0": n - 0.5, "y1": n - 0.5} for n in range(1, count)]
    at = {"x0": budget_eur / 1e6, "x1": budget_eur / 1e6, "y0": ONDER, "y1": count - 0.5}
    return [*between, {**thin, **at, "line": {"color": TOKENS["muted"], "width": 1, "dash": "dot"}}]


def _window(ends: list[float]) -> tuple[float, float]:
    """Give both ends of the axis, which need not begin at nought: the causes must be seen, and figures stand beside."""
    room = max(max(ends) - min(ends), 0.02 * abs(ends[0]), 1.0)
    low = min(ends) - 0.6 * room
    return (0.0 if low < 0 <= min(ends) else low), max(ends) + 0.25 * room
