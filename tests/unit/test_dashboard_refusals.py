"""Refusals on the data page: the same mistake in many deliveries is one task, and nothing is left out."""

from __future__ import annotations

import pandas as pd

from dashboard.components.refusals import grouped, refusals_block
from dashboard.markup import to_html


def refusal(**changes: object) -> dict[str, object]:
    return {
        "levering_id": "a",
        "bron": "wmo",
        "bestand": "wmo_1",
        "blad": None,
        "rij": None,
        "kolom": "Einddatum",
        "waarde": None,
        "reden": "de einddatum ligt vóór de ingangsdatum.",
        "oplossing": "Herstel de regel.",
        "peildatum": pd.Timestamp("2026-08-31"),
    } | changes


def test_one_mistake_in_three_deliveries_is_one_task() -> None:
    months = [f"2026-0{m}-28" for m in (7, 8, 9)]
    frame = pd.DataFrame(
        [refusal(levering_id=str(i), peildatum=pd.Timestamp(day)) for i, day in enumerate(months)]
        + [refusal(reden="dubbele regel.", levering_id="2")]
    )
    tasks = grouped(frame)
    assert tasks[["aantal", "leveringen"]].values.tolist() == [[3, 3], [1, 1]]
    text = to_html(refusals_block(frame, "/gegevens?toon=alles", False))
    assert "4 keer geweigerd, samen 2 taken" in text and "juli 2026 – september 2026" in text


def test_no_refusal_is_lost_when_source_remedy_or_date_is_missing() -> None:
    frame = pd.DataFrame([refusal(bron=None, oplossing=None, peildatum=pd.NaT), refusal()])
    assert grouped(frame)["aantal"].sum() == 2


def test_the_example_says_where_to_look() -> None:
    (place,) = grouped(pd.DataFrame([refusal(blad="Blad1", rij=41, waarde="#VERW!")]))["plaats"]
    assert place == "wmo_1, blad Blad1, rij 41, kolom Einddatum, ‘#VERW!’"


def test_all_tasks_are_shown_when_asked() -> None:
    frame = pd.DataFrame([refusal(reden=f"reden {i}") for i in range(40)])
    assert to_html(refusals_block(frame, "/x", True)).count("reden 39") == 2
    assert "De eerste 25 van 40" in to_html(refusals_block(frame, "/x", False))
