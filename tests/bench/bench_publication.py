"""Twenty browsers open while a refresh publishes: all keep working and show the new figures, without a restart."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.measure import ROOT, Row
from tests.bench.rivals.servers import free_port, wait_for
from tests.support.publication import publish, voorbeeld

BROWSERS = 20
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
OPENED, SAYS = "/budget?onderdeel=jeugdhulp_met_verblijf", "rond 5 oktober"
PATIENCE = 120_000


def _open(browser: Browser, url: str, errors: list[str]) -> Page:
    page = browser.new_context(locale="nl-NL").new_page()
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.on("response", lambda r: errors.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.goto(url + OPENED, timeout=PATIENCE)
    page.locator("#eerst").wait_for(state="detached", timeout=PATIENCE)
    return page


def _next(page: Page) -> bool:
    """Go to another page of the app and tell whether it shows the new publication."""
    page.get_by_role("link", name="Overzicht").first.click()
    shown = page.locator("main", has_text=SAYS)
    shown.wait_for(timeout=PATIENCE)
    return shown.count() == 1


def run(folder: Path) -> list[Row]:
    """Give how many of the browsers show the new publication, and what went wrong in any."""
    publish(folder, voorbeeld())
    rows = voorbeeld("r2")
    for row in rows["mart.fct_prognose"]:
        if row.get("uitputting_p50"):
            row["uitputting_p50"] = row["uitputting_p50"].replace(month=10, day=5)
    port, errors = free_port(), []
    command = [sys.executable, "-m", "dashboard", "serve", "--store", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        with sync_playwright() as p:
            browser = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
            pages = [_open(browser, f"http://127.0.0.1:{port}", errors) for _ in range(BROWSERS)]
            publish(folder, rows, "monitor-20261004T081500Z.duckdb")
            new = sum(_next(page) for page in pages)
            browser.close()
    finally:
        process.terminate()
        process.wait(20)
    figure = f"{new} show the new one, {len(errors)} errors"
    kept = new == BROWSERS and not errors
    return [Row(f"{BROWSERS} browsers open during a publication", figure, f"{BROWSERS} and 0", kept)]
