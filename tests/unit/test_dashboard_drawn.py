"""A chart is written as it was made, as plotly would; plotly still refuses nonsense."""

from __future__ import annotations

import copy
import json
from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.io.json import to_json_plotly

from dashboard.charts.drawn import Drawn, figure_json

TRACE = {"type": "scatter", "x": [date(2026, 1, 1), None], "y": [np.float64(1.5), np.int64(2)], "name": "Wmo € <b>"}


def drawn() -> Drawn:
    return Drawn([dict(TRACE)], {"height": 200, "annotations": [{"text": "een", "x": 1}]})


def test_what_is_written_is_what_plotly_writes() -> None:
    by_plotly = json.loads(to_json_plotly(go.Figure(drawn().plain)))
    # Without colours of its own plotly adds a template of 7 kB; ours say their colours.
    by_plotly["layout"].pop("template", None)
    assert json.loads(figure_json(drawn())) == by_plotly
    assert "_looked" not in vars(drawn()) and figure_json(drawn()) == figure_json(copy.copy(drawn()))


@pytest.mark.parametrize("values", [[1.0, float("nan")], pd.Series([1.0, None]), np.array([1.0, np.nan])])
def test_a_missing_number_is_written_as_nothing(values: object) -> None:
    told = json.loads(figure_json(Drawn([{"type": "bar", "y": values}], {})))
    assert told["data"][0]["y"] == [1.0, None]


def test_who_looks_inside_sees_plotly_and_a_change_is_kept() -> None:
    figure = drawn()
    assert figure.layout.height == 200 and figure.data[0].name == TRACE["name"] and isinstance(figure, go.Figure)
    figure.layout.height = 300
    assert json.loads(figure_json(figure))["layout"]["height"] == 300 and figure.height == 300


def test_more_on_a_figure_leaves_the_figure_itself() -> None:
    figure = drawn()
    more = figure.also([{"type": "line"}], [{"text": "twee"}], top=26)
    assert [a["text"] for a in more.plain["layout"]["annotations"]] == ["een", "twee"]
    assert more.plain["layout"]["margin"]["t"] == 26 and "shapes" not in figure.plain["layout"]


def test_plotly_refuses_what_is_no_figure_when_it_looks() -> None:
    with pytest.raises(ValueError, match="geen_eigenschap"):
        _ = Drawn([{"type": "scatter", "geen_eigenschap": 1}], {}).layout
