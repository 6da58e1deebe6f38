"""Then and now: the baseline of the own gemeente beside today's figures, and nothing beside what is not measured."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.app import create_app
from indicators.comparison import baseline
from indicators.core.indicator import indicators
from indicators.core.settings import REFERENCE, settings
from tests.contract.test_dashboard_pages import text_of
from tests.support.marts import all_empty
from tests.support.publication import publish, voorbeeld

PEILDATUM = dt.date(2026, 9, 30)
GEMEENTE = settings().gemeente.code
HEAD = (REFERENCE / "toen_en_nu.csv").read_text("utf-8").splitlines()[0]
LINES = [
    "pgb,2,Pgb,2015,479,inwoners,Nulmeting,,pgb_aandeel,wet=wmo,MM,teller,,deels,Anders geteld.",
    "hulp,3,Aanvragen,2015,961,aanvragen,Nulmeting,,participatiewet_aanvragen,soort=a|soort=b,JJ,waarde,,ja,Samen.",
    "mensen,1,Inwoners,2015,38450,inwoners,Nulmeting,,,,JJ,,AantalInwoners,deels,1 januari.",
    "fonds,4,Fonds,2015,1079,toekenningen,Nulmeting,,,,,,,nee,Niet gemeten.",
]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[duckdb.DuckDBPyConnection]:
    lines = [HEAD, *(f"{GEMEENTE},{line}" for line in LINES), f"GM9999,{LINES[-1]}"]
    (tmp_path / "toen_en_nu.csv").write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(baseline, "REFERENCE", tmp_path)
    connection = all_empty()
    for name, periode, part, teller, waarde in (
        ("pgb_aandeel", "2026MM08", "wet=wmo", 170, 8.0),
        ("pgb_aandeel", "2026MM09", "wet=wmo", 175, 8.1),
        ("pgb_aandeel", "2025JJ00", "wet=wmo", 180, 8.2),
        ("participatiewet_aanvragen", "2024JJ00", "soort=a", 600, 600),
        ("participatiewet_aanvragen", "2024JJ00", "soort=b", 300, 300),
        ("participatiewet_aanvragen", "2025JJ00", "soort=a", 700, 700),
    ):
        connection.execute(
            "INSERT INTO mart.fct_indicatorwaarde VALUES (?, ?, ?, ?, ?, NULL, ?, NULL, NULL, 'definitief', false)",
            (name, periode, GEMEENTE, part, teller, waarde),
        )
    connection.execute(
        "INSERT INTO mart.fct_cbs_waarneming VALUES ('86165NED', 'AantalInwoners', ?, '2025JJ00', 'totaal', 39586, "
        "NULL, NULL, 'aantal', 'definitief')",
        (GEMEENTE,),
    )
    yield connection
    connection.close()


def test_the_newest_figure_stands_beside_the_baseline(db: duckdb.DuckDBPyConnection) -> None:
    rows = baseline.then_and_now(db, PEILDATUM)["mart.fct_toen_en_nu"]
    found = {r.onderwerp: (r.nu_periode, r.nu_waarde) for r in rows[rows["nu_waarde"].notna()].itertuples()}
    # Two kinds together exist for 2024 only: the newer year misses one of them.
    assert found == {"pgb": ("2026MM09", 175), "hulp": ("2024JJ00", 900), "mensen": ("2025JJ00", 39586)}
    assert rows["onderwerp"].tolist() == ["mensen", "pgb", "hulp", "fonds"]


def test_another_gemeente_has_no_baseline_of_ours(
    db: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = (REFERENCE / "instellingen.toml").read_text("utf-8").replace(GEMEENTE, "GM0014")
    (tmp_path / "instellingen.toml").write_text(own, "utf-8")
    monkeypatch.setenv("MONITOR_INSTELLINGEN", str(tmp_path / "instellingen.toml"))
    assert baseline.then_and_now(db, PEILDATUM)["mart.fct_toen_en_nu"].empty


def test_every_line_of_the_list_names_what_exists() -> None:
    with (REFERENCE / "toen_en_nu.csv").open(encoding="utf-8") as handle:
        lines = list(csv.DictReader(handle))
    known = indicators()
    assert len({(r["gebied_code"], r["onderwerp"]) for r in lines}) == len(lines) > 15
    for line in lines:
        assert line["indicator"] in known or not line["indicator"], line
        assert float(line["toen_waarde"]) > 0 and line["bron"] and line["toen"] and line["toelichting"].endswith(".")
        measured = bool(line["indicator"] or line["cbs_onderwerp"])
        assert (line["vergelijkbaar"] == "nee") is not measured, line
        assert not line["indicator"] or (line["uitsplitsing"] and line["veld"] in ("waarde", "teller"))
        assert line["periodesoort"] in (("JJ", "HJ", "KW", "MM") if measured else ("",))


def test_the_screen_shows_then_and_now_and_how_they_compare(tmp_path: Path) -> None:
    rows = voorbeeld()
    line = {
        "gebied_code": GEMEENTE,
        "onderwerp": "wmo",
        "volgorde": 1,
        "titel": "Cliënten van toen",
        "eenheid": "inwoners",
    }
    line |= {
        "toen": "2015",
        "toen_waarde": 2486,
        "bron": "Nulmeting",
        "vergelijkbaar": "deels",
        "toelichting": "Let op.",
    }
    rows["mart.fct_toen_en_nu"] = [
        line | {"indicator": "wmo_clienten", "nu_periode": "2026MM09", "nu_waarde": 2148, "nu_status": "voorlopig"},
        line | {"onderwerp": "fonds", "volgorde": 2, "titel": "Fonds", "toen_waarde": 11.9, "vergelijkbaar": "nee"},
    ]
    publish(tmp_path, rows)
    app = create_app(tmp_path)
    shown = text_of(app, "/indicator")
    for text in (
        "Toen en nu",
        "2.486 (2015)",
        "2.150 (september 2026, voorlopig)",
        "11,9 (2015)",
        "deels te vergelijken. Let op.",
    ):
        assert text in shown
    assert "bij 1 van de 2 regels" in shown
    assert "Toen en nu" not in text_of(app, "/indicator", "?zoek=gezondheid")
