"""The edition's page in a real browser: no violation of WCAG 2.2 AA, nothing fetched, no wider than the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from dashboard.edition.html import to_html
from tests.support.edition_example import editie

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("editie") / "editie.html"
    path.write_text(to_html(editie(rows=6)), "utf-8")
    return path


@pytest.mark.parametrize("width", [1440, 390])
def test_everyone_can_read_the_page(context: BrowserContext, file: Path, width: int) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    found = Axe().run(page, options={"runOnly": RULES})
    assert [v["id"] for v in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [file.as_uri()]
    # The first thing that the keyboard reaches leads past the contents.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "overslaan"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "tekst"
    page.close()
