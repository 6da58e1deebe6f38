"""A refresh that is killed, doubled, fed with rubbish or repeated: the last publication stays whole, all is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import threading
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from etl.atomic import write_json
from etl.cli import app
from etl.publish import KEEP, free_run, publish
from indicators.compute import UnusableIndicator
from indicators.core.contract import TABLES, VIEWS
from tests.support.refreshing import ask, pointer, put_k2f, report, run, start, wait_for_stop

AUG, SEP = dt.date(2026, 8, 31), dt.date(2026, 9, 30)
BOOKED = "SELECT sum(bedrag_eur) FROM mart.v_realisatie"


def fingerprint(store: Path) -> dict[str, str]:
    """What a reader can see: every published file and the pointer."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (store / "db").iterdir()}


@pytest.fixture(scope="module")
def august(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox and a store in which August is published."""
    root = tmp_path_factory.mktemp("augustus")
    put_k2f(root / "inbox", AUG, 400_000)
    code, said = run(root / "inbox", root / "store")
    assert code == 0, said
    return root


@pytest.fixture
def root(august: Path, tmp_path: Path) -> Path:
    shutil.copytree(august, tmp_path / "r")
    return tmp_path / "r"


STAGES = ("lezen", "geregistreerd", "bouwen", "publiceren", "gepubliceerd")


@pytest.mark.parametrize(
    "stage", [s if s in ("bouwen", "publiceren") else pytest.param(s, marks=pytest.mark.long) for s in STAGES]
)
def test_killed_at_any_moment_the_last_publication_stays_and_the_next_refresh_is_clean(root: Path, stage: str) -> None:
    inbox, store = root / "inbox", root / "store"
    before = pointer(store)["bestand"]
    put_k2f(inbox, SEP, 450_000)
    process = start(inbox, store, stage)
    wait_for_stop(process, stage)
    process.kill()
    process.communicate(timeout=60)
    up = pointer(store)["bestand"]
    assert (up == before) is (stage != "gepubliceerd")
    assert ask(store, BOOKED)[0][0] == pytest.approx(600_000.75 if up == before else 675_000.75)
    code, said = run(inbox, store)
    assert code == 0, said
    assert ask(store, BOOKED)[0][0] == pytest.approx(675_000.75)
    assert ask(store, "SELECT count(*) FROM meta.levering WHERE status = 'geldig'") == [(2,)]
    assert not list((store / "werk").glob("bouw-*")) and not list(store.rglob(".bezig-*"))
    assert len(list((store / "db").glob("*.duckdb"))) <= KEEP


def test_two_refreshes_at_once(root: Path) -> None:
    inbox, store = root / "inbox", root / "store"
    put_k2f(inbox, SEP, 450_000)
    first = start(inbox, store, "bouwen")
    wait_for_stop(first, "bouwen")
    before = fingerprint(store)
    code, said = run(inbox, store)
    assert code == 2 and "loopt al een verversing" in said
    assert fingerprint(store) == before and list((store / "werk").glob("bouw-*")), "de lopende is niet gestoord"
    first.kill()
    first.communicate(timeout=60)


def test_the_same_delivery_twice_changes_nothing(root: Path) -> None:
    before = fingerprint(root / "store")
    code, said = run(root / "inbox", root / "store")
    assert code == 0 and "niets veranderd" in said
    assert fingerprint(root / "store") == before
    assert report(root / "store")["nieuw_gelezen"] == 0


def test_a_broken_file_leaves_the_published_bytes_as_they_were(root: Path) -> None:
    inbox, store = root / "inbox", root / "store"
    before = fingerprint(store)
    (inbox / "k2f" / "kapot.xlsx").write_bytes(b"PK\x03\x04 afgebroken")
    (inbox / "k2f" / "leeg.csv").write_bytes(b"")
    code, _ = run(inbox, store)
    assert code == 2 and fingerprint(store) == before
    refused = {row["bestand"] for row in report(store)["weigeringen"]}
    assert refused == {"kapot.xlsx", "leeg.csv"} and all(row["oplossing"] for row in report(store)["weigeringen"])
    put_k2f(inbox, SEP, 450_000)
    code, _ = run(inbox, store)
    assert code == 1 and ask(store, "SELECT count(*) FROM meta.levering WHERE status = 'geweigerd'") == [(2,)]


def test_a_correction_is_published_and_its_origin_followed(root: Path) -> None:
    inbox, store = root / "inbox", root / "store"
    put_k2f(inbox, AUG, 410_000, "k2f_2026-08-31_verbeterd.csv")
    code, said = run(inbox, store)
    assert code == 0, said
    assert ask(store, BOOKED)[0][0] == pytest.approx(615_000.75)
    assert sorted(r[0] for r in ask(store, "SELECT status FROM meta.levering")) == ["geldig", "vervangen"]
    files = ask(store, "SELECT DISTINCT bestand FROM meta.herkomst JOIN meta.levering USING (levering_id)")
    assert files == [("k2f_2026-08-31_verbeterd.csv",)]


def test_an_indicator_that_may_not_be_published_stops_the_publication(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unusable(*_: object) -> None:
        raise UnusableIndicator("Indicator proef geeft GM1895 2024JJ00 dubbel.")

    monkeypatch.setattr("indicators.compute.compute", unusable)
    inbox, store = root / "inbox", root / "store"
    before = fingerprint(store)
    put_k2f(inbox, SEP, 450_000)
    said = CliRunner().invoke(app, ["refresh", "--inbox", str(inbox), "--store", str(store), "--no-cbs"])
    assert said.exit_code == 2 and fingerprint(store) == before
    expected = "Indicator proef geeft GM1895 2024JJ00 dubbel. De vorige publicatie blijft staan."
    assert report(store)["melding"] == expected and not (store / "werk" / "logs").exists()


def test_a_sample_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    said = CliRunner().invoke(app, ["sample", "--out", str(tmp_path / "uit"), "--van", "1990"])
    assert said.exit_code == 2 and said.output.startswith("Het beginjaar moet liggen tussen")
    assert "Traceback" not in said.output and not (tmp_path / "uit").exists()


def test_the_report_has_the_promised_fields(root: Path) -> None:
    said = report(root / "store")
    promised = {
        "uitkomst",
        "exitcode",
        "run",
        "begonnen_op",
        "klaar_op",
        "peildatum",
        "leveringen",
        "weigeringen",
        "cbs",
    }
    assert promised | {"controles", "melding"} <= set(said)
    assert {"bestand", "bron", "sha256", "peildatum", "status", "melding", "rijen_gelezen"} <= set(
        said["leveringen"][0]
    )
    assert all(check["goed"] for check in said["controles"])


def test_nothing_to_publish_says_so(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    code, said = run(tmp_path / "inbox", tmp_path / "store")
    assert code == 2 and "niets om te publiceren" in said and report(tmp_path / "store")["exitcode"] == 2


def _versions(folder: Path, count: int) -> list[Path]:
    """Databases with the promised tables, in which every table that is read says which version it is."""
    empty = folder / "leeg.duckdb"
    folder.mkdir(parents=True)
    with duckdb.connect(str(empty)) as db:
        db.execute("CREATE SCHEMA mart; CREATE SCHEMA meta")
        for table in TABLES:
            db.execute(table.ddl)
        for name, sql in VIEWS.items():
            db.execute(f"CREATE VIEW {name} AS {sql}")
    made = []
    for number in range(count):
        path = folder / f"bouw-{number}" / "monitor.duckdb"
        path.parent.mkdir()
        shutil.copy(empty, path)
        with duckdb.connect(str(path)) as db:
            db.execute("INSERT INTO meta.publicatie (run) VALUES (?)", [str(number)])
            db.execute("INSERT INTO mart.dim_onderdeel (onderdeel) VALUES (?)", [str(number)])
        made.append(path)
    return made


def test_readers_during_twenty_publications_see_whole_versions(tmp_path: Path) -> None:
    moment = dt.datetime(2026, 10, 1)  # noqa: DTZ001
    first, *later = _versions(tmp_path / "werk", 21)
    publish(tmp_path, first, free_run(tmp_path, moment), SEP)
    stop, seen, errors = threading.Event(), set(), []
    looked = [threading.Event() for _ in range(2)]

    def reader(done: threading.Event) -> None:
        # As the dashboard: look at the pointer, open what it names, ask two tables.
        while not stop.is_set():
            try:
                runs = ask(
                    tmp_path, "SELECT (SELECT run FROM meta.publicatie), (SELECT onderdeel FROM mart.dim_onderdeel)"
                )
                seen.add(runs[0])
            except Exception as problem:
                errors.append(problem)
            done.set()

    readers = [threading.Thread(target=reader, args=[done]) for done in looked]
    for thread in readers:
        thread.start()
    for build in later:
        # However busy the machine is, everybody has read between two publications: nobody is three versions behind.
        for done in looked:
            assert done.wait(60)
            done.clear()
        publish(tmp_path, build, free_run(tmp_path, moment), SEP)
    stop.set()
    for thread in readers:
        thread.join()
    assert not errors and all(one == other for one, other in seen) and len(seen) > 1
    assert len(list((tmp_path / "db").glob("*.duckdb"))) == KEEP and pointer(tmp_path)["run"].endswith("-21")
    assert not list(tmp_path.rglob("*.wal"))


def test_a_full_disk_leaves_the_old_pointer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "actueel.json"
    write_json(target, {"bestand": "oud"})

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_json(target, {"bestand": "nieuw"})
    assert json.loads(target.read_text("utf-8")) == {"bestand": "oud"} and len(list(tmp_path.iterdir())) == 1


def test_status_tells_what_is_up(root: Path) -> None:
    said = CliRunner().invoke(app, ["status", "--store", str(root / "store"), "--json"])
    state = json.loads(said.output)
    assert (
        state["publicatie"]["peildatum"] == "2026-08-31" and state["laatste_verversing"]["uitkomst"] == "gepubliceerd"
    )
