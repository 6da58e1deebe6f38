"""Increments: the state is the last whole one and what came after it, in whichever order the files come."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest

from tests.support.toy_source import KEYLESS, NEWEST, ONLY_INCREMENTS, Data, statuses

MAPPING = '[[bestanden]]\npatroon = "*nieuw*"\nlevering = "aanvulling"\n'


@pytest.fixture
def data(tmp_path: Path) -> Data:
    made = Data(tmp_path)
    made.put("mapping.toml", MAPPING)
    return made


def test_an_increment_stands_on_the_last_whole_state_and_replaces_rows_of_its_keys(data: Data) -> None:
    data.put("2026-01-31.csv", "2026;a;1", "2026;b;2")
    data.put("2026-02-28 nieuw.csv", "2026;b;20", "2026;c;3")
    data.put("2026-03-31 nieuw.csv", "2026;a;100")
    selection = data.refresh()
    assert statuses(selection) == ["geldig"] * 3
    rows = data.rows(selection)
    assert [r[2:] for r in rows if r[0] == "2026-01-31"] == [("a", 1), ("b", 2)]
    assert [r[2:] for r in rows if r[0] == "2026-02-28"] == [("a", 1), ("b", 20), ("c", 3)]
    assert [r[2:] for r in rows if r[0] == "2026-03-31"] == [("a", 100), ("b", 20), ("c", 3)]


def test_a_new_whole_state_begins_again(data: Data) -> None:
    data.put("2026-01-31.csv", "2026;a;1")
    data.put("2026-02-28 nieuw.csv", "2026;b;2")
    data.put("2026-03-31.csv", "2026;c;3")
    data.put("2026-04-30 nieuw.csv", "2026;d;4")
    rows = data.rows(data.refresh())
    assert [r[2] for r in rows if r[0] == "2026-04-30"] == ["c", "d"]


def test_every_boekjaar_is_a_state_of_its_own(data: Data) -> None:
    data.put("2025-12-31.csv", "2025;a;1")
    data.put("2026-01-31 nieuw.csv", "2025;b;2", "2026;a;3")
    data.put("2026-02-28 nieuw.csv", "2026;b;4")
    rows = data.rows(data.refresh())
    assert [r[1:] for r in rows if r[0] == "2026-01-31"] == [(2025, "a", 1), (2025, "b", 2), (2026, "a", 3)]
    # 2025 was not delivered any more in February: there is no state of it on that day.
    assert [r[1:] for r in rows if r[0] == "2026-02-28"] == [(2026, "a", 3), (2026, "b", 4)]


def test_a_corrected_increment_replaces_the_earlier_one_only(data: Data) -> None:
    data.put("2026-01-31.csv", "2026;a;1")
    data.put("2026-02-28 nieuw.csv", "2026;b;2", "2026;c;3")
    data.refresh()
    data.put("2026-02-28 nieuw.csv", "2026;b;5")
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geldig", "vervangen"]
    assert [r[2:] for r in data.rows(selection) if r[0] == "2026-02-28"] == [("a", 1), ("b", 5)]


def test_a_corrected_whole_state_changes_what_was_built_on_it(data: Data) -> None:
    data.put("2026-01-31.csv", "2026;a;1")
    data.put("2026-02-28 nieuw.csv", "2026;b;2")
    data.refresh()
    data.put("2026-01-31.csv", "2026;a;9")
    assert [r[2:] for r in data.rows(data.refresh()) if r[0] == "2026-02-28"] == [("a", 9), ("b", 2)]


def test_the_same_increment_twice_counts_once(tmp_path: Path) -> None:
    data = Data(tmp_path, KEYLESS)
    data.put("mapping.toml", ONLY_INCREMENTS)
    data.put("2026-01-31 a.csv", "2026;a;1", "2026;a;1")
    data.put("2026-01-31 kopie.csv", "2026;a;1", "2026;a;1")
    data.put("2026-01-31 andere volgorde.csv", "2026;a;1", "2026;a;1", "")
    selection = data.refresh()
    assert [r[2:] for r in data.rows(selection)] == [("a", 1), ("a", 1)]


def test_rows_without_a_key_add_up(tmp_path: Path) -> None:
    data = Data(tmp_path, KEYLESS)
    data.put("mapping.toml", ONLY_INCREMENTS)
    data.put("2026-01-31.csv", "2026;a;1")
    data.put("2026-01-31 andere afdeling.csv", "2026;b;1")
    data.put("2026-02-28.csv", "2026;a;1")
    rows = data.rows(data.refresh())
    assert [r[2:] for r in rows if r[0] == "2026-02-28"] == [("a", 1), ("a", 1), ("b", 1)]


def test_increments_of_one_day_that_share_a_part_of_their_rows_are_refused(tmp_path: Path) -> None:
    data = Data(tmp_path, KEYLESS)
    data.put("mapping.toml", ONLY_INCREMENTS)
    data.put("2026-01-31 eerst.csv", "2026;a;1", "2026;b;2")
    data.put("2026-01-31 later.csv", "2026;a;1", "2026;b;3")
    selection = data.refresh()
    assert statuses(selection) == ["geweigerd", "geweigerd"]
    reden = selection.deliveries[0].weigeringen[-1].reden
    assert "aanvulling van 31-01-2026" in reden and "gemeen" in reden


def test_an_increment_beside_a_whole_state_of_its_day_adds_nothing_and_says_so(data: Data) -> None:
    data.put("2026-01-31 nieuw.csv", "2026;b;2")
    data.put("2026-01-31.csv", "2026;a;1", "2026;b;3")
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "vervangen"]
    assert [r[2:] for r in data.rows(selection)] == [("a", 1), ("b", 3)]
    assert any("volledige levering" in m for v in selection.deliveries for m in v.meldingen)


def test_only_the_newest_state_is_read_where_that_is_what_counts(tmp_path: Path) -> None:
    data = Data(tmp_path, NEWEST)
    data.put("mapping.toml", MAPPING)
    data.put("2025-12-31.csv", "2025;a;1")
    data.put("2026-01-31.csv", "2026;a;2", "2026;b;2")
    data.put("2026-02-28.csv", "2026;a;3")
    data.put("2026-03-31 nieuw.csv", "2026;c;4")
    data.put("2026-04-30 nieuw.csv", "2026;c;5", "2026;d;6")
    selection = data.refresh()
    # Rows keep the day of their own delivery; 2025 is a state of its own and is still the newest of it.
    expected = [("2025-12-31", 2025, "a", 1), ("2026-02-28", 2026, "a", 3)]
    expected += [("2026-04-30", 2026, "c", 5), ("2026-04-30", 2026, "d", 6)]
    assert data.rows(selection) == expected and statuses(selection) == ["geldig"] * 5
    earlier = data.refresh(dt.date(2026, 3, 31))
    assert data.rows(earlier)[-1] == ("2026-03-31", 2026, "c", 4)


FILES = {
    "2026-01-31.csv": ("2026;a;1", "2026;b;2"),
    "2026-02-28 nieuw.csv": ("2026;b;20", "2026;c;3"),
    "2026-03-31 nieuw.csv": ("2026;a;100", "2025;z;7"),
    "2026-04-30.csv": ("2026;d;4",),
}


def test_any_order_gives_the_same_states(tmp_path: Path) -> None:
    together = Data(tmp_path / "samen")
    together.put("mapping.toml", MAPPING)
    for name, rows in FILES.items():
        together.put(name, *rows)
    expected = together.rows(together.refresh())
    # Every second of the 24: what is left out is one of these with its last two the other way round.
    for number, order in enumerate(list(itertools.permutations(FILES))[::2]):
        data = Data(tmp_path / str(number))
        data.put("mapping.toml", MAPPING)
        for name in order:
            data.put(name, *FILES[name])
            selection = data.refresh()
        assert data.rows(selection) == expected, order
        for day in (dt.date(2026, 1, 31), dt.date(2026, 3, 31)):
            before = [r for r in expected if r[0] <= str(day)]
            assert data.rows(data.refresh(day)) == before
