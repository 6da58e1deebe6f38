"""The sentences: what they say, and what they say when something is missing."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest

from dashboard import findings
from dashboard.charts.base import end_labels, spaced
from dashboard.findings_depletion import depletion, depletion_range

NAN = float("nan")


def row(**changes):
    base = {
        "onderdeel": "totaal",
        "peildatum": date(2026, 9, 30),
        "actueel_eur": 100e6,
        "primitief_eur": 98e6,
        "p10_eur": 99.8e6,
        "p25_eur": 100.4e6,
        "p50_eur": 100.9e6,
        "p75_eur": 101.5e6,
        "p90_eur": 102.1e6,
        "kans_overschrijding": 0.86,
        "uitputting_p10": date(2026, 12, 1),
        "uitputting_p50": date(2026, 12, 24),
        "uitputting_p90": None,
    }
    return pd.Series(base | changes)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_conclusion_and_band() -> None:
    assert plain(findings.conclusion(row(), 2026)) == (
        "Het sociaal domein komt dit jaar naar verwachting € 0,9 miljoen boven de begroting uit."
    )
    assert (
        plain(findings.band(row()))
        == "Waarschijnlijk (80 %) tussen € 0,2 miljoen onder en € 2,1 miljoen boven de begroting."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"p50_eur": 100.02e6}, "ongeveer op de begroting"),
        ({"p50_eur": 99e6}, "€ 1,0 miljoen onder de begroting"),
        ({"p50_eur": NAN}, "nog geen prognose"),
        ({"actueel_eur": NAN}, "de begroting is niet bekend"),
        ({"peildatum": date(2027, 1, 31)}, "over 2026"),
    ],
)
def test_conclusion_in_other_cases(changes, expected: str) -> None:
    assert expected in plain(findings.conclusion(row(**changes), 2026))


def test_depletion() -> None:
    assert depletion(row(), 2026) == "Het geld is op rond 24 december"
    calm = row(uitputting_p50=None, kans_overschrijding=0.1)
    assert depletion(calm, 2026) == "Het geld is naar verwachting genoeg tot het eind van het jaar"
    assert depletion(row(p50_eur=NAN), 2026) == "Te weinig gegevens voor een prognose"
    assert "geen begroting" in depletion(None, 2026)
    assert plain(depletion(row(), 2025, closed_at=99e6)).endswith("€ 1,0 miljoen onder de begroting uit")
    assert "misschien niet dit jaar" in depletion_range(row())


def test_last_month_compares_with_the_budget_in_force_now() -> None:
    earlier = pd.DataFrame({"peildatum": [date(2026, 8, 31)], "p50_eur": [100.7e6]})
    assert plain(findings.last_time(earlier, row())) == "Vorige maand zeiden we: € 0,7 miljoen boven de begroting."
    earlier["peildatum"] = [date(2026, 6, 30)]
    assert findings.last_time(earlier, row()).startswith("Op 30 juni 2026 zeiden we")


def test_euros_at_risk_counts_only_what_goes_over() -> None:
    assert findings.euros_at_risk(row(actueel_eur=200e6)) == 0
    assert findings.euros_at_risk(row(actueel_eur=90e6)) == pytest.approx(10.94e6, rel=0.01)
    assert 0 < findings.euros_at_risk(row(actueel_eur=101.8e6)) < 100_000
    empty = row(p10_eur=NAN, p25_eur=NAN, p50_eur=NAN, p75_eur=NAN, p90_eur=NAN)
    assert pd.isna(findings.euros_at_risk(empty))


def test_track_record() -> None:
    frame = pd.DataFrame(
        [
            ("model", 2024, 9, 102.0, 95.0, 105.0, 100.0),
            ("model", 2025, 9, 90.0, 85.0, 95.0, 100.0),
            ("lineair", 2024, 9, 80.0, NAN, NAN, 100.0),
            ("model", 2025, 3, 50.0, 40.0, 60.0, 100.0),
        ],
        columns=["methode", "boekjaar", "peilmaand", "voorspeld_eur", "p10_eur", "p90_eur", "uitkomst_eur"],
    )
    record = findings.track_record(frame, 9)
    assert (record.jaren, record.binnen, record.met_band) == (2, 1, 2)
    assert record.fout == pytest.approx(0.06) and record.lineair == pytest.approx(0.2)
    assert "6,0\u00a0% naast" in findings.track_sentence(record, 9)
    assert "te weinig afgesloten jaren" in findings.track_sentence(findings.track_record(frame, 7), 7)


def test_methods_are_compared_over_the_years_that_the_model_has_too() -> None:
    frame = pd.DataFrame(
        [
            ("lineair", 2019, 6, 10.0, NAN, NAN, 100.0),
            ("begroting", 2019, 6, 100.0, NAN, NAN, 100.0),
            ("model", 2020, 6, 99.0, 95.0, 105.0, 100.0),
            ("lineair", 2020, 6, 80.0, NAN, NAN, 100.0),
        ],
        columns=["methode", "boekjaar", "peilmaand", "voorspeld_eur", "p10_eur", "p90_eur", "uitkomst_eur"],
    )
    assert findings.track_record(frame, 6).lineair == pytest.approx(0.2)
    assert set(findings.comparable(frame)["boekjaar"]) == {2020}
    assert len(findings.comparable(frame[:2])) == 2  # nothing to compare with: the plain methods alone
    assert findings.comparable(frame[:0]).empty


def test_title_counts_budgets_at_risk() -> None:
    frame = pd.DataFrame({"kans_overschrijding": [0.94, 0.9, 0.6, NAN]})
    assert findings.at_risk(frame).startswith("Twee budgetten raken zeer waarschijnlijk op")
    assert findings.at_risk(frame.iloc[2:]).startswith("Één budget gaat")
    assert findings.at_risk(frame.iloc[3:]).startswith("Voor geen enkel")


def test_late_invoices_are_told_from_the_newest_month_and_not_below_five_hundred_euros() -> None:
    said = findings.late_invoices(pd.Series([9e6, 2_030_000.0, NAN])).replace("\u00a0", " ")
    assert said == "Naar schatting komt er nog € 2,0 miljoen aan facturen binnen over de afgelopen maanden."
    assert findings.late_invoices(pd.Series([9e6, 499.0])) == findings.late_invoices(pd.Series([NAN])) == ""


def test_labels_keep_apart_and_inside() -> None:
    places = spaced([5.0, 5.1, 5.05, 1.0], 1.0)
    ordered = sorted(places)
    assert all(b - a >= 0.999 for a, b in pairwise(ordered))
    notes = end_labels([(0.0, "a", "#000"), (0.0, "b", "#000"), (10.0, "c", "#000")], 100, 0, 10)
    assert all(0 <= n["y"] <= 10 for n in notes)


def test_only_a_budget_that_will_very_probably_overspend_asks_for_a_decision() -> None:
    rows = pd.DataFrame(
        {"kans_overschrijding": [0.95, 0.5, None], "p50_eur": [1_300_000.0, 9e6, 5e6], "actueel_eur": [1e6, 1e6, 1e6]}
    )
    said = findings.needs_decision(rows).replace("\u00a0", " ")
    assert said == "Één budget komt zeer waarschijnlijk tekort: naar verwachting € 0,3 miljoen."
    assert "Geen enkel budget" in findings.needs_decision(rows.iloc[1:])


def test_money_that_was_gone_before_the_forecast_is_told_as_past() -> None:
    gone = {"uitputting_p10": date(2026, 9, 14), "uitputting_p50": date(2026, 9, 17)}
    past = row(**gone, uitputting_p90=date(2026, 9, 20), peildatum=date(2026, 9, 30))
    assert depletion(past, 2026) == "Het geld was al op rond 17 september"
    assert depletion_range(past).endswith(
        "Waarschijnlijk was het geld op tussen 14 september en 20 september, met de facturen die nog komen."
    )
    unsure = row(**gone, uitputting_p90=date(2026, 10, 2), peildatum=date(2026, 9, 30))
    assert "Waarschijnlijk is het geld op tussen 14 september en 2 oktober." in depletion_range(unsure)


def test_income_below_the_budget_does_not_read_as_equal_to_it() -> None:
    told = plain(findings.income(514_388, 526_000, 7_030_000, 6_796_000))
    assert told == (
        "Baten: verwacht € 514.000, begroot € 526.000. "
        "Saldo (lasten min baten): verwacht € 6,5 miljoen, begroot € 6,3 miljoen."
    )
    assert "verwacht −€ 0,1 miljoen, begroot −€ 0,3 miljoen" in plain(findings.income(3e6, 3.1e6, 2.9e6, 2.8e6))
