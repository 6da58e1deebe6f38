"""A figure made of plain dictionaries: plotly looks at every property only when somebody looks inside.

Plotly checks a figure property by property while it is made and copies it when it is written: most of the time that
making a chart takes. Our charts are made of dictionaries that a test checks with plotly itself
(tests/contract/test_dashboard_figures.py); what travels is what the chart said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

#: Where a figure keeps what was drawn, and that plotly has looked: from then on plotly's own books hold it.
_PLAIN, _LOOKED = "_plain", "_looked"


class Drawn(go.Figure):
    """A figure that is written as it was made; any property of it (`.layout`, `.data`) is plotly's, made when asked.

    Args:
        data: Traces.
        layout: Lay-out.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self.__dict__[_PLAIN] = {"data": data, "layout": layout}

    def __getattr__(self, name: str) -> Any:
        # Only what plotly keeps for itself is missing here; names of Python's own protocols are not.
        plain = self.__dict__.get(_PLAIN)
        if name.startswith("__") or plain is None or _LOOKED in self.__dict__:
            raise AttributeError(name)
        self.__dict__[_LOOKED] = True
        super().__init__(data=plain["data"], layout=plain["layout"])
        return getattr(self, name)

    def __reduce__(self) -> Any:
        """Let a copy be one of the same."""
        return Drawn, (self.plain["data"], self.plain["layout"])

    @property
    def plain(self) -> dict[str, Any]:
        """What was drawn, as dictionaries: not to be changed."""
        return super().to_dict() if _LOOKED in self.__dict__ else self.__dict__[_PLAIN]

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.plain["layout"]["height"])

    def to_dict(self) -> dict[str, Any]:
        """Give the figure as plotly does."""
        return self.plain

    def to_plotly_json(self) -> dict[str, Any]:
        """Give the figure as plotly does."""
        return self.plain

    def also(self, shapes: list[Any], annotations: list[Any], top: int | None = None) -> Drawn:
        """Give the same figure with more on it.

        Args:
            shapes: More lines and areas.
            annotations: More texts.
            top: Room above the chart in pixels; None leaves it.
        """
        data, layout = self.plain["data"], self.plain["layout"]
        more: dict[str, Any] = {"shapes": [*layout.get("shapes", ()), *shapes],
                "annotations": [*layout.get("annotations", ()), *annotations]}  # fmt: skip
        if top is not None:
            more["margin"] = {**layout.get("margin", {}), "t": top}
        return Drawn(data, {**layout, **more})


def figure_json(figure: Any) -> str:
    """Write a figure: the same figure always gives the same text.

    Args:
        figure: A figure of plotly, or a dictionary of one.
    """
    told = figure.plain if isinstance(figure, Drawn) else figure
    try:
        return compact(told if isinstance(told, Mapping) else told.to_plotly_json())
    except (ValueError, TypeError):
        # A number that JSON does not know, or a kind that only plotly can write.
        return to_json_plotly(figure)


def compact(value: Any) -> str:
    """Write JSON without spaces and without escapes that JSON does not need.

    Raises:
        ValueError: There is a NaN or an infinite number in it.
        TypeError: There is something in it that is no part of a figure.
    """
    return json.dumps(value, default=_other, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _other(value: Any) -> Any:
    if isinstance(value, date):
        return None if value is pd.NaT else value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    if value is pd.NA:
        return None
    raise TypeError(type(value).__name__)
