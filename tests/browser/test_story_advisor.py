"""The policy advisor: an indicator beside similar gemeenten and by wijk, taken along as a workbook."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import HANDS
from tests.contract.test_dashboard_downloads import as_shown

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
#: The title of the columns stands below finding, caption, source and banner.
HEAD = 5


def _group(page: Page) -> Locator:
    name = "Vergelijk met"
    return page.get_by_role("combobox", name=name).or_(page.get_by_label(name, exact=True)).first


def _rows(section: Locator) -> list[list[str]]:
    """What the first table of a figure says, without the words for who does not see the dash."""
    script = """table => Array.from(table.rows, row => Array.from(row.cells, cell => {
        const copy = cell.cloneNode(true);
        copy.querySelectorAll('.sr').forEach(e => e.remove());
        return copy.textContent.trim();
    }))"""
    return section.locator("table.tabel").first.evaluate(script)


def _cells(path: Path) -> list[list[str]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[as_shown(c.value, c.number_format) for c in row] for row in sheet.iter_rows(min_row=HEAD)]
    return [row for row in rows if any(row)]


def _plain(rows: list[list[str]]) -> list[list[str]]:
    return [[re.sub(r"\s+", " ", cell.replace("geen waarde", "")).strip(" —–") for cell in row] for row in rows]


@pytest.mark.parametrize(("width", "by"), [(1440, "muis"), (390, "toetsen")])
def test_an_indicator_compared_by_wijk_and_taken_along(visit, tmp_path: Path, width: int, by: str) -> None:
    watched = visit(width)
    page = watched.open("/indicator?zoek=gezondheid")
    hand = HANDS[by](page)
    hand.press(page.get_by_role("link", name="Ervaren gezondheid").first)
    expect(page).to_have_url(re.compile("indicator=ervaren_gezondheid"))
    expect(_group(page)).to_be_visible()
    before = page.locator("#vergelijking h2").inner_text()
    hand.choose(_group(page), "Alle gemeenten")
    expect(page.locator("#vergelijking h2")).not_to_have_text(before)
    hand.choose(_group(page), "Vergelijkbare gemeenten")
    expect(page).to_have_url(re.compile("groep=vergelijkbaar"))
    expect(page.locator("#vergelijking h2")).to_have_text(before)
    expect(page.locator("#wijken table").first).to_be_attached()
    for figure in ("vergelijking", "wijken"):
        section = page.locator(f"#{figure}")
        with page.expect_download() as taken:
            hand.press(section.get_by_role("link", name=re.compile("^xlsx")))
        path = tmp_path / f"{figure}.xlsx"
        taken.value.save_as(path)
        shown, written = _plain(_rows(section)), _plain(_cells(path))
        assert len(shown) > 2 and written == shown
    assert watched.errors == [] and watched.elsewhere == []
