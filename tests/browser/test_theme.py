"""The dark theme: as the system asks or the reader chooses, readable on every page, light on paper."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.theme import DONKER, TOKENS
from tests.browser.hands import Keys

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
PAGES = ("/", "/budget?onderdeel=jeugdhulp_met_verblijf", "/indicator?indicator=ervaren_gezondheid")
OTHERS = ("/programmas", "/gegevens", "/verantwoording", "/indicator")


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def _ground(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("paths", [PAGES, pytest.param(OTHERS, marks=pytest.mark.long)])
def test_every_page_is_readable_in_the_dark(visit, paths: tuple[str, ...]) -> None:
    watched = visit(1440)
    watched.page.emulate_media(color_scheme="dark")
    for path in paths:
        page = watched.open(path)
        for summary in page.locator("summary").all():
            summary.click()
        found = Axe().run(page).response["violations"]
        assert not found, (path, [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found])
        assert _ground(page) == _rgb(DONKER["paper"])
    assert watched.errors == [] and watched.elsewhere == []


def test_the_reader_chooses_with_the_keyboard_and_the_next_page_is_dark_from_its_first_paint(visit) -> None:
    watched = visit(1440)
    page = watched.open("/budget?onderdeel=jeugdhulp_met_verblijf")
    line = page.locator("main .grafiek .scatterlayer .js-line").first
    light = {line_.evaluate("e => e.style.stroke") for line_ in page.locator("main .grafiek .js-line").all()}
    assert _rgb(TOKENS["ink"]) in light
    Keys(page).press(page.get_by_role("button", name="Donker scherm"))
    expect(page.get_by_role("button", name="Licht scherm")).to_be_focused()
    assert _ground(page) == _rgb(DONKER["paper"])
    expect(line).to_be_visible()
    dark = {line_.evaluate("e => e.style.stroke") for line_ in page.locator("main .grafiek .js-line").all()}
    assert _rgb(DONKER["ink"]) in dark and not dark & {_rgb(colour) for colour in TOKENS.values()}
    # The server knows: without any script the page is dark too.
    page.route("**/*.js*", lambda route: route.abort())
    page.goto(watched.url + "/programmas")
    assert _ground(page) == _rgb(DONKER["paper"])
    page.emulate_media(media="print")
    assert _ground(page) == "rgb(255, 255, 255)"
