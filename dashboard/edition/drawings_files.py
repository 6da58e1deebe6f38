"""The figures of an edition as loose files, to take into a note or a presentation: svg, and png made from the same."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard.edition import drawings_svg as s
from dashboard.edition.document import Editie, Figuur
from dashboard.edition.drawings import draw
from dashboard.edition.pdf import no_fetching, weasyprint
from dashboard.theme import TOKENS

_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_EDGE = 24.0
#: Pixels of the png per unit of the drawing: sharp on paper at 17 cm wide.
_SCALE = 2.0


def files(editie: Editie) -> dict[str, bytes]:
    """Give '<id>.svg' and '<id>.png' of every figure.

    Raises:
        LibraryMissingError: The system libraries for the png are not installed.
    """
    figures = [block for chapter in editie.hoofdstukken for block in chapter.blokken if isinstance(block, Figuur)]
    drawings = [standalone(figure, editie.voorbeelddata) for figure in figures]
    found: dict[str, bytes] = {}
    for figure, drawing, png in zip(figures, drawings, to_pngs(drawings), strict=True):
        found[f"{figure.id}.svg"] = drawing.encode("utf-8")
        found[f"{figure.id}.png"] = png
    return found


def standalone(figuur: Figuur, voorbeelddata: bool) -> str:
    """Give a drawing with its title above and its source below, so that it says the same without the page around it.

    Args:
        figuur: The figure.
        voorbeelddata: Say in the picture itself that its figures are made up.
    """
    inner = draw(figuur)
    width, height = _size(inner)
    titles = s.wrapped(figuur.titel, width, 17, bold=True, lines=3)
    sources = s.wrapped(figuur.bron, width, 10.5, lines=3) if figuur.bron else []
    top = _EDGE + 23 * len(titles) + 8
    total = top + height + 14 + 15 * len(sources) + _EDGE
    parts = [s.tag("title", escape(figuur.titel)), s.tag("desc", escape(figuur.alternatief))]
    parts.append(s.tag("rect", width=width + 2 * _EDGE, height=total, fill="#ffffff"))
    parts += [s.serif(_EDGE, _EDGE + 15 + 23 * i, words, 17) for i, words in enumerate(titles)]
    if voorbeelddata:
        parts.append(_mark(width / 2 + _EDGE, top + height / 2 + 12, min(width / 12, 44)))
    parts.append(f'<g transform="translate({s.n(_EDGE)} {s.n(top)})">{_inside(inner)}</g>')
    below = top + height + 18
    parts += [s.text(_EDGE, below + 15 * i, words, size=10.5, fill="muted") for i, words in enumerate(sources)]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + s.svg(width + 2 * _EDGE, total, *parts) + "\n"


def _inside(drawing: str) -> str:
    return drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]


def _mark(x: float, y: float, size: float) -> str:
    return (
        f'<text x="{s.n(x)}" y="{s.n(y)}" text-anchor="middle" font-size="{s.n(size)}" font-weight="bold" '
        f'fill="{TOKENS["wheat_light"]}" transform="rotate(-14 {s.n(x)} {s.n(y)})">VOORBEELDDATA</text>'
    )


def to_pngs(drawings: Sequence[str]) -> list[bytes]:
    """Turn svgs into pngs, twice as large as they say they are.

    All go through one PDF with a page for each: starting the text engine takes longer than drawing.

    Raises:
        LibraryMissingError: The system libraries are not installed.
    """
    import pypdfium2

    if not drawings:
        return []
    styles, pages = [], []
    for i, drawing in enumerate(drawings):
        width, height = _size(drawing)
        styles.append(f"@page p{i}{{size:{width}px {height}px;margin:0}}#p{i}{{page:p{i}}}")
        pages.append(f'<div id="p{i}">{drawing[drawing.index("<svg") :]}</div>')
    style = f"body{{margin:0}}svg{{display:block}}{''.join(styles)}"
    page = f"<style>{style}</style>{''.join(pages)}"
    document = pypdfium2.PdfDocument(weasyprint().HTML(string=page, url_fetcher=no_fetching).write_pdf())
    try:
        # A PDF has 72 points where the drawing has 96 units.
        images = [document[i].render(scale=_SCALE * 96 / 72).to_pil() for i in range(len(drawings))]
    finally:
        document.close()
    return [_bytes(image) for image in images]


def _bytes(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _size(drawing: str) -> tuple[float, float]:
    box = _BOX.search(drawing)
    if box is None:
        raise ValueError("a drawing without a viewBox")
    return float(box[1]), float(box[2])
