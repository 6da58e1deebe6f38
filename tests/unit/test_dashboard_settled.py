"""What is settled of the rest of the year: shares by hand, and when nothing may be said."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from dashboard.charts.committed import Bar, committed, window
from dashboard.settled import Settled, settled, title

SEPTEMBER = date(2026, 9, 30)
#: 600 booked, 100 late, 1,000 expected (in thousands): 300 for the rest of the year, 400 still to be booked.
YEAR = Settled(
    dag=SEPTEMBER, geboekt=600e3, laat=100e3, verwacht=1_000e3, begroting=950e3, toegekend=240e3,
    toegekend_op=(SEPTEMBER, SEPTEMBER), verplicht=100e3,
)  # fmt: skip
ROW = {"peildatum": pd.Timestamp(SEPTEMBER), "p50_eur": 1_000e3, "actueel_eur": 950e3}
COURSE = pd.DataFrame({"geboekt_eur": [300e3, 600e3, None], "nog_te_ontvangen_eur": [20e3, 100e3, None]})
AWARDS = pd.DataFrame(
    {"verplicht_eur": [240e3], "toewijzingen": [12], "zonder_prijs": [0], "geheim": [0], "wet": ["wmo"],
     "eerste": [pd.Timestamp(SEPTEMBER)], "laatste": [pd.Timestamp(SEPTEMBER)]}
)  # fmt: skip
LEDGER = pd.DataFrame({"verplichting_eur": [100e3], "peildatum": [pd.Timestamp(SEPTEMBER)]})
NONE = pd.DataFrame()


def test_awards_are_a_part_of_the_rest_and_commitments_of_all_that_is_not_booked() -> None:
    assert YEAR.rest == 300e3
    assert YEAR.deel_toegekend == pytest.approx(0.8) and YEAR.deel_verplicht == pytest.approx(0.25)
    assert title(YEAR) == "Van de kosten voor de rest van het jaar ligt 80\u00a0% al vast in toewijzingen"
    assert "minstens 80" in title(replace(YEAR, deels=True))
    alone = replace(YEAR, toegekend=None, toegekend_op=None)
    assert title(alone) == "Van wat dit jaar nog geboekt wordt, staat 25\u00a0% al als verplichting in K2F"


def test_more_than_is_expected_is_said_in_words() -> None:
    assert title(replace(YEAR, toegekend=310e3)) == "Er is meer toegekend dan we voor de rest van het jaar verwachten"
    ledger = replace(YEAR, toegekend=None, verplicht=500e3)
    assert title(ledger) == "In K2F staan meer verplichtingen open dan we nog aan kosten verwachten"


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 9, 15), date(2026, 10, 31)])
def test_awards_of_another_rest_of_the_year_are_not_compared(day: date) -> None:
    other = replace(YEAR, toegekend_op=(day, day), verplicht=None)
    assert other.deel_toegekend is None
    assert title(other) == "Voor de rest van het jaar is €\u00a00,2\u00a0miljoen aan hulp toegekend"
    assert replace(YEAR, toegekend_op=(day, SEPTEMBER)).deel_toegekend is None, "nor when one of two laws is"
    near = replace(YEAR, toegekend_op=(date(2026, 9, 28), date(2026, 10, 1)))
    assert near.deel_toegekend == pytest.approx(0.8)


def test_no_share_of_a_rest_that_is_nothing_or_less() -> None:
    assert replace(YEAR, verwacht=700e3).deel_toegekend is None
    assert replace(YEAR, verwacht=590e3).deel_verplicht is None


def test_what_is_known_is_put_together() -> None:
    assert settled(ROW, 2026, COURSE, AWARDS, LEDGER) == YEAR
    without = settled(ROW, 2026, COURSE, AWARDS, NONE)
    assert without == replace(YEAR, verplicht=None)
    unpriced = AWARDS.assign(verplicht_eur=None, zonder_prijs=12)
    assert settled(ROW, 2026, COURSE, unpriced, LEDGER) == replace(YEAR, toegekend=None, deels=True)


def test_nothing_delivered_or_nothing_left_gives_nothing() -> None:
    assert settled(ROW, 2026, COURSE, NONE, NONE) is None
    assert settled(ROW, 2026, COURSE, NONE, LEDGER.assign(verplichting_eur=0.0)) is None
    assert settled(ROW | {"p50_eur": None}, 2026, COURSE, AWARDS, LEDGER) is None
    december = ROW | {"peildatum": pd.Timestamp("2026-12-31")}
    assert settled(december, 2026, COURSE, AWARDS, LEDGER) is None
    january = ROW | {"peildatum": pd.Timestamp("2027-01-31")}
    assert settled(january, 2026, COURSE, AWARDS, LEDGER) is None


def test_the_axis_shows_the_rest_of_the_year_late_in_it_and_everything_early() -> None:
    def of(booked: float) -> tuple[float, float]:
        return window([Bar("geboekt", 0, booked, "past", True), Bar("rest", booked, 100.0, "sea")], 95.0)

    assert of(10.0)[0] == 0 and of(80.0)[0] == pytest.approx(68.0)
    assert all(high > 100 for _, high in map(of, (10.0, 80.0)))
    assert window([Bar("geboekt", 0, -5.0, "past", True), Bar("rest", -5.0, 100.0, "sea")], None)[0] == -5.0


@pytest.mark.parametrize("budget", [2e6, 3e6, 9e6, 9.9e6, 10.5e6, 14e6, None])
def test_every_amount_stands_on_the_axis_also_of_a_budget_that_was_gone_long_ago(budget: float | None) -> None:
    bars = [Bar("geboekt", 0, 10e6, "past", True), Bar("rest", 10e6, 11e6, "sea")]
    bars += [] if budget is None else [Bar("begroting", 0, budget, "past", True)]
    drawn = committed(bars, budget).plain
    low, high = drawn["layout"]["xaxis"]["range"]
    beside = [note["x"] for note in drawn["layout"]["annotations"] if note.get("xref") != "paper"]
    assert len(beside) == len(bars) and all(low <= x <= high for x in beside)
    # A bar goes to the right, and ends where its amount says.
    ends = [base + length for base, length in zip(drawn["data"][0]["base"], drawn["data"][0]["x"], strict=True)]
    assert ends == pytest.approx([b.end / 1e6 for b in bars]) and all(v >= 0 for v in drawn["data"][0]["x"])
