"""Real tables: caption, scope on the headers, numbers aligned, and a scroll area of their own on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria
from dashboard.formatting import LEEG

_EMPTY: dict[type[Component], dict[str, Any]] = {kind: vars(kind()) for kind in (html.Th, html.Td)}
#: A cell is a text or any component.
Cell = Any


def _content(value: Cell) -> Any:
    if value is None or value == LEEG:
        return [html.Span(LEEG, **aria(hidden="true")), html.Span("geen waarde", className="sr")]
    return value


def _cell(kind: type[Component], content: Any, class_name: str, **props: Any) -> Component:
    """A cell, without the checks of its properties by Dash: a table has thousands, all with the same ones."""
    made = kind.__new__(kind)
    vars(made).update(_EMPTY[kind], children=content, className=class_name, **props)
    return made


def data_table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[int] = (),
    label: str = "",
    class_name: str = "",
) -> html.Div:
    """Give a table in a scroll area of its own.

    Args:
        caption: What the table shows, with its unit.
        headers: Column titles.
        rows: Cells per row; the first cell names the row.
        numeric: Columns (from 0) that align to the right.
        label: Name of the scroll area; by default the caption.
        class_name: Extra class of the table.
    """
    right = frozenset(numeric)

    def kind(i: int) -> str:
        return "getal" if i in right else ""

    head = html.Tr([_cell(html.Th, h, kind(i), scope="col") for i, h in enumerate(headers)])
    body = [
        html.Tr(
            [_cell(html.Th, _content(row[0]), kind(0), scope="row")]
            + [_cell(html.Td, _content(cell), kind(i)) for i, cell in enumerate(row[1:], 1)]
        )
        for row in rows
    ]
    table = html.Table(
        [html.Caption(caption), html.Thead(head), html.Tbody(body)], className=f"tabel {class_name}".strip()
    )
    # A scroll area must be reachable with the keyboard, and then needs a name.
    return html.Div(table, className="schuif", tabIndex="0", role="region", **aria(label=label or caption))


def details(summary: str, children: Any, is_open: bool = False) -> html.Details:
    """Give a part that opens with one key; used for the table beside a chart."""
    return html.Details([html.Summary(summary), children], open=is_open, className="uitklap")
