"""Persons once over all laws, counted by hand for twelve people.

Peildatum 30 September 2025. Wmo and Participatiewet deliver on that day, Jeugd on the 28th, debt aid on 31 August.

| who | address | what (last day in)                                                       | what it shows             |
|-----|---------|--------------------------------------------------------------------------|---------------------------|
| a   | 1       | Wmo household help since 2024; energietoeslag once                       | once is not running       |
| b   | 1       | Wmo support since 2025; signal of arrears                                | a signal is no aid        |
| c   | 2       | bijstand since 2023                                                      |                           |
| d   | 2       | youth care from February, last day in 30 September                       | other law, same address   |
| e   | 3       | help and support, bijstand, debt settlement; two client numbers          | one person, three laws    |
| f   | unknown | bijstand to 15 February, to work                                         | self-reliant on 15 August |
| g   | 4       | Wmo to 31 January, debt aid to 28 February                               | self-reliant on 28 August |
| h   | 5       | bijstand to 10 February, moved to another gemeente                       | moved: not self-reliant   |
| i   | 6       | Wmo to 20 February, died                                                 | died: not self-reliant    |
| j   | 7       | bijstand to 15 January, and again from 10 July                           | back within six months    |
| k   | 8       | youth care since 2024                                                    | youth care does not count |
| l   | 8       | bijstand to 31 January, to work; parent of k                             | self-reliant on 31 July   |

On 30 September seven persons in five households have a provision.
Persons: wmo a b; jeugd d k; participatiewet c j; wmo+participatiewet+schuldhulp e. Two or more provisions: e.
Households: wmo 1; jeugd 8; participatiewet 7; jeugd+participatiewet 2; wmo+participatiewet+schuldhulp 3.
Two or more provisions: 1, 2 and 3. Of two or more laws: 2 and 3.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest

from indicators.core.contract import BY_NAME
from tests.support.person_build import build, connect, lines, load

D = dt.date.fromisoformat
PEILDATUM = D("2025-09-30")
HH, BG, AMBULANT = "hulp_bij_het_huishouden", "begeleiding", "jeugdhulp_ambulant"
ADDRESS = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "g": 4, "h": 5, "i": 6, "j": 7, "k": 8, "l": 8}


def period(persoon: str, van: str, tot: str | None = None, **other: Any) -> dict[str, Any]:
    address = ADDRESS.get(persoon)
    return {
        "persoon": persoon, "huishouden": f"adres {address}" if address else None, "wijk_code": "WK189500",
        "ingangsdatum": D(van), "einddatum": D(tot) if tot else None, **other,
    }  # fmt: skip


WMO = lines(
    "wmo__toekenning",
    period("a", "2024-01-01", onderdeel=HH),
    period("b", "2025-01-01", onderdeel=BG),
    period("e", "2024-03-01", onderdeel=HH),
    period("e", "2024-06-01", onderdeel=BG),
    period("g", "2024-02-01", "2025-01-31", onderdeel=HH, reden_einde="19"),
    period("i", "2024-02-01", "2025-02-20", onderdeel=HH, reden_einde="02"),
)
JEUGD = lines(
    "jeugd__toekenning",
    period("d", "2025-02-01", "2025-09-30", onderdeel=AMBULANT),
    period("k", "2024-02-01", onderdeel=AMBULANT),
)
UITKERING = lines(
    "participatiewet__uitkering",
    period("c", "2023-01-01", regeling="bijstand"),
    period("e", "2024-05-01", regeling="bijstand"),
    period("f", "2024-01-01", "2025-02-15", regeling="bijstand", reden_einde="11"),
    period("h", "2024-01-01", "2025-02-10", regeling="bijstand", reden_einde="32"),
    period("j", "2024-01-01", "2025-01-15", regeling="bijstand", reden_einde="11"),
    period("j", "2025-07-10", regeling="bijstand"),
    period("l", "2024-01-01", "2025-01-31", regeling="bijstand", reden_einde="11"),
)
VERSTREKKING = lines(
    "participatiewet__verstrekking",
    period("a", "2025-03-01", soort="energietoeslag", besluitdatum=D("2025-03-01")),
)
DOSSIER = lines(
    "schuldhulp__dossier",
    period("e", "2025-03-01", soort="schuldregeling"),
    period("g", "2024-02-01", "2025-02-28", soort="budgetbeheer", resultaat="geslaagd"),
    period("b", "2025-06-01", soort="vroegsignaal"),
)


@pytest.fixture(scope="module")
def built() -> duckdb.DuckDBPyConnection:
    connection = connect()
    load(connection, "wmo__toekenning", PEILDATUM, WMO)
    load(connection, "jeugd__toekenning", D("2025-09-28"), JEUGD)
    load(connection, "participatiewet__uitkering", PEILDATUM, UITKERING)
    load(connection, "participatiewet__verstrekking", PEILDATUM, VERSTREKKING)
    load(connection, "schuldhulp__dossier", D("2025-08-31"), DOSSIER)
    build(connection, ("fct_stapeling", "fct_voorziening"))
    return connection


def counts(
    built: duckdb.DuckDBPyConnection, maand: str, eenheid: str, peildatum: dt.date = PEILDATUM
) -> dict[str, int]:
    """What is published of the gemeente in a month, without the zeros: combination or maat -> count."""
    rows = built.execute(
        "SELECT if(maat = 'stand', combinatie, maat), aantal FROM mart.fct_stapeling WHERE aantal > 0 "
        "AND gebied_code = 'GM1895' AND peildatum = ? AND maand = ? AND eenheid = ?",
        [peildatum, D(maand), eenheid],
    ).fetchall()
    return dict(rows)


def test_persons_by_the_laws_they_have_a_provision_of(built: duckdb.DuckDBPyConnection) -> None:
    assert counts(built, "2025-09-01", "persoon") == {
        "wmo": 2, "jeugd": 2, "participatiewet": 2, "wmo+participatiewet+schuldhulp": 1,
        "alle": 7, "meervoudig": 1, "integraal_aanbod": 1,
    }  # fmt: skip


def test_households_by_the_laws_that_their_members_have_a_provision_of(built: duckdb.DuckDBPyConnection) -> None:
    assert counts(built, "2025-09-01", "huishouden") == {
        "wmo": 1, "jeugd": 1, "participatiewet": 1, "jeugd+participatiewet": 1, "wmo+participatiewet+schuldhulp": 1,
        "alle": 5, "meervoudig": 3, "integraal_aanbod": 2,
    }  # fmt: skip


def test_an_earlier_month_is_that_of_its_last_day(built: duckdb.DuckDBPyConnection) -> None:
    """31 January: a b; k; c f h l; e without debt aid yet; g and i in the Wmo, g with debt aid. j left before."""
    assert counts(built, "2025-01-01", "persoon") == {
        "wmo": 3, "jeugd": 1, "participatiewet": 4, "wmo+participatiewet": 1, "wmo+schuldhulp": 1,
        "alle": 10, "meervoudig": 2, "integraal_aanbod": 2,
    }  # fmt: skip


def test_who_has_no_known_address_is_a_household_and_is_counted_apart(built: duckdb.DuckDBPyConnection) -> None:
    assert counts(built, "2025-01-01", "huishouden")["zonder_adres"] == 1  # f


@pytest.mark.parametrize("eenheid", ["persoon", "huishouden"])
def test_self_reliant_in_the_month_in_which_the_sixth_month_is_completed(
    built: duckdb.DuckDBPyConnection, eenheid: str
) -> None:
    rows = built.execute(
        "SELECT strftime(maand, '%Y-%m'), aantal FROM mart.fct_stapeling WHERE maat = 'zelfredzaam' AND aantal > 0 "
        "AND eenheid = ? AND gebied_code = 'GM1895' ORDER BY ALL",
        [eenheid],
    ).fetchall()
    assert rows == [("2025-07", 1), ("2025-08", 2)], "l | f and g"


def test_no_one_is_called_self_reliant_after_the_day_that_debt_aid_is_known(built: duckdb.DuckDBPyConnection) -> None:
    last = "SELECT max(maand) FROM mart.fct_stapeling WHERE maat = 'zelfredzaam'"
    assert built.execute(last).fetchone() == (D("2025-08-01"),)


def test_unique_persons_of_a_law_are_those_of_fct_voorziening(built: duckdb.DuckDBPyConnection) -> None:
    both = """
        WITH wet AS (SELECT DISTINCT wet FROM mart.fct_voorziening)
        SELECT w.wet, s.maand, sum(s.aantal) AS samen, any_value(v.aantal) AS apart
        FROM wet AS w
        JOIN mart.fct_stapeling AS s
            ON list_contains(string_split(s.combinatie, '+'), w.wet) AND s.eenheid = 'persoon' AND s.maat = 'stand'
        JOIN mart.fct_voorziening AS v ON v.wet = w.wet AND v.maand = s.maand AND v.gebied_code = s.gebied_code
            AND v.onderdeel = 'totaal' AND v.maat = 'stand'
        WHERE s.peildatum = DATE '2025-09-30' GROUP BY ALL"""
    rows = built.execute(both).fetchall()
    assert len(rows) > 40 and all(samen == apart for _, _, samen, apart in rows)


def test_wijken_show_nothing_of_so_few_people(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "SELECT DISTINCT combinatie, aantal FROM mart.fct_stapeling WHERE gebied_code LIKE 'WK%' "
        "AND maand = '2025-09-01'"
    ).fetchall()
    assert rows == [("alle", None)]


def test_an_earlier_peildatum_gives_its_own_month_from_what_was_known_then() -> None:
    """At the end of June the Wmo is of that day and bijstand of 31 May: no delivery of one day has them both."""
    connection = connect()
    load(connection, "wmo__toekenning", D("2025-06-30"), WMO)
    load(connection, "participatiewet__uitkering", D("2025-05-31"), UITKERING[UITKERING["persoon"] != "l"])
    load(connection, "wmo__toekenning", D("2025-07-31"), WMO)
    build(connection, ("fct_stapeling",))
    days = "SELECT peildatum, count(DISTINCT maand), max(maand) FROM mart.fct_stapeling GROUP BY ALL ORDER BY ALL"
    assert connection.execute(days).fetchall() == [
        (D("2025-06-30"), 1, D("2025-06-01")),
        (D("2025-07-31"), 24, D("2025-07-01")),
    ]
    assert counts(connection, "2025-06-01", "persoon", D("2025-06-30")) == {
        "wmo": 2, "participatiewet": 1, "wmo+participatiewet": 1, "alle": 4, "meervoudig": 1, "integraal_aanbod": 1,
    }  # fmt: skip


def test_a_source_that_was_silent_for_over_half_a_year_says_nothing_any_more() -> None:
    connection = connect()
    load(connection, "wmo__toekenning", PEILDATUM, WMO)
    load(connection, "schuldhulp__dossier", D("2025-03-29"), DOSSIER)
    build(connection, ("fct_stapeling",))
    assert connection.execute("SELECT count(*) FROM mart.fct_stapeling WHERE peildatum > '2025-03-29'").fetchone() == (
        0,
    )


def test_the_columns_are_those_of_the_contract(built: duckdb.DuckDBPyConnection) -> None:
    found = [(row[0], row[1]) for row in built.execute("DESCRIBE mart.fct_stapeling").fetchall()]
    assert found == [(c.name, c.type) for c in BY_NAME["mart.fct_stapeling"].columns]
