"""Read a figure out of the page that the screen shows, so that a file cannot say anything else than the screen does.

The words of a cell are those that a screen reader says: signs that only repeat a word are left out, and a dash is the
word that stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from dash import html
from dash.development.base_component import Component

from dashboard.components.figure import components
from dashboard.export.cells import Cell, cell

#: Elements between which a reader pauses.
_BLOCKS = (html.Div, html.P, html.Li, html.Br, html.Dt, html.Dd, html.Ul, html.Ol, html.Section)


@dataclass(frozen=True)
class Table:
    """A table of a figure: its caption, the titles of its columns and its cells, row by row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Shown:
    """A figure as a screen shows it.

    Attributes:
        id: Its name on its page.
        address: Of that page, with its state.
        title: The finding.
        lead: Reading help.
        said: The parts of its source line by their kind (figure.DELEN); "bron" is first.
        source: The whole source line, without links: in a file they lead nowhere.
        tables: Those below its source line, in order; those of its picture when there are none.
        alternatives: What its charts show, in words.
        indicators: Ids of the indicators that it links to.
    """

    id: str
    address: str
    title: str
    lead: str
    said: dict[str, str]
    source: str
    tables: tuple[Table, ...]
    alternatives: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, dict[str, str]]:
        """The path of its page and the state of it by name."""
        parts = urlsplit(self.address)
        return parts.path, dict(parse_qsl(parts.query))


def figure_of(page: Any, name: str) -> Shown | None:
    """Give the figure of this name, or None when the page has none.

    Args:
        page: What the layout of the page gave.
        name: The id of the figure.
    """
    found = next((c for c in components(page) if getattr(c, "data-blok", None) == name), None)
    return None if found is None or not getattr(found, "data-adres", "") else _read(found, name)


def _read(section: Component, name: str) -> Shown:
    inside = list(components(section))
    source = next(c for c in inside if getattr(c, "className", "") == "bron")
    lead = next((c for c in inside if getattr(c, "className", "") == "uitleg"), None)
    said = {getattr(c, "data-deel"): words(c) for c in components(source) if getattr(c, "data-deel", None)}
    return Shown(
        name,
        str(getattr(section, "data-adres")),
        words(next(c for c in inside if isinstance(c, (html.H2, html.H3)))),
        words(lead),
        said,
        _source(source),
        tuple(_table(c) for c in taken_tables(section)),
        tuple(str(getattr(c, "aria-label")) for c in inside if getattr(c, "role", None) == "img"),
        tuple(dict.fromkeys(_linked(inside))),
    )


def taken_tables(section: Component) -> list[html.Table]:
    """Give the tables of a figure that go along with it: what its picture rests on, not what is drawn in."""
    parts = list(section.children)
    below = next(i for i, part in enumerate(parts) if getattr(part, "className", "") == "bron") + 1
    found = [c for c in components(parts[below:]) if isinstance(c, html.Table)]
    return found or [c for c in components(parts[:below]) if isinstance(c, html.Table)]


def _source(line: Component) -> str:
    texts = [part for part in _parts(line) if not any(hasattr(c, "href") for c in components(part))]
    return " · ".join(text for part in texts if (text := words(part)) not in ("", "·"))


def _parts(line: Component) -> list[Any]:
    return list(line.children) if isinstance(line.children, (list, tuple)) else [line.children]


def _linked(inside: list[Component]) -> Iterator[str]:
    for component in inside:
        target = urlsplit(str(getattr(component, "href", "") or ""))
        if target.path == "/indicator":
            yield from parse_qs(target.query).get("indicator", [])


def _table(table: Component) -> Table:
    rows = [c for c in components(table) if isinstance(c, html.Tr)]
    lines = [[c for c in components(row) if isinstance(c, (html.Th, html.Td))] for row in rows]
    heads = next((line for line in lines if line and all(getattr(c, "scope", "") == "col" for c in line)), [])
    caption = next((words(c) for c in components(table) if isinstance(c, html.Caption)), "")
    cells = tuple(
        tuple(cell(words(c), "getal" in str(getattr(c, "className", "")).split()) for c in line)
        for line in lines
        if line is not heads
    )
    return Table(caption, tuple(words(c) for c in heads), cells)


def words(part: Any) -> str:
    """Give the text of a component, as it is read aloud."""
    # An ordinary space only: a no-break one ties a number to its unit.
    return re.sub(r"[ \n]+", " ", "".join(_spoken(part))).strip(" ")


def _spoken(part: Any) -> Iterator[str]:
    if part is None or isinstance(part, bool):
        return
    if not isinstance(part, (Component, list, tuple)):
        yield str(part)
        return
    if isinstance(part, (list, tuple)):
        for piece in part:
            yield from _spoken(piece)
        return
    # What a part that opens is called says nothing once it is open, as in a file.
    if getattr(part, "aria-hidden", None) == "true" or isinstance(part, html.Summary):
        return
    label = getattr(part, "aria-label", None) if getattr(part, "role", None) in ("img", "progressbar") else None
    label = getattr(part, "alt", None) if isinstance(part, html.Img) else label
    block = isinstance(part, _BLOCKS)
    yield " " if block else ""
    yield from [str(label)] if label else _spoken(getattr(part, "children", None))
    yield " " if block else ""
