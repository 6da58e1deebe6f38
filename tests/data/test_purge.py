"""Retention: person rows that are too old go, what was published from them stays, and nobody can bring them back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from etl import build
from etl.build import Assignment
from etl.cli import app
from etl.inbox import scan
from etl.progress import Silent
from etl.source import sources
from etl.vintages import Vintages
from tests.support.refreshing import ask, put_k2f, report
from tests.support.refreshing import run_here as run

HEADER = "Clientnummer;Geboortedatum;Wijkcode;Aanvraagdatum;Besluitdatum;Besluit;Beschikkingnummer;Productcategorie;"
HEADER += "Ingangsdatum;Einddatum"
OLD, NEW = "2021-06-30", "2026-06-30"
TODAY = "2026-09-30"
FACTS = (
    *("mart.fct_voorziening", "mart.fct_voorziening_kenmerk", "mart.fct_toewijzing", "mart.fct_verplichting"),
    "mart.fct_stapeling",
)


def put_wmo(inbox: Path, day: str, clients: int, name: str | None = None) -> Path:
    year = int(day[:4])
    lines = [
        f"C{n:04d};1950-01-01;WK1895{n % 3:02d};{year}-0{n % 6 + 1}-03;{year}-0{n % 6 + 1}-10;toegekend;"
        f"B{year}{n:05d};01;{year}-0{n % 6 + 1}-15;"
        for n in range(clients)
    ]
    path = inbox / "wmo" / (name or f"wmo_{day}.csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


def purge(store: Path, *more: str) -> tuple[int, str]:
    said = CliRunner().invoke(app, ["purge", "--store", str(store), "--peildatum", TODAY, *more])
    return said.exit_code, said.output


def rows_of(store: Path, day: str) -> list[Path]:
    return sorted((store / "vintages" / "wmo" / day).rglob("*.parquet"))


def facts(store: Path) -> dict[str, list[tuple]]:
    found = {name: ask(store, f"SELECT * FROM {name} ORDER BY ALL") for name in FACTS}
    origins = "SELECT mart_tabel, sleutel, l.sha256, rijen FROM meta.herkomst JOIN meta.levering l USING (levering_id)"
    return found | {"meta.herkomst": ask(store, f"{origins} WHERE l.bron = 'wmo' ORDER BY ALL")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox, a store and its key, with an old and a new state of the registration."""
    root = tmp_path_factory.mktemp("bewaard")
    put_wmo(root / "inbox", OLD, 60)
    put_wmo(root / "inbox", NEW, 70)
    put_k2f(root / "inbox", dt.date(2026, 6, 30), 400_000)
    code, said = run(root / "inbox", root / "store")
    assert code == 0, said
    return root


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "r")
    return tmp_path / "r" / "store"


def test_old_person_rows_go_and_the_published_counts_stay_in_a_later_build(store: Path) -> None:
    before = facts(store)
    assert any(str(row[-1]) == OLD for row in before["mart.fct_voorziening"])

    code, said = purge(store, "--dry-run")
    assert code == 0 and "1 levering met 60 persoonsregels" in said and "niets verwijderd" in said
    assert rows_of(store, OLD) and rows_of(store, NEW)

    code, said = purge(store)
    assert code == 0 and "Verwijderd: 1 levering met 60 persoonsregels" in said
    assert not rows_of(store, OLD) and rows_of(store, NEW)

    put_k2f(store.parent / "inbox", dt.date(2026, 7, 31), 450_000)  # a later build
    put_wmo(store.parent / "inbox", OLD, 61, f"wmo_{OLD}_verbeterd.csv")  # would bring the rows of that day back
    code, said = run(store.parent / "inbox", store)
    assert code == 1, said
    assert [row["reden"].split(" (")[0] for row in report(store)["weigeringen"]] == [
        "de persoonsgegevens van peildatum 30-06-2021 zijn opgeschoond"
    ]
    assert facts(store) == before
    [(melding, gelezen)] = ask(
        store, f"SELECT melding, rijen_gelezen FROM meta.levering WHERE peildatum = '{OLD}' AND status = 'geldig'"
    )
    assert "opgeschoond" in melding and gelezen == 60
    assert not rows_of(store, OLD), "het bestand in de inbox brengt de regels niet terug"


def test_what_is_kept_is_published_rows_and_no_person(store: Path) -> None:
    purge(store)
    with duckdb.connect() as connection:
        for file in (store / "vintages" / "bewaard").glob("*.parquet"):
            columns = {c[0] for c in connection.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()}
            assert not columns & {"persoon", "huishouden", "beschikking"}
            assert not [name for name in pq.read_schema(file).names if name.startswith("bron_")]


def test_nothing_is_old_enough_says_so(store: Path) -> None:
    code, said = purge(store, "--jaren", "10")
    assert code == 0 and "Er zijn geen persoonsregels van voor 30-09-2016." in said
    assert rows_of(store, OLD)


@pytest.mark.long
def test_a_killed_purge_is_finished_by_the_next(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask(store, f"SELECT * FROM mart.fct_voorziening WHERE peildatum = '{OLD}' ORDER BY ALL")
    for stage in ("bewaard", "opgeschoond"):

        def killed(at: str, stage: str = stage) -> None:
            if at == stage:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("etl.purge.stop_here", killed)
            purge(store)
        assert rows_of(store, OLD), stage
    code, said = purge(store)
    assert code == 0 and not rows_of(store, OLD), said
    with duckdb.connect() as connection:
        kept = f"SELECT * FROM '{store}/vintages/bewaard/mart.fct_voorziening.parquet' ORDER BY ALL"
        assert connection.execute(kept).fetchall() == before


def test_an_old_state_that_increments_stand_on_stays(tmp_path: Path) -> None:
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    put_wmo(inbox, OLD, 60)
    put_wmo(inbox, "2026-05-31", 5, "wmo_2026-05-31_nieuw.csv")
    (inbox / "wmo" / "mapping.toml").write_text(
        '[[bestanden]]\npatroon = "*nieuw*"\nlevering = "aanvulling"\n', "utf-8"
    )
    vintages, registry = Vintages(store / "vintages"), sources()
    moment = dt.datetime(2026, 9, 1)  # noqa: DTZ001  UTC without zone
    intake = build._read(Assignment(inbox, store, moment), scan(inbox, registry), vintages, registry, Silent())
    build.select(intake, vintages, registry, moment, None)
    code, said = purge(store, "--dry-run")
    assert code == 0 and "1 oudere levering blijft, omdat latere aanvullingen erop voortbouwen" in said
    code, said = purge(store, "--dry-run", "--peildatum", "2030-09-30")  # by then the increment is old too
    assert code == 0 and "2 leveringen met 65 persoonsregels" in said and "blijft" not in said
