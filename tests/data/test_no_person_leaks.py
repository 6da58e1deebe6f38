"""No BSN, name, address, client number or birth date of an export can be found in anything that is kept or shown."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.support.refreshing import program
from tests.support.wmo_export import line, write

PERSONS = 20
SECRET_FIELDS = ("Cliëntnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Beschikkingnummer", "Toelichting")


@lru_cache(maxsize=1)
def secrets() -> list[str]:
    words = {str(line(i)[field]) for i in range(PERSONS) for field in SECRET_FIELDS}
    words |= {"-".join(reversed(str(line(i)["Geboortedatum"]).split("-"))) for i in range(PERSONS)}
    return sorted(words | {f"Testlaan{i:03d}" for i in range(PERSONS)} | {"Voorbeeldnaam", "Geheimenaam"})


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A refresh with good and bad lines, a name in file name and code column, and a whole file that is refused."""
    base = tmp_path_factory.mktemp("lek")
    wmo, store = base / "inbox" / "wmo", base / "store"
    good = [line(i) for i in range(PERSONS)]
    bad = [
        line(1, Productcategorie="Geheimenaam"),
        line(2, Ingangsdatum="Voorbeeldnaam002"),
        line(3, Besluit="Voorbeeldnaam003, A."),
        line(4, BSN="Voorbeeldnaam004", **{"Cliëntnummer": ""}),
        line(5, Leveringsvorm="Voorbeeldnaam005"),
        line(6, Wijkcode="Testlaan006"),
    ]
    write(wmo / "wmo Voorbeeldnaam001 2025-05-31.csv", *good)
    write(wmo / "wmo Voorbeeldnaam002 2025-06-30.csv", *good, *bad)
    (wmo / "Geheimenaam 2025-04-30.csv").write_text("Voorbeeldnaam007;Testlaan007\r\n999900006;x\r\n", encoding="utf-8")
    (wmo / "Geheimenaam 2025-03-31.xlsx").write_bytes(b"PK\x03\x04 Voorbeeldnaam008")
    shown = ""
    for arguments in (
        ("refresh", "--inbox", str(base / "inbox"), "--store", str(store), "--no-cbs"),
        ("status", "--store", str(store)),
        ("status", "--store", str(store), "--json"),
    ):
        shown += program("etl", *arguments)[1]
    if not (store / "laatste_verversing.json").is_file():
        pytest.fail(f"the refresh wrote no report: {shown[-800:]}")
    return store, shown


#: One quick search for whatever looks like one of the secrets; only what it finds is compared with each of them.
LOOKS_LIKE = re.compile(
    rb"voorbeeldnaam|geheimenaam|testlaan|cl77\d{4}|besch\d{5}|9999x[a-z]|9999\d{5}|\d\d-03-19\d\d|19\d\d-03-\d\d"
)


def hits(text: str | bytes) -> list[str]:
    content = (text.encode() if isinstance(text, str) else text).lower()
    found = {match.decode() for match in LOOKS_LIKE.findall(content)}
    known = {word.lower() for word in secrets()}
    return sorted(word for word in found if any(word in secret for secret in known))


def test_the_search_finds_every_secret() -> None:
    assert all(hits(f"x{word}y") for word in secrets())


def test_the_refresh_kept_the_good_lines(refreshed: tuple[Path, str]) -> None:
    parquet = list((refreshed[0] / "vintages").rglob("toekenning.parquet"))
    assert sum(pq.read_metadata(p).num_rows for p in parquet) >= 2 * PERSONS


def test_nothing_on_the_screen(refreshed: tuple[Path, str]) -> None:
    assert hits(refreshed[1]) == []


def test_no_file_name_and_no_byte_in_the_store(refreshed: tuple[Path, str]) -> None:
    found = {}
    for path in refreshed[0].rglob("*"):
        words = hits(str(path.relative_to(refreshed[0])))
        if path.is_file():
            words += hits(path.read_bytes().decode("latin-1")) + hits(
                path.read_bytes().decode("utf-8", errors="ignore")
            )
        if words:
            found[path.name] = words
    assert found == {}


def test_no_value_in_any_parquet_file_or_database(refreshed: tuple[Path, str]) -> None:
    looked = 0
    for path in (refreshed[0]).rglob("*.parquet"):
        text = "\n".join(map(str, pq.read_table(path).to_pylist()))
        looked += 1
        assert hits(text) == [], path.name
    for path in (refreshed[0]).rglob("*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = connection.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal"
            ).fetchall()
            for schema, table in tables:
                rows = connection.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()
                looked += 1
                assert hits("\n".join(map(str, rows))) == [], (path.name, table)
    assert looked > 2


def test_nothing_in_the_published_database_is_a_pseudonym(refreshed: tuple[Path, str]) -> None:
    [published] = list((refreshed[0] / "db").glob("*.duckdb"))[:1]
    with duckdb.connect(str(published), read_only=True) as connection:
        names = {row[0] for row in connection.execute("SELECT DISTINCT column_name FROM duckdb_columns()").fetchall()}
        counted = connection.execute("SELECT count(*) FROM mart.fct_voorziening WHERE aantal > 0").fetchone()
    assert counted and counted[0] > 0, "an empty publication proves nothing"
    assert not names & {"persoon", "persoon_nr", "beschikking", "leeftijdsklasse", "bsn", "naam_client"}


def test_the_key_is_not_in_the_store(refreshed: tuple[Path, str]) -> None:
    store = refreshed[0]
    key = (store.parent / f"{store.name}.sleutel").read_text("ascii").strip()
    assert not any(
        key.encode() in p.read_bytes() or bytes.fromhex(key) in p.read_bytes() for p in store.rglob("*") if p.is_file()
    )


def test_check_shows_no_person_either(tmp_path: Path) -> None:
    path = write(
        tmp_path / "wmo_2025-06-30.csv", *(line(i) for i in range(5)), line(6, Productcategorie="Voorbeeldnaam006")
    )
    _, shown = program("etl", "check", path, "--source", "wmo")
    assert hits(shown) == []
