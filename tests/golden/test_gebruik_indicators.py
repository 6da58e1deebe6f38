"""Indicators on the use of provisions, against figures worked out by hand from a few counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd
import pytest
import sqlglot
from sqlglot import exp

from indicators.compute import values
from indicators.core.contract import BY_NAME, VIEWS
from indicators.core.figures import OfOwnGemeente
from indicators.core.indicator import indicators
from indicators.core.settings import settings
from tests.support.marts import all_empty

PEILDATUM = dt.date(2026, 3, 31)
GEMEENTE = settings().gemeente.code
WIJK, STILLE_WIJK = (f"WK{GEMEENTE[2:]}{n}" for n in ("01", "02"))
MAANDEN = [dt.date(2025, m, 1) for m in range(1, 13)] + [dt.date(2026, m, 1) for m in (1, 2, 3)]
DOMEINEN = ("wmo", "participatiewet", "sociaal_domein", "programma")


def insert(db: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    table = BY_NAME[name]
    frame = pd.DataFrame([{c: r.get(c) for c in table.column_names} for r in rows], dtype="object")  # noqa: F841
    casts = ", ".join(f'CAST("{c.name}" AS {c.type})' for c in table.columns)
    db.execute(f"INSERT INTO {name} SELECT {casts} FROM frame")


def telling(wet: str, onderdeel: str, maat: str, aantallen: Any, gebied: str = GEMEENTE, **more: Any) -> list[dict]:
    if isinstance(aantallen, int) or aantallen is None:
        aantallen = [aantallen] * len(MAANDEN)
    shared = {"wet": wet, "onderdeel": onderdeel, "maat": maat, "gebied_code": gebied, "peildatum": PEILDATUM, **more}
    return [shared | {"maand": m, "aantal": n} for m, n in zip(MAANDEN, aantallen, strict=True)]


@pytest.fixture(scope="module")
def db() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = all_empty(VIEWS)
    jan_to_mar = [10] * 12 + [20, 30, 40]
    voorziening = [
        *telling("wmo", "totaal", "aanvraag", jan_to_mar),
        *telling("wmo", "begeleiding", "aanvraag", 4),
        *telling("wmo", "totaal", "toekenning", 9),
        *telling("wmo", "totaal", "afwijzing", 3),
        # Awards that were not decided on by the law's own count: no decision, no share.
        *telling("wmo", "dagbesteding", "toekenning", 0),
        *telling("wmo", "dagbesteding", "afwijzing", 0),
        *telling("wmo", "totaal", "stand", [100 + i for i in range(15)]),
        *telling("wmo", "totaal", "stand", 10, WIJK),
        *telling("wmo", "totaal", "stand", None, STILLE_WIJK),
        *telling("wmo", "beschermd_wonen", "stand", [8] * 11 + [7] * 4),
        # Inflow cannot be told for the first month, and an earlier peildatum knew other figures.
        *telling("wmo", "totaal", "instroom", [None, *[2] * 14]),
        *telling("wmo", "totaal", "aanvraag", 99, peildatum=dt.date(2026, 2, 28)),
        *telling("participatiewet", "inkomensregelingen", "uitstroom", 10),
        *telling("participatiewet", "inkomensregelingen", "stand", 50),
        *telling("jeugd", "totaal", "toekenning", 8),
    ]
    kenmerk = [
        *telling("wmo", "totaal", "toekenning", 6, kenmerk="beslistijd", waarde="0-14 dagen"),
        *telling("wmo", "totaal", "toekenning", 2, kenmerk="beslistijd", waarde="15-56 dagen"),
        *telling("wmo", "totaal", "toekenning", 1, kenmerk="beslistijd", waarde="onbekend"),
        *telling("wmo", "totaal", "afwijzing", 2, kenmerk="beslistijd", waarde="57+ dagen"),
        *telling("wmo", "totaal", "stand", 25, kenmerk="leveringsvorm", waarde="PGB"),
        *telling("wmo", "totaal", "stand", 80, kenmerk="leveringsvorm", waarde="ZIN"),
        *telling("participatiewet", "inkomensregelingen", "uitstroom", 3, kenmerk="uitstroom", waarde="werk"),
        *telling("participatiewet", "inkomensregelingen", "uitstroom", 1, kenmerk="uitstroom", waarde="zelfstandig"),
        *telling("participatiewet", "inkomensregelingen", "uitstroom", 4, kenmerk="uitstroom", waarde="onbekend"),
        *telling("participatiewet", "inkomensregelingen", "stand", 40, kenmerk="regeling", waarde="bijstand"),
        *telling("participatiewet", "inkomensregelingen", "stand", 3, kenmerk="regeling", waarde="ioaw")[:2],
        *telling("jeugd", "totaal", "toekenning", 6, kenmerk="verwijzer", waarde="02"),
        *telling("jeugd", "totaal", "toekenning", 2, kenmerk="verwijzer", waarde="01"),
    ]
    samen = {"peildatum": PEILDATUM, "gebied_code": GEMEENTE, "eenheid": "persoon", "combinatie": "alle"}
    stapeling = [
        samen | {"maand": m, "maat": maat, "aantal": n}
        for m in MAANDEN
        for maat, n in (("stand", 200), ("integraal_aanbod", 30), ("zelfredzaam", 5))
    ]
    stapeling.append(samen | {"maand": MAANDEN[-1], "maat": "stand", "combinatie": "wmo+jeugd", "aantal": 4})
    insert(
        connection,
        "mart.fct_voorziening",
        [r for r in voorziening if r["peildatum"] == PEILDATUM or r["maand"] < dt.date(2026, 3, 1)],
    )
    insert(connection, "mart.fct_voorziening_kenmerk", kenmerk)
    insert(connection, "mart.fct_stapeling", stapeling)
    cbs = {"onderwerp": "AantalInwoners", "uitsplitsing": "totaal", "tabel": "86165NED", "status": "definitief"}
    insert(
        connection,
        "mart.fct_cbs_waarneming",
        [cbs | {"gebied_code": g, "periode": "2025JJ00", "waarde": n} for g, n in ((GEMEENTE, 1000), (WIJK, 115))],
    )
    _others(connection)
    yield connection
    connection.close()


def _others(connection: duckdb.DuckDBPyConnection) -> None:
    toewijzing = {"maand": MAANDEN[-1], "wet": "wmo", "onderdeel": "begeleiding", "peildatum": PEILDATUM}
    insert(
        connection,
        "mart.fct_toewijzing",
        [
            toewijzing
            | {"leveringsvorm": "ZIN", "clienten": 9, "toewijzingen": 10, "zonder_prijs": 0, "verwacht_eur": 4000},
            toewijzing
            | {"leveringsvorm": "PGB", "clienten": 9, "toewijzingen": 10, "zonder_prijs": 2, "verwacht_eur": 3200},
            toewijzing
            | {
                "onderdeel": "dagbesteding",
                "leveringsvorm": "ZIN",
                "toewijzingen": 5,
                "zonder_prijs": 1,
                "verwacht_eur": 9,
            },
        ],
    )
    insert(
        connection,
        "mart.fct_schuldhulp",
        [
            {"maand": MAANDEN[-1], "soort": s, "maat": "lopend", "bron": bron, "aantal": n, "peildatum": PEILDATUM}
            for s, bron, n in (
                ("krediet", "dossiers", 7),
                ("vroegsignaal", "dossiers", 9),
                ("krediet", "overzicht", 99),
            )
        ],
    )
    buig = {"boekjaar": 2026, "peildatum": PEILDATUM}
    insert(
        connection,
        "mart.fct_buig",
        [
            buig | {"soort": "voorlopig", "vastgesteld_op": dt.date(2025, 10, 1), "bedrag_eur": 100},
            buig | {"soort": "nader_voorlopig", "vastgesteld_op": dt.date(2026, 6, 20), "bedrag_eur": 110},
        ],
    )
    vraag = {"jaar": 2025, "wet": "wmo", "thema": "Contact", "peildatum": PEILDATUM, "aantal_antwoorden": 100}
    insert(
        connection,
        "mart.fct_ervaring",
        [
            vraag
            | {
                "vraagnummer": 1,
                "vraag": "Ik werd snel geholpen",
                "antwoord": "eens",
                "waarde": 50,
                "eenheid": "procent",
            },
            vraag
            | {
                "vraagnummer": 6,
                "vraag": "Welk cijfer?",
                "antwoord": "rapportcijfer",
                "waarde": 7.5,
                "eenheid": "cijfer",
            },
        ],
    )
    programma = {"programma": "Kansrijk", "peildatum": PEILDATUM}
    insert(connection, "mart.fct_programma", [programma | {"activiteit": "", "tot_en_met": dt.date(2025, 12, 31)}])
    insert(
        connection,
        "mart.fct_programmaresultaat",
        [
            programma
            | {"activiteit": "Bezoek", "resultaat": "Gezinnen", "eenheid": "gezinnen", "gepland": 40, "bereikt": 30}
        ],
    )


def figures(db: duckdb.DuckDBPyConnection, name: str) -> dict[tuple[str, str, str], tuple]:
    frame = values(db, indicators()[name], PEILDATUM)
    return {
        (r.periode, r.gebied_code, r.uitsplitsing): tuple(
            None if pd.isna(v) else v for v in (r.teller, r.noemer, r.waarde, r.status, r.onderdrukt)
        )
        for r in frame.itertuples()
    }


#: indicator, period, breakdown -> teller, noemer, value, status; each follows from the counts above by hand.
EXPECTED = [
    ("wmo_aanvragen", "2026MM03", "totaal", (40, None, 40, "voorlopig")),
    ("wmo_aanvragen", "2025JJ00", "totaal", (120, None, 120, "definitief")),
    ("wmo_aanvragen", "2025JJ00", "onderdeel=begeleiding", (48, None, 48, "definitief")),
    ("wmo_clienten", "2025JJ00", "totaal", (111, None, 111, "definitief")),
    ("wmo_clienten", "2026KW01", "totaal", (114, None, 114, "voorlopig")),
    ("beschermd_wonen", "2026MM01", "totaal", (7, None, 7, "voorlopig")),
    ("wmo_instroom", "2025MM02", "totaal", (2, None, 2, "definitief")),
    ("toegekend", "2025KW01", "wet=wmo", (27, 36, 75, "definitief")),
    ("beslist_binnen_acht_weken", "2025KW01", "wet=wmo", (24, 30, 80, "definitief")),
    ("pgb_aandeel", "2025MM01", "wet=wmo", (25, 100, 25, "definitief")),
    ("gebruik_per_1000_inwoners", "2025MM12", "wet=wmo", (111, 1000, 111, "definitief")),
    ("gebruik_per_1000_inwoners", "2026MM03", "totaal", (200, 1000, 200, "voorlopig")),
    ("hulp_uit_meer_wetten", "2026MM03", "totaal", (30, 200, 15, "voorlopig")),
    ("hulp_uit_meer_wetten", "2026MM03", "combinatie=wmo+jeugd", (4, 200, 2, "voorlopig")),
    ("hulp_uit_meer_wetten", "2025MM03", "combinatie=wmo+jeugd", (0, 200, 0, "definitief")),
    ("zelfredzaam_geworden", "2025JJ00", "totaal", (60, None, 60, "definitief")),
    ("uitstroom_naar_werk", "2026KW01", "totaal", (12, 24, 50, "voorlopig")),
    ("uitkering_uitstroom", "2025JJ00", "totaal", (96, None, 96, "definitief")),
    ("uitkeringen", "2025MM01", "totaal", (43, None, 43, "definitief")),
    ("uitkeringen", "2025MM06", "regeling=ioaw", (0, None, 0, "definitief")),
    ("jeugd_verwijzers", "2025JJ00", "verwijzer=02", (72, 96, 75, "definitief")),
    ("kosten_per_toewijzing", "2026MM03", "onderdeel=begeleiding", (7200, 18, 400, "voorlopig")),
    ("schuldhulp", "2026MM03", "totaal", (7, None, 7, "voorlopig")),
    ("schuldhulp", "2026MM03", "soort=vroegsignaal", (9, None, 9, "voorlopig")),
    ("rijksbudget_uitkeringen", "2026JJ00", "totaal", (110, None, 110, "nader_voorlopig")),
    ("clientervaring_wmo", "2025JJ00", "vraag=Ik werd snel geholpen", (50, 100, 50, "definitief")),
    ("programmaresultaat", "2026MM03", "resultaat=Kansrijk, Bezoek: Gezinnen", (30, 40, 75, "definitief")),
]


@pytest.mark.parametrize(
    ("name", "periode", "part", "expected"), EXPECTED, ids=lambda v: v if isinstance(v, str) else ""
)
def test_figure_is_what_the_counts_give_by_hand(
    db: duckdb.DuckDBPyConnection, name: str, periode: str, part: str, expected: tuple
) -> None:
    assert figures(db, name)[periode, GEMEENTE, part] == (*expected, False)


def test_a_rate_of_a_wijk_is_one_of_rounded_counts(db: duckdb.DuckDBPyConnection) -> None:
    """As CBS does: 12 of 115 is published as 10, and so as 87 per 1,000."""
    teller, noemer, waarde, _, onderdrukt = figures(db, "gebruik_per_1000_inwoners")["2025KW04", WIJK, "wet=wmo"]
    assert (teller, noemer, round(waarde), onderdrukt) == (10, 115, 87, False)


def test_a_secret_count_gives_no_figure_and_says_so(db: duckdb.DuckDBPyConnection) -> None:
    for name, part in (("wmo_clienten", "totaal"), ("gebruik_per_1000_inwoners", "wet=wmo")):
        teller, _, waarde, _, onderdrukt = figures(db, name)["2025KW04", STILLE_WIJK, part]
        assert (teller, waarde, onderdrukt) == (None, None, True)


def test_without_a_population_there_is_a_count_and_no_rate(db: duckdb.DuckDBPyConnection) -> None:
    db.execute("BEGIN; UPDATE mart.fct_cbs_waarneming SET periode = '2022JJ00'")
    try:
        found = figures(db, "gebruik_per_1000_inwoners")["2025MM12", GEMEENTE, "wet=wmo"]
    finally:
        db.execute("ROLLBACK")
    assert found == (111, None, None, "onbekend", False)


def test_a_year_that_misses_a_month_is_not_given(db: duckdb.DuckDBPyConnection) -> None:
    assert ("2025JJ00", GEMEENTE, "totaal") not in figures(db, "wmo_instroom")
    assert ("2026JJ00", GEMEENTE, "totaal") not in figures(db, "wmo_aanvragen")


def test_a_month_that_is_not_over_is_not_given(db: duckdb.DuckDBPyConnection) -> None:
    db.execute(
        "BEGIN; UPDATE mart.fct_voorziening SET peildatum = DATE '2026-03-30' WHERE peildatum = DATE '2026-03-31'"
    )
    try:
        found = figures(db, "wmo_aanvragen")
    finally:
        db.execute("ROLLBACK")
    assert max(periode for periode, *_ in found) == "2026MM02"


def test_a_share_of_no_decisions_is_no_figure(db: duckdb.DuckDBPyConnection) -> None:
    assert not [key for key in figures(db, "toegekend") if key[2] == "onderdeel=dagbesteding"]


def test_awards_without_a_price_do_not_make_an_average(db: duckdb.DuckDBPyConnection) -> None:
    assert not [key for key in figures(db, "kosten_per_toewijzing") if key[2] == "onderdeel=dagbesteding"]


def test_the_interval_of_a_survey_is_that_of_wilson(db: duckdb.DuckDBPyConnection) -> None:
    frame = values(db, indicators()["clientervaring_wmo"], PEILDATUM)
    assert len(frame) == 1, "een rapportcijfer is geen percentage"
    # Wilson (1927) for 50 of 100: 0.4038 to 0.5962.
    assert frame[["ondergrens", "bovengrens"]].iloc[0].round(1).tolist() == [40.4, 59.6]


def test_a_question_that_stands_twice_in_a_year_is_told_apart_by_its_number(db: duckdb.DuckDBPyConnection) -> None:
    row = {"jaar": 2025, "wet": "wmo", "eenheid": "procent", "waarde": 40, "peildatum": PEILDATUM, "antwoord": "eens"}
    db.execute("BEGIN")
    try:
        insert(
            db,
            "mart.fct_ervaring",
            [row | {"vraagnummer": n, "vraag": t} for n, t in ((8, "Ik werd snel geholpen"), (9, None))],
        )
        parts = {part for *_, part in figures(db, "clientervaring_wmo")}
    finally:
        db.execute("ROLLBACK")
    assert parts == {
        "vraag=Ik werd snel geholpen (vraag 1, eens)",
        "vraag=Ik werd snel geholpen (vraag 8, eens)",
        "vraag=Vraag 9 (eens)",
    }


def test_indicators_without_a_region_read_published_tables_only() -> None:
    own = [i.compute.sql for i in indicators().values() if isinstance(i.compute, OfOwnGemeente)]
    assert len(own) >= 6
    for sql in own:
        tree = sqlglot.parse_one(sql, read="duckdb")
        names = {cte.alias for cte in tree.find_all(exp.CTE)}
        read = {f"{t.db}.{t.name}" for t in tree.find_all(exp.Table) if t.name and t.name not in names}
        assert read and read <= set(BY_NAME) | set(VIEWS)


def test_without_any_delivery_there_are_no_figures() -> None:
    with all_empty() as empty:
        own = [i for i in indicators().values() if i.domein in DOMEINEN]
        assert len(own) > 20
        assert not [i.id for i in own if len(values(empty, i, PEILDATUM))]
