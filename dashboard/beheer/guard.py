"""Who may send a form: a page of this very server, in the browser that it was shown to."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from urllib.parse import urlsplit

import flask

from dashboard.beheer.config import LOOPBACK, Beheer

COOKIE = "monitor_beheer"
FIELD = "bewijs"
_SHAPE = re.compile(r"[0-9a-f]{32}")


def known_host(beheer: Beheer) -> bool:
    """Tell whether the request names this server as it may be called.

    A page elsewhere can have its own name point to 127.0.0.1, and would then be "the same site".
    """
    if beheer.host not in LOOPBACK:
        return True  # chosen by who started it, under names that only they know
    name = urlsplit(f"//{flask.request.host}").hostname or ""
    return name in LOOPBACK


def visitor() -> str:
    """Give the mark of this browser; a new one when it has none yet (set by `remember`)."""
    if "beheer_visitor" not in flask.g:
        sent = flask.request.cookies.get(COOKIE, "")
        flask.g.beheer_visitor = sent if _SHAPE.fullmatch(sent) else secrets.token_hex(16)
    return str(flask.g.beheer_visitor)


def remember(response: flask.Response) -> flask.Response:
    """Give the browser its mark: unreadable for scripts, and not sent when another site asks."""
    response.set_cookie(
        COOKIE, visitor(), httponly=True, samesite="Strict", path="/beheer", secure=flask.request.is_secure
    )
    return response


def proof(beheer: Beheer) -> str:
    """Give what every form carries: only this server can make it, and only for this browser."""
    return hmac.new(beheer.secret, visitor().encode(), hashlib.sha256).hexdigest()


def from_here(beheer: Beheer) -> bool:
    """Tell whether a form was sent from a page of this server (origin), with its proof."""
    request = flask.request
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if urlsplit(origin).netloc != request.host:
        return False
    return hmac.compare_digest(request.form.get(FIELD, "").encode(), proof(beheer).encode())
