"""A figure: title that states the finding, picture with its text alternative, source line and table; never a part less.

Every figure of every page is made here, and one that lacks a part is refused when it is made: whoever reads a figure,
sees it on a link or takes it out of the house always gets what it says, in words and in numbers, from which source, of
which day and how final.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import formatting as f
from dashboard.address import here
from dashboard.components.aria import aria
from dashboard.export.links import download_links
from dashboard.theme import GRAPH_CONFIG

#: What a source line must say; the part of the page that says it carries the word in data-deel.
DELEN = ("bron", "peildatum", "status", "definitie")
_HERKEN = {
    "bron": re.compile(r"^(Bron|Gemaakt uit)\b"),
    "peildatum": re.compile(
        r"^(peildatum|stand|prognose van|levering|laatste cijfer|cijfers? (over|van)|terugtoets)\b"
    ),
    "status": re.compile(r"voorlopig|definitief|^status\b"),
}
#: Where the monitor says what its words mean: on this page, or on that of the account.
_MEANING = ("#", "/verantwoording")
_UNSAID: Any = object()


class IncompleteFigure(ValueError):
    """A figure lacks a part that every figure has; a mistake of who made the page, never of who reads it."""


@dataclass(frozen=True)
class Figure:
    """A figure of a page, with everything that belongs to it.

    Attributes:
        id: Its name on its page, as in a link: small letters, digits and hyphens. It stays when the data changes.
        title: The finding.
        pictures: What is seen; each chart is made by `chart`, so that it has a text alternative.
        source: Of `source_line`, with all of DELEN.
        tables: Tables below it; those that stand in a picture count as well.
        lead: Reading help under the title.
        level: Of its heading.
        not_taken: Why it cannot be downloaded; "" when it can.
    """

    id: str
    title: str
    pictures: tuple[Any, ...]
    source: html.P
    tables: tuple[Any, ...] = ()
    lead: str = ""
    level: int = 2
    not_taken: str = ""

    def __post_init__(self) -> None:
        missing = [] if self.title.strip() else ["titel"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            missing.append("id")
        body = [*self.pictures, *self.tables]
        if not self.pictures or _undescribed(body):
            missing.append("tekstalternatief")
        if not any(isinstance(c, html.Table) for c in components(body)):
            missing.append("tabel")
        said = {getattr(c, "data-deel", None) for c in components(self.source)}
        missing += [part for part in DELEN if part not in said]
        if missing:
            raise IncompleteFigure(f"figuur '{self.id or self.title}' mist: {', '.join(missing)}")

    def section(self) -> html.Section:
        """Give it as a part of a page; `#id` in an address leads to it."""
        heading = {2: html.H2, 3: html.H3}[self.level](self.title)
        lead = html.P(self.lead, className="uitleg") if self.lead else None
        drawn = any(isinstance(c, dcc.Graph) for c in components(self.pictures))
        refused = html.P(f"Niet te downloaden: {self.not_taken}", className="meenemen") if self.not_taken else None
        taken = refused or download_links(self.id, self.title, drawn)
        body = [heading, lead, *self.pictures, self.source, taken, *self.tables]
        # Without its address it is read by nobody but who looks at it (export/read.py).
        address = "" if self.not_taken else str(here() or "")
        named: dict[str, Any] = {"data-blok": self.id, "data-adres": address}
        return html.Section([part for part in body if part is not None], className="figuur", id=self.id, **named)


def components(tree: Any) -> Iterator[Component]:
    """Walk a component, or a list of them, from the outside in and in the order of the page."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, (list, tuple)):
            waiting.extend(reversed(part))
        elif isinstance(part, Component):
            yield part
            waiting.append(getattr(part, "children", None))


