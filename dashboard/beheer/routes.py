"""The addresses of the data team's part; without `--beheer` they do not exist."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO, Any

import flask

from dashboard.beheer import actions, guard, screen, uploads
from dashboard.beheer.config import MOST_BYTES, Beheer

_UPLOAD = "/beheer/aanlevering/<id_>"
ROUTES: tuple[tuple[str, str, Callable[[Beheer], Any]], ...] = (
    ("GET", "/beheer", actions.begin),
    ("POST", "/beheer/bestand", actions.send),
    ("GET", "/beheer/verversing", actions.status),
    ("GET", "/beheer/verversing.json", actions.status_json),
    ("POST", "/beheer/verversing", actions.refresh),
    ("GET", "/beheer/code", actions.code_page),
    ("POST", "/beheer/code", actions.code_add),
)
OF_UPLOAD: tuple[tuple[str, str, Callable[[Beheer, uploads.Upload], Any]], ...] = (
    ("GET", _UPLOAD, actions.show),
    ("POST", f"{_UPLOAD}/code", actions.code),
    ("POST", f"{_UPLOAD}/bevestig", actions.confirm),
    ("POST", f"{_UPLOAD}/annuleer", actions.cancel),
)


def add(server: flask.Flask, beheer: Beheer | None) -> None:
    """Add the addresses under /beheer, or make sure that there are none.

    Args:
        server: The Flask app of the dashboard.
        beheer: What this server may do; None without `--beheer`.
    """
    server.config["MONITOR_BEHEER"] = beheer
    if beheer is None:
        server.add_url_rule("/beheer", "beheer", _absent, methods=["GET", "POST"])
        server.add_url_rule("/beheer/", "beheer_map", _absent, methods=["GET", "POST"])
        server.add_url_rule("/beheer/<path:_rest>", "beheer_pad", _absent, methods=["GET", "POST"])
        return
    server.request_class = _request_class(beheer)
    server.before_request(_limit)
    for method, rule, view in ROUTES:
        name = f"beheer_{view.__name__}"
        server.add_url_rule(rule, name, _guarded(beheer, method, _plain(beheer, view)), methods=[method])
    for method, rule, on in OF_UPLOAD:
        name = f"beheer_aanlevering_{on.__name__}"
        server.add_url_rule(rule, name, _guarded(beheer, method, _with_upload(beheer, on)), methods=[method])
    server.register_error_handler(413, _too_large)
    uploads.keep_removing(beheer)


def _absent(_rest: str = "") -> Any:
    return flask.make_response("Deze pagina bestaat niet.", 404)


def _limit() -> None:
    if flask.request.path.startswith("/beheer"):
        flask.request.max_content_length = MOST_BYTES


def _request_class(beheer: Beheer) -> type[flask.Request]:
    class Request(flask.Request):
        """Takes a file in the private folder, never in a shared one: it can hold persons."""

        def _get_file_stream(
            self,
            total_content_length: int | None,
            content_type: str | None,
            filename: str | None = None,
            content_length: int | None = None,
        ) -> IO[bytes]:
            if not self.path.startswith("/beheer"):
                return super()._get_file_stream(total_content_length, content_type, filename, content_length)
            return tempfile.TemporaryFile("w+b", dir=beheer.work)

    return Request


def _plain(beheer: Beheer, view: Callable[[Beheer], Any]) -> Callable[..., Any]:
    return lambda: view(beheer)


def _with_upload(beheer: Beheer, view: Callable[[Beheer, uploads.Upload], Any]) -> Callable[..., Any]:
    def answer(id_: str) -> Any:
        upload = uploads.find(beheer, id_, guard.visitor())
        if upload is None:
            text = "Het is al ingelezen, weggehaald, of het stond er langer dan een uur. Lever het opnieuw aan."
            return screen.trouble("Dit bestand staat er niet meer", text, 404)
        return view(beheer, upload)

    return answer


def _guarded(beheer: Beheer, method: str, view: Callable[..., Any]) -> Callable[..., Any]:
    def answer(**parts: str) -> Any:
        if not guard.known_host(beheer):
            return flask.make_response("Open de monitor op het adres van deze server, bijvoorbeeld 127.0.0.1.", 403)
        if method == "POST" and not guard.from_here(beheer):
            text = "De vraag kwam niet van een pagina van deze monitor, of de pagina is te oud. Open haar opnieuw."
            return screen.trouble("Dit is niet uitgevoerd", text, 403)
        uploads.remove_old(beheer)
        return view(**parts)

    return answer


def _too_large(_: Exception) -> flask.Response:
    text = f"Het bestand is groter dan {MOST_BYTES // 1024**2} MB. Zet het zelf in de map van de inbox en ververs."
    return screen.trouble("Dit bestand is te groot", text, 413)
