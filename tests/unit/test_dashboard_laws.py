"""The laws beside each other: what the heading of each says, on one scale, and when there is nothing to compare."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.components.laws import laws_block, laws_finding, panel_finding, programmes_text
from dashboard.markup import to_html


def law(onderdeel: str, naam: str, budget: float, expected: float | None) -> dict[str, object]:
    return {
        "onderdeel": onderdeel, "naam": naam, "peildatum": pd.Timestamp("2026-09-30"), "actueel_eur": budget,
        "geboekt_eur": 1e6, "p10_eur": expected and expected * 0.95, "p50_eur": expected,
        "p90_eur": expected and expected * 1.05, "kans_overschrijding": 0.9 if expected else None,
    }  # fmt: skip


ROWS = [law("overig", "Overig", 9e6, 8e6), law("jeugd", "Jeugd", 10e6, 11e6), law("wmo", "Wmo", 20e6, 20.01e6)]


def test_each_law_is_a_panel_with_its_finding_and_the_way_to_its_budget() -> None:
    text = to_html(laws_block(pd.DataFrame(ROWS), 2026)).replace("\u00a0", " ")
    for says in (
        "Jeugd komt naar verwachting boven de begroting uit",
        "Jeugd: € 1,0 miljoen boven de begroting",
        "Wmo: ongeveer op de begroting",
        "Overig sociaal domein: € 1,0 miljoen onder de begroting",
    ):
        assert says in text
    assert text.index(">Wmo:") < text.index(">Jeugd:") < text.index(">Overig sociaal domein:")
    assert "/budget?onderdeel=jeugd&amp;boekjaar=2026" in text or "/budget?onderdeel=jeugd&boekjaar=2026" in text


@pytest.mark.parametrize(("total", "told"), [(39.03e6, False), (39.31e6, True), (None, False)])
def test_a_total_that_the_laws_do_not_add_up_to_is_explained(total: float | None, told: bool) -> None:
    text = to_html(laws_block(pd.DataFrame([*ROWS, law("totaal", "Sociaal domein", 39e6, total)]), 2026))
    assert ("niet precies het totaal" in text) == told


def test_a_law_without_a_forecast_is_the_reason_itself() -> None:
    rows = [*ROWS, law("totaal", "Sociaal domein", 59e6, 60e6), law("participatiewet", "Participatiewet", 20e6, None)]
    assert "niet precies het totaal" not in to_html(laws_block(pd.DataFrame(rows), 2026))


@pytest.mark.parametrize("rows", [ROWS[:1], [ROWS[0], law("wmo", "Wmo", 0, 5e6)], [law("wmo", "Wmo", 5e6, None)] * 2])
def test_one_law_or_none_with_a_forecast_is_no_comparison(rows: list[dict[str, object]]) -> None:
    assert laws_block(pd.DataFrame(rows), 2026) is None


def test_the_finding_names_who_ends_above() -> None:
    rows = pd.DataFrame(ROWS)
    assert laws_finding(rows[:1]).startswith("Geen enkele wet")
    assert laws_finding(rows[1:2]).startswith("Alle wetten")
    assert laws_finding(rows.assign(p50_eur=[10e6, 11e6, 20e6])).startswith("Overig en Jeugd komen")
    assert panel_finding(rows.iloc[1]).startswith("Jeugd: ")


def test_the_line_on_programmes_counts_those_behind() -> None:
    assert programmes_text(0, 3).startswith("geen lopend programma")
    assert programmes_text(1, 1) == "het lopende programma heeft een resultaat dat achterloopt."
    assert programmes_text(2, 5) == "twee van de vijf lopende programma’s hebben een resultaat dat achterloopt."
