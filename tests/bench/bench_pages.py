"""One page of 4 tiles, 7 charts and a table: the monitor, plain Dash and Streamlit, in a browser and under load.

Cold cache, interleaved, medians; each visit chooses another budget, so that an answer kept from the visit before counts
for nobody. The page of the monitor is tests/bench/rivals/monitor_page.py.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable
from pathlib import Path

import duckdb
from playwright.sync_api import Browser, sync_playwright

from tests.bench.measure import ROOT, Row
from tests.bench.rivals import load
from tests.bench.rivals.browsing import Rival, Visit, visit
from tests.bench.rivals.content import choices
from tests.bench.rivals.servers import sending_bytes, serving

STORE = ROOT / "data" / "voorbeeld" / "store"
VISITS, SECONDS, PAUSE = 7, 15.0, 2.0
CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
Seen = dict[str, list[Visit]]


def _median(seen: Seen, name: str, what: Callable[[Visit], float]) -> float:
    return statistics.median(what(v) for v in seen[name])


def _against(seen: Seen, label: str, what: Callable[[Visit], float], rival: str, most: float, unit: str) -> Row:
    if rival not in seen:
        return Row(f"{label} / {rival}", "not measured: it is not installed", f"<= {most:.2f} x", False)
    own, other = (_median(seen, name, what) for name in ("monitor", rival))
    figure = f"{own:.2f} / {other:.2f} {unit} = {own / other:.2f}"
    return Row(f"{label} / {rival}", figure, f"<= {most:.2f} x", own <= most * other)


def _visits(browser: Browser, rivals: dict[str, Rival], names: list[str]) -> Seen:
    seen: Seen = {name: [] for name in rivals}
    for n in range(VISITS):
        for name, rival in rivals.items():
            seen[name].append(visit(browser, rival, names[n % len(names)]))
    return seen


def _loads(seen: Seen, rivals: dict[str, Rival], keys: list[str]) -> list[Row]:
    asked = {
        name: load.variants(next(p for p in seen[name][0].posts if marker in p), prop, keys)
        for name, marker, prop in (("monitor", "_pages_content", "search"), ("dash", "tegels", "value"))
    }
    own = load.under_load(rivals["monitor"].url, asked["monitor"], SECONDS, 0)
    calm = load.under_load(rivals["monitor"].url, asked["monitor"], SECONDS, PAUSE)
    with sending_bytes() as url:
        floor = load.under_load(url, asked["monitor"], SECONDS, PAUSE)
    # Last: what plain Dash has not answered in time it goes on making, beside whatever is measured then.
    other = load.under_load(rivals["dash"].url, asked["dash"], SECONDS, 0)
    figure = (
        f"{own.p95:.0f} / {other.p95:.0f} ms = {own.p95 / other.p95:.3f} "
        f"({own.count / SECONDS:.0f} and {other.count / SECONDS:.0f} changes a second, {own.wrong + other.wrong} wrong)"
    )
    said = (
        f"{calm.p95:.0f} ms (median {calm.median:.0f} ms, {calm.count} changes, {calm.wrong} wrong); "
        f"a server that only sends bytes {floor.p95:.0f} ms"
    )
    closed = own.p95 <= 0.2 * other.p95 and not own.wrong
    return [
        Row("change, p95, 20 users in a closed loop / dash", figure, "<= 0.20 x", closed),
        # On a busy machine any answer waits for the processor: that is not the monitor's.
        Row("change, p95, 20 users every 2 s", said, "<= 100 ms more", calm.p95 - floor.p95 <= 100 and not calm.wrong),
    ]


def run(folder: Path) -> list[Row]:
    """Give the ratios that the monitor is held to."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with serving(STORE, folder) as rivals, sync_playwright() as p:
        with duckdb.connect(str(folder / "gepubliceerd.duckdb"), read_only=True) as database:
            known = choices(lambda sql, given: database.execute(sql, given).df())
        browser = p.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        # One visit that does not count: no server is younger than another.
        for rival in rivals.values():
            visit(browser, rival, list(known.values())[-1])
        seen = _visits(browser, rivals, list(known.values())[1:])
        browser.close()
        return [
            _against(seen, "first number", lambda v: v.number, "dash", 0.25, "s"),
            _against(seen, "all charts", lambda v: v.charts, "dash", 0.55, "s"),
            _against(seen, "change to charts", lambda v: v.change, "dash", 0.5, "s"),
            _against(seen, "change to charts", lambda v: v.change, "streamlit", 1.0, "s"),
            _against(seen, "over the wire", lambda v: v.kilobytes, "dash", 0.5, "kB"),
            *_loads(seen, rivals, list(known)),
        ]
