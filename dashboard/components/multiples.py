"""Small multiples: one small picture for each of some things, on one scale, under a heading that says its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html


@dataclass(frozen=True)
class Panel:
    """One of them.

    Attributes:
        heading: What it is about and what it says, in words: a text, a link or parts.
        picture: A component that stretches with its room; None where there is nothing to draw.
        facts: Small print below it.
    """

    heading: Any
    picture: Any
    facts: Any = None


def multiples(panels: Sequence[Panel], class_name: str = "", shared: dict[str, str] | None = None) -> html.Ul:
    """Give them beside each other, as many as fit; on a phone two or one.

    Args:
        panels: In the order of the screen, which should not change with the figures.
        class_name: Kind of panel, for how wide each is (assets/panelen.css).
        shared: CSS variables that every panel draws with.
    """
    items = [
        html.Li(
            [html.H3(p.heading), html.Div(p.picture, className="beeld"), html.Div(p.facts, className="feiten")],
        )
        for p in panels
    ]
    return html.Ul(items, className=f"panelen {class_name}".strip(), style=shared or None)
