"""A refresh of CBS tables: what is kept, and that nothing broken replaces the last good copy."""
# ruff: noqa: DTZ001  the database keeps UTC moments without a zone

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl import cbs
from etl.cbs import CbsResult, last_copies, raw_views, refresh_cbs
from etl.cbs_tables import tables
from etl.cbs_tables.record import CbsTable
from etl.readers.odata import LIVE, Patience
from etl.readers.odata_server import Fault, Recorded, serve
from indicators.core.cbs import Topic
from indicators.core.contract import BY_NAME
from tests.recorded_cbs import read, small_youth_table, write

TOPIC = "JongerenMetJeugdhulpInNatura_1"
TABLE = CbsTable("85098NED", "jeugd", (Topic("JongerenMetJeugdhulpInNatura", "%", hint=TOPIC),))
FIRST, SECOND = dt.datetime(2026, 10, 1, 6), dt.datetime(2026, 11, 1, 6)
QUICK = Patience(timeout=5.0, attempts=2, first_wait=0.01, total=10.0)


@pytest.fixture(autouse=True)
def one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbs, "tables", lambda: (TABLE,))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return small_youth_table(tmp_path / "answers")


@pytest.fixture
def vintages(tmp_path: Path) -> Path:
    return tmp_path / "vintages"


def refresh(vintages: Path, answers: Path | str, moment: dt.datetime, *faults: Fault) -> CbsResult:
    if isinstance(answers, str):
        return refresh_cbs(vintages, answers, moment, patience=QUICK)[0]
    with serve(Recorded(answers, faults=list(faults))) as base:
        return refresh_cbs(vintages, base, moment, patience=QUICK)[0]


def figures(vintages: Path) -> pd.DataFrame:
    return duckdb.sql(raw_views(vintages)["raw.cbs__waarneming"]).df()


def own_value(vintages: Path) -> float:
    frame = figures(vintages)
    return float(frame[(frame.gebied_code == "GM1895") & (frame.periode == "2024JJ00")].waarde.iloc[0])


def copies(vintages: Path) -> list[str]:
    return sorted(p.name for p in (vintages / "cbs" / "85098NED").iterdir())


def change(answers: Path, collection: str, edit: Callable[[list[dict]], object]) -> None:
    rows = read(answers / "85098NED", collection)
    edit(rows)
    write(answers / "85098NED", collection, rows)


def test_keeps_figures_with_stripped_codes_and_status(vintages: Path, answers: Path) -> None:
    result = refresh(vintages, answers, FIRST)
    assert result == CbsResult(
        "85098NED", "Jeugdzorg (test)", dt.datetime(2025, 10, 31, 2), FIRST, "vers", None, "2025HJ01", 2, 0
    )
    frame = figures(vintages)
    assert len(frame) == 6
    assert set(frame.gebied_code) == {"NL01", "PV20", "GM1895"}
    assert set(frame.status) == {"voorlopig"}
    assert own_value(vintages) == 15.3


def test_the_result_is_a_row_of_the_published_table(vintages: Path, answers: Path) -> None:
    assert list(vars(refresh(vintages, answers, FIRST))) == BY_NAME["meta.cbs_tabel"].column_names


def test_the_same_answer_again_changes_nothing(vintages: Path, answers: Path) -> None:
    refresh(vintages, answers, FIRST)
    before = copies(vintages)
    assert refresh(vintages, answers, SECOND).opgehaald_op == FIRST
    assert copies(vintages) == before


def test_a_silent_revision_is_a_new_copy_and_the_old_one_stays(vintages: Path, answers: Path) -> None:
    """CBS revises history without touching Modified."""
    refresh(vintages, answers, FIRST)
    change(answers, "TypedDataSet", lambda rows: rows[4].update({TOPIC: 15.4}))
    assert refresh(vintages, answers, SECOND).opgehaald_op == SECOND
    assert (own_value(vintages), len(copies(vintages))) == (15.4, 2)
    change(answers, "TypedDataSet", lambda rows: rows[4].update({TOPIC: 15.3}))
    refresh(vintages, answers, SECOND)
    assert (own_value(vintages), len(copies(vintages))) == (15.3, 3)


@pytest.mark.parametrize(
    ("collection", "kind"),
    [("TypedDataSet", kind) for kind in ("500", "reset", "truncated", "html", "empty", "404")]
    + [
        (name, kind)
        for name in ("TableInfos", "DataProperties", "/RegioS", "/Perioden")
        for kind in ("truncated", "empty")
    ],
)
def test_a_fault_anywhere_leaves_the_last_good_copy(vintages: Path, answers: Path, kind: str, collection: str) -> None:
    refresh(vintages, answers, FIRST)
    result = refresh(vintages, answers, SECOND, Fault(kind, collection))
    assert (result.status, result.opgehaald_op) == ("laatste_goede", FIRST)
    assert "01-10-2026" in str(result.melding)
    assert own_value(vintages) == 15.3


