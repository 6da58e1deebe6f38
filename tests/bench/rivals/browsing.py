"""One visit to one of the three pages with a cold cache: when its numbers, its charts and its change are there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

#: Seconds to wait at most, on a machine that does more than this.
PATIENCE = 120
#: Notes in the page itself when it is so far, frame by frame; the same for all three.
WATCH = """
(() => {
  const seen = window.__gezien = {};
  const drawn = () => Array.from(document.querySelectorAll('.js-plotly-plot')).filter(
    p => !p.closest('[style*="visibility: hidden"]') && p.querySelector('.trace'));
  const names = () => drawn().map(p => (p.querySelector('.xtitle') || {}).textContent);
  const look = () => {
    const now = performance.now();
    if (!seen.number && document.querySelector(%(number)s)?.textContent.includes('€')) seen.number = now;
    if (!seen.charts && drawn().length >= 7) seen.charts = now;
    if (seen.wanted && !seen.changed) {
      const there = names();
      if (there.length >= 7 && there.every(n => n === seen.wanted)) seen.changed = now;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const clicked = () => { if (seen.wanted && !seen.clicked) seen.clicked = performance.now(); };
  document.addEventListener('click', clicked, true);
})();
"""


@dataclass(frozen=True)
class Rival:
    """A page to measure.

    Attributes:
        name: For the report.
        url: Of the page.
        number: Selector of its first number.
        ready: Selector that says that it can be used.
        choose: Opens the list and gives the option with this name, not yet clicked.
    """

    name: str
    url: str
    number: str
    ready: str
    choose: Callable[[Page, str], Any]


@dataclass(frozen=True)
class Visit:
    """Seconds to the first number, to all charts, from a choice to its charts; kilobytes of loading; what was asked."""

    number: float
    charts: float
    change: float
    kilobytes: float
    posts: tuple[str, ...]


def visit(browser: Browser, rival: Rival, name: str) -> Visit:
    """Visit with a cold cache, choose the budget of this name, and give what it took."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page = context.new_page()
    page.add_init_script(WATCH % {"number": json.dumps(rival.number)})
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.post_data or "") if r.method == "POST" else None)
    try:
        page.goto(rival.url, wait_until="commit", timeout=PATIENCE * 1000)
        _until(page, "charts")
        page.locator(rival.ready).first.wait_for(state="attached")
        page.wait_for_timeout(1000)
        loaded, before = sum(sizes) / 1000, len(posts)
        option = rival.choose(page, name)
        option.wait_for(state="visible")
        page.evaluate("name => { window.__gezien.wanted = name; }", name)
        option.click()
        _until(page, "changed")
        seen = page.evaluate("() => window.__gezien")
        page.wait_for_timeout(100)
        change = (seen["changed"] - seen["clicked"]) / 1000
        return Visit(seen["number"] / 1000, seen["charts"] / 1000, change, loaded, tuple(posts[before:]))
    finally:
        context.close()


def _until(page: Page, what: str) -> None:
    # Asked from outside, since the monitor's policy allows no text to be run as code.
    for _ in range(PATIENCE * 20):
        if page.evaluate("what => Boolean(window.__gezien && window.__gezien[what])", what):
            return
        page.wait_for_timeout(50)
    raise RuntimeError(f"{page.url}: no {what} in {PATIENCE} seconds")


def in_monitor(page: Page, name: str) -> Any:
    page.get_by_role("combobox", name="Budget").or_(page.get_by_label("Budget")).first.click()
    return page.get_by_role("option", name=name, exact=True)


def in_dash(page: Page, name: str) -> Any:
    page.locator("#keuze").click()
    return page.get_by_role("option", name=name, exact=True)


def in_streamlit(page: Page, name: str) -> Any:
    page.get_by_role("combobox").first.click()
    return page.get_by_role("option", name=name, exact=True)
