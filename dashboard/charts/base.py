"""What the charts share: labels at the lines that do not cover each other, and a light Figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.charts.drawn import Drawn
from dashboard.theme import chart_layout, watermark


def spaced(wanted: Sequence[float], gap: float) -> list[float]:
    """Move label positions apart until each is `gap` from the next, keeping their order and their middle.

    Args:
        wanted: Where each label would like to be.
        gap: Smallest distance between two labels, in the same unit.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[Any]] = []
    for i in order:
        groups.append([[i], wanted[i]])
        while len(groups) > 1 and groups[-1][1] - groups[-2][1] < gap * (len(groups[-1][0]) + len(groups[-2][0])) / 2:
            members, middle = groups.pop()
            before, other = groups.pop()
            size, total = len(members), len(members) + len(before)
            groups.append([before + members, (middle * size + other * len(before)) / total])
    placed = [0.0] * len(wanted)
    for members, middle in groups:
        for n, i in enumerate(members):
            placed[i] = middle + (n - (len(members) - 1) / 2) * gap
    return placed


def _inside(places: list[float], low: float, high: float, gap: float) -> list[float]:
    """Push labels back that fell off an end of the axis; Plotly would leave them out."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    for n, i in enumerate(order):
        places[i] = max(places[i], low + gap / 2 + n * gap)
    for n, i in enumerate(reversed(order)):
        places[i] = min(places[i], high - gap / 2 - n * gap)
    return places


def end_labels(
    labels: Sequence[tuple[float, str, str]], height: float, low: float, high: float
) -> list[dict[str, Any]]:
    """Give annotations in the right margin, one per line, that do not cover each other.

    Args:
        labels: Value on the y axis, text and colour.
        height: Height of the plot area in pixels.
        low: Lower end of the y axis.
        high: Upper end of the y axis.
    """
    gap = 17 * (high - low) / max(height, 1)
    places = _inside(spaced([v for v, _, _ in labels], gap), low, high, gap)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": place,
            "yanchor": "middle",
            "text": text,
            "showarrow": False,
            "font": {"color": colour, "size": 12},
            "align": "left",
        }
        for place, (_, text, colour) in zip(places, labels, strict=True)
    ]


def figure(traces: list[dict[str, Any]], height: int, synthetic: bool, **layout: Any) -> Drawn:
    """Make a figure from plain dictionaries, with the watermark when the data is made up.

    The template is left out: it would add 7 kB to every figure and the lay-out says all it needs.
    """
    full = chart_layout(height, template={}, **layout)
    if synthetic:
        full["annotations"] = [*full.get("annotations", []), watermark(height)]
    return Drawn(traces, full)
