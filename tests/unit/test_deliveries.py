"""Which delivery counts: the same again, a correction, a late one, two that complete each other or contradict."""

from __future__ import annotations

import datetime as dt
import decimal
from pathlib import Path

import duckdb
import pytest

from etl.inbox import scan
from etl.transform import raw_views
from tests.support.toy_source import TOY, Data, statuses


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path)


def test_the_same_bytes_again_are_not_even_read(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10")
    first = data.refresh()
    assert data.fresh == 1
    again = data.refresh()
    assert data.fresh == 0 and again.status == first.status
    data.put("2026-09-30 kopie.csv", "2026;a;10")
    copy = data.refresh()
    assert copy.status == first.status and data.rows(copy) == [("2026-09-30", 2026, "a", 10)]


def test_a_delivery_counts_on_after_it_left_the_inbox(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10")
    data.refresh()
    data.remove("2026-09-30.csv")
    assert data.rows(data.refresh()) == [("2026-09-30", 2026, "a", 10)]


def test_a_correction_counts_and_the_older_stays_as_vintage(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10", "2026;b;5")
    data.refresh()
    data.put("2026-09-30.csv", "2026;a;12", "2026;b;5")
    corrected = data.refresh()
    assert statuses(corrected) == ["geldig", "vervangen"]
    assert data.rows(corrected) == [("2026-09-30", 2026, "a", 12), ("2026-09-30", 2026, "b", 5)]
    assert len(list((data.store / "vintages" / "k2f" / "2026-09-30").iterdir())) == 2
    assert data.rows(data.refresh()) == data.rows(corrected)


def test_the_old_bytes_again_do_not_undo_a_correction(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10")
    data.refresh()
    data.put("2026-09-30.csv", "2026;a;12")
    data.refresh()
    data.put("2026-09-30.csv", "2026;a;10")
    assert data.rows(data.refresh()) == [("2026-09-30", 2026, "a", 12)]


def test_an_older_delivery_that_comes_late_takes_its_place_in_time(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10")
    data.refresh()
    data.put("2026-08-31.csv", "2026;a;8")
    late = data.refresh()
    assert data.rows(late) == [("2026-08-31", 2026, "a", 8), ("2026-09-30", 2026, "a", 10)]
    assert late.newest == dt.date(2026, 9, 30)


def test_the_monitor_as_of_a_day_leaves_later_deliveries_out(data: Data) -> None:
    data.put("2026-08-31.csv", "2026;a;8")
    data.put("2026-09-30.csv", "2026;a;10")
    selection = data.refresh(dt.date(2026, 9, 1))
    assert data.rows(selection) == [("2026-08-31", 2026, "a", 8)]
    assert selection.newest == dt.date(2026, 8, 31) and selection.later == 1


def test_files_of_one_refresh_with_other_keys_complete_each_other(data: Data) -> None:
    data.put("2026-09-30 wmo.csv", "2026;a;10")
    data.put("2026-09-30 jeugd.csv", "2026;b;5")
    assert data.rows(data.refresh()) == [("2026-09-30", 2026, "a", 10), ("2026-09-30", 2026, "b", 5)]


def test_rows_that_two_files_share_count_once(data: Data) -> None:
    data.put("2026-09-30 een.csv", "2026;a;10", "2026;b;5")
    data.put("2026-09-30 twee.csv", "2026;b;5", "2026;c;1")
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geldig"]
    assert [row[2:] for row in data.rows(selection)] == [("a", 10), ("b", 5), ("c", 1)]


def test_files_of_one_refresh_that_contradict_are_both_refused(data: Data) -> None:
    data.put("2026-08-31.csv", "2026;a;8")
    data.refresh()
    data.put("2026-08-31 een.csv", "2026;a;10")
    data.put("2026-08-31 twee.csv", "2026;a;11")
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geweigerd", "geweigerd"]
    assert data.rows(selection) == [("2026-08-31", 2026, "a", 8)]
    for delivery in selection.deliveries:
        if selection.status[delivery.levering_id] == "geweigerd":
            reden = delivery.weigeringen[-1].reden
            assert "2026-08-31 een.csv" in reden and "2026-08-31 twee.csv" in reden


def test_taking_the_wrong_one_away_lets_the_other_count(data: Data) -> None:
    data.put("2026-08-31 een.csv", "2026;a;10")
    data.put("2026-08-31 twee.csv", "2026;a;11")
    data.refresh()
    data.remove("2026-08-31 een.csv")
    selection = data.refresh()
    assert statuses(selection) == ["geldig"] and data.rows(selection) == [("2026-08-31", 2026, "a", 11)]


def test_a_later_file_of_another_boekjaar_replaces_nothing(data: Data) -> None:
    data.put("2026-01-31 nieuw.csv", "2026;a;1")
    data.refresh()
    data.put("2026-01-31 afsluiting.csv", "2025;a;99")
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geldig"] and len(data.rows(selection)) == 2


def test_a_correction_of_one_boekjaar_leaves_the_other_as_it_was(data: Data) -> None:
    data.put("2026-01-31.csv", "2025;a;99", "2026;a;1")
    data.refresh()
    data.put("2026-01-31 verbeterd.csv", "2025;a;98")
    selection = data.refresh()
    assert [row[1:] for row in data.rows(selection)] == [(2025, "a", 98), (2026, "a", 1)]
    assert statuses(selection) == ["geldig", "geldig"]


def test_another_mapping_reads_the_file_again_in_its_own_place(data: Data) -> None:
    data.put("2026-09-30 eerst.csv", "2026;a;1")
    data.refresh()
    data.put("2026-09-30 later.csv", "2026;a;2")
    data.refresh()
    data.put("mapping.toml", 'eenheid = "x1000"')
    selection = data.refresh()
    assert data.fresh == 2 and statuses(selection) == ["geldig", "vervangen"]
    assert data.rows(selection) == [("2026-09-30", 2026, "a", 2000)]


def test_a_broken_mapping_refuses_the_folder_and_changes_nothing(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;1")
    data.refresh()
    data.put("mapping.toml", 'eenheid = "duizend"')
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geweigerd"] and data.rows(selection) == [("2026-09-30", 2026, "a", 1)]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50])
def test_a_half_copied_file_is_refused_alone(data: Data, content: bytes) -> None:
    data.put("2026-09-30.csv", "2026;a;1")
    (data.inbox / "k2f" / "2026-08-31.csv").write_bytes(content)
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geweigerd"] and data.rows(selection) == [("2026-09-30", 2026, "a", 1)]
    (data.inbox / "k2f" / "2026-08-31.csv").unlink()
    assert statuses(data.refresh()) == ["geldig"]


def test_lock_files_subfolders_and_unknown_folders_are_no_deliveries(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;1")
    data.put("~$2026-08-31.xlsx", "x")
    (data.inbox / "k2f" / "oud").mkdir()
    (data.inbox / "onbekend").mkdir()
    assert statuses(data.refresh()) == ["geldig"]
    notices = " ".join(scan(data.inbox, {"k2f"}).notices)
    assert "onbekend" in notices and "map binnen de map k2f" in notices


def test_stored_rows_keep_their_types_and_place(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10,25")
    sql = raw_views(data.refresh(), {"k2f": TOY}, {})["raw.k2f__stand"]
    with duckdb.connect() as connection:
        described = dict(connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {sql})").fetchall())
        assert described["bedrag_eur"] == "DECIMAL(18,2)" and described["peildatum"] == "DATE"
        assert connection.execute(f"SELECT bedrag_eur, bron_rij FROM ({sql})").fetchone() == (
            decimal.Decimal("10.25"),
            1,
        )


def test_an_amount_finer_than_its_column_refuses_the_file(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10,255")
    assert statuses(data.refresh()) == ["geweigerd"]


def test_vintages_are_for_this_account_only(data: Data) -> None:
    data.put("2026-09-30.csv", "2026;a;10")
    data.refresh()
    folders = [p for p in [data.store / "vintages", *(data.store / "vintages").rglob("*")] if p.is_dir()]
    assert {oct(p.stat().st_mode & 0o777) for p in folders} == {"0o700"}
