"""Moments on the axis of time of a chart: a thin line and a number each, explained in the list below the chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.charts.base import spaced
from dashboard.charts.drawn import Drawn
from dashboard.theme import TOKENS

#: Days between two numbers: they do not touch on a phone, where a year is some 200 pixels wide.
RUIMTE = 24


def marks(days: Sequence[date], year: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give the lines and the numbers of moments, for a chart whose axis is one year.

    Args:
        days: The moments in order; the first gets number 1.
        year: The year of the axis.

    Returns:
        Shapes and annotations. Numbers stand apart, also where moments are close; the line stays on its day.
    """
    first = date(year, 1, 1)
    wanted = [float((day - first).days) for day in days]
    places = [min(max(p, 4.0), 360.0) for p in spaced(wanted, RUIMTE)]
    # A mean position may have pushed the first off the axis: then the others make room.
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + RUIMTE)
    shapes = [
        {
            "type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": TOKENS["wheat"], "width": 1, "dash": "dash"},
        }
        for day in days
    ]  # fmt: skip
    numbers = [
        {
            "x": first + timedelta(days=place), "yref": "paper", "y": 1, "yanchor": "bottom", "text": f"<b>{n}</b>",
            "showarrow": False, "font": {"color": TOKENS["wheat"], "size": 12},
        }
        for n, place in enumerate(places, 1)
    ]  # fmt: skip
    return shapes, numbers


def with_moments(drawn: Drawn, days: Sequence[date], year: int) -> Drawn:
    """Give the chart of a year with its moments numbered on the axis of time.

    Args:
        drawn: Its x axis is the year in dates.
        days: The moments in order.
        year: The year of the axis.
    """
    shapes, numbers = marks(days, year)
    return drawn.also(shapes, numbers, top=26 if days else None)
