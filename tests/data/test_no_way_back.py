"""Tries to get from the published database back to a person: by pseudonym, by row, by subtraction and by combination.

The attacker has the whole published database and, for the first attack, even the vintages (but not the key).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.support.refreshing import pointer, run

DAYS = (dt.date(2025, 5, 31), dt.date(2025, 6, 30))
PERSON = "Clientnummer;BSN;Geboortedatum;Postcode;Huisnummer;Wijkcode"
DECISION = "Aanvraagdatum;Besluitdatum;Besluit"
HEADERS = {
    "wmo": f"{PERSON};{DECISION};Beschikkingnummer;Productcategorie;Ingangsdatum;Einddatum;Leveringsvorm",
    "jeugd": f"{PERSON};{DECISION};Beschikkingnummer;Productcategorie;Ingangsdatum;Einddatum;Leveringsvorm;Verwijzer",
    "participatiewet": f"{PERSON};Dossiernummer;Regeling;{DECISION};Ingangsdatum;Einddatum;Reden einde;Maandbedrag",
    "schuldhulp": f"{PERSON};Soort dienst;Aanmelddatum;Startdatum;Einddatum;Resultaat;Totale schuld",
}
PERSONS = 260


def valid_bsns() -> Iterator[str]:
    """Numbers of the test range that pass the 11-test."""
    for number in range(999900006, 999999991):
        digits = [int(c) for c in str(number)]
        if sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            yield str(number)


def lines(source: str, day: dt.date, bsns: list[str]) -> list[str]:
    rows = []
    for i, bsn in enumerate(bsns):
        if {"wmo": i % 2, "jeugd": i % 3, "participatiewet": i % 4, "schuldhulp": i % 5}[source]:
            continue
        start = dt.date(2024, 1 + i % 12, 1 + i % 27)
        end = f"{dt.date(2025, 1 + i % 5, 28)}" if i % 6 == 0 else ""
        wijk = (i * i) % 40  # one large wijk, some middling and small ones
        who = f"C{i:04d};{bsn};1960-0{1 + i % 9}-11;9999X{'ABCDE'[i % 5]};{i // 2};WK1895{wijk if wijk < 11 else 0:02d}"
        dates = f"{start};{start};toegekend"
        rows.append({
            "wmo": f"{who};{dates};B{i:05d};0{1 + i % 9};{start};{end};{'PGB' if i % 7 == 0 else 'ZIN'}",
            "jeugd": f"{who};{dates};J{i:05d};45;{start};{end};ZIN;0{1 + i % 6}",
            "participatiewet": f"{who};D{i:05d};bijstand;{dates};{start};{end};{'11' if end else ''};1000",
            "schuldhulp": f"{who};budgetbeheer;{start};{start};{end};{'geslaagd' if end else ''};{1000 + i}",
        }[source])  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("terug")
    numbers = valid_bsns()
    bsns = [next(numbers) for _ in range(PERSONS)]
    for source, header in HEADERS.items():
        (base / "inbox" / source).mkdir(parents=True)
        for day in DAYS:
            text = "\n".join([header, *lines(source, day, bsns)]) + "\n"
            (base / "inbox" / source / f"{source}_{day}.csv").write_text(text, "utf-8")
    code, said = run(base / "inbox", base / "store")
    assert code == 0, said
    return base / "store"


@pytest.fixture(scope="module")
def published(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(store / "db" / pointer(store)["bestand"]), read_only=True) as connection:
        yield connection


def ask(published: duckdb.DuckDBPyConnection, sql: str) -> list[tuple]:
    return published.execute(sql).fetchall()


@pytest.fixture(scope="module")
def values(published: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], set]:
    """Every value of every column: (table, column) -> values."""
    columns = ask(
        published,
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE NOT internal "
        "AND schema_name IN ('mart', 'meta')",
    )
    return {(t, c): {v for (v,) in ask(published, f'SELECT DISTINCT "{c}" FROM {t}')} for t, c in columns}


def test_there_is_something_to_attack(published: duckdb.DuckDBPyConnection) -> None:
    for table in ("fct_voorziening", "fct_voorziening_kenmerk", "fct_stapeling", "fct_toewijzing", "fct_schuldhulp"):
        assert ask(published, f"SELECT count(*) > 0 FROM mart.{table}") == [(True,)], table
    shown = "SELECT count(*) FROM mart.{} WHERE gebied_code LIKE 'WK%' AND aantal {} NULL"
    for fact in ("fct_voorziening", "fct_stapeling"):
        assert ask(published, shown.format(fact, "IS"))[0][0] > 20 < ask(published, shown.format(fact, "IS NOT"))[0][0]


def test_no_pseudonym_leaves_the_vintages(store: Path, values: dict[tuple[str, str], set]) -> None:
    secret: set[str] = set()
    for path in (store / "vintages").rglob("*.parquet"):
        table = pq.read_table(path)
        for name in {"persoon", "huishouden", "beschikking", "dossier"} & set(table.column_names):
            secret |= {v for v in table.column(name).to_pylist() if v}
    assert len(secret) > PERSONS and all(re.fullmatch("[0-9a-f]{64}", one) for one in secret)
    starts = {one[:12] for one in secret}
    for place, found in values.items():
        texts = [v for v in found if isinstance(v, str)]
        hexes = {h[:12] for text in texts for h in re.findall("[0-9a-f]{12,}", text)}
        assert not hexes & starts, place
        if place != ("meta.levering", "sha256"):
            assert not [t for t in texts if re.search("[0-9a-f]{64}", t)], place


def test_no_column_holds_a_value_of_its_own_for_each_person(values: dict[tuple[str, str], set]) -> None:
    """Nothing that could be a number of a person: no such name, and in person facts no text with so many values."""
    assert not {c for _, c in values} & {
        "persoon", "persoon_nr", "huishouden", "huishouden_nr", "beschikking", "dossier", "bsn", "clientnummer",
    }  # fmt: skip
    facts = ("voorziening", "voorziening_kenmerk", "stapeling", "toewijzing", "declaratie", "schuldhulp")
    for (table, column), found in values.items():
        if table in {f"mart.fct_{name}" for name in facts}:
            assert len([v for v in found if isinstance(v, str)]) < 60, (table, column)


def test_below_the_gemeente_no_count_is_small(published: duckdb.DuckDBPyConnection) -> None:
    for fact in ("fct_voorziening", "fct_voorziening_kenmerk", "fct_stapeling"):
        small = f"SELECT * FROM mart.{fact} WHERE gebied_code NOT LIKE 'GM%' AND (aantal < 10 OR aantal % 5 <> 0)"
        assert ask(published, small) == [], fact


@pytest.mark.parametrize(
    ("fact", "series"),
    [
        ("fct_voorziening", "maand, wet, onderdeel, maat, peildatum"),
        ("fct_stapeling", "maand, eenheid, maat, combinatie, peildatum"),
    ],
)
def test_gemeente_minus_the_other_wijken_leaves_no_one(
    published: duckdb.DuckDBPyConnection, fact: str, series: str
) -> None:
    hidden = "count(*) - count(aantal)"
    lone = f"SELECT {series} FROM mart.{fact} WHERE gebied_code LIKE 'WK%' GROUP BY ALL HAVING {hidden} = 1"
    assert ask(published, lone) == []


def test_the_law_minus_the_other_onderdelen_leaves_no_one(published: duckdb.DuckDBPyConnection) -> None:
    lone = """
        SELECT maand, wet, gebied_code, maat, peildatum FROM mart.fct_voorziening WHERE gebied_code LIKE 'WK%'
        GROUP BY ALL
        HAVING count(*) FILTER (onderdeel <> 'totaal' AND aantal IS NULL) = 1
           AND count(aantal) FILTER (onderdeel = 'totaal') = 1"""
    assert ask(published, lone) == []


def test_who_comes_and_goes_is_not_told_by_wijk(published: duckdb.DuckDBPyConnection) -> None:
    flows = "SELECT DISTINCT left(gebied_code, 2) FROM mart.fct_voorziening WHERE maat IN ('instroom', 'uitstroom')"
    assert ask(published, flows) == [("GM",)]


def test_no_row_joins_two_properties_of_a_person(published: duckdb.DuckDBPyConnection) -> None:
    """By property there is the whole gemeente only, one property a row: profiles cannot be put together from rows."""
    assert ask(published, "SELECT DISTINCT gebied_code FROM mart.fct_voorziening_kenmerk") == [("GM1895",)]
    combined = "SELECT DISTINCT combinatie FROM mart.fct_stapeling WHERE gebied_code LIKE 'WK%'"
    assert ask(published, combined) == [("alle",)], "in a wijk no combination of laws"


def test_the_trace_of_a_count_names_no_line_of_a_person(published: duckdb.DuckDBPyConnection) -> None:
    personal = "('wmo', 'jeugd', 'participatiewet', 'schuldhulp')"
    rows = ask(
        published,
        f"""SELECT count(*), count(rij_van), count(rij_tot), max(blad), min(rijen) FROM meta.herkomst
            WHERE levering_id IN (SELECT levering_id FROM meta.levering WHERE bron IN {personal})""",
    )
    [(count, first, last, sheet, least)] = rows
    assert count > 8 and (first, last, sheet) == (0, 0, "") and least > 10
    assert ask(published, f"SELECT count(*) FROM meta.levering WHERE bron IN {personal} AND bestand LIKE '%.csv%'") == [
        (0,)
    ]
