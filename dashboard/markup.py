"""Components as plain HTML: the page that the server sends, readable before any script runs and without scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

from dash.development.base_component import Component

_VOID = {"br", "img", "hr", "input"}
#: Property of a component -> attribute of HTML; what is not here and not aria-* or data-* is about the app only.
_ATTRIBUTES = {
    "className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan",
    "href": "href", "src": "src", "alt": "alt", "role": "role", "scope": "scope", "lang": "lang", "title": "title",
    "start": "start", "width": "width", "height": "height", "target": "target", "rel": "rel",
}  # fmt: skip
_FLAGS = ("open", "hidden")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def to_html(component: Any) -> str:
    """Write a component, or a list of them, as HTML.

    A chart gives the room that it will take (its text alternative stands on the element around it), a control gives its
    label and what is chosen. What only the app can do (stores, the address) gives nothing.

    Args:
        component: A Dash component, text, number, list of these, or None.
    """
    if component is None or isinstance(component, bool):
        return ""
    if isinstance(component, (str, int, float)):
        return html.escape(str(component), quote=False)
    if isinstance(component, Component):
        return _element(component)
    if isinstance(component, Iterable):
        return "".join(to_html(part) for part in component)
    raise TypeError(f"{type(component).__name__} is no component")


def _element(component: Component) -> str:
    described = component.to_plotly_json()
    props, kind, namespace = described["props"], described["type"], described["namespace"]
    if namespace == "dash_html_components":
        return _tag(kind.lower(), props)
    if kind == "Link":
        return _tag("a", props)
    if kind == "Graph":
        return _tag("div", {"className": "plek", "style": props.get("style")})
    if kind in ("Select", "TextInput"):
        return _choice(props)
    return to_html(props.get("children"))


def _tag(name: str, props: dict[str, Any]) -> str:
    start = f"<{name}{_attributes(props)}>"
    return start if name in _VOID else f"{start}{to_html(props.get('children'))}</{name}>"


def _attributes(props: dict[str, Any]) -> str:
    found: list[tuple[str, Any]] = []
    for prop, value in props.items():
        if value is None or value is False:
            continue
        if prop == "id":
            found.append(("id", value if isinstance(value, str) else json.dumps(value, sort_keys=True)))
        elif prop == "style":
            found.append(("style", ";".join(f"{_css(k)}:{v}" for k, v in value.items())))
        elif prop in _FLAGS:
            found.append((prop, ""))
        elif prop in _ATTRIBUTES or prop.startswith(("aria-", "data-")):
            found.append((_ATTRIBUTES.get(prop, prop), value))
    return "".join(f' {name}="{html.escape(str(value))}"' for name, value in found)


def _css(name: str) -> str:
    return _CAPITAL.sub(r"-\1", name).lower()


def _choice(props: dict[str, Any]) -> str:
    """A list to choose from, before it can be used: its label and what is chosen."""
    chosen = str(props.get("value") or "")
    for option in _options(props.get("data") or []):
        if option.get("value") == props.get("value"):
            chosen = str(option.get("label"))
    width = f' style="width:{int(props["w"])}px"' if isinstance(props.get("w"), (int, float)) else ""
    label = html.escape(str(props.get("label") or ""), quote=False)
    return f'<div class="keuze-vast"{width}><span>{label}</span><span>{html.escape(chosen, quote=False)}</span></div>'


def _options(data: list[Any]) -> Iterable[dict[str, Any]]:
    for option in data:
        if isinstance(option, str):
            yield {"value": option, "label": option}
        elif "items" in option:
            yield from _options(option["items"])
        else:
            yield option
