"""The HTML of a page as the server sends it; the app takes its place when its scripts are there (assets/monitor.js)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import dash
import flask
from dash import Dash

from dashboard.markup import to_html
from dashboard.store import Store

#: Where Dash's index has the first page.
PLACE = "{%first%}"


class Monitor(Dash):
    """Dash, with the whole page in the first answer: title, conclusion, tables, and the room of every chart."""

    def _config(self) -> Any:
        """Leave out what only serves to check callbacks: it holds every page once more, in every first answer."""
        config = super()._config()
        config.pop("validation_layout", None)
        return config

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Fill the index for the address that is asked."""
        page, query = asked(flask.request.path, flask.request.query_string.decode("utf-8", "replace"))
        index = super().interpolate_index(**{**parts, "title": html.escape(str(page["title"]), quote=False)})
        return index.replace(PLACE, first_html(page, query))


def asked(path: str, query: str) -> tuple[Mapping[str, Any], dict[str, str]]:
    """Give the page of an address, the page "not found" for an unknown one, and the state in its query."""
    pages = dash.page_registry.values()
    clean = "/" + path.strip("/")
    found = next((p for p in pages if p["path"] == clean), None)
    missing = next(p for p in pages if str(p["module"]).endswith("not_found_404"))
    return found or missing, dict(parse_qsl(query, keep_blank_values=True))


def first_html(page: Mapping[str, Any], query: dict[str, str]) -> str:
    """Give the page as HTML; the same publication and address give the same text, so it is made once.

    Args:
        page: Its entry in dash.page_registry.
        query: State in the address.
    """
    store: Store = flask.current_app.config["MONITOR_STORE"]
    pub = store.current()

    def make() -> str:
        return f'<div id="eerst">{to_html(page["layout"](**query))}</div>'

    if pub is None:
        return make()
    return pub.remember(("first", page["module"], tuple(sorted(query.items()))), make)
