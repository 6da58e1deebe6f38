"""The tables of a page as a reader sees them, to be held against the published database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from dash import Dash

from tests.support.html_tree import tree


def nodes(part: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for one in part:
            yield from nodes(one, kind)
    elif isinstance(part, dict):
        if part.get("type") == kind:
            yield part["props"]
        for one in part.values():
            yield from nodes(one, kind)


def words(part: Any) -> str:
    """The text a reader sees: without what is for screen readers only."""
    if isinstance(part, list):
        return "".join(words(one) for one in part)
    if isinstance(part, dict):
        props = part.get("props", part)
        return "" if props.get("className") == "sr" else words(props.get("children"))
    return "" if part is None else str(part).replace("\u00a0", " ")


def table(app: Dash, path: str, search: str, first_head: str, column: str) -> list[list[str]]:
    for found in nodes(tree(app.server.test_client().get(path + search).text), "Table"):
        heads = [words(th) for th in nodes(found, "Th")]
        if heads[0] == first_head and any(column in h for h in heads):
            rows = list(nodes(next(nodes(found, "Tbody")), "Tr"))
            return [[words(cell) for cell in row["children"]] for row in rows]
    pytest.fail(f"geen tabel met {first_head} en {column}")


def amount(text: str) -> float | None:
    if text in ("—", "geheim"):
        return None
    digits = text.replace("€", "").replace(".", "").replace(",", ".").replace("−", "-").replace("mln", "")
    return float(digits.replace(" ", ""))


def same(shown: str, true: Any, step: float = 1.0) -> bool:
    """Tell whether a shown amount is the true one, to the step it is shown in."""
    value = amount(shown)
    return true is None if value is None else true is not None and abs(value - float(true)) <= step / 2 + 1e-6
