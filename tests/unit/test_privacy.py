"""Persons out of the data: pseudonyms, key file, age bands, and nothing that was not declared."""

from __future__ import annotations

import datetime as dt
import hmac
import os
from pathlib import Path

import pytest

from etl.keys import KeyProblem, add_key, key_path, load_key
from etl.privacy import _hmac, age_band, next_pseudonym, protect, pseudonym
from etl.source import Context, Reading, Refusal
from etl.sources.wmo import WMO, read
from tests.support.wmo_export import bsns, line, sheet

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def no_named_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_SLEUTEL", raising=False)


def test_the_same_bsn_is_the_same_person_however_it_is_written() -> None:
    assert pseudonym("012345672", KEY, "bsn") == pseudonym(" 12345672 ", KEY, "bsn")
    assert len(pseudonym("1", KEY, "bsn")) == 64


def test_another_key_or_kind_gives_another_pseudonym() -> None:
    own = pseudonym("999900006", KEY, "bsn")
    assert own != pseudonym("999900006", OTHER, "bsn") and own != pseudonym("999900006", KEY, "wmo.persoon")


@pytest.mark.parametrize(
    ("birth", "band"),
    [("2007-07-01", "0-17"), ("2007-06-30", "18-44"), ("1960-07-01", "45-64"), ("1960-06-30", "65-74"),
     ("1950-06-30", "75-84"), ("1940-06-30", "85+"), ("1930-01-01", "85+")],
)  # fmt: skip
def test_a_birth_date_becomes_the_age_band_at_the_peildatum(birth: str, band: str) -> None:
    assert age_band(dt.date.fromisoformat(birth), dt.date(2025, 6, 30)) == band


def test_the_key_is_made_once_beside_the_store_and_for_the_owner_only(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    key = load_key(store)
    path = tmp_path / "store.sleutel"
    assert [len(secret) for secret in key] == [32] and load_key(store) == key and path == key_path(store)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir() if p != store] == ["store.sleutel"] and not list(store.iterdir())


def test_a_key_that_is_replaced_keeps_the_earlier_ones(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = load_key(store)
    both = add_key(store)
    assert both[:1] == first and len(both) == 2 and load_key(store) == both
    assert (tmp_path / "store.sleutel").stat().st_mode & 0o777 == 0o600 and len(list(tmp_path.iterdir())) == 1
    known = pseudonym("999900006", first, "bsn")
    assert known == pseudonym("999900006", first[0], "bsn")
    assert pseudonym("999900006", both, "bsn") == next_pseudonym(known, both[1]) != known


def test_a_key_that_others_can_read_or_that_lies_in_the_store_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    load_key(store)
    (tmp_path / "store.sleutel").chmod(0o640)
    if os.name == "posix":
        with pytest.raises(KeyProblem, match="chmod 600"):
            load_key(store)
    monkeypatch.setenv("MONITOR_SLEUTEL", str(store / "geheim"))
    with pytest.raises(KeyProblem, match="opslagmap"):
        load_key(store)


def test_a_damaged_key_is_refused_and_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store.sleutel"
    path.write_text("kort")
    path.chmod(0o600)
    with pytest.raises(KeyProblem, match="geen geldige sleutel"):
        load_key(tmp_path / "store")
    assert path.read_text() == "kort"


def test_only_declared_columns_survive_and_refused_values_are_masked() -> None:
    raw = read([sheet(line(0), line(1, Productcategorie="Voorbeeldnaam001"))], Context("Jansen wmo_2025-06-30.csv"))
    raw.refusals[0] = Refusal(
        raw.refusals[0].bestand,
        "Blad van Jansen",
        4,
        "Naam",
        "Voorbeeldnaam001",
        "in Jansen wmo_2025-06-30.csv staat 999900006.",
        "x",
    )
    safe = protect(raw, WMO, KEY)
    [refusal] = safe.refusals
    assert list(safe.tables["toekenning"].columns) == [c.name for c in WMO.entities[0].columns] + [
        "bron_blad",
        "bron_rij",
    ]
    assert (refusal.bestand, refusal.blad, refusal.kolom, refusal.waarde) == (
        "wmo 2025-06-30",
        "blad 101",
        "(afgeschermd)",
        "(afgeschermd)",
    )
    assert "Jansen" not in refusal.reden and "999900006" not in refusal.reden


def test_a_name_in_a_code_column_never_survives() -> None:
    raw = read([sheet(line(0), line(1))], Context("wmo_2025-06-30.csv"))
    raw.tables["toekenning"].loc[1, "productcategorie"] = "JANSEN"
    safe = protect(raw, WMO, KEY)
    assert safe.tables["toekenning"]["productcategorie"].tolist() == ["01"]
    assert (safe.rijen_geladen, safe.rijen_geweigerd, safe.refusals[-1].rij) == (1, 1, 4)
    assert "JANSEN" not in repr(safe)


def test_a_bsn_joins_over_client_numbers_and_deliveries() -> None:
    one = protect(read([sheet(line(0))], Context("wmo_2025-06-30.csv")), WMO, KEY)
    two = protect(read([sheet(line(0, **{"Cliëntnummer": "CL9"}))], Context("wmo_2025-07-31.csv")), WMO, KEY)
    assert (
        one.tables["toekenning"].persoon[0] == two.tables["toekenning"].persoon[0] == pseudonym(bsns(1)[0], KEY, "bsn")
    )


def test_a_source_without_persons_is_left_as_it_is() -> None:
    from dataclasses import replace

    reading = Reading(notices=["bestand x"])
    assert protect(reading, replace(WMO, personal=False), KEY) is reading


@pytest.mark.parametrize("key", [b"\x01" * 32, b"kort", b"lang" * 40, bytes(64)], ids=len)
@pytest.mark.parametrize("text", ["", "123456782", "x" * 500, "é€"], ids=len)
def test_a_pseudonym_is_what_the_standard_says_it_is(key: bytes, text: str) -> None:
    assert _hmac(key, text) == hmac.new(key, text.encode(), "sha256").hexdigest()
