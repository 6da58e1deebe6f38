"""A map of wijken: each drawn by its boundaries, shaded by its figure, with name and figure where there is room."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.base import figure
from dashboard.charts.drawn import Drawn
from dashboard.theme import TOKENS

#: From low to high; the same as those of the tiles (.tegel.t0 ... .t4 in monitor.css).
TINTEN = tuple(TOKENS[f"tint{step}"] for step in range(5))
ARCERING, LEEG = TOKENS["hatch_line"], TOKENS["hatch"]
#: Pixels: the width that labels are laid out for, bounds of the height, and the size of a letter.
BREED, LAAG, HOOG = 720, 260, 560
LETTER, REGEL = 6.4, 15.0


@dataclass(frozen=True)
class Vlak:
    """A wijk on the map.

    Attributes:
        naam: As it is shown.
        cijfer: The figure in words, "geheim" or "geen cijfer".
        klasse: Shade, index in TINTEN; None without a figure that may be shown.
        geheim: Whether there is a figure that stays secret.
        vorm: GeoJSON geometry (MultiPolygon or Polygon) in degrees, longitude first.
        x: Longitude of the middle.
        y: Latitude of the middle.
    """

    naam: str
    cijfer: str
    klasse: int | None
    geheim: bool
    vorm: str
    x: float
    y: float


def wijkkaart(vlakken: Sequence[Vlak], synthetic: bool = False) -> Drawn:
    """Draw the map, with north up and true to shape.

    Args:
        vlakken: All wijken, in any order.
        synthetic: Add the watermark.
    """
    lines = [_line(v.vorm) for v in vlakken]
    xs = [x for line, _ in lines for x in line if x is not None]
    ys = [y for _, line in lines for y in line if y is not None]
    # Degrees of longitude are narrower than those of latitude, by the cosine of the latitude.
    ratio = 1 / math.cos(math.radians((min(ys) + max(ys)) / 2))
    wide, high = max(xs) - min(xs), (max(ys) - min(ys)) * ratio
    height = round(min(max(BREED * high / wide, LAAG), HOOG))
    scale = min(BREED / wide, height / high)
    traces = [_trace(v, *line) for v, line in zip(vlakken, lines, strict=True)]
    shown = {"visible": False, "showgrid": False}
    return figure(
        [*traces, _labels(vlakken, scale, ratio)],
        height,
        synthetic,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=shown | {"range": [min(xs), max(xs)], "constrain": "domain"},
        yaxis=shown | {"range": [min(ys), max(ys)], "scaleanchor": "x", "scaleratio": ratio, "constrain": "domain"},
    )


def _line(vorm: str) -> tuple[list[float | None], list[float | None]]:
    """Give all rings as one line that is interrupted between them."""
    geometry = json.loads(vorm)
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in (ring for polygon in polygons for ring in polygon):
        if xs:
            xs.append(None)
            ys.append(None)
        xs += [point[0] for point in ring]
        ys += [point[1] for point in ring]
    return xs, ys


def _trace(vlak: Vlak, xs: list[float | None], ys: list[float | None]) -> dict[str, Any]:
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "fill": "toself",
        "fillcolor": LEEG if vlak.klasse is None else TINTEN[vlak.klasse],
        "line": {"color": TOKENS["muted"], "width": 1},
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": f"{vlak.naam}: {vlak.cijfer}",
    }
    if vlak.geheim:
        trace["fillpattern"] = {"shape": "/", "fgcolor": ARCERING, "bgcolor": TOKENS["paper"], "size": 7}
    return trace


def _labels(vlakken: Sequence[Vlak], scale: float, ratio: float) -> dict[str, Any]:
    """Name with figure where it covers no other label, else the figure alone, else nothing: it stands in the table."""
    taken: list[tuple[float, float, float, float]] = []
    placed: list[tuple[Vlak, str]] = []
    for lines in (2, 1):
        for vlak in vlakken:
            if any(v is vlak for v, _ in placed):
                continue
            letters = max(len(vlak.naam), len(vlak.cijfer)) if lines == 2 else len(vlak.cijfer)
            box = (vlak.x * scale, vlak.y * scale * ratio, letters * LETTER / 2, lines * REGEL / 2)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                figure_text = f"<b>{vlak.cijfer}</b>"
                placed.append((vlak, f"{vlak.naam}<br>{figure_text}" if lines == 2 else figure_text))
    return {
        "type": "scatter",
        "mode": "text",
        "x": [v.x for v, _ in placed],
        "y": [v.y for v, _ in placed],
        "text": [text for _, text in placed],
        "textfont": {"size": 12, "color": TOKENS["ink"]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return abs(a[0] - b[0]) < a[2] + b[2] and abs(a[1] - b[1]) < a[3] + b[3]
