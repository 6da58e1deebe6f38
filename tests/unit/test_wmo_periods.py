"""Periods, flows and stock in SQL against a day-by-day count in plain Python, on random awards."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.core import disclosure
from tests.support import person_build
from tests.support.wmo_build import build, clear, connect, lines, load

START = dt.date(2024, 1, 1)
PEILDATUM = dt.date(2024, 6, 30)
ONDERDELEN = ("hulp_bij_het_huishouden", "begeleiding")
WIJKEN = ("WK189500", "WK189501", None)
AWARD = st.tuples(
    st.integers(0, 3),
    st.sampled_from(ONDERDELEN),
    st.sampled_from(WIJKEN),
    st.integers(0, 175),
    st.integers(0, 120) | st.none(),
)


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return connect()


def days_in(awards: list[tuple]) -> set[dt.date]:
    """Every day a person is in, with gaps of at most 28 days filled."""
    horizon = PEILDATUM + dt.timedelta(days=200)
    days: set[dt.date] = set()
    for van, tot in awards:
        last = min(tot or horizon, horizon)
        days |= {van + dt.timedelta(days=i) for i in range((last - van).days + 1)}
    ordered = sorted(days)
    for one, following in itertools.pairwise(ordered):
        gap = (following - one).days - 1
        if gap <= 28:
            days |= {one + dt.timedelta(days=i) for i in range(1, gap + 1)}
    return days


def brute(rows: pd.DataFrame) -> dict[tuple[dt.date, str, str], tuple[int, int, int]]:
    groups: dict[tuple[str, str], dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for row in rows.itertuples():
        for gebied in {"GM1895", row.wijk_code} - {None}:
            for onderdeel in (row.onderdeel, "totaal"):
                groups[onderdeel, gebied][row.persoon].append((row.ingangsdatum, row.einddatum))
    result = {}
    for (onderdeel, gebied), persons in groups.items():
        everyone = [days_in(awards) for awards in persons.values()]
        for month in range(1, 7):
            first = dt.date(2024, month, 1)
            last = dt.date(2024, month + 1, 1) - dt.timedelta(days=1)
            in_month = [first + dt.timedelta(days=i) for i in range(last.day)]
            one = dt.timedelta(days=1)
            result[first, onderdeel, gebied] = (
                sum(any(d in days and d - one not in days for d in in_month) for days in everyone),
                sum(any(d in days and d + one not in days for d in in_month) for days in everyone),
                sum(last in days for days in everyone),
            )
    return result


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(awards=st.lists(AWARD, min_size=1, max_size=14))
def test_sql_counts_what_a_calendar_counts(connection: duckdb.DuckDBPyConnection, awards: list[tuple]) -> None:
    rows = lines(*(
        {
            "persoon": f"p{person}", "onderdeel": onderdeel, "wijk_code": wijk, "aanvraagdatum": START,
            "ingangsdatum": START + dt.timedelta(days=van),
            "einddatum": None if length is None else START + dt.timedelta(days=van + length),
        }
        for person, onderdeel, wijk, van, length in awards
    ))  # fmt: skip
    clear(connection)
    load(connection, PEILDATUM, rows)
    build(connection)
    found = {
        tuple(row[:3]): tuple(row[3:])
        for row in connection.execute(
            "SELECT maand, onderdeel, gebied_code, instroom, uitstroom, stand FROM stg.voorziening__telling"
        ).fetchall()
    }
    expected = brute(rows)
    assert {key: found[key] for key in expected} == expected
    assert all(not any(found[key]) for key in found.keys() - expected.keys())


def test_the_mart_protects_as_the_rule_in_python_does(connection: duckdb.DuckDBPyConnection) -> None:
    awards = [
        {
            "persoon": f"p{i}", "onderdeel": ONDERDELEN[i % 3 == 0], "wijk_code": f"WK1895{(i * i) % 11:02d}",
            "aanvraagdatum": START + dt.timedelta(days=i % 90), "ingangsdatum": START + dt.timedelta(days=i % 97),
            "besluitdatum": START + dt.timedelta(days=i % 93),
            "einddatum": None if i % 2 else START + dt.timedelta(days=97 + i % 71),
        }
        for i in range(900)
    ]  # fmt: skip
    clear(connection)
    load(connection, PEILDATUM, lines(*awards))
    build(connection)
    exact = connection.execute(
        "SELECT * EXCLUDE (niveau) FROM (SELECT * FROM stg.voorziening__telling WHERE niveau = 'wijk') "
        "UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, stand)) ORDER BY ALL"
    ).df()
    key = ["peildatum", "maand", "onderdeel", "gebied_code", "maat"]
    published = connection.execute("SELECT * FROM mart.fct_voorziening WHERE gebied_code LIKE 'WK%'").df()
    published["aantal"] = published["aantal"].astype("Int64")
    expected = disclosure.suppress(exact)[[*key, "aantal"]].sort_values(key).reset_index(drop=True)
    assert published["aantal"].notna().sum() > 40 and published["aantal"].isna().sum() > 50
    pd.testing.assert_frame_equal(
        published[[*key, "aantal"]].sort_values(key).reset_index(drop=True), expected, check_dtype=False
    )


def test_each_law_is_protected_for_itself() -> None:
    """The same lines in two laws give the same counts and secrets twice: no total of one hides a cell of the other."""
    awards = [
        {
            "persoon": f"p{i}", "onderdeel": "jeugdhulp_ambulant", "wijk_code": f"WK1895{(i * i) % 11:02d}",
            "aanvraagdatum": START, "ingangsdatum": START + dt.timedelta(days=i % 97),
        }
        for i in range(300)
    ]  # fmt: skip
    both = connect()
    for name in ("wmo__toekenning", "jeugd__toekenning"):
        onderdeel = "begeleiding" if name.startswith("wmo") else "jeugdhulp_ambulant"
        rows = [{**row, "onderdeel": onderdeel} for row in awards]
        person_build.load(both, name, PEILDATUM, person_build.lines(name, *rows))
    build(both)
    differs = """SELECT maand, gebied_code, maat FROM mart.fct_voorziening WHERE onderdeel = 'totaal'
                 GROUP BY ALL HAVING count(*) <> 2 OR count(DISTINCT coalesce(aantal, -1)) <> 1"""
    assert both.execute(differs).fetchall() == []
    assert both.execute("SELECT count(*) FROM mart.fct_voorziening WHERE aantal > 5").fetchone() != (0,)


def test_stapeling_is_protected_as_the_rule_in_python_says() -> None:
    both = connect()
    rows = [
        {
            "persoon": f"p{i}", "wijk_code": f"WK1895{(i * i) % 11:02d}", "huishouden": f"h{i // 2}",
            "ingangsdatum": START + dt.timedelta(days=i % 60),
        }
        for i in range(700)
    ]  # fmt: skip
    wmo = [{**row, "onderdeel": "begeleiding"} for row in rows[:500]]
    jeugd = [{**row, "onderdeel": "jeugdhulp_ambulant"} for row in rows if int(str(row["persoon"])[1:]) % 3 == 0]
    person_build.load(both, "wmo__toekenning", PEILDATUM, person_build.lines("wmo__toekenning", *wmo))
    person_build.load(both, "jeugd__toekenning", PEILDATUM, person_build.lines("jeugd__toekenning", *jeugd))
    person_build.build(both, ("fct_stapeling",))
    within = ["maand", "eenheid", "maat"]
    exact = both.execute("SELECT * FROM stg.persoon__stapeling WHERE niveau = 'wijk'").df()
    exact["secret"] = [disclosure.is_secret(int(n)) for n in exact["aantal"]]
    exact["secret"] = disclosure.secondary(exact, within)
    exact["verwacht"] = [
        None if s else disclosure.rounded(int(n)) for n, s in zip(exact["aantal"], exact["secret"], strict=True)
    ]
    published = both.execute("SELECT * FROM mart.fct_stapeling WHERE gebied_code LIKE 'WK%'").df()
    joined = exact.merge(published, on=[*within, "gebied_code"], suffixes=("_exact", ""))
    assert len(joined) == len(exact) == len(published)
    assert joined["aantal"].astype("Int64").equals(pd.Series(joined["verwacht"], dtype="Int64"))
    assert joined["aantal"].notna().sum() > 50 and joined["aantal"].isna().sum() > 50
