"""The blocks of an edition as HTML: paragraphs, lists, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from dashboard import formatting as f
from dashboard.edition.document import Alinea, Blok, Deel, Figuur, Getal, Lijst, Tabel
from dashboard.edition.drawings import SMALL, draw

#: "Geld: we verwachten ...": a word or two that say what a paragraph is about.
_LEAD = re.compile(r"^[^\W\d_][^.:;!?\n]{1,58}:(?= \S)")
#: Spaces at which a line may not end: between a number and its unit or sign.
_TIED = re.compile(r"(?<=€) (?=[\d−+])|(?<=\d) (?=(?:%|mln|miljoen|procent)(?!\w))")
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
#: Tables up to this many rows stay on one page; wider ones than this many columns get a smaller letter.
_SHORT, _WIDE = 14, 7


def blocks(parts: Iterable[Blok]) -> Iterator[str]:
    """Write blocks in order; small drawings that follow each other share the width of the page."""
    for small, group in groupby(parts, key=lambda b: isinstance(b, Figuur) and b.vorm in SMALL):
        if small:
            yield f'<div class="klein">{"".join(_block(b) for b in group)}</div>\n'
        else:
            yield from (_block(b) for b in group)


def _block(block: Blok) -> str:
    if isinstance(block, Alinea):
        return _paragraph(block)
    if isinstance(block, Lijst):
        # Text directly in the item: the PDF's tags know no paragraph between an item and its text.
        return f"<ul>{''.join(_paragraph(point, 'li') for point in block.punten)}</ul>\n"
    return _table(block) if isinstance(block, Tabel) else _figure(block)


def _paragraph(alinea: Alinea, tag: str = "p") -> str:
    """Write a paragraph; what it is about, when it starts with that, stands out."""
    names: list[str] = [] if alinea.soort == "gewoon" else [alinea.soort]
    words = _pieces(alinea.delen)
    first = next((part for part in alinea.delen[:1] if isinstance(part, str)), "")
    lead = _LEAD.match(first)
    if lead and not _URL.match(first):
        names.append("stap")
        start = escape(lead[0], quote=False)
        words = f"<strong>{start}</strong>{words.removeprefix(start)}"
    kind = f' class="{" ".join(names)}"' if names else ""
    return f"<{tag}{kind}>{words}</{tag}>\n"


def _pieces(parts: Iterable[Deel]) -> str:
    return "".join(_number(p) if isinstance(p, Getal) else _linked(p) for p in parts)


def _number(getal: Getal) -> str:
    return f'<span class="getal">{escape(getal.tekst)}</span>'


def _linked(words: str) -> str:
    """Escape text; an address in it becomes a link, and a number stays with its unit."""
    words = _TIED.sub(f.NBSP, words)
    done, at = [], 0
    for found in _URL.finditer(words):
        address = escape(found[0])
        done += [escape(words[at : found.start()], quote=False), f'<a href="{address}">{address}</a>']
        at = found.end()
    return "".join([*done, escape(words[at:], quote=False)])


def _source(words: str) -> str:
    return f'<p class="bron">{_linked(words)}</p>\n' if words else ""


def _cell(part: Deel) -> str:
    words = part.tekst if isinstance(part, Getal) else part
    if words in ("", f.LEEG):
        return f'<span aria-hidden="true">{f.LEEG}</span><span class="sr">geen waarde</span>'
    return escape(words) if isinstance(part, Getal) else _linked(words)


def _words(part: Deel) -> str:
    return part.tekst if isinstance(part, Getal) else part


def _table(table: Tabel) -> str:
    def kind(i: int) -> str:
        return ' class="getal"' if i in table.getallen else ""

    head = "".join(f'<th scope="col"{kind(i)}>{escape(words)}</th>' for i, words in enumerate(table.kolommen))
    rows = []
    for row in table.rijen:
        if len(row) > 1 and not any(_words(part) for part in row[1:]):
            rows.append(f'<tr class="groep"><th scope="rowgroup" colspan="{len(row)}">{_cell(row[0])}</th></tr>')
            continue
        total = ' class="totaal"' if _words(row[0]).lower().startswith("totaal") else ""
        cells = "".join(f"<td{kind(i)}>{_cell(part)}</td>" for i, part in enumerate(row[1:], 1))
        rows.append(f'<tr{total}><th scope="row"{kind(0)}>{_cell(row[0])}</th>{cells}</tr>')
    names = ["tabel", *(["kort"] if len(rows) <= _SHORT else []), *(["breed"] if len(table.kolommen) > _WIDE else [])]
    whole = f"<table><caption>{escape(table.titel)}</caption><thead><tr>{head}</tr></thead>"
    body = "\n".join(rows)
    return (
        f'<div class="{" ".join(names)}" id="tabel-{escape(table.id)}">'
        f'<div class="schuif" role="region" tabindex="0" aria-label="{escape(table.titel)}">'
        f"{whole}<tbody>\n{body}\n</tbody></table></div>\n{_source(table.bron)}</div>\n"
    )


def picture(figuur: Figuur) -> str:
    """Give the drawing of a figure, named and described for who does not see it."""
    key = f"figuur-{escape(figuur.id)}"
    said = f'<title id="{key}-t">{escape(figuur.titel)}</title><desc id="{key}-d">{escape(figuur.alternatief)}</desc>'
    start, rest = draw(figuur).split(">", 1)
    return f'{start} role="img" aria-labelledby="{key}-t {key}-d">{said}{rest}'


def _figure(figuur: Figuur) -> str:
    caption = f'<figcaption id="figuur-{escape(figuur.id)}-f">{escape(figuur.titel)}</figcaption>'
    start = f'<figure id="figuur-{escape(figuur.id)}" class="{escape(figuur.vorm)}">'
    if figuur.vorm in SMALL:
        return f"{start}{picture(figuur)}{caption}{_source(figuur.bron)}</figure>\n"
    scroll = f'<div class="schuif" role="region" tabindex="0" aria-label="{escape(f"Beeld: {figuur.titel}")}">'
    return f"{start}{caption}{scroll}{picture(figuur)}</div>{_source(figuur.bron)}</figure>\n"
