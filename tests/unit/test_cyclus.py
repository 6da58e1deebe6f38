"""The planning and control cycle: the next moments, also over the turn of the year."""

from __future__ import annotations

import datetime as dt

from indicators.core.cyclus import coming


def test_after_september_come_the_second_report_and_the_budget_of_next_year() -> None:
    first, second = coming(dt.date(2026, 9, 30))
    assert (first.naam, first.datum, first.boekjaar) == ("Tweede bestuursrapportage", dt.date(2026, 10, 15), 2026)
    assert (second.naam, second.boekjaar) == ("Begroting", 2027)


def test_after_the_budget_comes_the_first_report_of_next_year() -> None:
    first, second = coming(dt.date(2026, 12, 1))
    assert (first.datum.year, first.boekjaar) == (2027, 2027)
    assert (second.naam, second.boekjaar) == ("Kadernota", 2028)


def test_the_day_itself_is_past() -> None:
    assert coming(dt.date(2026, 11, 15), 1)[0].datum > dt.date(2026, 11, 15)
