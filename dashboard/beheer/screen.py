"""The frame of the data team's pages: plain HTML of the server, in the look of the monitor, usable without scripts."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import flask

from dashboard import formatting as f
from dashboard import queries
from dashboard.beheer import guard
from dashboard.beheer.config import Beheer
from dashboard.components.shell import frame, store
from dashboard.first_page import ROOT, THEMES
from dashboard.markup import to_html
from dashboard.store import OtherVersion

ASSETS = Path(__file__).resolve().parents[1] / "assets"
_PLACE = "@@inhoud@@"


def page(title: str, body: str, status: int = 200, refresh: int = 0) -> flask.Response:
    """Give a page.

    Args:
        title: For the tab.
        body: HTML of the page, with its h1; everything that is not of this program is escaped already.
        status: HTTP status.
        refresh: Without scripts: ask again after so many seconds.
    """
    css = "".join(
        f'<link rel="stylesheet" href="/assets/{path.name}?m={path.stat().st_mtime_ns}">'
        for path in sorted(ASSETS.glob("*.css"))
    )
    again = f'<noscript><meta http-equiv="refresh" content="{refresh}"></noscript>' if refresh else ""
    scripts = "".join(
        f'<script src="/assets/{path.name}?m={path.stat().st_mtime_ns}" defer></script>'
        for path in (ASSETS / "theme.js", ASSETS / "beheer.js")
        if path.is_file()
    )
    root = ROOT + THEMES.get(flask.request.cookies.get("thema", ""), "")
    html = (
        f'<!DOCTYPE html>{root}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Monitor Sociaal Domein</title>{css}{again}{scripts}</head>"
        f'<body class="beheer"><a class="overslaan" href="#inhoud">Naar de inhoud</a>{_framed(body)}</body></html>'
    )
    response = flask.make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    return guard.remember(response)


def _framed(body: str) -> str:
    about, synthetic = "", False
    pub = store().current()
    if pub is not None:
        try:
            rows = queries.publicatie(pub)
            if len(rows):
                row = rows.iloc[0]
                about = f"{row['gemeente_naam']} · peildatum {f.datum(f.as_date(row['peildatum']))}"
                synthetic = bool(row["voorbeelddata"])
        except OtherVersion:
            about = ""
    return to_html(frame("/gegevens", _PLACE, about, synthetic)).replace(_PLACE, body)


def form(beheer: Beheer, action: str, inside: str, files: bool = False, name: str = "") -> str:
    """Give a form that only this server accepts.

    Args:
        beheer: Rights of this server.
        action: Where it goes.
        inside: HTML of its fields and buttons.
        files: It carries a file.
        name: For a screen reader, when there are more forms on the page.
    """
    kind = ' enctype="multipart/form-data"' if files else ""
    label = f' aria-label="{escape(name)}"' if name else ""
    return (
        f'<form method="post" action="{escape(action)}"{kind}{label} class="formulier">'
        f'<input type="hidden" name="{guard.FIELD}" value="{guard.proof(beheer)}">{inside}</form>'
    )


def choice(name: str, label: str, options: dict[str, str], chosen: str = "") -> str:
    """Give a list to choose from, with its label."""
    rows = "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(said)}</option>'
        for key, said in options.items()
    )
    return (
        f'<p class="veld"><label for="veld-{name}">{escape(label)}</label>'
        f'<select id="veld-{name}" name="{name}" required>{rows}</select></p>'
    )


def table(caption: str, heads: list[str], rows: list[list[Any]], numeric: tuple[int, ...] = ()) -> str:
    """Give a table in a scroll area of its own, every cell escaped."""

    def cell(tag: str, i: int, value: Any, more: str = "") -> str:
        kind = ' class="getal"' if i in numeric else ""
        return f"<{tag}{more}{kind}>{escape(str(value)) if value not in (None, '') else '—'}</{tag}>"

    head = "".join(cell("th", i, h, ' scope="col"') for i, h in enumerate(heads))
    body = "".join(f"<tr>{''.join(cell('td', i, v) for i, v in enumerate(row))}</tr>" for row in rows)
    return (
        f'<div class="schuif" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="tabel">'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def trouble(title: str, text: str, status: int = 400, back: str = "/beheer") -> flask.Response:
    """Give a page that says what went wrong and what to do."""
    link = f'<p><a href="{escape(back)}">Terug</a></p>'
    return page(title, f'<h1>{escape(title)}</h1><p class="let-op" role="alert">{escape(text)}</p>{link}', status)
