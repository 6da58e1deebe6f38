"""When the monitor itself fails: a page in Dutch that says what to do, and tells nothing of its inside."""

from __future__ import annotations

import flask

PAGE = """<!DOCTYPE html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Er ging iets mis · Monitor Sociaal Domein</title></head>
<body><main>
<h1>Er ging iets mis</h1>
<p>De monitor kon deze pagina niet maken. Er is niets verloren.</p>
<p>Laad de pagina opnieuw, of begin bij het <a href="/">overzicht</a>. Blijft het zo? Meld het bij uw gemeente, met het
adres van deze pagina en de tijd.</p>
</main></body>
</html>"""


def add_mistakes(server: flask.Flask) -> None:
    """Let a failure of the server be answered by the page; what failed goes to the log only.

    Args:
        server: The server of the app.
    """

    def answer(_error: Exception) -> tuple[str, int, dict[str, str]]:
        return PAGE, 500, {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}

    server.register_error_handler(500, answer)
