"""A bar that is filled as far as something got, with a mark where it should be by now; the numbers stand beside it."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import formatting as f
from dashboard.components.aria import aria


def progress(done: float | None, expected: float | None = None, also: float | None = None, words: str = "") -> Any:
    """Give the bar.

    Args:
        done: Share 0-1 that was reached; may be more than 1.
        expected: Share 0-1 where it would be when it went evenly; None for no mark.
        also: Share on top of `done` that is promised but not there yet, shown lighter.
        words: What a screen reader hears.
    """
    if f.missing(done) or done is None:
        return None
    width = min(max(done, 0.0), 1.0) * 100
    parts = [html.Span(className="vol", style={"width": f"{width:.1f}%"})]
    if also and not f.missing(also):
        extra = min(max(also, 0.0), 1.0 - width / 100) * 100
        parts.append(html.Span(className="licht", style={"left": f"{width:.1f}%", "width": f"{extra:.1f}%"}))
    if expected is not None:
        parts.append(html.Span(className="streep", style={"left": f"{min(max(expected, 0), 1) * 100:.1f}%"}))
    said = words or f"{f.percent(done)}"
    return html.Div([html.Div(parts, className="voortgang", **aria(hidden="true")), html.Span(said, className="sr")])
