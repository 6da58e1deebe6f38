"""What of a page the app must know, and what it only has to show: long quiet stretches travel as one piece of HTML.

Dash makes an element with its own bookkeeping of every component; a page of two thousand components takes the browser
longer than drawing its charts. Only controls, and what a callback writes, need that. Everything else is HTML already
(dashboard/markup.py), and the browser takes it as it is (assets/pieces.js).
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from dashboard.markup import HTML, element_of, is_chart, props_of, tag, to_html

#: Of Dash's own bookkeeping, on every html component.
_ABOUT_DASH = ("children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state")


class Stuk(Component):
    """One element with HTML in it, that the app shows and never looks into.

    Args:
        tag: Name of the element.
        eigen: Its attributes, named as React names them.
        binnen: What stands in it.
    """

    _namespace = "monitor_stukken"
    _type = "Stuk"
    _children_props: list[str] = []  # noqa: RUF012 (Dash reads it from the class)
    _base_nodes: list[str] = []  # noqa: RUF012
    _prop_names = ["tag", "eigen", "binnen"]  # noqa: RUF012
    available_properties = ["tag", "eigen", "binnen"]  # noqa: RUF012
    _valid_wildcard_attributes: list[str] = []  # noqa: RUF012
    available_wildcard_properties: list[str] = []  # noqa: RUF012

    def __init__(self, tag: str, eigen: dict[str, Any], binnen: str) -> None:
        super().__init__(tag=tag, eigen=eigen, binnen=binnen)


@dataclass(slots=True)
class _Quiet:
    """A part that is only shown: its element with its attributes, and what stands in it, written."""

    part: Component
    tag: str
    own: dict[str, Any]
    inside: str


def lighten(component: Any, is_used: Callable[[Any], bool]) -> Any:
    """Give the same page with its quiet stretches as pieces; the page itself stays as it was.

    Args:
        component: A component, text, number, list of these, or None.
        is_used: Tells of an id whether a callback reads or writes that component.
    """
    return _shown(_read(component, is_used))


def _read(part: Any, is_used: Callable[[Any], bool]) -> Any:
    """Give a part with every quiet stretch in it written: each is written once, from the inside out."""
    if isinstance(part, (list, tuple)):
        return [_read(one, is_used) for one in part]
    if not isinstance(part, Component):
        return part
    inside = _read(getattr(part, "children", None), is_used)
    written = _written(inside)
    if written is not None and not is_used(getattr(part, "id", None)):
        element = element_of(part)
        if element is not None:
            return _Quiet(part, *element, written)
    if part._namespace != HTML or inside is None:
        return part
    same = copy.copy(part)
    same.children = _shown(inside)
    return same


def _written(part: Any) -> str | None:
    """Give a part that was read as HTML; None where something in it is not quiet."""
    if isinstance(part, _Quiet):
        return tag(part.tag, part.own, part.inside)
    if isinstance(part, list):
        found = []
        for one in part:
            inside = _written(one)
            if inside is None:
                return None
            found.append(inside)
        return "".join(found)
    return to_html(part) if part is None or isinstance(part, (str, int, float)) else None


def _shown(part: Any) -> Any:
    if isinstance(part, list):
        return [_shown(one) for one in part]
    return _piece(part) if isinstance(part, _Quiet) else part


def _piece(quiet: _Quiet) -> Component:
    part = quiet.part
    if is_chart(part):
        return Stuk(quiet.tag, quiet.own, quiet.inside)
    if part._namespace != HTML or getattr(part, "children", None) is None:
        return part
    return Stuk(quiet.tag, {k: v for k, v in props_of(part).items() if k not in _ABOUT_DASH}, quiet.inside)
