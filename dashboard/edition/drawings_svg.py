"""Writing SVG by hand: the few marks that the edition's drawings consist of.

Attributes instead of style sheets, so that one text serves the page, the PDF, the loose file and its png alike. Every
number is written with one decimal, so that the same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboard.theme import TOKENS

#: DejaVu stands first: it is installed with the libraries of the PDF, so that text takes the room that was planned.
SANS = "'DejaVu Sans', Verdana, 'Segoe UI', Roboto, sans-serif"
SERIF = "'DejaVu Serif', Charter, Cambria, Georgia, serif"
#: Mean width of a character as a share of its size, in DejaVu Sans; wide on purpose.
_WIDTH, _WIDTH_BOLD = 0.57, 0.64


def n(value: float) -> str:
    """Write a coordinate: one decimal, no '-0'."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def tag(name: str, *children: str, **attributes: object) -> str:
    """Write an element; `_` in the name of an attribute becomes `-`, numbers get one decimal."""
    pairs = ((key.strip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    text = "".join(f" {key}={quoteattr(n(v) if isinstance(v, float) else str(v))}" for key, v in pairs)
    return f"<{name}{text}>{''.join(children)}</{name}>" if children else f"<{name}{text}/>"


def svg(width: float, height: float, *children: str) -> str:
    """Give a whole drawing with these sizes."""
    return tag(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {n(width)} {n(height)}",
        width=n(width),
        height=n(height),
        font_family=SANS,
        font_size="12",
        fill=TOKENS["ink"],
    )


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 12, bold: bool = False, fill: str = "ink"
) -> str:
    """Write words; `anchor` is start, middle or end, `fill` the name of a token."""
    return tag(
        "text",
        escape(words),
        x=float(x),
        y=float(y),
        text_anchor=None if anchor == "start" else anchor,
        font_size=n(size),
        font_weight="bold" if bold else None,
        fill=TOKENS[fill],
    )


def serif(x: float, y: float, words: str, size: float) -> str:
    """Write a big number or a heading."""
    return tag(
        "text",
        escape(words),
        x=float(x),
        y=float(y),
        font_family=SERIF,
        font_size=n(size),
        font_weight="bold",
        fill=TOKENS["ink"],
    )


def line(
    x1: float, y1: float, x2: float, y2: float, fill: str = "line", width: float = 1, dash: str | None = None
) -> str:
    """Draw a straight line; `fill` is the name of a token."""
    return tag(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        stroke=TOKENS[fill],
        stroke_width=n(width),
        stroke_dasharray=dash,
    )


def path(points: Sequence[tuple[float, float]], fill: str, width: float = 2, dash: str | None = None) -> str:
    """Draw a line through points."""
    if len(points) < 2:
        return ""
    d = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)
    return tag(
        "path",
        d=d,
        fill="none",
        stroke=TOKENS[fill],
        stroke_width=n(width),
        stroke_linejoin="round",
        stroke_linecap="round",
        stroke_dasharray=dash,
    )


def area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], fill: str) -> str:
    """Fill the room between two lines."""
    if len(upper) < 2:
        return ""
    d = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in [*upper, *reversed(lower)]) + "Z"
    return tag("path", d=d, fill=TOKENS[fill], stroke="none")


def dot(x: float, y: float, r: float, fill: str, hollow: bool = False) -> str:
    """Draw a round mark."""
    if hollow:
        return tag("circle", cx=float(x), cy=float(y), r=n(r), fill="#ffffff", stroke=TOKENS[fill], stroke_width="2")
    return tag("circle", cx=float(x), cy=float(y), r=n(r), fill=TOKENS[fill])


def diamond(x: float, y: float, r: float, fill: str) -> str:
    """Draw a mark with another shape than a dot, for what must not be told by colour alone."""
    d = f"M{n(x)} {n(y - r)}L{n(x + r)} {n(y)}L{n(x)} {n(y + r)}L{n(x - r)} {n(y)}Z"
    return tag("path", d=d, fill=TOKENS[fill])


def bar(x1: float, x2: float, y: float, height: float, fill: str, rounded: bool = True, edge: str = "") -> str:
    """Draw a horizontal bar around y; it is at least as wide as its rounding needs."""
    radius = height / 2 if rounded else 0.0
    left, right = min(x1, x2), max(x1, x2)
    if rounded and right - left < height:
        middle = (left + right) / 2
        left, right = middle - radius, middle + radius
    return tag(
        "rect",
        x=float(left),
        y=float(y - height / 2),
        width=float(right - left),
        height=float(height),
        rx=n(radius) if rounded else None,
        fill=TOKENS[fill],
        stroke=TOKENS[edge] if edge else None,
    )


def wrapped(words: str, width: float, size: float, bold: bool = False, lines: int = 2) -> list[str]:
    """Break words over lines that fit; what does not fit the last line ends with an ellipsis."""
    limit = max(int(width / (size * (_WIDTH_BOLD if bold else _WIDTH))), 4)
    done, current = [], ""
    for word in words.split(" "):
        longer = f"{current} {word}".strip()
        if len(longer) <= limit or not current:
            current = longer
        else:
            done.append(current)
            current = word
    done.append(current)
    done = [part if len(part) <= limit else part[: limit - 1] + "…" for part in done]
    if len(done) > lines:
        last = done[lines - 1]
        done = [*done[: lines - 1], (last if len(last) < limit else last[: limit - 1]) + "…"]
    return done


def named(x: float, y: float, words: str, width: float, bold: bool = False) -> str:
    """Write the name of a row around y, over two lines, or three smaller ones when it is long."""
    lines, size, step = wrapped(words, width, 12, bold), 12.0, 13.0
    if lines[-1].endswith("…"):
        lines, size, step = wrapped(words, width, 9.5, bold, lines=3), 9.5, 10.5
    middle = (len(lines) - 1) / 2
    return "".join(text(x, y + 4 + step * (i - middle), part, size=size, bold=bold) for i, part in enumerate(lines))
