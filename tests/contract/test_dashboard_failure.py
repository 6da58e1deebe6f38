"""A page that cannot be made says so in Dutch, in the first answer and inside the app, and nothing of its inside."""

from __future__ import annotations

from pathlib import Path

import dash
import pytest

from dashboard.app import create_app
from tests.contract.test_dashboard_pages import body
from tests.support.publication import leeg, publish


def test_a_page_that_fails_is_answered_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, leeg())
    client = create_app(tmp_path).server.test_client()

    def fails(**_state: object) -> None:
        raise ValueError("geheim van binnen")

    page = next(p for p in dash.page_registry.values() if p["path"] == "/budget")
    monkeypatch.setitem(page, "layout", fails)
    first = client.get("/budget")
    app = client.post("/_dash-update-component", json=body("/budget"))
    assert (first.status_code, app.status_code) == (500, 200)
    for text in (first.get_data(as_text=True), app.get_data(as_text=True)):
        assert "Er ging iets mis" in text and "Laad de pagina opnieuw" in text
        assert "geheim van binnen" not in text and "Traceback" not in text
    assert client.get("/").status_code == 200
