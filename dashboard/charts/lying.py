"""Bars lying down, one below the other, each with its name above it and its amount beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.charts.base import figure
from dashboard.charts.drawn import Drawn
from dashboard.theme import TOKENS

#: A row in pixels; in parts of a row how thick a bar is, how far below the middle it lies, and its name above it.
RIJ, DIK, ONDER, BOVEN = 44, 0.36, 0.2, 0.2


class Bar(NamedTuple):
    """A bar from one amount to another, in euros, with its colour and the words above and beside it."""

    name: str
    start: float
    end: float
    colour: str
    amount: str


def lying(
    bars: Sequence[Bar], ends: tuple[float, float], budget_eur: float | None, synthetic: bool = False, height: int = 0
) -> Drawn:
    """Draw the bars from top to bottom, so that their names read without turning one's head.

    Args:
        bars: From top to bottom.
        ends: Both ends of the axis, in euros; what begins before the first is drawn from there.
        budget_eur: Where a dotted line goes through all rows; None for none.
        synthetic: Add the watermark.
        height: Pixels; 0 for what the rows need.
    """
    low, high = ends
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [row + ONDER for row in range(len(bars))],
            "width": DIK,
            "base": [max(b.start, low) / 1e6 for b in bars],
            "x": [(b.end - max(b.start, low)) / 1e6 for b in bars],
            "marker": {"color": [b.colour for b in bars]},
            "hoverinfo": "skip",
        }
    ]
    return figure(
        traces,
        height or 16 + RIJ * len(bars),
        synthetic,
        annotations=[note for row, bar in enumerate(bars) for note in _words(row, bar)],
        shapes=_rules(len(bars), budget_eur),
        barmode="overlay",
        margin={"l": 2, "r": 74, "t": 8, "b": 8},
        # The amounts stand at the bars; an axis beside them would say less.
        xaxis={"range": [low / 1e6, high / 1e6], "visible": False},
        yaxis={"range": [len(bars) - 0.5, -0.5], "visible": False},
    )


def _words(row: int, bar: Bar) -> list[dict[str, Any]]:
    """The name above the bar, from the left so that it is read whole on a phone, and the amount beside the bar."""
    shared = {"showarrow": False, "xanchor": "left", "font": {"color": TOKENS["ink"], "size": 13}}
    return [
        {**shared, "xref": "paper", "x": 0, "y": row - BOVEN, "text": bar.name, "bgcolor": TOKENS["paper"]},
        {**shared, "x": max(bar.start, bar.end) / 1e6, "xshift": 6, "y": row + ONDER, "text": bar.amount},
    ]


def _rules(count: int, budget_eur: float | None) -> list[dict[str, Any]]:
    """A line between the rows, and one for the budget through all of them: what is right of it is above it."""
    thin = {"type": "line", "layer": "below", "line": {"color": TOKENS["line"], "width": 1}}
    rules = [{**thin, "xref": "paper", "x0": 0, "x1": 1, "y0": n - 0.5, "y1": n - 0.5} for n in range(1, count)]
    if budget_eur is not None:
        at = {"x0": budget_eur / 1e6, "x1": budget_eur / 1e6, "y0": ONDER, "y1": count - 0.5}
        rules.append({**thin, **at, "line": {"color": TOKENS["muted"], "width": 1, "dash": "dot"}})
    return rules
