"""A real browser against a real server over an invented publication; nothing but that server may be reached."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.support.publication import publish, voorbeeld

ROOT = Path(__file__).resolve().parents[2]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Blocks every other host in the browser itself: intercepting requests would switch off its cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Server:
    """The dashboard as a user starts it, in a process of its own."""

    def __init__(self, store: Path, *more: str) -> None:
        self.store = store
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "dashboard", "serve", "--store", str(store), "--port", str(port), *more]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self) -> None:
        until = time.monotonic() + 180
        while time.monotonic() < until:
            assert self.process.poll() is None, "het dashboard is gestopt"
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                # Polling a port that opens: there is nothing else to wait for.
                time.sleep(0.1)
        pytest.fail("het dashboard antwoordt niet")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium ontbreekt: in CI horen de browsertests te draaien")
        pytest.skip("Chromium is niet geïnstalleerd (make browser)")
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=path, args=ARGS)
        yield chromium
        chromium.close()


def _running(store: Path) -> Iterator[Server]:
    publish(store, voorbeeld())
    running = Server(store)
    running.wait()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server that all tests read; a test that publishes takes `own_server`."""
    yield from _running(tmp_path_factory.mktemp("store"))


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server for one test, which may publish over what it shows."""
    yield from _running(tmp_path / "store")


class Watched:
    """A page, and everything it said or asked that it should not have."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        self._listeners: dict[str, Callable[..., None]] = {
            "console": lambda m: self.errors.append(m.text) if m.type == "error" else None,
            "pageerror": lambda e: self.errors.append(str(e)),
            "response": lambda r: self.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None,
            "request": self._only_here,
        }
        for event, listener in self._listeners.items():
            page.on(event, listener)

    def _only_here(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        # The server's own page goes when the app has made the same one.
        self.page.locator("#eerst").wait_for(state="detached")
        self.page.wait_for_selector("main h1")
        # Every chart is drawn; waiting for a quiet network would cost half a second a page and prove less.
        for chart in self.page.locator("main .grafiek").all():
            chart.locator(".main-svg").first.wait_for(state="attached")
        return self.page

    def leave(self) -> None:
        """Leave the tab as if it were new: nothing on it, nothing remembered in it, nobody listening."""
        for event, listener in self._listeners.items():
            self.page.remove_listener(event, listener)
        if self.page.url.startswith("http"):
            self.page.evaluate("sessionStorage.clear(); localStorage.clear()")
            self.page.context.clear_cookies()
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.emulate_media(media="null", color_scheme="light")
        self.page.goto("about:blank")


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    # One for all tests, so that scripts are loaded once, as for a reader who opens a second page.
    context = browser.new_context(locale="nl-NL")
    yield context
    context.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs that no test uses now: scripts that one has read are not compiled again for its next page."""
    return []


@pytest.fixture
def visit(context: BrowserContext, server: Server, tabs: list[Page]) -> Iterator[Callable[..., Watched]]:
    used: list[Watched] = []

    def make(width: int, height: int = 900, at: Server = server) -> Watched:
        page = tabs.pop() if tabs else context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        used.append(Watched(page, at.url))
        return used[-1]

    yield make
    for watched in used:
        if not watched.page.is_closed():
            watched.leave()
            tabs.append(watched.page)
