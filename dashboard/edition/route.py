"""Give the files of the frozen editions: from STORE/edities only, and only what a manifest names."""

from __future__ import annotations

import hashlib

import flask

from dashboard.edition import shelf
from dashboard.store import Store

ADDRESS = "/raad/editie"
TYPES = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".md": "text/markdown; charset=utf-8",
    ".json": "application/json",
}
#: A frozen file never changes: a browser need not ask again.
FOR_EVER = "private, max-age=31536000, immutable"


def add_editions(server: flask.Flask) -> None:
    """Let the server answer the links of the page Raad."""
    server.add_url_rule(f"{ADDRESS}/<code>/<path:naam>", "editie", edition_file)


def link(code: str, name: str) -> str:
    """Give the address of a file of an edition."""
    return f"{ADDRESS}/{code}/{name}"


def edition_file(code: str, naam: str) -> flask.Response:
    """Answer with a file of a frozen edition, or say why not.

    Args:
        code: Name of the edition.
        naam: A name in its manifest; nothing else is read, so no path can lead out of the folder.
    """
    store: Store = flask.current_app.config["MONITOR_STORE"]
    found = shelf.find(store.path, code)
    known = next((b for b in found.bestanden if b.naam == naam), None) if found else None
    if found is None or known is None:
        return flask.Response("Dit bestand is er niet. Kies een editie op de pagina Raad.", 404, mimetype="text/plain")
    try:
        data = (found.map / known.naam).read_bytes()
    except OSError:
        data = b""
    if hashlib.sha256(data).hexdigest() != known.sha256:
        said = "Dit bestand is na het vaststellen veranderd of beschadigd. Zet het terug uit een reservekopie."
        return flask.Response(said, 409, mimetype="text/plain")
    ending = naam[naam.rfind(".") :]
    answer = flask.Response(data, mimetype=TYPES.get(ending, "application/octet-stream"))
    answer.headers["Cache-Control"] = FOR_EVER
    answer.set_etag(known.sha256)
    if ending == ".xlsx":
        answer.headers.set("Content-Disposition", "attachment", filename=naam)
    # A browser that has it already gets no bytes.
    return answer.make_conditional(flask.request)  # type: ignore[return-value]
