"""The map of wijken by boundaries: when it is drawn, of which year, and that secret and absent look different."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard import catalogue
from dashboard.charts.wijkkaart import TINTEN, Vlak, wijkkaart
from dashboard.components.wijken import border_notes, map_year, wijk_block
from dashboard.markup import to_html

CSS = Path(__file__).resolve().parents[2] / "dashboard" / "assets" / "monitor.css"
ITEM = "ervaren_gezondheid"


def square(x: float, y: float, size: float = 0.1) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def shape(*rings: list[list[float]]) -> str:
    return json.dumps({"type": "MultiPolygon", "coordinates": [list(rings)]})


def figures(*values: float | str) -> pd.DataFrame:
    """A wijk per value, in a row from west to east."""
    rows: list[dict[str, Any]] = [
        {
            "gebied_code": f"WK0000{n:02d}",
            "naam": f"Wijk {n:02d} Dorp{n}",
            "periode": "2024JJ00",
            "waarde": float("nan") if isinstance(value, str) else value,
            "onderdrukt": value == "geheim",
            "status": "definitief",
            "x": float(n),
            "y": 0.0,
        }
        for n, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def borders(*years: int, codes: tuple[int, ...] = (0, 1, 2)) -> pd.DataFrame:
    rows = [
        {
            "gebied_code": f"WK0000{n:02d}", "jaar": year, "x": 5.05 + 0.1 * n, "y": 52.05,
            "vorm": shape(square(5 + 0.1 * n, 52)), "bron": f"Wijkgrenzen {year}",
        }
        for year in years
        for n in codes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["gebied_code", "jaar", "x", "y", "vorm", "bron"])


def words(rows: pd.DataFrame, drawn: pd.DataFrame | None) -> str:
    return to_html(wijk_block(catalogue.item(ITEM), rows, drawn, True)).replace("\u00a0", " ")


ROWS = figures(60.0, 70.5, "geheim")


def test_with_boundaries_of_all_it_is_a_map_that_says_its_finding_year_and_table() -> None:
    text = words(ROWS, borders(2024))
    assert 'aria-label="Kaart van de wijken. In Dorp1 is het 70,5 %, in Dorp0 60,0 %.' in text
    assert "Wijkgrenzen 2024" in text and "In één wijk is het cijfer geheim." in text
    assert "tegel" not in text and '<td class="getal">geheim</td>' in text


@pytest.mark.parametrize("drawn", [None, borders(), borders(2024, codes=(0, 1)), borders(2024, codes=(0, 2))])
def test_without_boundaries_of_every_wijk_with_a_figure_the_tiles_stay(drawn: pd.DataFrame | None) -> None:
    text = words(ROWS, drawn)
    assert text.count('class="tegel ') == 3 and "Kaart van de wijken" not in text


def test_a_wijk_without_figure_and_without_boundary_is_named() -> None:
    rows = figures(60.0, 70.5, "leeg")
    assert border_notes(rows, borders(2024, codes=(0, 1)), 2024, 2024) == [
        "Niet op de kaart, omdat er in 2024 geen grens van is: Dorp2."
    ]


@pytest.mark.parametrize(
    ("years", "year", "drawn"),
    [((2022, 2024, 2026), 2024, 2024), ((2022, 2023), 2024, 2023), ((2025, 2026), 2024, 2025), ((), 2024, None)],
)
def test_all_boundaries_are_of_one_year_as_near_to_the_figure_as_can_be(
    years: tuple[int, ...], year: int, drawn: int | None
) -> None:
    assert map_year(ROWS, borders(*years), year) == drawn


def test_another_year_and_a_break_over_years_are_said() -> None:
    both = pd.concat([borders(2023, codes=(0, 1)), borders(2025)])
    assert map_year(ROWS, both, 2024) == 2025
    assert border_notes(ROWS, both, 2025, 2024) == [
        "De grenzen op de kaart zijn van 2025, het cijfer is van 2024.",
        "De indeling in wijken veranderde in 2025: vergelijk een wijk niet met die van ervoor.",
    ]


def area(n: int, cijfer: str, klasse: int | None = None, geheim: bool = False, **more: Any) -> Vlak:
    given = {"naam": f"Dorp{n}", "vorm": shape(square(5 + 0.1 * n, 52)), "x": 5.05 + 0.1 * n, "y": 52.05} | more
    return Vlak(cijfer=cijfer, klasse=klasse, geheim=geheim, **given)


def test_secret_is_hatched_absent_is_plain_and_each_says_so() -> None:
    drawn = wijkkaart([area(0, "70 %", 4), area(1, "geheim", geheim=True), area(2, "geen cijfer")])
    known, secret, absent, labels = drawn.data
    assert known.fillcolor == TINTEN[4] and known.fillpattern.shape is None
    assert secret.fillpattern.shape == "/" and absent.fillpattern.shape is None
    assert absent.fillcolor not in TINTEN
    assert list(labels.text) == ["Dorp0<br><b>70 %</b>", "Dorp1<br><b>geheim</b>", "Dorp2<br><b>geen cijfer</b>"]
    assert known.text == "Dorp0: 70 %" and known.hoveron == "fills"


def test_the_map_is_true_to_shape_and_interrupts_the_line_at_a_hole() -> None:
    hole = shape(square(5, 52), square(5.02, 52.02, 0.02))
    drawn = wijkkaart([area(0, "70 %", 0, vorm=hole)], synthetic=True)
    assert drawn.layout.yaxis.scaleanchor == "x" and drawn.layout.yaxis.scaleratio == pytest.approx(1.63, abs=0.01)
    assert list(drawn.data[0].x).count(None) == 1 and list(drawn.data[0].y).count(None) == 1
    assert any(a.text == "VOORBEELDDATA" for a in drawn.layout.annotations)


def test_labels_never_cover_each_other_and_a_figure_goes_before_a_name() -> None:
    crowd = [area(n, "70 %", 1, x=5.0 + 0.004 * n, naam="Een lange naam") for n in range(40)]
    labels = wijkkaart(crowd).data[-1].text
    assert 0 < len(labels) < 40


def test_the_map_has_the_shades_of_the_tiles() -> None:
    css = CSS.read_text("utf-8")
    for number, shade in enumerate(TINTEN):
        assert f".tegel.t{number} {{ background: var(--tint{number}); }}" in css
        assert f"--tint{number}: light-dark({shade}, " in css
