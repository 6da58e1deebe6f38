"""A sheet that shrank by half is held back until somebody confirms it; the older figures stay."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from etl.deliveries import Selection
from etl.source import Column, Entity, Reading
from tests.support.toy_source import ONLY_INCREMENTS, TOY, Data, statuses
from tests.support.toy_source import read as read_stand

JULY, AUGUST, SEPTEMBER = "2026-07-31.csv", "2026-08-31.csv", "2026-09-30.csv"


def lines(count: int, year: int = 2026) -> list[str]:
    return [f"{year};{n};10" for n in range(count)]


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return Data(tmp_path)


def held(selection: Selection) -> list[tuple[str, str]]:
    """Reason and remedy of every delivery that is held back."""
    return [
        (r.reden, r.oplossing)
        for v in selection.deliveries
        for r in v.weigeringen
        if selection.status[v.levering_id] == "geweigerd"
    ]


def published(data: Data, selection: Selection) -> set[str]:
    return {row[0] for row in data.rows(selection)}


def test_half_the_rows_is_held_back_and_says_why_and_what_to_do(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(10))
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geweigerd"] and published(data, selection) == {"2026-08-31"}
    [(reden, oplossing)] = held(selection)
    assert "10 regels, tegen 20 in de levering van 31-08-2026" in reden and "bevestigd = [" in oplossing
    refused = selection.deliveries[-1]
    assert refused.rijen_gelezen == refused.rijen_geweigerd + refused.rijen_buiten_bereik and not refused.rijen_geladen


@pytest.mark.parametrize("by", ["name", "code"])
def test_a_confirmed_delivery_counts_also_after_the_file_and_the_mapping_are_gone(data: Data, by: str) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(10))
    first = data.refresh()
    code = held(first)[0][1].split('["')[1].split('"]')[0]
    data.put("mapping.toml", f'bevestigd = ["{SEPTEMBER if by == "name" else code}"]')
    confirmed = data.refresh()
    assert data.fresh == 0, "een bevestiging leest niets opnieuw"
    assert statuses(confirmed) == ["geldig", "geldig"] and published(data, confirmed) == {"2026-08-31", "2026-09-30"}
    data.remove("mapping.toml")
    data.remove(SEPTEMBER)
    assert published(data, data.refresh()) == {"2026-08-31", "2026-09-30"}


def test_one_row_more_than_half_is_not_held_back(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(11))
    assert statuses(data.refresh()) == ["geldig", "geldig"]


def test_after_a_held_delivery_the_last_good_one_is_the_measure(data: Data) -> None:
    data.put(JULY, *lines(20))
    data.put(AUGUST, *lines(8))
    data.put(SEPTEMBER, *lines(9))
    assert published(data, data.refresh()) == {"2026-07-31"}
    data.put("mapping.toml", f'bevestigd = ["{AUGUST}"]')
    assert published(data, data.refresh()) == {"2026-07-31", "2026-08-31", "2026-09-30"}


def test_the_right_file_for_that_day_takes_the_place_of_a_held_one(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(8))
    data.refresh()
    data.put(SEPTEMBER, *lines(21))
    selection = data.refresh()
    assert not held(selection) and statuses(selection) == ["geldig", "geldig", "vervangen"]


def test_a_shrunk_correction_leaves_what_it_would_correct(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(20))
    data.refresh()
    data.put(SEPTEMBER, *lines(4))
    selection = data.refresh()
    assert statuses(selection) == ["geldig", "geldig", "geweigerd"]
    assert len([r for r in data.rows(selection) if r[0] == "2026-09-30"]) == 20


def test_a_held_file_that_left_the_inbox_is_no_refusal_any_more_but_is_named(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put(SEPTEMBER, *lines(8))
    data.refresh()
    data.remove(SEPTEMBER)
    selection = data.refresh()
    assert statuses(selection) == ["geldig"] and "tegengehouden" in selection.meldingen[0]


def test_a_new_boekjaar_begins_small(data: Data) -> None:
    data.put("2025-12-31.csv", *lines(20, 2025))
    data.put("2026-01-31.csv", *lines(3, 2026))
    assert statuses(data.refresh()) == ["geldig", "geldig"]


def test_files_that_complete_each_other_are_one_state(data: Data) -> None:
    data.put(AUGUST, *lines(20))
    data.put("2026-09-30 een.csv", *lines(10))
    data.put("2026-09-30 twee.csv", *lines(20)[10:])
    assert statuses(data.refresh()) == ["geldig"] * 3


def test_increments_are_small_by_nature(data: Data) -> None:
    data.put("mapping.toml", '[[bestanden]]\npatroon = "*nieuw*"\nlevering = "aanvulling"\n')
    data.put(AUGUST, *lines(20))
    data.put("2026-09-30 nieuw.csv", *lines(2))
    assert statuses(data.refresh()) == ["geldig", "geldig"]


FILES = {"2026-05-31.csv": 20, "2026-06-30.csv": 7, JULY: 8, AUGUST: 18, SEPTEMBER: 5}


def test_what_is_held_does_not_depend_on_the_order_of_reading(tmp_path: Path) -> None:
    found = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(FILES), 0, None, 11)):
        data = Data(tmp_path / str(number))
        for name in order:
            data.put(name, *lines(FILES[name]))
            selection = data.refresh()
        found.add(tuple(sorted(published(data, selection))))
    assert found == {("2026-05-31", "2026-08-31")}


def test_a_peildatum_that_has_yet_to_come_is_refused_until_it_is_there(data: Data) -> None:
    data.put("2026-10-04.csv", *lines(2))  # the clock of the first refresh says 2 October
    first = data.refresh()
    assert statuses(first) == ["geweigerd"] and "04-10-2026 ligt in de toekomst" in held(first)[0][0]
    assert statuses(data.refresh()) == ["geweigerd"]
    assert statuses(data.refresh()) == ["geldig"]


LEDGER = Entity(
    "stand",
    "A ledger",
    (
        *TOY.entities[0].columns,
        Column("lasten_baten", "VARCHAR", "L or B"),
    ),
)


def _ledger(sheets: list, context: object) -> Reading:
    reading = read_stand(sheets, context)  # type: ignore[arg-type]
    table = reading.tables["stand"]
    table["lasten_baten"] = ["B" if code.startswith("b") else "L" for code in table["code"]]
    return reading


def test_a_ledger_of_which_half_the_cost_is_gone_is_held_back(tmp_path: Path) -> None:
    data = Data(tmp_path, replace(TOY, entities=(LEDGER,), read=_ledger))
    data.put(AUGUST, "2026;a;600", "2026;c;400,50", "2026;b;100")
    data.put(SEPTEMBER, "2026;a;500", "2026;c;0,25", "2026;b;900")
    [(reden, _)] = held(data.refresh())
    assert "€ 500,25 aan lasten, tegen € 1.000,50 in de levering van 31-08-2026" in reden
    assert "van 2026" in reden


def test_a_year_that_closes_lower_than_its_last_month_is_not_held_back(tmp_path: Path) -> None:
    data = Data(tmp_path, replace(TOY, entities=(LEDGER,), read=_ledger))
    data.put("2025-12-31.csv", "2025;a;1000")
    data.put("2026-01-31.csv", "2025;a;900", "2026;a;80")
    assert statuses(data.refresh(dt.date(2026, 2, 1))) == ["geldig", "geldig"]


def test_lines_that_begin_where_the_last_delivery_ended_are_an_increment_in_disguise(tmp_path: Path) -> None:
    growing = replace(TOY.entities[0], aangroei="code", toestand="laatste")
    data = Data(tmp_path, replace(TOY, entities=(growing,)))
    data.put(JULY, "2026;6;10", "2026;7;10")
    data.put(AUGUST, "2026;8;20")
    [(reden, _)] = held(data.refresh())
    assert "geen enkele regel (stand van 2026) is van voor de levering van 31-07-2026" in reden
    data.put("mapping.toml", ONLY_INCREMENTS)
    assert [row[2:] for row in data.rows(data.refresh())] == [("6", 10), ("7", 10), ("8", 20)]


def test_lines_of_the_year_so_far_are_a_whole_state(tmp_path: Path) -> None:
    data = Data(tmp_path, replace(TOY, entities=(replace(TOY.entities[0], aangroei="code"),)))
    data.put(AUGUST, "2026;9;10", "2026;8;10")
    data.put(SEPTEMBER, "2026;8;10", "2026;9;10", "2026;10;20")
    assert statuses(data.refresh()) == ["geldig", "geldig"]