def _undescribed(tree: Any) -> bool:
    """Tell whether a chart stands there without words that say what it shows."""
    parts = list(components(tree))
    graphs = sum(isinstance(c, dcc.Graph) for c in parts)
    described = [c for c in parts if getattr(c, "role", None) == "img" and getattr(c, "aria-label", "")]
    return graphs > sum(isinstance(g, dcc.Graph) for c in described for g in components(c))


def slug(text: str) -> str:
    """Write a text as an id: "Jeugdhulp (% van 2024)" -> "jeugdhulp-van-2024"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def source_line(
    *parts: Any, bron: str = "", peildatum: Any = _UNSAID, status: str = "", definitie: Component | None = None
) -> html.P:
    """Give the small print under a figure: source, peildatum, status, definition, joined by dots.

    Args:
        parts: Texts and links in order; one that begins as a source or a peildatum does, or says how final, counts as
            that part, and a link to what the words mean as the definition.
        bron: The source, with or without "Bron: ".
        peildatum: A day, or words ("cijfers over 2024"); None says that it is not known.
        status: How final the figures are ("voorlopig: er komen nog facturen bij").
        definitie: The link to what the words mean.
    """
    found: list[tuple[str, Any]] = []
    if bron:
        found.append(("bron", bron if _HERKEN["bron"].match(bron) else f"Bron: {bron}"))
    if peildatum is not _UNSAID:
        found.append(("peildatum", _day(peildatum)))
    if status:
        found.append(("status", status if _HERKEN["status"].search(status) else f"status: {status}"))
    found += [(_kind(part), part) for part in parts if part]
    if definitie is not None:
        found.append(("definitie", definitie))
    shown: list[Any] = []
    for kind, part in found:
        about: dict[str, Any] = {"data-deel": kind}
        shown += [" · "] if shown else []
        shown.append(html.Span(part, **about) if kind else part)
    return html.P(shown, className="bron")


def _day(value: Any) -> str:
    if isinstance(value, str) and value:
        return value
    day = f.as_date(value) if not isinstance(value, str) else None
    return f"peildatum {f.datum(day)}" if isinstance(day, date) else "peildatum onbekend"


def _kind(part: Any) -> str:
    if isinstance(part, Component):
        return "definitie" if str(getattr(part, "href", "")).startswith(_MEANING) else ""
    return next((kind for kind, pattern in _HERKEN.items() if pattern.search(str(part))), "")


def chart(figure: go.Figure, alternative: str, height: int, class_name: str = "") -> html.Div:
    """Give a chart that a screen reader announces by what it shows.

    Args:
        figure: The picture.
        alternative: The finding in words, with the numbers that carry it.
        height: Height in pixels, reserved before the picture is there so that nothing jumps.
        class_name: Extra class.
    """
    graph = dcc.Graph(figure=figure, config=cast(Any, GRAPH_CONFIG), style={"height": f"{height}px"})
    return html.Div(
        html.Div(graph, **aria(hidden="true")),
        role="img",
        className=f"grafiek {class_name}".strip(),
        style={"minHeight": f"{height}px"},
        **aria(label=alternative),
    )


def figure_block(
    title: str,
    picture: Any,
    source: html.P,
    table: Any = None,
    lead: str = "",
    level: int = 2,
    *,
    id: str = "",
    not_taken: str = "",
) -> html.Section:
    """Give a figure as a part of a page.

    Args:
        title: The finding.
        picture: What is seen, or a list of parts beside each other.
        source: Of `source_line`.
        table: The table, or a list of them; None only when the picture holds it.
        lead: Reading help under the title.
        level: Of the heading.
        id: Its name on its page; give one, since a title changes with the data and a link should not.
        not_taken: Why it cannot be downloaded, in Dutch: it counts people exactly. By default it can.

    Raises:
        IncompleteFigure: A part is missing.
    """
    pictures, tables = (tuple(part) if isinstance(part, list) else (part,) for part in (picture, table))
    below = tuple(t for t in tables if t is not None)
    return Figure(id or slug(title), title, pictures, source, below, lead, level, not_taken).section()
