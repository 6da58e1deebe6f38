"""Components as plain HTML: the page that the server sends, readable before any script runs and without scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard.theme import GRAPH_CONFIG

HTML = "dash_html_components"
_VOID = {"br", "img", "hr", "input"}
#: Property of a component -> attribute of HTML.
_ATTRIBUTES = {
    "className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan",
    "href": "href", "src": "src", "alt": "alt", "role": "role", "scope": "scope", "lang": "lang", "title": "title",
    "start": "start", "width": "width", "height": "height", "target": "target", "rel": "rel", "type": "type",
    "name": "name", "value": "value", "action": "action", "method": "method", "encType": "enctype",
    "download": "download", "dateTime": "datetime", "accept": "accept", "headers": "headers", "dir": "dir",
    "min": "min", "max": "max",
}  # fmt: skip
_FLAGS = ("open", "hidden", "disabled", "required", "multiple")
#: About the app only: these say nothing in HTML.
_SILENT = ("children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "loading_state", "refresh")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def to_html(component: Any) -> str:
    """Write a component, or a list of them, as HTML.

    A chart gives its place with what is to be drawn there (assets/charts.js draws it; its text alternative stands on
    the element around it), a control gives its label and what is chosen. What only the app can do (stores, the
    address) gives nothing.

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


def props_of(component: Component) -> dict[str, Any]:
    """Give the properties that were set, always in the same order, as `to_plotly_json` does but quicker."""
    said = vars(component)
    props = {name: said[name] for name in component._prop_names if name in said}
    return props | {name: said[name] for name in sorted(said) if name.startswith(("aria-", "data-"))}


def is_chart(component: Component) -> bool:
    """Tell whether it is a chart that no callback knows and drawn like all others: a place and a picture, no more."""
    if component._type != "Graph":
        return False
    props = props_of(component)
    return props.keys() <= {"figure", "config", "style"} and props.get("config") == GRAPH_CONFIG and "figure" in props


def tag_of(component: Component) -> str | None:
    """Give the element that stands for a component, or None where only the app can show it."""
    if component._namespace == HTML:
        return component._type.lower()
    if component._type == "Link":
        return "a"
    return "div" if is_chart(component) else None


def own_attributes(component: Component) -> dict[str, Any] | None:
    """Give the properties of a component that HTML can say, or None where it has one that HTML here cannot."""
    props = props_of(component)
    if is_chart(component):
        return _place(props)
    if component._type == "Link":
        props = {**props, "data-hier": ""}
    said = {k: v for k, v in props.items() if k not in _SILENT}
    return said if all(_is_known(name) for name in said) else None


def inner_html(component: Component) -> str:
    """Give what stands in a component, as HTML."""
    return "" if is_chart(component) else to_html(getattr(component, "children", None))


def _is_known(name: str) -> bool:
    return name in _ATTRIBUTES or name in _FLAGS or name in ("id", "style") or name.startswith(("aria-", "data-"))


def _place(props: dict[str, Any]) -> dict[str, Any]:
    """The room of a chart and what is drawn in it: the same figure gives the same text, so it need not be redrawn."""
    return {"className": "plek", "style": props.get("style") or {}, "data-figuur": to_json_plotly(props["figure"])}


def _element(component: Component) -> str:
    props, kind, namespace = props_of(component), component._type, component._namespace
    if namespace == HTML:
        return _tag(kind.lower(), props)
    if kind == "Link":
        # A link within the app: assets/pieces.js follows it without loading everything again.
        return _tag("a", {**props, "data-hier": ""})
    if kind == "Graph":
        return _tag("div", _place(props) if is_chart(component) else {"className": "plek", "style": props.get("style")})
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
    return "".join(f" {name}={_quoted(str(value))}" for name, value in found)


def _quoted(value: str) -> str:
    # A figure is full of double quotes: between single ones it stays a third shorter.
    if value.count('"') > value.count("'"):
        return "'" + value.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;") + "'"
    return f'"{html.escape(value)}"'


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
