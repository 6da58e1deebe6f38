"""The store follows the pointer, never mixes two publications, and survives a broken one."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard import queries
from dashboard.store import Publication, Store
from tests.support.publication import leeg, publish


def run_of(pub: Publication) -> str:
    return pub.frame("SELECT run FROM meta.publicatie")["run"].iloc[0]


def test_no_publication_yet_and_then_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.current() is None
    publish(tmp_path, leeg("eerste"), "a.duckdb")
    assert run_of(store.current()) == "eerste"


def test_a_broken_pointer_or_file_keeps_what_was_up(tmp_path: Path) -> None:
    publish(tmp_path, leeg("goed"), "a.duckdb")
    store = Store(tmp_path)
    assert run_of(store.current()) == "goed"
    for text in ("{", '{"bestand": "weg.duckdb"}', "[]", '{"bestand": 3}'):
        store.pointer.write_text(text, "utf-8")
        assert run_of(store.current()) == "goed"
    (tmp_path / "db" / "kapot.duckdb").write_bytes(b"geen database")
    store.pointer.write_text('{"bestand": "kapot.duckdb"}', "utf-8")
    assert run_of(store.current()) == "goed"
    publish(tmp_path, leeg("nieuw"), "b.duckdb")
    assert run_of(store.current()) == "nieuw"


def test_the_database_is_read_only_and_closed_to_the_outside(tmp_path: Path) -> None:
    publish(tmp_path, leeg(), "a.duckdb")
    pub = Store(tmp_path).current()
    for sql in (
        "DELETE FROM meta.publicatie",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            pub.frame(sql)


def test_an_answer_cannot_be_changed_for_the_next_reader(tmp_path: Path) -> None:
    publish(tmp_path, leeg("r"), "a.duckdb")
    pub = Store(tmp_path).current()
    mine = queries.publicatie(pub)
    mine.loc[0, "run"] = "veranderd"
    assert run_of(pub) == "r"


def tiny(store: Path, n: int) -> None:
    """Publish the smallest database that can be told apart, the way a refresh does."""
    folder = store / "db"
    folder.mkdir(exist_ok=True)
    with duckdb.connect(str(folder / f"m{n}.duckdb")) as db:
        db.execute("CREATE SCHEMA mart; CREATE SCHEMA meta; CREATE TABLE mart.fct_begroting (x INTEGER)")
        db.execute(f"CREATE TABLE meta.publicatie AS SELECT '{n}' AS run")
    temporary = folder / "nieuw.json"
    temporary.write_text(json.dumps({"bestand": f"m{n}.duckdb"}), "utf-8")
    temporary.replace(folder / "actueel.json")


def test_what_is_asked_for_all_onderdelen_at_once_is_the_same_as_asked_for_one(tmp_path: Path) -> None:
    publish(tmp_path, leeg(), "a.duckdb")
    pub = Store(tmp_path).current()
    sql = "SELECT * FROM (VALUES ('wmo', 2, 'b'), ('jeugd', 3, 'c'), ('wmo', 1, 'a'), (NULL, 4, 'd')) AS t(deel, n, x)"
    # In the order of the question, without the key; of a key that is not there, or is no key, the columns only.
    assert pub.part(sql, (), "wmo").to_dict("list") == {"n": [2, 1], "x": ["b", "a"]}
    assert pub.part(sql, (), "jeugd").index.tolist() == [0]
    for none in ("participatiewet", ""):
        assert pub.part(sql, (), none).to_dict("list") == {"n": [], "x": []}
    found = pub.part(sql, (), "wmo")
    found["n"] = 0
    assert pub.part(sql, (), "wmo")["n"].tolist() == [2, 1]


def test_readers_during_twenty_publications(tmp_path: Path) -> None:
    tiny(tmp_path, 0)
    store, stop = Store(tmp_path), threading.Event()
    sql = "SELECT run, (SELECT count(*) FROM mart.fct_begroting) AS n FROM meta.publicatie"

    def read() -> list[int]:
        seen: list[int] = []
        while not stop.is_set():
            pub = store.current()
            # Twice in one answer: both must come from the same publication.
            runs = {pub.frame(sql)["run"].iloc[0], run_of(pub)}
            assert len(runs) == 1
            seen.append(int(runs.pop()))
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for n in range(1, 21):
                tiny(tmp_path, n)
                if n > 3:
                    (tmp_path / "db" / f"m{n - 3}.duckdb").unlink()
        finally:
            stop.set()
        histories = [reader.result() for reader in readers]
    assert all(history == sorted(history) for history in histories)
    assert run_of(store.current()) == "20"


def test_of_many_who_ask_at_once_one_makes_the_answer(tmp_path: Path) -> None:
    publish(tmp_path, leeg(), "a.duckdb")
    pub = Store(tmp_path).current()
    started, made = threading.Barrier(8), []

    def ask(_n: int) -> str:
        started.wait(10)
        return pub.remember(("eens",), lambda: made.append(1) or "antwoord")

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"antwoord"}
    assert len(made) == 1


def test_what_failed_once_is_asked_again_and_the_oldest_is_forgotten_first(tmp_path: Path, monkeypatch) -> None:
    publish(tmp_path, leeg(), "a.duckdb")
    pub = Store(tmp_path).current()
    with pytest.raises(ZeroDivisionError):
        pub.remember(("fout",), lambda: 1 / 0)
    assert pub.remember(("fout",), lambda: "goed") == "goed"
    monkeypatch.setattr("dashboard.store.PAGE_LIMIT", 2)
    for name in ("a", "b", "a", "c"):
        pub.remember(("page", name), lambda name=name: name)
    assert pub.remember(("page", "a"), lambda: "opnieuw") == "a"
    assert pub.remember(("page", "b"), lambda: "opnieuw") == "opnieuw"
