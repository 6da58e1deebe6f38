"""Controls: a choice goes into the address, and the address makes the page (assets/monitor.js)."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.aria import aria


def choice(
    name: str,
    label: str,
    value: str,
    options: list[dict[str, Any]],
    width: int = 280,
    searchable: bool = False,
    part: str = "",
) -> dmc.Select:
    """Give a list to choose from.

    Args:
        name: Name in the address.
        label: Text above the list.
        value: What is chosen now.
        options: {"value", "label"} or {"group", "items"}.
        width: Pixels.
        searchable: What is typed makes the list shorter; for a list longer than a screen.
        part: Tells lists apart that choose parts of the same value in the address.
    """
    return dmc.Select(
        id=_id(name, value, part),
        label=label,
        value=value,
        data=options,
        w=width,
        maw="100%",
        allowDeselect=False,
        searchable=searchable,
        nothingFoundMessage="Niets gevonden" if searchable else None,
        comboboxProps={"withinPortal": True},
        maxDropdownHeight=360,
    )


def search(name: str, label: str, value: str, width: int = 280) -> dmc.TextInput:
    """Give a field to search with; what is typed goes into the address when typing pauses."""
    return dmc.TextInput(id=_id(name, value), label=label, value=value, debounce=400, w=width, maw="100%")


def _id(name: str, value: str, part: str = "") -> dict[str, str]:
    """The same keys for every control, so that one callback listens to all of them (app.py)."""
    return {"type": "keuze", "deel": part, "naam": name, "nu": value}


def bar(*controls: Any) -> html.Div:
    """Give the row of controls above a page."""
    return html.Div(list(controls), className="keuzes", role="group", **aria(label="Kies wat u wilt zien"))
