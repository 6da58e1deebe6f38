"""The policy advisor: an indicator beside another gemeente, taken along as a workbook, a picture and a notebook."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
INDICATOR = "/indicator?indicator=ervaren_gezondheid"


def taken(page: Page, selector: str) -> tuple[str, bytes]:
    """What the browser saves when the keyboard presses that link or button."""
    with page.expect_download() as saved:
        page.locator(selector).focus()
        page.keyboard.press("Enter")
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


@pytest.mark.long
def test_a_comparison_by_keyboard_and_its_workbook_says_what_the_screen_says(visit) -> None:
    watched = visit(1440)
    page = watched.open(INDICATOR)
    page.get_by_role("textbox", name="Zet ernaast").or_(page.get_by_role("combobox", name="Zet ernaast")).first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Voorbeeld 2")
    page.get_by_role("option", name="Voorbeeld 2").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**gebied=GM9002**")
    expect(page.locator("#verloop thead")).to_contain_text("Voorbeeld 2")
    name, content = taken(page, "#verloop a[href*='verloop.xlsx']")
    assert "VOORBEELDDATA" in name
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Cijfers"]
    # What a reader sees, with the word that stands behind a dash.
    rows = page.locator("#verloop table tr").evaluate_all(
        "rows => rows.map(r => Array.from(r.cells).map(c => c.querySelector('.sr')?.textContent ?? c.textContent))"
    )
    found = [
        [c.value if isinstance(c.value, str) else f"{c.value:.1f}".replace(".", ",") for c in row]
        for row in sheet.iter_rows(min_row=5)
    ]
    assert found == rows and len(rows) > 4
    assert watched.errors == [] and watched.elsewhere == []


def test_a_chart_is_taken_along_as_a_picture_on_a_phone_by_keyboard(visit) -> None:
    watched = visit(390)
    page = watched.open(f"{INDICATOR}&van=2016&gebied=GM9002")
    name, content = taken(page, "#verloop button[data-plaatje]")
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    assert name == "monitor_indicator_ervaren_gezondheid_verloop_VOORBEELDDATA.png"
    # As wide as on paper whatever the screen is, on white, and with words above and below the chart.
    assert picture.width == 2000 and picture.getpixel((5, 5)) == (255, 255, 255)
    for top, bottom in ((20, 100), (picture.height - 90, picture.height - 10)):
        assert len(picture.crop((0, top, 2000, bottom)).getcolors(1 << 20) or []) > 10
    expect(page.locator("#verloop [role=status]")).to_have_text(" Opgeslagen.")
    page.locator("summary", has_text="Openen in een notebook").click()
    expect(page.locator("#notebook code")).to_contain_text("gebied='GM9002'")
    found = Axe().run(page).response["violations"]
    assert not found, [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watched.errors == [] and watched.elsewhere == []
