"""A failure of the server is answered in Dutch, with what to do and without its trace."""

from __future__ import annotations

import flask

from dashboard.components.shell import failure
from dashboard.markup import to_html
from dashboard.mistakes import add_mistakes


def test_a_failure_says_what_to_do_and_nothing_of_the_inside() -> None:
    server = flask.Flask("proef")
    add_mistakes(server)

    @server.get("/stuk")
    def stuk() -> str:
        raise ValueError("geheime binnenkant")

    answer = server.test_client().get("/stuk")
    assert answer.status_code == 500 and answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True)
    assert "Er ging iets mis" in text and 'href="/"' in text and 'lang="nl"' in text
    assert "geheime binnenkant" not in text and "Traceback" not in text
    # The page without scripts says what the page within the app says.
    assert to_html(failure()) in text
