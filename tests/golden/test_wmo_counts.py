"""Twelve persons counted by hand: flows, stock, renewals and moves as DESIGN 5.2 defines them."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from indicators.core.contract import BY_NAME
from tests.support.wmo_build import build, connect, lines, load

D = dt.date.fromisoformat
HH, BG = "hulp_bij_het_huishouden", "begeleiding"
PEILDATUM = D("2025-06-30")


def award(persoon: str, van: str, tot: str | None, onderdeel: str = HH, **other: object) -> dict[str, object]:
    return {
        "persoon": persoon, "onderdeel": onderdeel, "ingangsdatum": D(van), "einddatum": D(tot) if tot else None,
        "aanvraagdatum": D("2025-01-02"), "besluitdatum": D("2025-01-10"), "wijk_code": "WK189500", **other,
    }  # fmt: skip


PERSONS = lines(
    award("a", "2025-01-01", None),  # in from the first day, open end
    award("b", "2025-01-15", "2025-02-28"),  # last day in is the last of February: in stock then, and out in February
    award("c", "2025-01-31", "2025-01-31"),  # one day
    award("d", "2025-01-10", "2025-02-10"),
    award("d", "2025-03-11", "2025-04-30"),  # gap of 28 days (11 Feb - 10 Mar): a renewal
    award("e", "2025-01-10", "2025-02-10"),
    award("e", "2025-03-12", None),  # gap of 29 days: out in February, in again in March
    award("f", "2025-02-01", "2025-03-31"),
    award("f", "2025-03-01", "2025-05-15", BG),  # two onderdelen: one person in the total
    award("g", "2025-02-01", "2025-03-31", wijk_code="WK189500"),
    award("g", "2025-04-01", None, wijk_code="WK189501"),  # moved: no flow for the gemeente, out and in for wijken
    award("h", "2025-07-01", None),  # awarded, starts after the peildatum
    award("i", "2025-03-01", None, BG, wijk_code=None),  # wijk not known: only in the gemeente
    {**award("j", "2025-03-01", None), "besluit": "afgewezen", "besluitdatum": D("2025-02-03")},
    {**award("k", "2025-03-01", None), "besluit": "ingetrokken"},
    {"persoon": "l", "onderdeel": HH, "aanvraagdatum": D("2025-06-20"), "besluit": None},  # pending
)


@pytest.fixture(scope="module")
def built() -> duckdb.DuckDBPyConnection:
    connection = connect()
    load(connection, PEILDATUM, PERSONS)
    build(connection)
    return connection


def series(built: duckdb.DuckDBPyConnection, maat: str, onderdeel: str, gebied: str = "GM1895") -> list[int]:
    """Exact counts, January to June."""
    return [
        n for (n,) in built.execute(
            f"SELECT {maat} FROM stg.voorziening__telling WHERE onderdeel = ? AND gebied_code = ? ORDER BY maand",
            [onderdeel, gebied],
        ).fetchall()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("maat", "onderdeel", "expected"),
    [
        ("instroom", HH, [5, 2, 1, 0, 0, 0]),  # a b c d e | f g | e again
        ("uitstroom", HH, [1, 2, 1, 1, 0, 0]),  # c | b e | f | d
        ("stand", HH, [5, 5, 5, 4, 3, 3]),  # a b c d e | a b d(in its gap) f g | a d e f g | a d e g, d until the 30th
        ("instroom", BG, [0, 0, 2, 0, 0, 0]),
        ("uitstroom", BG, [0, 0, 0, 0, 1, 0]),
        ("stand", BG, [0, 0, 2, 2, 1, 1]),
        ("instroom", "totaal", [5, 2, 2, 0, 0, 0]),  # f is in already when begeleiding starts
        ("uitstroom", "totaal", [1, 2, 0, 1, 1, 0]),  # f leaves in May, when the last award ends
    ],
)
def test_persons_of_the_gemeente(
    built: duckdb.DuckDBPyConnection, maat: str, onderdeel: str, expected: list[int]
) -> None:
    assert series(built, maat, onderdeel) == expected


def test_a_move_is_flow_for_the_wijken_only(built: duckdb.DuckDBPyConnection) -> None:
    assert series(built, "instroom", HH, "WK189501") == [0, 0, 0, 1, 0, 0]
    assert series(built, "uitstroom", HH, "WK189500") == [1, 2, 2, 1, 0, 0]
    assert series(built, "stand", HH, "WK189501") == [0, 0, 0, 1, 1, 1]


def test_lines_count_by_date_of_application_and_decision(built: duckdb.DuckDBPyConnection) -> None:
    assert series(built, "aanvraag", "totaal") == [15, 0, 0, 0, 0, 1]
    assert series(built, "toekenning", "totaal") == [13, 0, 0, 0, 0, 0]
    assert series(built, "afwijzing", "totaal") == [0, 1, 0, 0, 0, 0]


def test_published_gemeente_is_exact_and_wijken_are_protected(built: duckdb.DuckDBPyConnection) -> None:
    gemeente = built.execute(
        "SELECT aantal FROM mart.fct_voorziening WHERE gebied_code = 'GM1895' AND maat = 'aanvraag' "
        "AND onderdeel = 'totaal' ORDER BY maand"
    ).fetchall()
    assert gemeente == [(15,), (0,), (0,), (0,), (0,), (1,)]
    wijken = built.execute(
        "SELECT DISTINCT aantal FROM mart.fct_voorziening WHERE gebied_code = 'WK189501' AND maat = 'stand'"
    ).fetchall()
    assert wijken == [(None,)]


def test_the_columns_are_those_of_the_contract(built: duckdb.DuckDBPyConnection) -> None:
    found = [(row[0], row[1]) for row in built.execute("DESCRIBE mart.fct_voorziening").fetchall()]
    assert found == [(c.name, c.type) for c in BY_NAME["mart.fct_voorziening"].columns]


def test_in_the_month_of_the_peildatum_everything_counts_up_to_that_day() -> None:
    connection = connect()
    load(connection, D("2025-04-15"), PERSONS[PERSONS["persoon"].isin(["a", "d", "i"])])
    build(connection)
    assert series(connection, "stand", "totaal") == [2, 2, 3, 3]
    assert series(connection, "uitstroom", "totaal") == [0, 0, 0, 0], "d ends on 30 April: not known to have left yet"


def test_a_person_who_leaves_on_the_first_and_is_back_on_the_last_counts_once() -> None:
    connection = connect()
    rows = lines(
        award("a", "2025-03-01", "2025-03-01"), award("a", "2025-03-31", "2025-03-31"), award("b", "2025-03-31", None)
    )
    load(connection, D("2025-04-30"), rows)
    build(connection)
    assert series(connection, "instroom", HH) == [0, 0, 2, 0]
    assert series(connection, "uitstroom", HH) == [0, 0, 1, 0]
    assert series(connection, "stand", HH) == [0, 0, 2, 1]


def test_every_delivery_keeps_its_own_counts() -> None:
    connection = connect()
    early, late = D("2025-02-28"), D("2025-03-31")
    load(connection, early, lines(award("a", "2025-01-01", None)))
    load(connection, late, lines(award("a", "2025-01-01", "2025-02-15")))
    build(connection)
    stand = (
        "SELECT stand FROM stg.voorziening__telling "
        "WHERE peildatum = ? AND onderdeel = 'totaal' AND niveau = 'gemeente' ORDER BY maand"
    )
    assert connection.execute(stand, [early]).fetchall() == [(1,), (1,)]
    assert connection.execute(stand, [late]).fetchall() == [(1,), (0,), (0,)]


def test_an_export_cut_off_at_a_date_is_not_counted_before_it() -> None:
    day = dt.timedelta(days=1)
    everything = [
        (start, start + day * length)
        for start in (D("2018-01-01") + day * 9 * i for i in range(200))
        for length in (100, 400, 900)
    ]
    cut = [(start, end) for start, end in everything if end >= D("2021-01-01") and start <= D("2022-12-31")]
    connection = connect()
    for peildatum, awards in (
        (D("2022-12-30"), [x for x in everything if x[0] <= D("2022-12-30")]),
        (D("2022-12-31"), cut),
    ):
        rows = (
            award(f"p{i}", str(start), str(end), aanvraagdatum=start, besluitdatum=start)
            for i, (start, end) in enumerate(awards)
        )
        load(connection, peildatum, lines(*rows))
    build(connection)
    found = connection.execute(
        "SELECT afgekapt, vanaf, instroom_vanaf FROM stg.voorziening__venster "
        "WHERE onderdeel = 'totaal' ORDER BY peildatum"
    ).fetchall()
    assert found == [
        (False, D("2018-01-01"), D("2018-01-01")),
        (True, D("2021-01-01"), D("2021-01-30")),
    ]
    both = connection.execute(
        "SELECT maand, count(DISTINCT stand) FROM stg.voorziening__telling "
        "WHERE onderdeel = 'totaal' AND niveau = 'gemeente' AND maand BETWEEN '2021-01-01' AND '2022-11-01' "
        "GROUP BY maand HAVING count(DISTINCT stand) > 1"
    ).fetchall()
    assert both == [], "from the cut on, the cut export gives the stock of the whole one"
