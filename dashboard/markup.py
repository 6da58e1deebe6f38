"""Components as plain HTML: the page that the server sends, readable before any script runs and without scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from dash.development.base_component import Component

from dashboard.charts.drawn import figure_json
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
#: Per kind of component: the order of its properties.
_ORDER: dict[type, dict[str, int]] = {}
_SPECIAL = re.compile("[&<>\"']")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def to_html(component: Any) -> str:
    """Write a component, or a list of them, as HTML.

    A chart gives its place with what is to be drawn there (assets/charts.js draws it; its text alternative stands on
    the element around it), a control gives its label and what is chosen. What only the app can do (stores, the
    address) gives nothing.

    Args:
        component: A Dash component, text, number, list of these, or None.
    """
    if isinstance(component, str):
        return text(component)
    if component is None or isinstance(component, bool):
        return ""
    if isinstance(component, Component):
        return _element(component)
    if isinstance(component, (int, float)):
        return str(component)
    if isinstance(component, Iterable):
        return "".join([to_html(part) for part in component])
    raise TypeError(f"{type(component).__name__} is no component")


def text(value: str) -> str:
    """Write text so that it stands in HTML as it is."""
    if "&" in value or "<" in value or ">" in value:
        return html.escape(value, quote=False)
    return value


def props_of(component: Component) -> dict[str, Any]:
    """Give the properties that were set, always in the same order, as `to_plotly_json` does but quicker."""
    said, kind = vars(component), type(component)
    order = _ORDER.get(kind)
    if order is None:
        order = _ORDER[kind] = {name: n for n, name in enumerate(component._prop_names)}
    known = [name for name in said if name in order]
    if len(known) > 1:
        known.sort(key=order.__getitem__)
    props = {name: said[name] for name in known}
    wild = [name for name in said if name[:5] in ("aria-", "data-")]
    if wild:
        props |= {name: said[name] for name in sorted(wild)}
    return props


def is_chart(component: Component) -> bool:
    """Tell whether it is a chart that no callback knows and drawn like all others: a place and a picture, no more."""
    if component._type != "Graph":
        return False
    props = props_of(component)
    return props.keys() <= {"figure", "config", "style"} and props.get("config") == GRAPH_CONFIG and "figure" in props


def element_of(component: Component) -> tuple[str, dict[str, Any]] | None:
    """Give the element that a component is in HTML and its attributes; None where HTML cannot say it all."""
    if is_chart(component):
        return "div", _place(props_of(component))
    if component._namespace == HTML:
        name, props = component._type.lower(), props_of(component)
    elif component._type == "Link":
        name, props = "a", {**props_of(component), "data-hier": ""}
    else:
        return None
    said = {k: v for k, v in props.items() if k not in _SILENT}
    return (name, said) if all([_is_known(known) for known in said]) else None


def _is_known(name: str) -> bool:
    return name in _ATTRIBUTES or name in _FLAGS or name in ("id", "style") or name.startswith(("aria-", "data-"))


def _place(props: dict[str, Any]) -> dict[str, Any]:
    """The room of a chart and what is drawn in it: the same figure gives the same text, so it need not be redrawn."""
    return {"className": "plek", "style": props.get("style") or {}, "data-figuur": figure_json(props["figure"])}


def _element(component: Component) -> str:
    props, kind, namespace = props_of(component), component._type, component._namespace
    if namespace == HTML:
        return tag(kind.lower(), props, to_html(props.get("children")))
    if kind == "Stuk":
        return tag(props["tag"], props["eigen"], props["binnen"])
    if kind == "Link":
        # A link within the app: assets/pieces.js follows it without loading everything again.
        return tag("a", {**props, "data-hier": ""}, to_html(props.get("children")))
    if kind == "Graph":
        return tag("div", _place(props) if is_chart(component) else {"className": "plek", "style": props.get("style")})
    if kind in ("Select", "TextInput"):
        return _choice(props)
    return to_html(props.get("children"))


def tag(name: str, props: dict[str, Any], inside: str = "") -> str:
    """Write an element.

    Args:
        name: Of the element.
        props: Its attributes, named as React names them; what says nothing in HTML is left out.
        inside: HTML of what stands in it.
    """
    start = f"<{name}{_attributes(props)}>" if props else f"<{name}>"
    return start if name in _VOID else f"{start}{inside}</{name}>"


def _attributes(props: dict[str, Any]) -> str:
    found: list[str] = []
    for prop, value in props.items():
        if value is None or value is False or prop == "children":
            continue
        if prop == "className":
            found.append(f" class={_quoted(value)}")
        elif prop == "id":
            found.append(f" id={_quoted(value if isinstance(value, str) else json.dumps(value, sort_keys=True))}")
        elif prop == "style":
            said = ";".join([f"{_css(k)}:{v}" for k, v in value.items()])
            found.append(f" style={_quoted(said)}")
        elif prop in _FLAGS:
            found.append(f' {prop}=""')
        elif prop in _ATTRIBUTES or prop.startswith(("aria-", "data-")):
            found.append(f" {_ATTRIBUTES.get(prop, prop)}={_quoted(str(value))}")
    return "".join(found)


def _quoted(value: str) -> str:
    # A figure is full of double quotes: between single ones it stays a third shorter.
    if value.count('"') > value.count("'"):
        return "'" + value.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;") + "'"
    return f'"{html.escape(value)}"' if _SPECIAL.search(value) else f'"{value}"'


@lru_cache(256)
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
