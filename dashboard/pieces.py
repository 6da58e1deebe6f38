"""What of a page the app must know, and what it only has to show: long quiet stretches travel as one piece of HTML.

Dash makes an element with its own bookkeeping of every component; a page of two thousand components takes the browser
longer than drawing its charts. Only controls, and what a callback writes, need that. Everything else is HTML already
(dashboard/markup.py), and the browser takes it as it is (assets/pieces.js).
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from dash.development.base_component import Component

from dashboard.markup import HTML, inner_html, is_chart, own_attributes, props_of, tag_of

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


def lighten(component: Any, is_used: Callable[[Any], bool]) -> Any:
    """Give the same page with its quiet stretches as pieces; the page itself stays as it was.

    Args:
        component: A component, text, number, list of these, or None.
        is_used: Tells of an id whether a callback reads or writes that component.
    """
    quiet: dict[int, bool] = {}
    _judge(component, is_used, quiet)
    return _lighten(component, quiet)


def _judge(part: Any, is_used: Callable[[Any], bool], quiet: dict[int, bool]) -> bool:
    if part is None or isinstance(part, (str, int, float)):
        return True
    if isinstance(part, (list, tuple)):
        # Every one is judged, also after the first that is not quiet.
        return all([_judge(one, is_used, quiet) for one in part])
    if not isinstance(part, Component):
        return False
    inside = _judge(getattr(part, "children", None), is_used, quiet)
    known = tag_of(part) is not None and own_attributes(part) is not None
    quiet[id(part)] = inside and known and not is_used(getattr(part, "id", None))
    return quiet[id(part)]


def _lighten(part: Any, quiet: dict[int, bool]) -> Any:
    if isinstance(part, (list, tuple)):
        return [_lighten(one, quiet) for one in part]
    if not isinstance(part, Component):
        return part
    if quiet.get(id(part)) and (is_chart(part) or part._namespace == HTML):
        return _piece(part)
    if part._namespace != HTML or getattr(part, "children", None) is None:
        return part
    same = copy.copy(part)
    same.children = _lighten(part.children, quiet)
    return same


def _piece(part: Component) -> Component:
    tag = tag_of(part)
    if tag is None or (getattr(part, "children", None) is None and not is_chart(part)):
        return part
    if is_chart(part):
        own = own_attributes(part) or {}
    else:
        own = {k: v for k, v in props_of(part).items() if k not in _ABOUT_DASH}
    return Stuk(tag, own, inner_html(part))
