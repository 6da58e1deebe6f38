"""Story (d): a file with an unknown code is dropped, refused, placed, read, seen in a figure and traced to its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.support.refreshing import HEADER, put_k2f, run_here

expect.set_options(timeout=20_000)
pytestmark = pytest.mark.browser
#: A check and a refresh start a program that reads, builds and checks: longer than the answer of a page.
REFRESH = 120_000


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server for the data team over a store in which August was read."""
    inbox, store = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("store")
    put_k2f(inbox, dt.date(2026, 8, 31), 600_000)
    (inbox / "k2f" / "mapping.toml").write_text('# onze eigen notitie\neenheid = "euro"\n', "utf-8")
    code, said = run_here(inbox, store)
    assert code == 0, said
    server = Server(store, "--beheer", "--inbox", str(inbox), "--no-cbs")
    server.wait()
    yield server, inbox
    server.stop()


def new_file(folder: Path, year: int, taakveld: str) -> Path:
    """An overview with a taakveld that the list does not have, in its fifth row."""
    lines = [
        f"Boekjaar {year} - peildatum 30-09-{year} - t/m periode 9 - bedragen in euro's;;;;;;",
        HEADER,
        "00671201;43301;6.712;L;1000000,00;1100000,00;700000,50",
        "00671301;43302;6.713;L;500000,00;500000,00;350000,25",
        f"00671999;43303;{taakveld} Nieuwe hulp;L;90000,00;90000,00;45678,90",
    ]
    path = folder / f"k2f_{year}-09-30.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def choose(self, label: str, value: str) -> None:
        self.page.get_by_label(label).select_option(label=value)


class Keyboard(Mouse):
    """Only Tab, letters and Enter: whatever Tab does not reach cannot be used."""

    def press(self, role: str, name: str) -> None:
        self._tab_to(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        self.page.keyboard.press("Enter")

    def choose(self, label: str, value: str) -> None:
        self._tab_to(self.page.get_by_label(label))
        self.page.keyboard.type(value, delay=5)

    def _tab_to(self, target) -> None:
        expect(target).to_be_visible()
        for _ in range(120):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail("met Tab niet te bereiken")


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("hand", "width", "year", "taakveld"),
    [(Mouse, 1440, 2026, "6.98"), pytest.param(Keyboard, 390, 2025, "6.97", marks=pytest.mark.long)],
)
def test_an_unknown_code_is_refused_placed_and_traced(visit, team, tmp_path, hand, width, year, taakveld) -> None:
    server, inbox = team
    watched = visit(width, at=server)
    page = watched.open("/gegevens")
    page.set_default_timeout(REFRESH)
    user = hand(page)
    user.press("link", "Bestand aanleveren")
    user.choose("Van welke bron is het bestand?", "Financiën (K2F) (map k2f)")
    # Choosing a file is a window of the system, outside the page: only its outcome can be given here.
    page.get_by_label("Welk bestand?").set_input_files(new_file(tmp_path, year, taakveld))
    accessible(page)
    user.press("button", "Controleer dit bestand")

    expect(page.get_by_role("heading", level=1)).to_contain_text("geweigerd", timeout=REFRESH)
    expect(page.get_by_role("row").filter(has_text=f"taakveld {taakveld} bestaat niet")).to_contain_text("mapping.toml")
    accessible(page)
    assert not list((inbox / "k2f").glob(f"k2f_{year}-09-30*")), "er is niets bevestigd"
    user.choose(f"Bij welk onderdeel hoort taakveld {taakveld}?", "Dagbesteding")
    user.press("button", "Wijs toe")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Dit bestand is goed: 3 rijen", timeout=REFRESH)
    mapping = (inbox / "k2f" / "mapping.toml").read_text("utf-8")
    assert f'"{taakveld}" = "dagbesteding"' in mapping and "# onze eigen notitie" in mapping
    user.press("button", "Lees in en ververs de monitor")

    expect(page.get_by_role("heading", level=1)).to_contain_text("De monitor is ververst", timeout=REFRESH)
    accessible(page)
    user.press("link", "Bekijk welke cijfers deze levering voedt")
    page.locator("#eerst").wait_for(state="detached")
    # The page made for this choice can show the same link in the same place: a press halfway would be lost.
    with page.expect_response(lambda answer: "_dash-update" in answer.url, timeout=20_000):
        user.press("link", "begroting")
    user.press("link", f"Dagbesteding, taakveld {taakveld}, lasten")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dit cijfer komt uit één bestand", timeout=REFRESH)
    row = page.get_by_role("row").filter(has_text=f"k2f_{year}-09-30.csv")
    expect(row).to_contain_text("rij 5")
    accessible(page)

    page = watched.open(f"/herkomst?onderdeel=dagbesteding&boekjaar={year}")
    expect(page.get_by_role("row").filter(has_text=taakveld).filter(has_text="tot en met september")).to_contain_text(
        "45.679"
    )
    assert watched.elsewhere == [] and watched.errors == []
