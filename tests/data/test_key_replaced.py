"""The key is replaced: everyone stays who they were, the old key is worth nothing, a killed run is finished."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from etl.cli import app
from etl.keys import load_key
from etl.privacy import pseudonym
from etl.progress import Silent
from etl.rekey import up_to_date
from tests.support.refreshing import ask
from tests.support.refreshing import run_here as run
from tests.support.wmo_export import bsns, line, write

ALL = "SELECT * FROM mart.fct_voorziening ORDER BY ALL"
pytestmark = pytest.mark.long
JUNE, JULY, AUGUST = "2025-06-30", "2025-07-31", "2025-08-31"


def put(inbox: Path, day: str, clients: int) -> None:
    write(inbox / "wmo" / f"wmo_{day}.csv", *(line(n) for n in range(clients)))


def replace(store: Path) -> tuple[int, str]:
    said = CliRunner().invoke(app, ["sleutel", "--store", str(store), "--vervang"])
    return said.exit_code, said.output


def persons(store: Path, day: str) -> set[str]:
    [file] = (store / "vintages" / "wmo" / day).rglob("toekenning.parquet")
    return set(pq.read_table(file)["persoon"].to_pylist())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sleutel")
    put(root / "inbox", JUNE, 20)
    put(root / "inbox", JULY, 25)
    code, said = run(root / "inbox", root / "store")
    assert code == 0, said
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "r")
    return tmp_path / "r"


def test_everyone_stays_who_they_were_over_the_replacement(root: Path) -> None:
    inbox, store = root / "inbox", root / "store"
    before, published = persons(store, JUNE), ask(store, ALL)
    [old] = load_key(store)
    code, said = replace(store)
    assert code == 0 and "1 keer vervangen" in said
    after = persons(store, JUNE)
    assert len(after) == len(before) and not after & before and after <= persons(store, JULY)
    own = bsns(1)[0]
    assert pseudonym(own, old, "bsn") in before and pseudonym(own, old, "bsn") not in after
    assert pseudonym(own, load_key(store), "bsn") in after

    put(inbox, AUGUST, 30)
    code, said = run(inbox, store)
    assert code == 0, said
    assert persons(store, JULY) < persons(store, AUGUST), "wie later komt, wordt nog steeds herkend"
    assert [row for row in ask(store, ALL) if str(row[-1]) != AUGUST] == published
    assert len(list((store / "vintages" / "wmo").rglob("toekenning.parquet"))) == 3, "niets is opnieuw gelezen"

    code, said = replace(store)
    assert code == 0 and "2 keer vervangen" in said and persons(store, JULY) < persons(store, AUGUST)


@pytest.mark.parametrize("stage", ["sleutel", "omsleutelen"])
def test_a_killed_replacement_is_finished_by_the_next_refresh(
    root: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, store = root / "inbox", root / "store"

    def killed(at: str) -> None:
        if at == stage:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("etl.rekey.stop_here", killed)
        replace(store)
    assert len(load_key(store)) == 2
    if stage == "omsleutelen":  # one file has the new pseudonyms, the other does not
        assert not persons(store, JUNE) & persons(store, JULY)
        put(inbox, AUGUST, 30)
        code, said = run(inbox, store)
        assert code == 0, said
        assert persons(store, JULY) < persons(store, AUGUST)
    else:
        up_to_date(store, load_key(store), Silent())
    assert persons(store, JUNE) < persons(store, JULY)
    assert pseudonym(bsns(1)[0], load_key(store), "bsn") in persons(store, JUNE)


@pytest.mark.parametrize("other", ["another key", "the key of before the replacement"])
def test_a_key_of_another_store_or_time_is_refused(root: Path, other: str) -> None:
    file = root / "store.sleutel"
    if other == "another key":
        file.write_text("cd" * 32 + "\n", "ascii")
    else:
        old = file.read_text("ascii")
        replace(root / "store")
        file.write_text(old, "ascii")
    put(root / "inbox", AUGUST, 30)
    code, said = run(root / "inbox", root / "store")
    assert code == 2 and "niet die waarmee deze opslag is gemaakt" in said
    assert not (root / "store" / "vintages" / "wmo" / AUGUST).exists()


def test_without_the_option_nothing_changes(root: Path) -> None:
    before = persons(root / "store", JUNE)
    said = CliRunner().invoke(app, ["sleutel", "--store", str(root / "store")])
    assert said.exit_code == 0 and "nog niet vervangen" in said.output and persons(root / "store", JUNE) == before
