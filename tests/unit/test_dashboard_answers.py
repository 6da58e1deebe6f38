"""How an answer travels: compressed as the reader takes it, written once per page, and never an old one."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard import answers
from dashboard.app import create_app
from dashboard.scripts import in_order
from tests.contract.test_dashboard_pages import body
from tests.support.publication import leeg, publish

QUESTION = "/_dash-update-component"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    publish(folder, leeg("eerste"))
    return folder


@pytest.fixture(scope="module")
def client(store: Path) -> FlaskClient:
    return create_app(store).server.test_client()


@pytest.mark.parametrize(("accepts", "gives"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("", None),
                                                ("br;q=0, gzip", "gzip")])  # fmt: skip
def test_every_reader_gets_the_page_as_it_can_take_it(client: FlaskClient, accepts: str, gives: str | None) -> None:
    plain = client.get("/verantwoording").data
    answer = client.get("/verantwoording", headers={"Accept-Encoding": accepts})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[gives]
    assert answer.headers.get("Content-Encoding") == gives and unpack(answer.data) == plain
    assert "Accept-Encoding" in answer.headers["Vary"]
    asked = client.post(QUESTION, json=body("/verantwoording"), headers={"Accept-Encoding": accepts})
    assert asked.headers.get("Content-Encoding") == gives


def test_a_page_is_written_once_and_again_for_a_new_publication(store: Path, client: FlaskClient, monkeypatch) -> None:
    written = []
    monkeypatch.setattr(answers, "page_json", lambda *told: written.append(told) or "{}")
    for _ in range(3):
        assert client.post(QUESTION, json=body("/", "?a=1")).status_code == 200
    assert len(written) <= 1
    before = len(written)
    publish(store, leeg("tweede"), "tweede.duckdb")
    client.post(QUESTION, json=body("/", "?a=1"))
    assert len(written) == before + 1


def test_a_question_that_is_not_for_a_page_is_left_to_dash(client: FlaskClient) -> None:
    assert client.post(QUESTION, data="geen json", headers={"Content-Type": "application/json"}).status_code >= 400


def test_scripts_are_kept_by_readers_and_compressed(client: FlaskClient) -> None:
    page = client.get("/").text
    sources = re.findall(r'<script defer src="([^"]+)"', page)
    names = [s.split("/")[-1].split("?")[0] for s in sources]
    # Charts first, then the app; nothing holds up the page, and the app starts after all of them.
    assert names.index("charts.js") < min(i for i, s in enumerate(sources) if "react" in s)
    assert "plotly" in names[0] and 'type="module"' in page
    assert not re.search(r"<script(?![^>]*(defer|application/json|module))[^>]*src=", page)
    for source in sources[1:]:
        answer = client.get(source, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200 and "max-age=31536000" in answer.headers["Cache-Control"], source
        assert answer.headers.get("Content-Encoding") == "br" or len(answer.data) < 500, source


def test_without_the_small_plotly_the_whole_one_comes_first() -> None:
    tags = '<script src="/a/react.js"></script><script>var x = 1;</script><script src="/assets/charts.js?m=1"></script>'
    made = in_order(tags, "/")
    assert made.index("plotly.min.js") < made.index("charts.js") < made.index("react.js")
    assert "var x = 1;" in made
