"""Answers made once and kept as compressed bytes: the page of an address, as the first HTML and as the app asks it.

A page is a tree of components that lives as long as the publication it is about (components/shell.py). What is sent is
kept on the tree itself: a page that was made anew, for whatever reason, is written anew, and nothing here has to know
why.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import brotli
import flask
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from dashboard.charts.drawn import compact

T = TypeVar("T")
#: Best first. Deflate is left out: browsers disagree on what it is.
ENCODINGS = ("br", "gzip")
_KEPT = "_monitor_antwoorden"
#: Forms of one page that are kept (encodings, themes).
_FORMS = 12
# Writing a page keeps the processor busy: twenty readers of a new page wait for one to be written, not write twenty.
# One who writes a page may need another text of it.
_writing = threading.RLock()


def encoding() -> str:
    """Give the encoding that this request prefers, "" for none."""
    accepted = flask.request.accept_encodings
    return next((name for name in ENCODINGS if accepted[name] > 0), "")


def packed(text: str | bytes, how: str, level: int = 5) -> bytes:
    """Compress.

    Args:
        text: What is sent.
        how: "br", "gzip" or "".
        level: Of brotli; 5 costs 3 ms for a page.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    if how == "br":
        return brotli.compress(data, quality=level)
    if how == "gzip":
        return gzip.compress(data, 6, mtime=0)
    return data


def kept(tree: Component, form: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Give something about a page, made once for as long as the page lives.

    Args:
        tree: The page.
        form: What it is, besides of this page.
        make: Makes it.
    """
    return cast(T, _of(tree, ("tekst", *form), make))


def response(tree: Component, form: tuple[Any, ...], mimetype: str, make: Callable[[], str]) -> flask.Response:
    """Give a text about a page as an answer, compressed as the reader can take it.

    Args:
        tree: The page.
        form: What the text is, besides of this page.
        mimetype: Of the text.
        make: Makes it.
    """
    how = encoding()
    data = _of(tree, ("bytes", how, *form), lambda: packed(make(), how))
    answer = flask.Response(data, mimetype=mimetype)
    if how:
        answer.headers["Content-Encoding"] = how
    answer.headers["Vary"] = "Accept-Encoding, Cookie"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _of(tree: Component, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    answers: dict[tuple[Any, ...], Any] = tree.__dict__.setdefault(_KEPT, {})
    found = answers.get(key)
    if found is None:
        with _writing:
            found = answers.get(key)
            if found is None:
                if len(answers) >= _FORMS:
                    answers.clear()
                found = answers[key] = make()
    return found


def page_json(tree: Any, title: str) -> str:
    """Give the answer to the app's question for a page, as Dash itself would write it."""
    store = json.dumps({"data": {"title": title}}, ensure_ascii=False)
    try:
        content = compact(tree)
    except (TypeError, ValueError):
        content = to_json_plotly(tree)
    return f'{{"multi":true,"response":{{"_pages_content":{{"children":{content}}},"_pages_store":{store}}}}}'
