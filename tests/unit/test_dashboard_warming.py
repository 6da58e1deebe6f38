"""Pages are made before a reader asks: again after a publication, and what is one choice away in a quiet moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import warming
from dashboard.app import create_app
from dashboard.first_page import Monitor
from dashboard.pages import budget
from dashboard.warming import Warmer
from tests.support.publication import publish, voorbeeld


@pytest.fixture
def store(tmp_path: Path) -> Path:
    publish(tmp_path, voorbeeld())
    return tmp_path


@pytest.fixture
def app(store: Path) -> Monitor:
    app = create_app(store)
    app.warmer = Warmer(app.server)
    app.warmer.renew()
    return app


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made of Budget, in order."""
    asked: list[str] = []
    make = budget._content

    def content(pub, about, onderdeel, *more):
        asked.append(onderdeel)
        return make(pub, about, onderdeel, *more)

    monkeypatch.setattr(budget, "_content", content)
    return asked


def test_what_a_reader_can_choose_is_there_when_it_is_chosen(
    app: Monitor, built: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "EACH", 2)
    client = app.server.test_client()
    client.get("/budget")
    assert built == ["totaal"]
    while app.warmer.prepare_one():
        pass
    # What was prepared is no question of a reader: it leads to no more preparing.
    assert len(built) == len(set(built)) == 1 + warming.EACH
    client.get(f"/budget?onderdeel={built[1]}")
    assert len(built) == 1 + warming.EACH


def test_what_the_menu_leads_to_is_prepared_before_anybody_asks(store: Path, built: list[str]) -> None:
    app = create_app(store)
    warmer = Warmer(app.server, begin=[(budget.PATH, "")])
    warmer.renew()
    while warmer.prepare_one():
        pass
    assert len(built) > 2
    before = len(built)
    app.server.test_client().get(f"/budget?onderdeel={built[1]}")
    assert len(built) == before


def test_after_a_publication_what_readers_asked_is_made_again_at_once(
    app: Monitor, store: Path, built: list[str]
) -> None:
    client = app.server.test_client()
    client.get("/budget?onderdeel=wmo")
    assert not app.warmer.renew()
    publish(store, voorbeeld("r2"), "tweede.duckdb")
    assert app.warmer.renew() and built.count("wmo") == 2
    client.get("/budget?onderdeel=wmo")
    assert built.count("wmo") == 2


def test_an_address_that_does_not_exist_is_not_remembered(app: Monitor) -> None:
    app.server.test_client().get("/bestaat-niet?x=1")
    assert not app.warmer.prepare_one()


def test_the_thread_ends_when_it_is_told_to(app: Monitor) -> None:
    thread = app.warmer.start()
    app.warmer.stop()
    thread.join(20)
    assert not thread.is_alive()
