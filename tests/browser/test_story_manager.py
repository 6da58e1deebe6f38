"""The programme manager: from Overzicht to why the largest risk is there, and a shared link of a scenario."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import HANDS

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


def _box(page: Page, label: str):
    return page.get_by_role("combobox", name=label).or_(page.get_by_label(label, exact=True)).first


@pytest.mark.parametrize(
    ("width", "by"),
    [
        (1440, "muis"),
        (390, "toetsen"),
        pytest.param(1440, "toetsen", marks=pytest.mark.long),
        pytest.param(390, "muis", marks=pytest.mark.long),
    ],
)
def test_from_the_largest_risk_to_a_shared_scenario_in_four_clicks(visit, width: int, by: str) -> None:
    watched = visit(width)
    page = watched.open("/")
    hand = HANDS[by](page)
    risks = page.locator(".top3 a" if width == 390 else ".budgetten a")
    name = risks.first.inner_text()
    hand.press(risks.first)
    expect(page).to_have_title(re.compile("^Budget"))
    # The cause, in words and in euros, without another click.
    expect(page.locator(".kicker")).to_contain_text(name)
    cause = page.locator("section", has=page.get_by_role("heading", name=re.compile("(door|omdat|vooral)")))
    expect(cause.first).to_contain_text("€")
    hand.choose(_box(page, "Prijzen vanaf nu"), "+5 %")
    said = page.locator("section", has=page.locator("#wat-als"))
    expect(said).to_contain_text("De uitkomst wordt")
    assert hand.steps <= 4
    sentence = said.locator("strong").first.inner_text()
    # Whoever gets the address sees the same scenario, also in a browser that was never here.
    shared = page.url
    assert "indexatie=5" in shared
    guest = visit(1440).open(shared.removeprefix(watched.url))
    expect(guest.locator("section", has=guest.locator("#wat-als"))).to_contain_text(sentence)
    assert watched.errors == [] and watched.elsewhere == []


def test_a_measure_of_this_budget_from_a_month_of_ones_choice(visit) -> None:
    watched = visit(1440)
    page = watched.open("/budget?onderdeel=jeugdhulp_met_verblijf")
    hand = HANDS["toetsen"](page)
    amount = page.locator("[role=option]", has_text="minder").last
    _box(page, "Maatregel, per jaar").focus()
    page.keyboard.press("Enter")
    told = amount.inner_text()
    amount.click()
    said = page.locator("section", has=page.locator("#wat-als"))
    expect(said).to_contain_text("besparing")
    # The keyboard is where the reader was, not on the other list of the same measure.
    expect(_box(page, "Maatregel, per jaar")).to_be_focused()
    hand.choose(_box(page, "De maatregel gaat in"), "december 2026")
    expect(said).to_contain_text("vanaf 1 december 2026")
    expect(_box(page, "De maatregel gaat in")).to_be_focused()
    expect(_box(page, "Maatregel, per jaar")).to_have_value(told)
    assert "2026-12-01" in page.url and watched.errors == []
