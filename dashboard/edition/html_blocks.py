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
_LEAD = re.compile(r"^[^\W\d_](?:[^.:;!?()\n]|\([^()\n]*\)){1,58}:(?= \S)")
#: Spaces at which a line may not end: between a number and its unit or sign.
_TIED = re.compile(r"(?<=€) (?=[\d−+])|(?<=\d) (?=(?:%|mln|miljoen|procent)(?!\w))")
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
#: Tables up to this many rows and characters stay on one page; wider ones than so many columns get a smaller letter.
_SHORT, _LITTLE, _WIDE = 26, 1900, 7
#: Cells up to this many characters stay on one line where a row on paper has room, in the normal or the small letter.
_ONE_LINE, _ROOM, _ROOM_SMALL = 22, 105, 122


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
        start = escape(_TIED.sub(f.NBSP, lead[0]), quote=False)
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
    kinds, fits = _column_kinds(table, _ROOM)
    wide = len(table.kolommen) > _WIDE or (not fits and len(table.kolommen) == _WIDE)
    if wide:
        kinds, _ = _column_kinds(table, _ROOM_SMALL)
    head = "".join(f'<th scope="col"{kind}>{escape(w)}</th>' for kind, w in zip(kinds, table.kolommen, strict=True))
    rows = [_row(row, kinds) for row in table.rijen]
    little = sum(len(_words(part)) for row in table.rijen for part in row) <= _LITTLE
    names = ["tabel", *(["kort"] if len(rows) <= _SHORT and little else [])]
    names += ["breed"] if wide else []
    body = "\n".join(rows)
    return (
        f'<div class="{" ".join(names)}" id="tabel-{escape(table.id)}">'
        f'<div class="schuif" role="group" tabindex="0" aria-label="{escape(table.titel)}">'
        f"<table><caption>{escape(table.titel)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{body}\n</tbody></table></div>\n{_source(table.bron)}</div>\n"
    )


def _column_kinds(table: Tabel, room: int) -> tuple[list[str], bool]:
    """The class of each column: numbers to the right, and short words on one line where a row has room for that.

    Gives also whether all short words found that room.
    """
    columns = range(len(table.kolommen))
    cells = [[_words(row[i]) for row in table.rijen if i < len(row)] for i in columns]
    longest = [max([0, *map(len, words)]) for words in cells]
    least = [
        longest[i]
        if i in table.getallen
        else max(map(len, " ".join([table.kolommen[i], *cells[i]]).split()), default=0)
        for i in columns
    ]
    # The first column holds names, which may go over two lines but want more than their longest word.
    taken = sum(least) + 2 * len(least) - least[0] + min(longest[0], 24)
    classes = [' class="getal"' if i in table.getallen else "" for i in columns]
    short = [i for i in columns if i and i not in table.getallen and longest[i] <= _ONE_LINE]
    for i in sorted(short, key=lambda i: longest[i]):
        more = max(longest[i] - least[i], 0)
        if taken + more > room:
            return classes, False
        taken += more
        classes[i] = ' class="regel"'
    return classes, True


def _row(row: tuple[Deel, ...], kinds: list[str]) -> str:
    if len(row) > 1 and not any(_words(part) for part in row[1:]):
        return f'<tr class="groep"><th scope="rowgroup" colspan="{len(row)}">{_cell(row[0])}</th></tr>'
    total = ' class="totaal"' if _words(row[0]).lower().startswith("totaal") else ""
    cells = "".join(f"<td{kind}>{_cell(part)}</td>" for kind, part in zip(kinds[1:], row[1:], strict=True))
    return f'<tr{total}><th scope="row"{kinds[0]}>{_cell(row[0])}</th>{cells}</tr>'


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
    scroll = f'<div class="schuif" role="group" tabindex="0" aria-label="{escape(f"Beeld: {figuur.titel}")}">'
    return f"{start}{caption}{scroll}{picture(figuur)}</div>{_source(figuur.bron)}</figure>\n"
