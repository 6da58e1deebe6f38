"""The drawings of the edition: right for any row a gemeente may have, and the same each time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.edition.document import Figuur
from dashboard.edition.drawings import DRAWINGS, draw
from dashboard.edition.drawings_files import standalone
from dashboard.edition.drawings_scale import spread, ticks
from dashboard.edition.drawings_svg import wrapped
from tests.support import edition_example as example

EXAMPLES = [example.balken(), example.verloop(), *example.npg(), example.voortgang(), example.terugblik()]
SVG = "{http://www.w3.org/2000/svg}"


def words(drawing: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(drawing).iter(f"{SVG}text")]


@pytest.mark.parametrize("figuur", EXAMPLES, ids=lambda f: f.id)
def test_a_drawing_is_proper_svg_without_style_script_or_missing_numbers(figuur: Figuur) -> None:
    drawing = draw(figuur)
    tree = ET.fromstring(drawing)
    assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= {"svg", "g", "text", "line", "path", "circle", "rect"}
    assert not re.search(r"nan|None|NaT|inf", drawing.replace("inkomen", ""))
    assert drawing == draw(figuur)


def test_every_drawing_has_an_example() -> None:
    assert {f.vorm for f in EXAMPLES} == set(DRAWINGS)


def test_an_unknown_drawing_or_one_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="'taart' bestaat niet"):
        draw(Figuur("x", "t", "a", "taart", pd.DataFrame({"a": [1]}), ""))
    with pytest.raises(ValueError, match="geen rijen"):
        draw(Figuur("x", "t", "a", "balken", pd.DataFrame(columns=["naam"]), ""))


def test_a_budget_says_its_chance_its_day_and_its_difference() -> None:
    said = words(draw(example.balken()))
    assert {"94\u00a0%", "11 nov", "0,5\u00a0mln\u00a0N", "1,2\u00a0mln\u00a0V", "< 1 %".replace(" ", "\u00a0")} <= set(
        said
    )
    assert "geen begroting" in said


def test_a_budget_far_outside_the_others_stands_at_the_edge_with_its_share() -> None:
    drawing = draw(example.balken())
    assert "305\u00a0% ›" in words(drawing)
    xs = [float(v) for v in re.findall(r'<circle cx="([\d.]+)"', drawing)]
    assert xs and max(xs) < 680 - 246 + 1


def test_what_asks_for_a_decision_has_another_shape_and_not_only_another_colour() -> None:
    drawing = draw(example.balken())
    assert drawing.count("<circle") == 3
    assert drawing.count("Z") == 3


def test_the_line_of_an_indicator_stops_at_a_break_and_where_a_figure_is_missing() -> None:
    rows = example.lijn(0, "X", [1.0, 2.0, None, 4.0, 5.0]).gegevens
    own = rows[rows["reeks"] == "eigen"].assign(breuk=False)
    assert draw_rows("lijn", own).count("<path") == 2
    assert draw_rows("lijn", own.assign(breuk=[False, False, False, False, True])).count("<path") == 1


def test_a_secret_indicator_says_that_it_is_secret_and_shows_no_line() -> None:
    drawing = draw(example.npg()[7])
    assert "geheim" in words(drawing)
    assert "<path" not in drawing


def test_the_country_beside_the_number_is_of_the_same_period() -> None:
    rows = example.lijn(0, "X", [61.0, 62.0]).gegevens
    older = rows[~((rows["reeks"] == "land") & (rows["periode"] == "2025"))]
    assert any(w.startswith("Nederland") for w in words(draw_rows("lijn", rows)))
    assert not any(w.startswith("Nederland") for w in words(draw_rows("lijn", older)))


def test_what_is_expected_starts_where_the_books_end() -> None:
    figuur = example.verloop()
    said = words(draw(figuur))
    assert "verwacht 6,24" in said
    assert "begroting 5,79" in said
    before = figuur.gegevens.assign(geboekt_eur=float("nan"), nog_te_ontvangen_eur=float("nan"))
    assert not any(w.startswith("geboekt") for w in words(draw_rows("verloop", before)))


def draw_rows(vorm: str, rows: pd.DataFrame) -> str:
    return draw(Figuur("x", "t", "a", vorm, rows, ""))


money = st.one_of(st.none(), st.floats(-1e7, 3e8, allow_nan=False))
budget = st.tuples(st.text(min_size=1, max_size=60), money, money, money, money, st.one_of(st.none(), st.floats(0, 1)))


@settings(max_examples=20, deadline=None)
@given(st.lists(budget, min_size=1, max_size=4))
def test_any_budgets_can_be_drawn(rows: list[tuple[object, ...]]) -> None:
    columns = ["naam", "begroting_eur", "p10_eur", "p50_eur", "p90_eur", "kans"]
    frame = pd.DataFrame(rows, columns=columns).assign(geld_op=dt.date(2026, 3, 1), uitkomst_eur=1.0)
    frame = frame.assign(
        doel_eur=frame["begroting_eur"], gerealiseerd_eur=frame["p10_eur"], prognose_eur=frame["p50_eur"]
    )
    frame["naam"] = [re.sub(r"[^\x20-\x7e\xa0-\ud7ff]", "?", str(n)) for n in frame["naam"]]
    for column in columns[1:]:
        frame[column] = frame[column].astype(float)
    for vorm in ("balken", "voortgang", "terugblik"):
        ET.fromstring(draw_rows(vorm, frame))


@given(st.lists(st.floats(-50, 400), min_size=1, max_size=6))
def test_labels_never_cover_each_other(wanted: list[float]) -> None:
    places = sorted(spread(wanted, 16, 0, 300))
    assert all(b - a >= 16 - 1e-6 for a, b in pairwise(places))
    assert places[-1] <= 300 + 1e-6


@given(st.floats(0.001, 1e6), st.floats(0.001, 1e6))
def test_an_axis_has_a_few_round_numbers(low: float, width: float) -> None:
    found = ticks(low, low + width)
    assert len(found) <= 6
    assert all(low - 1e-6 * width <= t <= low + width * (1 + 1e-6) for t in found)


@pytest.mark.parametrize(
    "text", ["kort", "een heel lange naam van een regeling met veel woorden", "Onafgebrokenwoordvanveeltekens"]
)
def test_words_are_broken_within_their_room(text: str) -> None:
    lines = wrapped(text, 100, 12)
    assert len(lines) <= 2
    assert all(len(part) <= 100 / (12 * 0.57) for part in lines)


@pytest.mark.parametrize("check", [lambda s: "VOORBEELDDATA" in s, lambda s: "&lt;" in s], ids=["mark", "escaped"])
def test_a_loose_figure_carries_its_title_source_and_mark(check: Callable[[str], bool]) -> None:
    whole = standalone(example.balken(), voorbeelddata=True)
    tree = ET.fromstring(whole)
    assert (tree.findtext(f"{SVG}title"), tree.findtext(f"{SVG}desc")) == (
        example.balken().titel,
        example.balken().alternatief,
    )
    assert example.BRON in words(whole)
    assert check(whole)
    assert "VOORBEELDDATA" not in standalone(example.balken(), voorbeelddata=False)
