"""The shared axis of Overzicht: most bands fit, a wild budget does not flatten the others and says where it is."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from dashboard.components.overview import AS_BREED, LABEL, LABEL_MIDDEN, _axis, dot_band, scale


def budget(p10: float, p50: float, p90: float, actueel: float = 100.0) -> dict[str, Any]:
    return {"p10_eur": p10, "p50_eur": p50, "p90_eur": p90, "actueel_eur": actueel, "kans_overschrijding": 0.9}


def said(component: Any) -> str:
    return json.dumps(component.to_plotly_json(), default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def test_one_wild_budget_does_not_flatten_the_others() -> None:
    rows = pd.DataFrame([budget(95, 101, 108)] * 9 + [budget(120, 170, 400)])
    assert scale(rows) == (0.9, 1.1)
    text = said(dot_band(rows.iloc[9], 0.9, 1.1))
    assert "170\u00a0% ▸" in text and "stip" not in text and "tussen 120\u00a0% en 400\u00a0%" in text


def test_a_band_that_runs_on_keeps_its_dot_and_gets_a_sign() -> None:
    text = said(dot_band(budget(85, 105, 140), 0.9, 1.2))
    assert "stip" in text and "▸" in text and "◂" in text
    plain = said(dot_band(budget(95, 105, 115), 0.9, 1.2))
    assert "▸" not in plain and "◂" not in plain


@pytest.mark.parametrize("low", [0.6, 0.7, 0.8, 0.9])
@pytest.mark.parametrize("high", [1.1, 1.2, 1.3, 1.4, 1.5])
def test_labels_of_the_axis_never_touch(low: float, high: float) -> None:
    places = []
    for mark in _axis(low, high).children:
        left = float(mark.style["left"].rstrip("%")) / 100 * AS_BREED
        width = LABEL_MIDDEN if mark.className == "midden" else LABEL
        left -= {"links": 0.0, "rechts": 1.0}.get(mark.className, 0.5) * width
        places.append((left, left + width))
    places.sort()
    assert all(a[1] <= b[0] for a, b in pairwise(places)) and len(places) >= 2
