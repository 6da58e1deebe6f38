"""The HTML of a page as the server sends it; the app takes its place when its scripts are there (assets/monitor.js)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import dash
import flask
from dash import Dash

from dashboard import answers, pieces
from dashboard.components.shell import failed
from dashboard.markup import to_html
from dashboard.policy import HEADER, policy
from dashboard.scripts import in_order, last
from dashboard.theme import GRAPH_CONFIG, colour_pairs
from dashboard.warming import PAGE_OUTPUT, Warmer

#: Module of the page for an unknown address.
MISSING = "not_found_404"
#: Where Dash's index has the first page, and its title.
PLACE, TITLE = "{%first%}", "{%paginatitel%}"
#: The theme that a reader chose stands on the root, so that nothing is painted in the other one first.
ROOT, THEMES = '<html lang="nl"', {name: f' data-mantine-color-scheme="{name}"' for name in ("light", "dark")}


class Monitor(Dash):
    """Dash, with the whole page in the first answer: title, conclusion, tables, and what every chart will draw."""

    _frame_of_pages: str | None = None
    _policy: str = ""
    _used: str | None = None
    #: Makes pages beforehand, in a process that serves readers.
    warmer: Warmer | None = None

    def _config(self) -> Any:
        """Leave out what only serves to check callbacks: it holds every page once more, in every first answer."""
        config = super()._config()
        config.pop("validation_layout", None)
        return config

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """Fill the index with all that is the same for every page."""
        parts["scripts"] = in_order(parts["scripts"], str(self.config.requests_pathname_prefix))
        parts["renderer"] = last(parts["renderer"])
        settings = json.dumps(GRAPH_CONFIG, ensure_ascii=False).replace("<", "\\u003c")
        parts["config"] += f'<script type="application/json" id="grafiek-instelling">{settings}</script>'
        parts["config"] += f'<script type="application/json" id="kleuren">{json.dumps(colour_pairs())}</script>'
        return super().interpolate_index(**{**parts, "title": TITLE})

    def index(self, *_args: Any, **_kwargs: Any) -> Any:
        """Give the page of the address that is asked."""
        if self._frame_of_pages is None:
            frame = super().index()
            self._policy, self._frame_of_pages = policy(frame), frame
        frame = self._frame_of_pages
        path = flask.request.path.removeprefix(str(self.config.requests_pathname_prefix).rstrip("/"))
        page, query = asked(path, flask.request.query_string.decode("utf-8", "replace"))
        tree, title, status = self._made(page, query)
        chosen = THEMES.get(flask.request.cookies.get("thema", ""), "")

        def make() -> str:
            start, rest = frame.split(PLACE)
            start = start.replace(TITLE, html.escape(title, quote=False)).replace(ROOT, ROOT + chosen, 1)
            return f'{start}<div id="eerst">{to_html(self._light(tree))}</div>{rest}'

        answer = answers.response(tree, ("index", title, chosen), "text/html", make)
        answer.headers[HEADER] = self._policy
        answer.status_code = status
        return answer

    def page_answer(self) -> flask.Response | None:
        """Answer the app's question for a page from what is kept; None for every other question, which Dash answers."""
        body = flask.request.get_json(silent=True)
        if not isinstance(body, dict) or body.get("output") != PAGE_OUTPUT:
            return None
        given = {i.get("property"): i.get("value") for i in body.get("inputs") or [] if isinstance(i, dict)}
        path = self.strip_relative_path(str(given.get("pathname") or "/")) or ""
        page, query = asked(path, str(given.get("search") or "").removeprefix("?"))
        # Also when it could not be made: the app shows an answer only when the server calls it one.
        tree, title, _status = self._made(page, query)

        def make() -> str:
            return answers.page_json(self._light(tree), title)

        return answers.response(tree, ("app", title), "application/json", make)

    def _made(self, page: Mapping[str, Any], query: dict[str, str]) -> tuple[Any, str, int]:
        if self.warmer is not None and not str(page["module"]).endswith(MISSING):
            self.warmer.note(str(page["path"]), urlencode(query))
        return made(page, query)

    def _light(self, tree: Any) -> Any:
        """Give the page as it travels; both answers about it are made of the same pieces."""
        return answers.kept(tree, ("licht",), lambda: pieces.lighten(tree, self._is_used))

    def _is_used(self, name: Any) -> bool:
        """Tell whether a callback may read or write the component of this id."""
        if name is None:
            return False
        if self._used is None:
            self._used = json.dumps(self._callback_list, default=str)
        return not isinstance(name, str) or re.search(rf"\b{re.escape(name)}\b", self._used) is not None


def made(page: Mapping[str, Any], query: dict[str, str]) -> tuple[Any, str, int]:
    """Give the page of an entry in the registry, its title, and 200; or the page that says it failed, and 500."""
    try:
        return page["layout"](**query), str(page["title"]), 200
    except Exception:
        flask.current_app.logger.exception("page %s failed", page["path"])
        return failed(), "Er ging iets mis · Monitor Sociaal Domein", 500


def asked(path: str, query: str) -> tuple[Mapping[str, Any], dict[str, str]]:
    """Give the page of an address, the page "not found" for an unknown one, and the state in its query."""
    pages = dash.page_registry.values()
    clean = "/" + path.strip("/")
    found = next((p for p in pages if p["path"] == clean), None)
    missing = next(p for p in pages if str(p["module"]).endswith(MISSING))
    return found or missing, dict(parse_qsl(query, keep_blank_values=True))
