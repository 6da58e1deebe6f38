"""The first answer of the server: the whole page in words and tables, before any script runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest
from dash import dcc, html
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.components.controls import choice
from dashboard.markup import to_html
from tests.support.publication import publish, voorbeeld

VOID = {"br", "img", "hr", "input", "link", "meta"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    store = tmp_path_factory.mktemp("store")
    publish(store, voorbeeld())
    return create_app(store).server.test_client()


class Balanced(HTMLParser):
    """Fails when an element is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag


@pytest.mark.parametrize("path", ["/", "/budget", "/indicator", "/gegevens", "/verantwoording", "/nergens"])
def test_every_page_is_whole_without_scripts(client: FlaskClient, path: str) -> None:
    text = client.get(path).get_data(as_text=True)
    first = text[text.index('<div id="eerst">') : text.index('<div id="react-entry-point">')]
    parser = Balanced()
    parser.feed(first)
    assert parser.inside == []
    assert first.count("<h1") == 1 and first.count("<main") == 1
    title = re.search(r"<title>(.*?)</title>", text)
    assert title and "Monitor Sociaal Domein" in title.group(1)


def test_the_conclusion_and_the_first_table_are_there(client: FlaskClient) -> None:
    text = client.get("/").get_data(as_text=True)
    assert "Het sociaal domein komt dit jaar naar verwachting" in text
    assert text.count("<table") >= 2 and "Jeugdhulp met verblijf" in text


def test_the_state_in_the_address_decides_what_is_sent(client: FlaskClient) -> None:
    assert "Het geld is op rond 11 november" in client.get("/budget?onderdeel=jeugdhulp_met_verblijf").text.replace(
        "\u00a0", " "
    )
    odd = client.get("/budget?onderdeel=<script>alert(1)</script>&zomaar=iets")
    assert odd.status_code == 200 and "<script>alert" not in odd.text


def test_a_scenario_in_the_address_changes_the_outcome_and_says_what_it_assumes(client: FlaskClient) -> None:
    def text(query: str) -> str:
        return client.get(f"/budget?onderdeel=begeleiding{query}").text.replace("\u00a0", " ")

    assert "Dit is de prognose zelf" in text("")
    changed = text("&indexatie=10")
    assert "10 % hogere prijzen vanaf oktober" in changed and "hoger.</strong>" in changed
    assert "hogere of lagere prijzen" in changed and "Dit scenario</th>" in changed
    assert "niet te lezen als indexatie" in text("&indexatie=veel")
    assert "moet tussen" in text("&indexatie=900")


def test_the_first_answer_holds_a_page_once(client: FlaskClient) -> None:
    text = client.get("/verantwoording").text
    assert "validation_layout" not in text and len(text) < 60_000


def test_components_as_html() -> None:
    part = html.Div(
        [html.B("a < b & c"), None, 3, dcc.Link("verder", href="/budget?a=1&b=2"), html.Br()],
        className="k",
        style={"minHeight": "3px"},
    )
    assert to_html(part) == (
        '<div class="k" style="min-height:3px"><b>a &lt; b &amp; c</b>3'
        '<a href="/budget?a=1&amp;b=2" data-hier="">verder</a><br></div>'
    )
    shown = to_html(choice("jaar", "Jaar", "2025", [{"group": "g", "items": [{"value": "2025", "label": "dit jaar"}]}]))
    assert "<span>Jaar</span><span>dit jaar</span>" in shown


def test_a_publication_of_an_earlier_version_says_to_refresh(tmp_path: Path) -> None:
    path = publish(tmp_path, voorbeeld())
    path.chmod(0o644)
    with duckdb.connect(str(path)) as older:
        older.execute("ALTER TABLE mart.fct_prognose DROP COLUMN toelichting; DROP TABLE mart.fct_signaal")
    earlier = create_app(tmp_path).server.test_client()
    for address in ("/", "/budget", "/verantwoording"):
        answer = earlier.get(address)
        assert answer.status_code == 200
    assert "andere versie van de monitor" in earlier.get("/").text
    assert "Zo komen de cijfers tot stand" in earlier.get("/verantwoording").text
