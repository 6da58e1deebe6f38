"""What a page may load: everything from here, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re

import flask

HEADER = "Content-Security-Policy"
# What has a type of its own that is no script (application/json) does not run, and needs no permission.
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)


def policy(page: str = "") -> str:
    """Give the policy of a page.

    Args:
        page: Its HTML. Dash starts itself with a few inline lines; only exactly these may run.
    """
    scripts = ["'self'"]
    for code in _INLINE.findall(page):
        scripts.append(f"'sha256-{base64.b64encode(hashlib.sha256(code.encode('utf-8')).digest()).decode()}'")
    return (
        f"default-src 'self'; script-src {' '.join(scripts)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; "
        "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def secure(response: flask.Response) -> flask.Response:
    """Say to the browser what this answer may load; a page that knows its own inline lines has said so already."""
    response.headers.setdefault(HEADER, policy())
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
