"""A page as a browser receives it, as a tree of {"type", "props"} that a test can walk."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = {"br", "img", "hr", "input", "link", "meta"}
_NAMES = {"class": "className", "colspan": "colSpan"}


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside: list[dict[str, Any]] = [{"type": "Page", "props": {"children": []}}]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        props: dict[str, Any] = {_NAMES.get(name, name): value for name, value in attrs}
        node = {"type": tag.capitalize(), "props": {**props, "children": []}}
        self.inside[-1]["props"]["children"].append(node)
        if tag not in VOID:
            self.inside.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        self.inside[-1]["props"]["children"].append(data)


def tree(text: str) -> dict[str, Any]:
    """Give the tree of a page whose elements are all closed."""
    parser = _Tree()
    parser.feed(text)
    return parser.inside[0]
