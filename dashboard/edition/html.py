"""An edition as one HTML file: readable by everyone, on any screen, without scripts; also what the PDF is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from dashboard import formatting as f
from dashboard.edition.document import Editie, Figuur, Hoofdstuk, Tabel
from dashboard.edition.html_blocks import blocks
from dashboard.theme import TOKENS

VOORBEELD = "Voorbeelddata. Deze cijfers zijn verzonnen en gaan niet over echte inwoners of echte uitgaven."
_CSS = Path(__file__).with_name("edition.css")


def to_html(editie: Editie) -> str:
    """Write the edition as one file that needs nothing else.

    Args:
        editie: The edition.

    Raises:
        ValueError: Two things have the same id, or a figure asks for a drawing that does not exist.
    """
    _refuse_same_ids(editie)
    title = f"{editie.titel} – gemeente {editie.gemeente}"
    head = f"""<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<meta name="author" content="{escape(f"Gemeente {editie.gemeente}")}">
<meta name="description" content="{escape(f"Cijfers tot en met {f.datum(editie.peildatum)}")}">
<meta name="generator" content="Monitor Sociaal Domein">
<meta name="dcterms.created" content="{editie.gemaakt_op.isoformat()}">
<style>
{_style(editie)}</style>"""
    body = f"""<a class="overslaan" href="#tekst">Naar de tekst</a>
{_masthead(editie)}
<div class="vel">
{_contents(editie)}
<main id="tekst" tabindex="-1">
{"".join(_chapters(editie.hoofdstukken))}</main>
</div>
{_colophon(editie)}"""
    return f'<!DOCTYPE html>\n<html lang="nl">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _refuse_same_ids(editie: Editie) -> None:
    """Chapters, tables and figures are each found by their id: as an address in the page, a sheet and a file."""
    blocks = [b for h in editie.hoofdstukken for b in h.blokken]
    kinds = {"Hoofdstuk": [h.id for h in editie.hoofdstukken] + ["tekst", "inhoud"]}
    kinds |= {kind.__name__: [b.id for b in blocks if isinstance(b, kind)] for kind in (Tabel, Figuur)}
    for kind, ids in kinds.items():
        double = sorted({i for i in ids if ids.count(i) > 1})
        if double:
            raise ValueError(f"{kind}: deze id's komen vaker voor in de editie: {', '.join(double)}. Elk heeft er één.")


def _style(editie: Editie) -> str:
    """The style sheet with the tokens of the theme, and the words that stand on every page of the PDF."""
    tokens = "".join(f"--{name.replace('_', '-')}:{value};" for name, value in TOKENS.items())
    said = {"gemeente": f"Gemeente {editie.gemeente}", "titel": editie.titel, "voorbeeld": ""}
    if editie.voorbeelddata:
        said["voorbeeld"] = "Voorbeelddata: geen echte cijfers"
    words = "".join(
        f"@page{{@{place}{{content:{_quoted(said[key])}}}}}"
        for key, place in (("gemeente", "top-left"), ("titel", "top-right"), ("voorbeeld", "bottom-left"))
    )
    first = "@page:first{@top-left{content:none}@top-right{content:none}}"
    return f":root{{{tokens}}}\n{_CSS.read_text('utf-8')}\n{words}{first}\n"


def _quoted(words: str) -> str:
    """Write words as a string of CSS that cannot end the style sheet either."""
    return '"' + re.sub(r"[\"\\<>&\n]", lambda m: f"\\{ord(m[0]):x} ", words) + '"'


def _masthead(editie: Editie) -> str:
    banner = (
        f'<p class="banner"><strong>{VOORBEELD[:14]}</strong>{VOORBEELD[14:]}</p>\n' if editie.voorbeelddata else ""
    )
    return f"""<header>
{banner}<p class="kop">Gemeente {escape(editie.gemeente)}</p>
<h1>{escape(editie.titel)}</h1>
<p class="meta">Cijfers tot en met {f.datum(editie.peildatum)}</p>
</header>"""


def _contents(editie: Editie) -> str:
    rows = [f'<li><a href="#{escape(h.id)}">{escape(h.titel)}</a></li>' for h in editie.hoofdstukken if h.niveau == 1]
    return f'<nav aria-labelledby="inhoud"><h2 id="inhoud">Inhoud</h2>\n<ul>{"".join(rows)}</ul></nav>'


def _colophon(editie: Editie) -> str:
    return (
        f"<footer><p>Gemeente {escape(editie.gemeente)} · {escape(editie.titel)} · cijfers tot en met "
        f"{f.datum(editie.peildatum)} · vastgelegd op {f.datum(editie.gemaakt_op)} uit publicatie {escape(editie.run)}."
        "</p></footer>"
    )


def _chapters(chapters: Sequence[Hoofdstuk]) -> Iterator[str]:
    """Write the chapters, each with the sections that follow it inside it."""
    opened = 0
    for number, chapter in enumerate(chapters):
        section = chapter.niveau == 2 and opened > 0
        if not section:
            yield "</section>\n" if opened else ""
            opened += 1
        names = ["deel" if section else "hoofdstuk"]
        names += ["begin"] if opened == 1 and not section else []
        names += ["nieuw"] if chapter.nieuwe_pagina and number else []
        level, key = 3 if section else 2, escape(chapter.id)
        yield f'<section class="{" ".join(names)}" id="{key}">\n'
        yield f"<h{level}>{escape(chapter.titel)}</h{level}>\n"
        yield from blocks(chapter.blokken)
        yield "</section>\n" if section else ""
    yield "</section>\n" if opened else ""
