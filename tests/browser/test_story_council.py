"""The council: the edition of the first half year, and the next one that says what became of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader
from typer.testing import CliRunner

from dashboard.cli import app as cli
from dashboard.edition import make, shelf
from dashboard.edition.half_year import HalfYear
from tests.browser.conftest import Server
from tests.browser.hands import HANDS
from tests.support.publication import publish
from tests.support.publication_edition import twee_halfjaren

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over a store with two editions; the second made by the command, and drawn, as a gemeente makes it."""
    store, out = tmp_path_factory.mktemp("store"), tmp_path_factory.mktemp("uit")
    publish(store, twee_halfjaren())
    with pytest.MonkeyPatch.context() as patch:
        # Of the first only what it said is read: drawing it as well would cost the seconds of a second PDF.
        patch.setattr(make, "render", lambda _edition, name, *_rest: {f"{name}.html": b"<p>", f"{name}.pdf": b"%PDF"})
        make.make(store, HalfYear(2026, 1), date(2026, 7, 10))
    made = CliRunner().invoke(cli, ["edition", "--store", str(store), "--periode", "2026-H2", "--out", str(out)])
    assert made.exit_code == 0, made.output
    server = Server(store)
    server.wait()
    yield server
    server.stop()


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("width", "by"), [(1440, "toetsen"), pytest.param(390, "muis", marks=pytest.mark.long)])
def test_the_council_reads_six_messages_and_what_was_said_last_time(
    visit, council: Server, width: int, by: str
) -> None:
    watched = visit(width, at=council)
    page = watched.open("/")
    hand = HANDS[by](page)
    hand.press(page.get_by_role("link", name="Raad"))
    expect(page).to_have_title(re.compile("^Raad"))
    messages = page.locator(".berichten > li")
    expect(messages.first).to_be_visible()
    assert 1 <= messages.count() <= 6
    with page.expect_response(re.compile(r"2026-H2.*\.pdf")) as answer:
        hand.press(page.get_by_role("link", name=re.compile("^PDF")).first)
    assert answer.value.status == 200
    store: Path = council.store
    first, second = (shelf.find(store, name) for name in ("2026-H1", "2026-H2"))
    assert first and second
    file = second.file(".pdf")
    assert file
    pdf = PdfReader(io.BytesIO((second.map / file.naam).read_bytes()))
    text = _words(" ".join(sheet.extract_text() for sheet in pdf.pages))
    # Letter for letter what the council read half a year before.
    assert _words(first.berichten[0].conclusie) in text


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_raad_is_accessible(visit, council: Server, width: int) -> None:
    watched = visit(width, at=council)
    page = watched.open("/raad")
    for summary in page.locator("summary").all():
        summary.click()
    assert not Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.errors == [] and watched.elsewhere == []
