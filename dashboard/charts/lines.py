"""Small lines in time as shapes that a style sheet colours: for many beside each other, and beside a figure on a card.

A line is a picture of its form only (SVG, used as a mask by assets/panelen.css): it takes its colour from the tokens of
the theme that is on, stretches with the room it gets, and is there before any script runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

#: Part of the room, in percents, that stays free at each side so that a dot at an end is not cut.
RAND_X, RAND_Y = 3.0, 9.0
#: Pixels: a line, one behind it, the dot at its end, a figure with none beside it.
LIJN, DUN, STIP, LOS = 2.5, 1.25, 7, 5


@dataclass(frozen=True)
class Scale:
    """What all lines of a figure share: both ends of the axis of time (years) and of the figure."""

    first: float
    last: float
    low: float
    high: float

    def place(self, when: float, value: float) -> tuple[float, float]:
        """Give where a figure stands, in percents from the left and from the top."""
        x = (when - self.first) / ((self.last - self.first) or 1)
        y = (value - self.low) / ((self.high - self.low) or 1)
        return RAND_X + x * (100 - 2 * RAND_X), 100 - RAND_Y - y * (100 - 2 * RAND_Y)


def bounds(values: Iterable[float]) -> tuple[float, float]:
    """Give both ends of a scale around figures; from nought where that leaves two thirds of the room to them.

    Args:
        values: At least one.
    """
    known = list(values)
    low, high = min(known), max(known)
    return (0.0 if 0 <= low < (high - low) / 2 else low), (high if high > low else low + 1)


def line(pieces: Sequence[Sequence[tuple[float, float]]], scale: Scale, behind: bool = False) -> str:
    """Give a line as a value for CSS: `url("data:...")`, "" for none.

    Args:
        pieces: Runs of (moment in years, figure) that belong together: between two of them the line is broken.
        scale: What it shares with others.
        behind: Draw it thinner and without a dot at its end: another line is what the reader looks at.
    """
    drawn = [[scale.place(*point) for point in run] for run in pieces if run]
    if not drawn:
        return ""
    paths = [_path(_joined(run), DUN if behind else LIJN) for run in drawn if len(run) > 1]
    # A figure alone is a dot: a line of no length with a round end keeps its form when the room is stretched.
    paths += [_path(_dot(run[0]), LOS) for run in drawn if len(run) == 1]
    if not behind:
        paths.append(_path(_dot(drawn[-1][-1]), STIP))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" fill="none" '
        f'stroke="#000" stroke-linecap="round" stroke-linejoin="round">{"".join(paths)}</svg>'
    )
    return f'url("data:image/svg+xml,{quote(svg, safe=" =:/")}")'.replace("%22", "'")


def _joined(run: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run)


def _dot(point: tuple[float, float]) -> str:
    return f"M{point[0]:.1f} {point[1]:.1f}h.01"


def _path(form: str, width: float) -> str:
    return f'<path d="{form}" stroke-width="{width}" vector-effect="non-scaling-stroke"/>'


def runs(points: Iterable[tuple[float, float | None]], breaks: Sequence[float] = ()) -> list[list[tuple[float, float]]]:
    """Cut a series where a figure is missing and where it is not comparable with the one before.

    Args:
        points: (moment in years, figure or None), in order of time.
        breaks: Moments from which figures are not comparable with those before.
    """
    found: list[list[tuple[float, float]]] = [[]]
    before: float | None = None
    for when, value in points:
        if value is None or (before is not None and any(before < b <= when for b in breaks)):
            found.append([])
        if value is not None:
            found[-1].append((when, value))
        before = when
    return [run for run in found if run]
