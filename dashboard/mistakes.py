"""When the monitor itself fails: a page in Dutch that says what to do, and tells nothing of its inside."""

from __future__ import annotations

import flask

from dashboard.components.shell import MISLUKT, failure
from dashboard.markup import to_html


def plain_page() -> str:
    """Give the page without style sheets and scripts: it must also be there when these cannot be given."""
    return f"""<!DOCTYPE html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{MISLUKT} · Monitor Sociaal Domein</title></head>
<body><main>{to_html(failure())}</main></body>
</html>"""


def add_mistakes(server: flask.Flask) -> None:
    """Let a failure of the server be answered by the page; what failed goes to the log only.

    Args:
        server: The server of the app.
    """
    # Written now: whatever fails later may be what writes pages.
    written = plain_page()

    def answer(_error: Exception) -> tuple[str, int, dict[str, str]]:
        return written, 500, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}

    server.register_error_handler(500, answer)
