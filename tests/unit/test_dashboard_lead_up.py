"""What went before the euros: moments on the axis that stay apart, and counts that tell no small number."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from dashboard import formatting as f
from dashboard import queries_budget
from dashboard.charts.drawn import Drawn
from dashboard.charts.events import RUIMTE, marks, with_moments
from dashboard.components.events import Moment, budget_changes, spoken
from dashboard.components.lead_up import _rounded, duration, finding, lead_up_blocks
from dashboard.markup import to_html


def series(*values: float) -> pd.DataFrame:
    months = pd.date_range("2025-09-01", periods=len(values), freq="MS")
    return pd.DataFrame({"maand": months, "waarde": values, "peildatum": pd.Timestamp("2026-09-30")})


def test_numbers_of_moments_on_one_day_stand_apart_and_their_lines_stay() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 3), date(2026, 7, 31)]
    shapes, numbers = marks(days, 2026)
    assert [s["x0"] for s in shapes] == days
    places = [n["x"] for n in numbers]
    assert all((b - a).days >= RUIMTE - 1 for a, b in pairwise(places)) and places[0] >= date(2026, 1, 1)
    assert [n["text"] for n in numbers] == ["<b>1</b>", "<b>2</b>", "<b>3</b>", "<b>4</b>"]


def test_a_chart_without_moments_stays_as_it_is() -> None:
    assert not with_moments(Drawn([], {}), [], 2026).layout.shapes


def test_a_jump_of_the_budget_is_a_moment_and_one_after_the_year_is_not() -> None:
    rows = pd.DataFrame(
        {
            "peildatum": pd.to_datetime(["2025-01-31", "2025-02-28", "2025-07-31", "2026-01-31"]),
            "actueel_eur": [10e6, 10e6, 11.2e6, 11.5e6],
        }
    )
    (found,) = budget_changes(rows)
    assert found.datum == date(2025, 7, 31) and "1,2" in found.tekst and "hoger" in found.tekst
    assert budget_changes(rows[:0]) == []


def test_the_alternative_names_each_moment() -> None:
    assert spoken([]) == ""
    assert spoken([Moment(date(2026, 7, 1), "signaal", "budget te krap")]) == " Momenten: 1. juli: budget te krap."
    assert spoken([Moment(date(2026, 7, 31), "begroting", "hoger")]) == " Momenten: 1. 31 juli: hoger."


def test_counts_are_rounded_and_small_ones_secret() -> None:
    shown = _rounded(series(0, 7, 8, 12, 13))["waarde"]
    assert shown.isna().tolist() == [True, True, False, False, False] and shown.tolist()[2:] == [10, 10, 15]


def test_the_finding_compares_with_the_same_month_a_year_before() -> None:
    text = finding("Mensen met hulp", "mensen", series(*[100] * 12, 120)).replace("\u00a0", " ")
    assert text == "Mensen met hulp: 120 (20 % meer dan een jaar eerder)"
    assert finding("Prijs", "euro", series(*[100] * 12, 101)).endswith("ongeveer gelijk aan een jaar eerder")
    assert finding("Mensen met hulp", "mensen", series(50, 60)) == "Mensen met hulp: 60"


def test_a_figure_that_is_not_of_the_newest_month_says_of_which_it_is() -> None:
    known = series(50, 60)
    last = known.iloc[-1]["maand"]
    assert finding("Aanvragen", "aanvragen", known, last) == "Aanvragen: 60"
    later = last + pd.DateOffset(months=1)
    assert finding("Aanvragen", "aanvragen", known, later) == f"Aanvragen, in {f.maand(last)}: 60"


def counts(first: str, values: list[float]) -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="MS")
    return pd.DataFrame({"maand": months, "aantal": values, "peildatum": pd.Timestamp("2026-09-30")})


def test_of_240_persons_of_whom_ten_stop_each_month_help_lasts_two_years() -> None:
    found = duration(counts("2025-01-01", [240.0] * 13), counts("2025-01-01", [10.0] * 13))
    assert found["maanden"].tolist() == [24.0, 24.0]
    assert found["maand"].iloc[0] == pd.Timestamp("2025-12-01")


def test_how_long_help_lasts_is_not_said_of_few_or_of_a_year_with_a_gap() -> None:
    persons = counts("2025-01-01", [240.0] * 13)
    assert duration(persons, counts("2025-01-01", [0.0] * 12 + [7.0])).empty
    assert duration(persons[persons.index != 5], counts("2025-01-01", [10.0] * 13)).empty
    assert duration(persons[:0], persons[:0]).empty


def test_a_budget_without_clients_does_not_say_that_nothing_was_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    none = counts("2026-01-01", [])
    monkeypatch.setattr(queries_budget, "aantallen", lambda *_: none)
    monkeypatch.setattr(queries_budget, "prijs", lambda *_: none.rename(columns={"aantal": "per_client"}))
    text = "".join(to_html(block) for block in lead_up_blocks(None, "totaal", "GM1895", 2026, False))  # type: ignore[arg-type]
    assert "Geen cijfers per cliënt" in text and "Niet geleverd" not in text
