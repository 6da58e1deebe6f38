"""Counts by property, worth of awards, declarations and debt aid, each a few lines counted by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from indicators.core.contract import BY_NAME
from tests.support.person_build import build, connect, lines, load

D = dt.date.fromisoformat
PEILDATUM = D("2025-06-30")
HH, BG = "hulp_bij_het_huishouden", "begeleiding"
EUR = Decimal


def line(persoon: str, van: str | None, tot: str | None = None, **other: Any) -> dict[str, Any]:
    return {
        "persoon": persoon, "ingangsdatum": D(van) if van else None, "einddatum": D(tot) if tot else None, **other,
    }  # fmt: skip


UITKERING = lines(
    "participatiewet__uitkering",
    line("a", "2019-03-01", regeling="bijstand", leeftijdsklasse="45-64"),  # over 5 years in June 2025
    line("b", "2024-06-30", regeling="bijstand"),  # one year to the day on 30 June 2025
    line("c", "2024-07-01", regeling="ioaw"),  # a day short of it
    line("d", "2024-02-01", "2025-04-30", regeling="bijstand", reden_einde="11"),  # to work
    line("e", "2024-02-01", "2025-04-15", regeling="bijstand", reden_einde="14"),  # to another benefit
    line("f", "2024-02-01", "2025-04-10", regeling="bbz"),  # no reason given
    line("f", "2025-05-01", regeling="bijstand"),  # 20 days later: one period, but out of Bbz and into bijstand
    line("g", None, besluit="afgewezen", aanvraagdatum=D("2025-05-01"), besluitdatum=D("2025-06-27")),  # 57 days
    line(
        "h", "2025-05-10", aanvraagdatum=D("2025-05-01"), besluitdatum=D("2025-05-15"), regeling="bijstand"
    ),  # 14 days
)
VERSTREKKING = lines(
    "participatiewet__verstrekking",
    line("a", "2025-03-01", soort="bijzondere_bijstand_periodiek", aanvraagdatum=D("2025-02-01")),
    line("x", "2025-03-05", soort="energietoeslag", aanvraagdatum=D("2025-03-01"), besluitdatum=D("2025-03-05")),
    line("d", "2025-04-01", soort="bijzondere_bijstand_periodiek"),  # stays when bijstand ends: still out of bijstand
)
TRAJECT = lines(
    "participatiewet__traject",
    line("c", "2025-01-01", soort="re_integratie"),
    line("y", "2025-02-01", "2025-05-31", soort="inburgering", route="b1_route", resultaat="geslaagd"),
)
WMO = lines(
    "wmo__toekenning",
    line("p", "2025-01-01", onderdeel=HH, leveringsvorm="ZIN", leeftijdsklasse="85+"),
    line("p", "2025-03-01", onderdeel=HH, leveringsvorm="PGB", leeftijdsklasse="85+"),
    line("q", "2025-02-01", "2025-03-15", onderdeel=HH, leveringsvorm="ZIN", reden_einde="02"),
    line("q", "2025-03-01", "2025-03-15", onderdeel=BG, leveringsvorm="ZIN", reden_einde="19"),
)


@pytest.fixture(scope="module")
def built() -> duckdb.DuckDBPyConnection:
    connection = connect()
    load(connection, "wmo__toekenning", D("2025-05-31"), WMO)
    load(connection, "wmo__toekenning", PEILDATUM, WMO)
    load(connection, "participatiewet__uitkering", PEILDATUM, UITKERING)
    load(connection, "participatiewet__verstrekking", PEILDATUM, VERSTREKKING)
    load(connection, "participatiewet__traject", PEILDATUM, TRAJECT)
    build(connection, ("fct_voorziening", "fct_voorziening_kenmerk"))
    return connection


def by_month(
    built: duckdb.DuckDBPyConnection, onderdeel: str, kenmerk: str, waarde: str, maat: str = "stand"
) -> list[int]:
    """Counts of January to June 2025."""
    rows = built.execute(
        "SELECT month(maand), aantal FROM mart.fct_voorziening_kenmerk WHERE onderdeel = ? AND kenmerk = ? "
        "AND waarde = ? AND maat = ? AND peildatum = ? AND maand >= '2025-01-01'",
        [onderdeel, kenmerk, waarde, maat, PEILDATUM],
    ).fetchall()
    found = dict(rows)
    assert 0 not in found.values()
    return [found.get(month, 0) for month in range(1, 7)]


INKOMEN, PARTICIPATIE = "inkomensregelingen", "arbeidsparticipatie"


@pytest.mark.parametrize(
    ("onderdeel", "kenmerk", "waarde", "maat", "expected"),
    [
        (INKOMEN, "regeling", "bijstand", "stand", [4, 4, 4, 3, 4, 4]),  # a b d e | e out | d out, f h in
        (INKOMEN, "regeling", "bbz", "uitstroom", [0, 0, 0, 1, 0, 0]),  # f
        (INKOMEN, "regeling", "bijstand", "instroom", [0, 0, 0, 0, 2, 0]),  # f and h
        (INKOMEN, "uitstroom", "werk", "uitstroom", [0, 0, 0, 1, 0, 0]),  # d, who keeps special assistance
        (INKOMEN, "uitstroom", "andere_voorziening", "uitstroom", [0, 0, 0, 1, 0, 0]),  # e; f only changed scheme
        (INKOMEN, "uitstroom", "onbekend", "uitstroom", [0] * 6),
        (INKOMEN, "duur", "5+ jaar", "stand", [1] * 6),  # a
        (INKOMEN, "duur", "1-3 jaar", "stand", [0, 3, 3, 2, 2, 3]),  # d e f from February, d f stay; b in June
        (INKOMEN, "duur", "0-1 jaar", "stand", [5, 2, 2, 2, 3, 2]),  # b c d e f | b c | and h; c h in June
        (INKOMEN, "soort", "bijzondere_bijstand_periodiek", "stand", [0, 0, 1, 2, 2, 2]),
        (INKOMEN, "soort", "energietoeslag", "toekenning", [0, 0, 1, 0, 0, 0]),
        (INKOMEN, "soort", "energietoeslag", "stand", [0] * 6),  # given once: nobody is in it
        (INKOMEN, "beslistijd", "0-14 dagen", "toekenning", [0, 0, 1, 0, 1, 0]),  # x in 4 days, h in 14
        (INKOMEN, "beslistijd", "57+ dagen", "afwijzing", [0, 0, 0, 0, 0, 1]),  # g: over eight weeks
        (INKOMEN, "leeftijdsklasse", "45-64", "stand", [1] * 6),
        (PARTICIPATIE, "route", "b1_route", "stand", [0, 1, 1, 1, 1, 0]),
        (PARTICIPATIE, "reden_einde", "geslaagd", "uitstroom", [0, 0, 0, 0, 1, 0]),
        (HH, "leveringsvorm", "ZIN", "stand", [1, 2, 1, 1, 1, 1]),
        (HH, "leveringsvorm", "PGB", "instroom", [0, 0, 1, 0, 0, 0]),  # p is in already, but not by PGB
        ("totaal", "reden_einde", "verschillend", "uitstroom", [0, 0, 1, 0, 0, 0]),  # q: two ends, two reasons
        (HH, "reden_einde", "02", "uitstroom", [0, 0, 1, 0, 0, 0]),
    ],
)
def test_counts_by_property(
    built: duckdb.DuckDBPyConnection, onderdeel: str, kenmerk: str, waarde: str, maat: str, expected: list[int]
) -> None:
    assert by_month(built, onderdeel, kenmerk, waarde, maat) == expected


@pytest.mark.parametrize(
    ("onderdeel", "expected"),
    [
        (INKOMEN, [6, 6, 6, 5, 6, 6]),  # a b c d e f | e out, f in its gap, d by special assistance | h
        (PARTICIPATIE, [1, 2, 2, 2, 2, 1]),  # c, and y to the last of May
        ("totaal", [6, 7, 7, 6, 7, 6]),  # c is in both: once
    ],
)
def test_unique_persons_of_the_participatiewet(
    built: duckdb.DuckDBPyConnection, onderdeel: str, expected: list[int]
) -> None:
    rows = built.execute(
        "SELECT aantal FROM mart.fct_voorziening WHERE wet = 'participatiewet' AND onderdeel = ? AND maat = 'stand' "
        "AND gebied_code = 'GM1895' AND maand >= '2025-01-01' ORDER BY maand",
        [onderdeel],
    ).fetchall()
    assert [n for (n,) in rows] == expected


def test_an_earlier_peildatum_gives_its_own_month_only(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute(
        "SELECT peildatum, min(maand), max(maand) FROM mart.fct_voorziening_kenmerk WHERE wet = 'wmo' "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert rows == [
        (D("2025-05-31"), D("2025-05-01"), D("2025-05-01")), (PEILDATUM, D("2025-01-01"), D("2025-06-01")),
    ]  # fmt: skip
    same = "SELECT count(*) FROM (SELECT * EXCLUDE (peildatum) FROM mart.fct_voorziening_kenmerk WHERE wet = 'wmo' " \
           "AND maand = '2025-05-01' GROUP BY ALL HAVING count(*) <> 2)"  # fmt: skip
    assert built.execute(same).fetchone() == (0,)


def test_a_law_in_files_of_other_days_is_of_each_the_newest() -> None:
    connection = connect()
    load(connection, "participatiewet__uitkering", D("2025-05-31"), UITKERING[UITKERING["persoon"] != "h"])
    load(connection, "participatiewet__traject", D("2025-01-15"), TRAJECT[:1])  # a quarter old in June
    load(connection, "participatiewet__verstrekking", PEILDATUM, VERSTREKKING)
    build(connection, ("fct_voorziening",))
    rows = connection.execute(
        "SELECT onderdeel, aantal FROM mart.fct_voorziening WHERE maat = 'stand' AND gebied_code = 'GM1895' "
        "AND peildatum = '2025-06-30' AND maand = '2025-06-01' ORDER BY ALL"
    ).fetchall()
    assert rows == [(INKOMEN, 5), ("totaal", 5)], "a b c d f; trajectories of January are too old to stand in"


def test_worth_of_awards() -> None:
    """June has 30 days; every award is worth what its own line of arithmetic says."""
    euros = {"volume": "2", "eenheid": "04", "tarief_eur": "50", "leveringsvorm": "ZIN", "onderdeel": HH}
    rows = lines(
        "wmo__toekenning",
        line("a", "2025-01-01", **euros, frequentie="2"),  # 100 a week: 100 x 30 / 7 = 428.57
        line("a", "2025-06-16", **euros, frequentie="1"),  # 100 a day, 15 days: 1,500
        line("b", "2025-06-01", "2025-06-15", **euros, frequentie="4"),  # 100 a month, half of it: 50
        line("c", "2025-05-22", "2025-06-10", **euros, frequentie="6"),  # 100 in all, 20 days, 10 in June: 50
        line("d", "2025-01-01", **euros, frequentie="3"),  # 100 in four weeks: 100 x 30 / 28 = 107.14
        line("e", "2025-01-01", **euros, frequentie="6"),  # 100 in all, but no end
        line("f", "2025-01-01", **{**euros, "tarief_eur": None}, frequentie="2"),
        line("g", "2025-01-01", **{**euros, "eenheid": "83"}, frequentie="2"),  # volume in euros
        line("h", "2025-07-01", **euros, frequentie="2"),  # not yet
        line("i", "2025-01-01", "2025-05-31", **euros, frequentie="2"),  # no more
        {**line("j", "2025-01-01", **euros, frequentie="2"), "besluit": "afgewezen"},
    )
    connection = connect()
    load(connection, "wmo__toekenning", PEILDATUM, rows)
    build(connection, ("fct_toewijzing",))
    june = connection.execute("SELECT * FROM mart.fct_toewijzing WHERE maand = '2025-06-01'").fetchall()
    total = EUR("428.57") + 1500 + 50 + 50 + EUR("107.14")
    assert june == [(D("2025-06-01"), "wmo", HH, "ZIN", 7, 8, 3, total, PEILDATUM)]
    found = [(row[0], row[1]) for row in connection.execute("DESCRIBE mart.fct_toewijzing").fetchall()]
    assert found == [(c.name, c.type) for c in BY_NAME["mart.fct_toewijzing"].columns]


def test_declarations_by_month_of_care_and_of_receipt_with_credits() -> None:
    def declared(persoon: str, maand: str, ontvangen: str, eur: str, **other: Any) -> dict[str, Any]:
        return {
            "persoon": persoon, "prestatiemaand": D(maand), "ontvangen_op": D(ontvangen), "bedrag_eur": EUR(eur),
            "onderdeel": BG, "leveringsvorm": "ZIN", **other,
        }  # fmt: skip

    connection = connect()
    june = lines(
        "wmo__declaratie",
        declared("a", "2025-05-01", "2025-06-10", "100.10"),
        declared("a", "2025-05-01", "2025-06-12", "50.05"),
        declared("b", "2025-05-01", "2025-06-12", "10.00"),
        declared("b", "2025-04-01", "2025-06-12", "20.00", leveringsvorm=None),
    )
    july = lines("wmo__declaratie", declared("a", "2025-05-01", "2025-07-01", "-100.10"))
    load(connection, "wmo__declaratie", PEILDATUM, june)
    load(connection, "wmo__declaratie", D("2025-07-31"), july)
    build(connection, ("fct_declaratie",))
    newest = D("2025-07-31")
    assert connection.execute("SELECT * FROM mart.fct_declaratie ORDER BY ALL").fetchall() == [
        (D("2025-04-01"), D("2025-06-01"), "wmo", BG, "onbekend", EUR("20.00"), 1, 1, newest),
        (D("2025-05-01"), D("2025-06-01"), "wmo", BG, "ZIN", EUR("160.15"), 3, 2, newest),
        (D("2025-05-01"), D("2025-07-01"), "wmo", BG, "ZIN", EUR("-100.10"), 1, 1, newest),
    ]


def test_debt_aid_from_dossiers_and_from_the_report_of_the_office() -> None:
    connection = connect()
    dossiers = lines(
        "schuldhulp__dossier",
        line("a", "2025-04-10", soort="budgetbeheer", schuld_eur="1000"),
        line("b", "2025-04-20", "2025-05-31", soort="budgetbeheer", resultaat="geslaagd", schuld_eur="500.50"),
        line("c", None, soort="budgetbeheer", aanmelddatum=D("2025-06-01")),  # waits
    )
    report = lines("schuldhulp__overzicht", {
        "maand": D("2025-05-01"), "soort": "budgetbeheer", "maat": "lopend", "aantal": 383, "bedrag_eur": None,
    })  # fmt: skip
    load(connection, "schuldhulp__dossier", PEILDATUM, dossiers)
    load(connection, "schuldhulp__overzicht", PEILDATUM, report)
    build(connection, ("fct_schuldhulp",))
    rows = connection.execute(
        "SELECT month(maand), maat, bron, aantal, bedrag_eur FROM mart.fct_schuldhulp ORDER BY ALL"
    ).fetchall()
    both, one = EUR("1500.50"), EUR("500.50")
    assert rows == [
        (4, "lopend", "dossiers", 2, both), (4, "nieuw", "dossiers", 2, both),
        (5, "beeindigd", "dossiers", 1, one), (5, "geslaagd", "dossiers", 1, one), (5, "lopend", "dossiers", 2, both),
        (5, "lopend", "overzicht", 383, None),
        (6, "lopend", "dossiers", 1, EUR("1000.00")),
    ]  # fmt: skip


def test_the_reader_understands_the_reasons_that_are_counted_and_no_other() -> None:
    from etl.participatiewet.words import ended_because

    sql = "SELECT reden_einde FROM raw.ref_redenen_einde WHERE entiteit = 'uitkering'"
    ours = {code for (code,) in connect().execute(sql).fetchall()}
    theirs = {code for number in range(100) if isinstance(code := ended_because(f"{number:02d}"), str)}
    assert sorted(ours) == sorted(theirs)


def test_every_kind_of_the_participatiewet_has_an_onderdeel() -> None:
    """A kind that a reader gives and this list does not know would be counted in no onderdeel."""
    from tests.support.person_build import entity

    known = set(connect().execute("SELECT entiteit, soort FROM raw.ref_participatiewet_soorten").fetchall())
    for name, column in (("uitkering", "regeling"), ("verstrekking", "soort"), ("traject", "soort")):
        values = next(c.values for c in entity(f"participatiewet__{name}").columns if c.name == column)
        assert {(name, value) for value in values} <= known