@pytest.mark.parametrize("kind", ["500", "reset", "truncated", "html"])
def test_a_fault_that_passes_costs_nothing(vintages: Path, answers: Path, kind: str) -> None:
    assert refresh(vintages, answers, FIRST, Fault(kind, "TypedDataSet", times=1)).status == "vers"


def test_a_server_that_is_down(vintages: Path, answers: Path) -> None:
    assert refresh(vintages, "http://127.0.0.1:9", FIRST).status == "niet_beschikbaar"
    refresh(vintages, answers, FIRST)
    assert refresh(vintages, "http://127.0.0.1:9", SECOND).status == "laatste_goede"
    assert own_value(vintages) == 15.3


def test_a_server_slower_than_the_patience(vintages: Path, answers: Path) -> None:
    with serve(Recorded(answers, faults=[Fault("slow", seconds=0.3)])) as base:
        hasty = Patience(timeout=0.05, attempts=2, first_wait=0.01, total=5.0)
        result = refresh_cbs(vintages, base, FIRST, patience=hasty)[0]
    assert result.status == "niet_beschikbaar"
    assert "te lang" in str(result.melding)


def test_a_vanished_topic_is_named(vintages: Path, answers: Path) -> None:
    refresh(vintages, answers, FIRST)
    change(answers, "DataProperties", lambda rows: rows.pop())
    result = refresh(vintages, answers, SECOND)
    assert result.status == "laatste_goede"
    assert "JongerenMetJeugdhulpInNatura" in str(result.melding)
    assert "Gevraagd op 01-11-2026." in str(result.melding)
    assert result.ontbrekend == "JongerenMetJeugdhulpInNatura"


def test_a_moved_number_in_the_key_is_followed(vintages: Path, answers: Path) -> None:
    change(answers, "DataProperties", lambda rows: rows[-1].update({"Key": "JongerenMetJeugdhulpInNatura_27"}))
    change(
        answers,
        "TypedDataSet",
        lambda rows: [r.update({"JongerenMetJeugdhulpInNatura_27": r.pop(TOPIC)}) for r in rows],
    )
    assert refresh(vintages, answers, FIRST).status == "vers"
    assert own_value(vintages) == 15.3


@pytest.mark.parametrize("width", [4, 6, 9, 12])
def test_any_padding_gives_the_same_figures(vintages: Path, tmp_path: Path, width: int) -> None:
    assert refresh(vintages, small_youth_table(tmp_path / "wide", width=width), FIRST).status == "vers"
    assert own_value(vintages) == 15.3


def test_less_than_half_of_the_last_answer_is_refused(vintages: Path, answers: Path, tmp_path: Path) -> None:
    whole = small_youth_table(tmp_path / "whole")
    for i in range(9):
        code = f"GM000{i}".ljust(7)
        change(whole, "RegioS", lambda rows, code=code: rows.append({"Key": code, "Title": code}))
        change(whole, "TypedDataSet", lambda rows, code=code: rows.append({**rows[4], "RegioS": code}))
    refresh(vintages, whole, FIRST)
    assert "Het antwoord heeft 6 cijfers, de vorige keer 15" in str(refresh(vintages, answers, SECOND).melding)
    assert len(figures(vintages)) == 15


def test_a_lost_period_of_the_own_gemeente_is_refused(vintages: Path, answers: Path) -> None:
    refresh(vintages, answers, FIRST)
    change(answers, "TypedDataSet", lambda rows: rows.pop())
    assert "Van GM1895 ontbreekt nu 2025HJ01" in str(refresh(vintages, answers, SECOND).melding)


def test_a_withdrawn_figure_is_said(vintages: Path, answers: Path) -> None:
    refresh(vintages, answers, FIRST)
    change(answers, "TypedDataSet", lambda rows: rows[-1].update({TOPIC: None}))
    result = refresh(vintages, answers, SECOND)
    assert (result.status, result.melding) == ("vers", "CBS geeft voor GM1895 geen cijfer meer over 2025HJ01.")


@pytest.mark.parametrize(
    ("collection", "edit", "said"),
    [
        ("TypedDataSet", lambda rows: rows[0].update({TOPIC: "onzin"}), "geen getal"),
        ("TypedDataSet", lambda rows: rows.append(dict(rows[0])), "meer dan een keer"),
        ("TypedDataSet", lambda rows: rows[0].update({"Perioden": "2030"}), "geen periode"),
        ("TypedDataSet", lambda rows: rows.__delitem__(slice(2, 4)), "ontbreekt PV20"),
        ("TypedDataSet", lambda rows: [r.update({TOPIC: None}) for r in rows], "alleen lege cijfers"),
        ("DataProperties", lambda rows: rows.append({**rows[-1], "Key": "JongerenMetJeugdhulpInNatura_9"}), "een keer"),
        ("DataProperties", lambda rows: rows.append({"ID": 9, "Type": "Dimension", "Key": "Geslacht"}), "Geslacht"),
        ("DataProperties", lambda rows: rows[-1].update({"Unit": "aantal"}), "eenheid"),
    ],
)
def test_what_is_not_understood_is_refused(
    vintages: Path, answers: Path, collection: str, edit: Callable[[list[dict]], object], said: str
) -> None:
    change(answers, collection, edit)
    result = refresh(vintages, answers, FIRST)
    assert result.status == "niet_beschikbaar"
    assert said in str(result.melding)


