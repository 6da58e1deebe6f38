"""Raad: what the newest frozen edition says, and every edition with its files."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import formatting as f
from dashboard.components.shell import empty, page, store
from dashboard.components.table import data_table, details
from dashboard.edition import shelf
from dashboard.edition.message import DELEN
from dashboard.edition.route import link
from dashboard.store import Publication

PATH, NAME, TITLE = "/raad", "Raad", "Raad · Monitor Sociaal Domein"
_FORMS = ((".html", "Lees de editie"), (".pdf", "PDF"), (".xlsx", "Bijlage met alle cijfers (Excel)"))
_SHORT = (("lezen", ".html"), ("PDF", ".pdf"), ("Excel", ".xlsx"))
_COMMAND = "python -m dashboard edition --store MAP --periode {periode} --out MAP"


def layout(**_state: Any) -> html.Div:
    """Give the page."""
    found = shelf.editions(store().path)
    # An edition appears without a new publication.
    return page(PATH, lambda pub, about: _content(pub, about, found), also=tuple((e.code, e.toestand) for e in found))


def _content(_pub: Publication, about: Any, found: list[shelf.Frozen]) -> list[Any]:
    if not found:
        return _none(about)
    newest = found[0]
    damaged = [(e, names) for e in found if (names := e.damaged())]
    return [
        html.P(f"Editie over het {newest.halfjaar.naam}", className="kicker"),
        html.H1(newest.berichten[0].conclusie if newest.berichten else newest.titel),
        html.P(_intro(newest), className="intro"),
        _documents(newest),
        *[_warning(e, names) for e, names in damaged],
        _messages(newest),
        _all(found),
        _how(),
    ]


def _intro(edition: shelf.Frozen) -> str:
    again = f" Dit is een verbeterde versie: {edition.reden}." if edition.reden else ""
    return (
        f"Vastgesteld op {f.datum(edition.gemaakt_op)}, met wat op {f.datum(edition.peildatum)} bekend was over het "
        f"geld.{again}"
    )


def _size(file: shelf.Bestand) -> str:
    return (
        f"{f.number(file.bytes / 1e6, 1)}{f.NBSP}MB"
        if file.bytes >= 95_000
        else f"{f.number(file.bytes / 1e3)}{f.NBSP}kB"
    )


def _documents(edition: shelf.Frozen) -> html.Ul:
    items = []
    for ending, words in _FORMS:
        file = edition.file(ending)
        if file is not None:
            name = f"{words} ({_size(file)})"
            items.append(html.Li(html.A(name, href=link(edition.code, file.naam), className="editie-knop")))
    return html.Ul(items, className="editie-knoppen")


def _warning(edition: shelf.Frozen, names: list[str]) -> html.P:
    said = (
        f"Editie {edition.code} is na het vaststellen veranderd of beschadigd ({', '.join(names)}). Zet de bestanden "
        "terug uit een reservekopie; tot dan zijn ze hier niet te openen."
    )
    return html.P(said, className="let-op", role="note")


def _messages(edition: shelf.Frozen) -> html.Section:
    count = f.telwoord(len(edition.berichten), capital=True)
    word = "bericht" if len(edition.berichten) == 1 else "berichten"
    items = [html.Li(_message(m)) for m in edition.berichten]
    return html.Section(
        [html.H2(f"{count} {word} aan de raad"), html.Ol(items, className="berichten")], className="figuur"
    )


def _message(message: shelf.Bericht) -> list[Any]:
    parts = []
    for key, label in DELEN.items():
        if message.delen.get(key):
            parts.append(html.Div([html.Dt(label), html.Dd(message.delen[key])]))
    before = [html.P(text, className="vorige-keer") for text in message.eerder]
    return [html.H3(message.conclusie), html.Dl(parts), *before]


def _all(found: list[shelf.Frozen]) -> html.Section:
    rows = []
    for e in found:
        named = [(words, file) for words, file in ((w, e.file(end)) for w, end in _SHORT) if file is not None]
        files = [html.A(words, href=link(e.code, file.naam), **_named(words, e)) for words, file in named]
        spaced = [part for a in files for part in (a, " ")]
        name = f"{e.halfjaar.naam[0].upper()}{e.halfjaar.naam[1:]}" + (f" (versie {e.nummer})" if e.nummer > 1 else "")
        rows.append([name, f.datum(e.peildatum), f.datum(e.gemaakt_op), e.reden or None, spaced])
    heads = ["Editie", "Cijfers tot en met", "Vastgesteld op", "Verbeterd", "Bestanden"]
    digests = [
        [e.code, b.naam, html.Code(b.sha256)] for e in found for end, _ in _FORMS if (b := e.file(end)) is not None
    ]
    check = data_table("SHA-256 van elk bestand, zoals het is vastgesteld", ["Editie", "Bestand", "SHA-256"], digests)
    return html.Section(
        [
            html.H2("Alle edities"),
            data_table("Edities van de monitor voor de raad, nieuwste eerst", heads, rows),
            details("Controlegetallen: is een bestand nog zoals het is vastgesteld?", check),
        ],
        className="figuur",
    )


def _named(words: str, edition: shelf.Frozen) -> dict[str, Any]:
    """Links of one table say which edition they are of, for who hears them one by one."""
    return {"aria-label": f"{words}: editie {edition.halfjaar.naam}, versie {edition.nummer}"}


def _how() -> html.Details:
    return details(
        "Een nieuwe editie maken",
        html.Div(
            [
                html.P("Schrijf eerst de tekst, pas die aan als u wilt, en stel de editie dan vast:"),
                html.P(html.Code(_COMMAND.format(periode="JJJJ-H1") + " --concept")),
                html.P(html.Code(_COMMAND.format(periode="JJJJ-H1") + " --tekst MAP/concept-JJJJ-H1.md")),
                html.P(
                    "Een vastgestelde editie verandert niet meer; met --correctie krijgt een verbetering een nummer."
                ),
            ]
        ),
    )


def _none(about: Any) -> list[Any]:
    day = f.as_date(about["peildatum"])
    half = "JJJJ-H1" if day is None else f"{day.year}-H{1 if day.month < 7 else 2}"
    return [
        html.H1("Er is nog geen editie voor de raad vastgesteld"),
        empty(
            "Wat u kunt doen",
            ["Schrijf de tekst: ", html.Code(_COMMAND.format(periode=half) + " --concept")],
            ["Stel de editie vast: ", html.Code(_COMMAND.format(periode=half) + f" --tekst MAP/concept-{half}.md")],
            "Daarna staan de berichten en de bestanden hier.",
        ),
    ]
