"""The course per wijk and per gemeente: one scale, what is said of it, and what is secret, broken or off the scale."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pandas as pd
import pytest
from dash import html

from dashboard.address import Address, at
from dashboard.charts.lines import Scale, bounds, line, runs
from dashboard.components.figure import components
from dashboard.components.multiples import Panel, multiples
from dashboard.components.region_lines import HOOGSTENS, lines_block
from dashboard.components.regions import Regions
from dashboard.components.wijken import division_note
from dashboard.export.read import figure_of
from dashboard.markup import to_html
from indicators.core.indicator import Breuk, Indicator

ITEM = Indicator(
    "proef", "proef", "Proef", "", "", "", "", "%", "neutraal", 1, ("CBS 1",), sql="SELECT 1",
    breuken=(Breuk("2022JJ00", "Andere vraag."),),
)  # fmt: skip
WIJKEN = Regions("w", (("WK1", "Noord"), ("WK2", "Zuid"), ("WK3", "Oost")), ("GM1", "Stad"), "wijk", "wijken")
YEARS = ("2020JJ00", "2021JJ00", "2022JJ00", "2023JJ00")


def rows(**per: tuple[float | None, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"gebied_code": code, "periode": year, "waarde": value, "status": "definitief", "onderdrukt": value is None}
            for code, values in per.items()
            for year, value in zip(YEARS, values, strict=True)
        ]
    )


ROWS = rows(WK1=(10, 12, 20, 24), WK2=(15, 14, 20, 18), WK3=(None,) * 4, GM1=(12, 13, 19, 21))


def made(frame: pd.DataFrame, who: Regions = WIJKEN) -> tuple[html.Section | None, str]:
    with at(Address("/indicator", (("indicator", "proef"), ("groep", "regio")))):
        block = lines_block(ITEM, frame, who)
    return block, "" if block is None else to_html(block).replace("\u00a0", " ")


def test_each_region_says_its_name_and_newest_figure_and_a_secret_one_that_it_is_secret() -> None:
    _, text = made(ROWS)
    heads = [re.sub(r"<[^>]+>", "", h) for h in re.findall(r"<h3>(.*?)</h3>", text)]
    assert heads == ["Noord 24,0 %", "Zuid 18,0 %", "Oost geheim"]
    assert "geheim in alle perioden" in text and 'aria-label="Noord: van 10,0 % in 2020 naar 24,0 % in 2023"' in text


def test_the_title_counts_from_the_last_break_and_says_where_the_own_gemeente_went() -> None:
    _, text = made(ROWS)
    # Zuid fell since the break of 2022, though it rose since 2020.
    assert "Van 2022 tot 2023 ging het cijfer in één van de twee wijken omhoog, in Stad omhoog" in text
    assert "Bij een breuk is de lijn onderbroken" in text and "niet getoetst" in text


def test_the_figure_is_taken_along_as_the_screen_shows_it() -> None:
    block, _ = made(ROWS)
    taken = figure_of(block, "w")
    assert taken is not None and taken.tables[0].heads == ("Wijk", "2020", "2021", "2022", "2023")
    cells = [[cell.text for cell in row] for row in taken.tables[0].rows]
    assert cells[0] == ["Stad", "12,0", "13,0", "19,0", "21,0"] and cells[3] == ["Oost", *["geheim"] * 4]


def test_a_total_beside_its_parts_is_left_off_the_scale_and_said_to_be() -> None:
    _, text = made(ROWS.assign(waarde=ROWS["waarde"].where(ROWS["gebied_code"] != "GM1", 400)))
    assert "Stad als geheel valt buiten deze schaal" in text and "van 10,0 tot 24,0 %" in text
    assert "--achter" not in text and 'class="achter"' not in text
    assert "Dunne lijn: Stad" in made(ROWS)[1]


def test_the_name_of_a_gemeente_leads_to_the_page_with_that_gemeente_beside_the_own_one() -> None:
    who = Regions("g", (("WK1", "Noord"),), ("GM1", "Stad"), "gemeente", "gemeenten", linked=True)
    block, _ = made(ROWS, who)
    links = [c.href for c in components(block) if getattr(c, "href", "").startswith("/indicator")]
    assert links == ["/indicator?indicator=proef&groep=regio&gebied=WK1"]


@pytest.mark.parametrize("frame", [ROWS.assign(waarde=None), ROWS[ROWS["periode"] == "2023JJ00"]])
def test_without_two_periods_there_is_no_course_to_show(frame: pd.DataFrame) -> None:
    assert made(frame)[0] is None


def test_of_more_regions_than_can_be_compared_at_a_glance_the_page_says_why_there_are_no_lines() -> None:
    many = Regions("w", tuple((f"WK{n}", "x") for n in range(HOOGSTENS + 1)), ("GM1", "Stad"), "wijk", "wijken")
    assert "hoogstens 24 wijken; dit zijn er 25." in made(ROWS, many)[1]


def test_a_line_is_broken_where_a_figure_is_missing_and_at_a_break() -> None:
    points = [(2020.5, 1.0), (2021.5, None), (2022.5, 2.0), (2023.5, 3.0), (2024.5, 4.0)]
    assert [len(run) for run in runs(points, (2024.0,))] == [1, 2, 1]
    assert runs([(2020.5, None)]) == []
    drawn = unquote(line(runs(points, (2024.0,)), Scale(2020.5, 2024.5, 0, 4)))
    # One line of two points, a dot for each of both alone, and the dot at the end.
    assert drawn.count("<path") == 4 and drawn.startswith('url("data:image/svg+xml,')
    assert drawn.count("'") % 2 == 0 and drawn.count('"') == 2
    assert line([], Scale(0, 1, 0, 1)) == ""


def test_a_scale_holds_all_and_begins_at_nought_only_when_that_costs_little_room() -> None:
    assert bounds([1.0, 10.0]) == (0.0, 10.0) and bounds([6.0, 10.0]) == (6.0, 10.0) and bounds([3.0]) == (3.0, 4.0)
    scale = Scale(2020, 2024, 0, 10)
    assert scale.place(2020, 0)[1] > scale.place(2020, 10)[1] and 0 < scale.place(2024, 10)[0] < 100
    assert Scale(2020, 2020, 5, 5).place(2020, 5) == (3.0, 91.0)


def test_small_multiples_are_a_list_with_a_heading_each() -> None:
    text = to_html(multiples([Panel("Eén", html.Div("beeld"), "feit"), Panel("Twee", None)], "wetten"))
    assert text.startswith('<ul class="panelen wetten"') and text.count("<li>") == 2 and text.count("<h3>") == 2


def test_a_changed_division_into_wijken_is_told() -> None:
    borders = pd.DataFrame({"jaar": [2020, 2020, 2024], "gebied_code": ["WK1", "WK2", "WK1"]})
    assert "veranderde in 2024" in division_note(borders) and division_note(borders[:2]) == ""
