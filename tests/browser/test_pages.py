"""Every page in Chromium, wide and on a phone: it loads, says nothing wrong, asks nothing elsewhere, is accessible."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.support.publication import leeg, publish, voorbeeld

# The page's own security policy forbids evaluating strings, so these tests wait with locators only.
expect.set_options(timeout=20_000)
pytestmark = pytest.mark.browser
PAGES = {
    "/": "Het sociaal domein komt dit jaar naar verwachting",
    "/budget": "Het geld is op rond 24 december",
    "/budget?onderdeel=jeugdhulp_met_verblijf": "Het geld is op rond 11 november",
    "/budget?onderdeel=begeleiding&boekjaar=2024": "In 2024 kwam de uitkomst",
    "/indicator?indicator=ervaren_gezondheid": "hoger dan in 2022; verschil kan toeval zijn",
    "/indicator?indicator=jeugdhulpgebruik&periode=HJ": "in het 2e halfjaar 2025",
    "/indicator": "indicatoren: één wordt zeker beter",
    "/programmas": "Van de taakstelling van € 1,5 miljoen is € 1,2 miljoen gerealiseerd",
    "/gegevens": "18 leveringen gelezen; 1 keer is iets geweigerd",
    "/herkomst?onderdeel=begeleiding": "De regels en de bestanden achter dit budget",
    "/verantwoording": "Zo komen de cijfers tot stand",
    "/bestaat-niet": "Deze pagina bestaat niet",
}


@pytest.mark.parametrize("path", PAGES)
def test_page_loads_accessible_and_alone(visit, path: str) -> None:
    watched = visit(390)
    page = watched.open(path)
    assert PAGES[path] in page.locator("h1").inner_text().replace("\u00a0", " ").replace("\n", " ")
    for summary in page.locator("summary").all():
        summary.click()  # axe sees what is open only
    for width in (390, 1440):  # the same page on a larger screen, as one who turns or enlarges it has it
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page).response["violations"]
        assert not found, (width, [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"de pagina schuift opzij bij {width}"
    assert page.locator("html").get_attribute("lang") == "nl"
    assert watched.errors == [] and watched.elsewhere == []


def test_charts_have_a_text_alternative_a_table_and_no_way_out(visit) -> None:
    page = visit(1440).open("/budget?onderdeel=jeugdhulp_met_verblijf")
    for chart in page.locator("[role=img].grafiek").all():
        assert len(chart.get_attribute("aria-label") or "") > 40
        assert chart.locator("xpath=..").locator("table").count() >= 1
    assert page.locator("text=VOORBEELDDATA").count() >= 1
    assert page.locator(".modebar-btn").count() == 0 and page.locator(".bron").count() >= 3


def test_keyboard_reaches_content_menu_and_controls(visit) -> None:
    page = visit(1440).open("/budget")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    seen = []
    for _ in range(10):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent || document.activeElement.value"))
    assert seen[:6] == ["Overzicht", "Budget", "Indicatoren", "Programma’s", "Raad", "Gegevens"]
    assert "Sociaal domein" in seen


def test_a_choice_goes_into_the_address_and_back(visit) -> None:
    watched = visit(1440)
    page = watched.open("/budget")
    page.get_by_role("combobox", name="Budget").or_(page.get_by_label("Budget", exact=True)).first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("option", name="Beschermd wonen", exact=True).click()
    expect(page.locator(".kicker")).to_contain_text("Beschermd wonen")
    assert "onderdeel=beschermd_wonen" in page.url
    expect(page.locator("input:focus")).to_have_count(1)
    page.go_back()
    expect(page.locator(".kicker")).to_contain_text("Sociaal domein")
    assert watched.errors == []


def test_link_leads_to_the_budget_and_puts_the_reader_at_its_start(visit) -> None:
    page = visit(1440).open("/")
    page.get_by_role("link", name="Jeugdhulp met verblijf").first.click()
    expect(page).to_have_title(re.compile("^Budget"))
    expect(page.locator("#inhoud")).to_be_focused()
    assert "onderdeel=jeugdhulp_met_verblijf" in page.url


def test_phone_shows_the_three_budgets_most_at_risk_first(visit) -> None:
    page = visit(390).open("/")
    assert page.locator(".top3 li").count() == 3 and page.locator(".top3").is_visible()
    assert page.locator(".top3 li a").first.inner_text() == "Jeugdhulp met verblijf"


@pytest.mark.parametrize(
    "path", ["/", "/budget?onderdeel=jeugdhulp_met_verblijf", pytest.param("/gegevens", marks=pytest.mark.long)]
)
def test_without_scripts_the_page_is_readable_accessible_and_as_high_as_with_them(visit, browser, server, path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(server.url + path)
    heading = page.locator("h1").inner_text()
    main = page.locator("main").bounding_box()
    expect(page.locator(".zonder")).to_be_visible()
    context.close()
    with_app = visit(1440).open(path)
    assert with_app.locator("h1").inner_text() == heading
    taken_over = with_app.locator("main").bounding_box()
    # The note that there are no scripts stands above the page: 37 pixels. The rest lies where it lay.
    assert abs(main["height"] - taken_over["height"]) <= 2 and main["width"] == taken_over["width"]


def test_what_the_reader_opened_before_the_app_came_stays_open(visit) -> None:
    watched = visit(1440)
    page = watched.page
    held: list[Route] = []  # the app's own script, until the reader has opened a table

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/dash_renderer*", hold)
    page.goto(watched.url + "/", wait_until="commit")
    page.locator("#eerst summary").first.click()
    expect(page.locator("#eerst details[open]")).to_have_count(1)
    for route in held:
        route.continue_()
    page.locator("#eerst").wait_for(state="detached")
    expect(page.locator("main details[open]")).to_have_count(1)
    expect(page.locator("main summary").first).to_be_focused()
    assert watched.errors == []


def test_a_search_in_the_catalogue_goes_into_the_address(visit) -> None:
    watched = visit(1440)
    page = watched.open("/indicator")
    page.get_by_label("Zoek een indicator").fill("jeugd")
    expect(page.locator("main table")).to_have_count(1)
    expect(page).to_have_url(re.compile("zoek=jeugd"))
    page.reload()
    expect(page.locator("main table")).to_have_count(1)
    page.get_by_role("link", name="Jongeren met jeugdhulp").click()
    expect(page.locator("h1")).to_contain_text("2e halfjaar 2025")
    assert watched.errors == []


@pytest.mark.parametrize(
    "path", ["/", "/budget", pytest.param("/indicator?indicator=jeugdhulpgebruik", marks=pytest.mark.long)]
)
def test_on_paper_every_table_is_there(visit, path: str) -> None:
    page = visit(1440).open(path)
    page.emulate_media(media="print")
    assert page.locator("details").count() >= 1
    for table in page.locator("details table").all():
        assert (table.bounding_box() or {"height": 0})["height"] > 40
    expect(page.locator("header nav")).to_be_hidden()


@pytest.mark.parametrize("width", [1440, 1100])
def test_overview_shows_every_column_and_no_labels_that_touch(visit, width: int) -> None:
    page = visit(width).open("/")
    area = page.locator(".schuif", has=page.locator(".budgetten")).first
    wide = "e => e.scrollWidth - e.clientWidth"
    assert area.evaluate(wide) <= 0, "de tabel valt rechts weg"
    boxes = sorted((b["x"], b["x"] + b["width"]) for m in page.locator(".as span").all() if (b := m.bounding_box()))
    assert len(boxes) >= 2 and all(a[1] <= b[0] for a, b in pairwise(boxes))


def test_years_stand_upright_and_whole_on_a_phone(visit) -> None:
    page = visit(390).open("/indicator?indicator=jeugdhulpgebruik")
    labels = page.locator(".xtick text")
    expect(labels.first).to_be_visible()
    boxes = sorted((box for label in labels.all() if (box := label.bounding_box())), key=lambda b: b["x"])
    assert len(boxes) >= 3
    assert all(b["width"] > b["height"] for b in boxes), "jaartallen staan gekanteld"
    touching = [(a, b) for a, b in pairwise(boxes) if a["x"] + a["width"] >= b["x"]]
    assert not touching, "jaartallen raken elkaar"


def test_new_publication_appears_without_restart(visit, own_server) -> None:
    watched = visit(1440, at=own_server)
    page = watched.open("/budget?onderdeel=jeugdhulp_met_verblijf")
    rows = voorbeeld("r2")
    for row in rows["mart.fct_prognose"]:
        if row.get("uitputting_p50"):
            row["uitputting_p50"] = row["uitputting_p50"].replace(month=10, day=5)
    publish(own_server.store, rows, "monitor-20261004T081500Z.duckdb")
    page.get_by_role("link", name="Overzicht").click()
    expect(page.locator("main")).to_contain_text("rond 5 oktober")
    assert watched.errors == []


def test_publication_without_figures_says_what_to_do(visit, own_server) -> None:
    publish(own_server.store, leeg(), "monitor-20261005T081500Z.duckdb")
    for path in ("/", "/budget", "/indicator", "/programmas", "/gegevens"):
        watched = visit(390, at=own_server)
        page = watched.open(path)
        assert "nog geen" in page.locator("h1").inner_text()
        assert not Axe().run(page).response["violations"] and watched.errors == []
