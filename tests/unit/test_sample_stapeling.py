"""The truth about provisions of two laws and self-reliance, on a few people who can be counted by hand."""

from __future__ import annotations

import datetime as dt

from etl.sample.exports import add_months, quarter_ends
from etl.sample.people import day
from etl.sample.provisions import Provision
from etl.sample.registration import days_of
from etl.sample.stapeling import joined, months_of, self_reliant, stapeling

OPEN = 10**6


def given(
    wet: str, onderdeel: str, key: str, home: int, van: dt.date, tot: dt.date | None, gone: bool = False
) -> Provision:
    return Provision(wet, onderdeel, key, home, days_of(van), days_of(tot) if tot else OPEN, gone)


def test_spells_with_a_gap_of_at_most_28_days_are_one():
    assert joined([(1, 10), (39, 50)]) == [(1, 50)]
    assert joined([(1, 10), (40, 50)]) == [(1, 10), (40, 50)]
    assert joined([(40, 50), (1, 60)]) == [(1, 60)]


def test_persons_and_households_count_once_by_their_laws():
    """Ann has help at home and a benefit; her child Bo has youth care; Cor next door has two kinds of Wmo support."""
    since = dt.date(2026, 1, 10)
    people = [
        given("wmo", "begeleiding", "ann", 1, since, None),
        given("participatiewet", "inkomensregelingen", "ann", 1, since, dt.date(2026, 2, 27)),
        given("jeugd", "jeugdhulp_ambulant", "bo", 1, since, None),
        given("wmo", "begeleiding", "cor", 2, since, None),
        given("wmo", "dagbesteding", "cor", 2, since, None),
        given("wmo", "dagbesteding", "cor", 2, since, None),
    ]
    rows = stapeling(people, [dt.date(2026, 1, 31), dt.date(2026, 2, 28)])
    found = {(r["maand"], r["eenheid"], r["maat"], r["combinatie"]): r["aantal"] for r in rows}
    assert found == {
        ("2026-01-01", "persoon", "stand", "jeugd"): 1,
        ("2026-01-01", "persoon", "stand", "wmo"): 1,
        ("2026-01-01", "persoon", "stand", "wmo+participatiewet"): 1,
        ("2026-01-01", "persoon", "stand", "alle"): 3,
        ("2026-01-01", "persoon", "meervoudig", "alle"): 2,
        ("2026-01-01", "persoon", "integraal_aanbod", "alle"): 1,
        ("2026-01-01", "huishouden", "stand", "wmo"): 1,
        ("2026-01-01", "huishouden", "stand", "wmo+jeugd+participatiewet"): 1,
        ("2026-01-01", "huishouden", "stand", "alle"): 2,
        ("2026-01-01", "huishouden", "meervoudig", "alle"): 2,
        ("2026-01-01", "huishouden", "integraal_aanbod", "alle"): 1,
        ("2026-02-01", "persoon", "stand", "jeugd"): 1,
        ("2026-02-01", "persoon", "stand", "wmo"): 2,
        ("2026-02-01", "persoon", "stand", "alle"): 3,
        ("2026-02-01", "persoon", "meervoudig", "alle"): 1,
        ("2026-02-01", "huishouden", "stand", "wmo"): 1,
        ("2026-02-01", "huishouden", "stand", "wmo+jeugd"): 1,
        ("2026-02-01", "huishouden", "stand", "alle"): 2,
        ("2026-02-01", "huishouden", "meervoudig", "alle"): 2,
        ("2026-02-01", "huishouden", "integraal_aanbod", "alle"): 1,
    }


def test_self_reliant_is_who_is_half_a_year_without_help_and_still_lives_here():
    """Ann is, in July; Dee in August, since youth care does not count. Gus is, but not his home: Hal has a benefit.

    Bo came back in time, Cor died, Eva was only helped to work, and of Fay half a year is not over yet.
    """
    since, end = dt.date(2025, 3, 1), dt.date(2026, 1, 15)
    people = [
        given("wmo", "begeleiding", "ann", 1, since, end),
        given("wmo", "begeleiding", "bo", 2, since, end),
        given("schuldhulp", "schuldhulp", "bo", 2, dt.date(2026, 7, 15), None),
        given("participatiewet", "inkomensregelingen", "cor", 3, since, end, gone=True),
        given("schuldhulp", "schuldhulp", "dee", 4, since, dt.date(2026, 2, 28)),
        given("jeugd", "jeugdhulp_ambulant", "dee", 4, since, None),
        given("participatiewet", "arbeidsparticipatie", "eva", 5, since, end),
        given("wmo", "begeleiding", "fay", 6, since, dt.date(2026, 3, 31)),
        given("wmo", "begeleiding", "gus", 7, since, end),
        given("participatiewet", "inkomensregelingen", "hal", 7, since, None),
    ]
    months = [dt.date(2026, m, 28) for m in range(1, 10)]
    rows = self_reliant(people, months, dt.date(2026, 9, 29))
    assert {(r["maand"], r["eenheid"]): r["aantal"] for r in rows} == {
        ("2026-07-01", "persoon"): 2,  # Ann and Gus
        ("2026-07-01", "huishouden"): 1,
        ("2026-08-01", "persoon"): 1,
        ("2026-08-01", "huishouden"): 1,
    }


def test_the_calendar_of_the_exports():
    assert add_months(dt.date(2025, 8, 31), 6) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2025, 3, 15), 6) == dt.date(2025, 9, 15)
    assert quarter_ends(2025, dt.date(2025, 11, 30)) == [dt.date(2025, m, d) for m, d in ((3, 31), (6, 30), (9, 30))]
    months = months_of(dt.date(2026, 9, 30), dt.date(2026, 1, 1))
    assert (months[0], months[-1], len(months)) == (dt.date(2026, 1, 31), dt.date(2026, 9, 30), 9)
    assert len(months_of(dt.date(2026, 9, 30), dt.date(2019, 1, 1))) == 24
    assert day(2026, 1, 1) == days_of(dt.date(2026, 1, 1))
