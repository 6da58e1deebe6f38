"""Overzicht under load: 20 users who each act every 2 seconds, replaying what a real browser sends."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import requests
from playwright.sync_api import sync_playwright

from tests.bench.measure import ROOT, Row

STORE = ROOT / "data" / "voorbeeld" / "store"
USERS, SECONDS, PAUSE = 20, 20, 2.0
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the dashboard stopped")
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError("the dashboard does not answer")


def _callbacks(url: str) -> list[str]:
    """The bodies of the callback requests that one visit to Overzicht makes."""
    bodies: list[str] = []
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        page = browser.new_page()
        page.on("request", lambda r: bodies.append(r.post_data or "") if "_dash-update-component" in r.url else None)
        page.goto(url, wait_until="networkidle")
        browser.close()
    return [b for b in bodies if b]


def run(folder: Path) -> list[Row]:
    """Give the 95th percentile of one callback while all users act."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    serve = [sys.executable, "-m", "dashboard", "serve", "--store", str(STORE), "--port", str(port)]
    process = subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took: list[float] = []
    wrong: list[int] = []
    try:
        _wait(url, process)
        bodies = _callbacks(url)
        end = time.monotonic() + SECONDS

        def user(number: int) -> None:
            session = requests.Session()
            time.sleep(PAUSE * number / USERS)
            while time.monotonic() < end:
                for body in bodies:
                    start = time.perf_counter()
                    answer = session.post(
                        f"{url}/_dash-update-component",
                        data=body,
                        headers={"Content-Type": "application/json"},
                        timeout=30,
                    )
                    took.append(time.perf_counter() - start)
                    if answer.status_code not in (200, 204):
                        wrong.append(answer.status_code)
                time.sleep(PAUSE)

        threads = [threading.Thread(target=user, args=(n,)) for n in range(USERS)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    finally:
        process.terminate()
        process.wait(20)
    p95 = statistics.quantiles(took, n=20)[18] * 1000
    figure = f"{p95:.0f} ms (median {statistics.median(took) * 1000:.0f} ms, {len(took)} callbacks, {len(wrong)} wrong)"
    return [Row("Overzicht: p95 of a callback, 20 users every 2 s", figure, "<= 150 ms", p95 <= 150 and not wrong)]
