"""The list of known steps: read as it stands; what is not certain is refused with file, line, column and remedy."""

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from etl.cli import app
from indicators.core.settings import REFERENCE, settings
from indicators.core.stappen import COLUMNS, Stap, UnusableStep, stappen

HEADER = ",".join(COLUMNS)
GEMEENTE = "\n".join(
    line for line in (REFERENCE / "instellingen.toml").read_text("utf-8").splitlines() if "stappen" not in line
)
PRICE = 'wmo,L,2026-07-01,,procent,"2,5",2026-03-12,Nieuwe tarieven Wmo'
PAYMENT = "toegang,L,2026-10-01,2026-10-01,bedrag,45000,2025-11-06,Tweede deel subsidie"


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of an installation that keeps a list of steps of its own; gives that list."""
    (tmp_path / "eigen.toml").write_text('stappen = "stappen_2026.csv"\n' + GEMEENTE, "utf-8")
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(tmp_path / "eigen.toml"))
    return tmp_path / "stappen_2026.csv"


def test_the_list_of_the_repository_holds_no_facts_of_anyone() -> None:
    assert stappen() == []
    assert (REFERENCE / "stappen.csv").read_text("utf-8") == HEADER + "\n"


def test_own_steps_are_read_in_order_of_their_first_month(lists: Path) -> None:
    lists.write_text("\n".join((HEADER, PAYMENT, "", PRICE)) + "\n", "utf-8")
    price, payment = stappen()
    day = dt.date(2026, 7, 1)
    assert price == Stap("wmo", "L", day, None, "procent", 2.5, dt.date(2026, 3, 12), "Nieuwe tarieven Wmo")
    assert (payment.soort, payment.waarde, payment.tot_en_met) == ("bedrag", 45000.0, dt.date(2026, 10, 1))


def test_a_list_as_excel_saves_it_here_is_the_same(lists: Path) -> None:
    rows = [HEADER.replace(",", ";"), "wmo;L;2026-07-01;;procent;2,5;2026-03-12;Nieuwe tarieven, Wmo"]
    lists.write_text("\ufeff" + "\r\n".join(rows), "utf-8")
    assert [(s.waarde, s.toelichting) for s in stappen()] == [(2.5, "Nieuwe tarieven, Wmo")]


def test_another_list_is_another_publication(lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists.write_text(HEADER + "\n", "utf-8")
    first = settings().stappen_sha256
    lists.write_text(f"{HEADER}\n{PRICE}\n", "utf-8")
    (tmp_path / "nieuw.toml").write_text((tmp_path / "eigen.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(tmp_path / "nieuw.toml"))  # settings are read once per file
    assert first and settings().stappen_sha256 not in ("", first)


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("wmo_oud,L,2026-07-01,,procent,2,2026-03-12,x", "onderdeel", "'wmo_oud' ken ik niet; kies uit"),
        ("wmo,K,2026-07-01,,procent,2,2026-03-12,x", "lasten_baten", "kies uit L, B"),
        ("wmo,L,2026-07-15,,procent,2,2026-03-12,x", "vanaf", "niet de eerste dag van een maand; schrijf 2026-07-01"),
        ("wmo,L,1-7-2026,,procent,2,2026-03-12,x", "vanaf", "schrijf een dag als 2026-07-01"),
        ("wmo,L,2026-07-01,2026-06-01,procent,2,2026-03-12,x", "tot_en_met", "ligt voor 'vanaf'"),
        ("wmo,L,2026-07-01,,prijs,2,2026-03-12,x", "soort", "kies uit procent, bedrag"),
        ("wmo,L,2026-07-01,,procent,2%,2026-03-12,x", "waarde", "'2%' is geen getal"),
        ("toegang,L,2026-07-01,2026-07-01,bedrag,45.000,2026-03-12,x", "waarde", "zonder punten voor duizend"),
        ("wmo,L,2026-07-01,,procent,0,2026-03-12,x", "waarde", "stap van nul"),
        ("wmo,L,2026-07-01,,procent,450,2026-03-12,x", "waarde", "te groot"),
        ("toegang,L,2026-07-01,,bedrag,450,2026-03-12,x", "tot_en_met", "dezelfde als 'vanaf'"),
        ("jeugd,L,2026-07-01,2026-07-01,bedrag,450,2026-03-12,x", "onderdeel", "niet bij een wet"),
        ("wmo,L,2026-07-01,,procent,2,,x", "bekend_sinds", "hier staat niets; vul deze kolom in"),
        ("wmo,L,2026-07-01,,procent,2,2026-03-12,", "toelichting", "hier staat niets"),
        ("wmo,L,2026-07-01,,procent,2,2026-03-12,Nieuw, tarief", "toelichting", "aanhalingstekens"),
        (PAYMENT, "onderdeel", "staat er al, op regel 2"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_place_and_what_to_do(
    lists: Path, line: str, column: str, said: str
) -> None:
    lists.write_text("\n".join((HEADER, PAYMENT, line)) + "\n", "utf-8")
    with pytest.raises(UnusableStep) as refused:
        stappen()
    assert str(refused.value).startswith(f"stappen_2026.csv, regel 3, kolom {column}: ")
    assert said in str(refused.value)


def test_a_list_that_is_not_there_or_has_other_columns_is_refused(lists: Path) -> None:
    with pytest.raises(UnusableStep, match="dit bestand is er niet"):
        stappen()
    lists.write_text("onderdeel,vanaf\n", "utf-8")
    with pytest.raises(
        UnusableStep, match="regel 1: kolom lasten_baten ontbreekt; de koppen zijn onderdeel, lasten_baten"
    ):
        stappen()
    lists.write_bytes((HEADER + "\ncoördinatie").encode("latin-1"))
    with pytest.raises(UnusableStep, match="CSV UTF-8"):
        stappen()


def test_a_refresh_stops_before_any_work_and_says_what_to_do(lists: Path, tmp_path: Path) -> None:
    lists.write_text(f"{HEADER}\nwmo,L,2026-07-15,,procent,2,2026-03-12,x\n", "utf-8")
    (tmp_path / "inbox").mkdir()
    folders = ["--inbox", str(tmp_path / "inbox"), "--store", str(tmp_path / "store")]
    said = CliRunner().invoke(app, ["refresh", *folders, "--no-cbs"])
    assert said.exit_code == 2 and "Traceback" not in said.output
    report = json.loads((tmp_path / "store" / "laatste_verversing.json").read_text("utf-8"))
    expected = (
        "stappen_2026.csv, regel 2, kolom vanaf: '2026-07-15' is niet de eerste dag van een maand; schrijf 2026-07-01."
    )
    assert report["melding"] == expected