def test_a_gemeente_without_figures_in_a_table_is_said(vintages: Path, answers: Path) -> None:
    change(answers, "RegioS", lambda rows: rows.pop())
    change(answers, "TypedDataSet", lambda rows: rows.__delitem__(slice(4, None)))
    assert "GM1895 staat niet in deze tabel." in str(refresh(vintages, answers, FIRST).melding)


@pytest.mark.parametrize(
    ("collection", "edit", "said"),
    [
        ("TableInfos", lambda rows: rows[0].update({"Modified": "gisteren"}), "'gisteren' is niet te lezen"),
        ("TableInfos", lambda rows: rows[0].pop("Modified"), "niet wanneer"),
        ("Perioden", lambda rows: rows.pop(), "1 codes staan niet in de lijst Perioden: 2025HJ01"),
        ("RegioS", lambda rows: rows.append({"Key": "GM0014 ", "Title": "X"}), "zijn er geen cijfers: GM0014"),
    ],
)
def test_what_does_not_touch_the_figures_is_only_said(
    vintages: Path, answers: Path, collection: str, edit: Callable[[list[dict]], object], said: str
) -> None:
    change(answers, collection, edit)
    result = refresh(vintages, answers, FIRST)
    assert result.status == "vers"
    assert said in str(result.melding)


def test_real_figures_take_the_place_of_synthetic_ones(vintages: Path, answers: Path, tmp_path: Path) -> None:
    sample = small_youth_table(tmp_path / "sample", value=99.0)
    change(sample, "TableInfos", lambda rows: rows[0].update({"Title": "VOORBEELDDATA Jeugdzorg"}))
    assert refresh(vintages, sample, FIRST).voorbeelddata
    change(answers, "TypedDataSet", lambda rows: rows.__delitem__(5))  # shorter than the synthetic series
    result = refresh(vintages, answers, SECOND)
    assert (result.status, result.voorbeelddata, own_value(vintages)) == ("vers", False, 15.3)


def test_a_damaged_copy_is_passed_over_and_made_anew(vintages: Path, answers: Path) -> None:
    refresh(vintages, answers, FIRST)
    folder = vintages / "cbs" / "85098NED" / copies(vintages)[0]
    (folder / "cijfers.parquet").write_bytes(b"half")
    assert figures(vintages).empty
    assert refresh(vintages, "http://127.0.0.1:9", SECOND).status == "niet_beschikbaar"
    assert refresh(vintages, answers, SECOND).status == "vers"
    assert own_value(vintages) == 15.3


def test_a_killed_write_leaves_nothing_that_counts(
    vintages: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.atomic.move_dir", killed)
    with pytest.raises(KeyboardInterrupt):
        refresh(vintages, answers, FIRST)
    monkeypatch.undo()
    monkeypatch.setattr(cbs, "tables", lambda: (TABLE,))
    assert figures(vintages).empty
    assert refresh(vintages, answers, FIRST).status == "vers"


def test_a_folder_of_answers_is_served_for_the_run(vintages: Path, answers: Path) -> None:
    said: list[str] = []
    assert refresh_cbs(vintages, answers, FIRST, said.append)[0].status == "vers"
    assert said == ["CBS-tabel 85098NED (1 van 1)"]


@pytest.mark.parametrize("address", ["http://", "ftp://cbs", "weg"])
def test_an_address_that_is_none_is_said(vintages: Path, tmp_path: Path, address: str) -> None:
    result = refresh_cbs(vintages, address if ":" in address else tmp_path / address, FIRST)[0]
    assert result.status == "niet_beschikbaar"
    assert "geen bestaande map" in str(result.melding)


def test_without_cbs_the_copies_at_hand_count(vintages: Path, answers: Path) -> None:
    assert last_copies(vintages)[0].status == "niet_beschikbaar"
    refresh(vintages, answers, FIRST)
    assert last_copies(vintages)[0].status == "laatste_goede"


def test_a_moment_with_a_zone_is_kept_in_utc(vintages: Path, answers: Path) -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    assert refresh(vintages, answers, FIRST.replace(tzinfo=zone)).opgehaald_op == dt.datetime(2026, 10, 1, 4)


def test_every_table_stands_on_a_known_server() -> None:
    assert {t.server for t in tables()} <= set(LIVE)
    assert len({t.id for t in tables()}) == len(tables())
