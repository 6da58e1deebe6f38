"""From a figure to file, sheet and rows, and from a delivery to its figures; sources on time; codes to place."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.beheer import codes
from dashboard.components import lineage
from dashboard.components.sources import freshness
from tests.support.publication import publish, voorbeeld

BOOKED = "2026|2026-09-30|9|stand||begeleiding|6.x|L"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    rows, store = voorbeeld(), tmp_path_factory.mktemp("store")

    def origin(table: str, key: str, levering: str, begin: int | None, end: int | None, count: int) -> None:
        sheet = "Overzicht" if begin else ""
        rows["meta.herkomst"].append({
            "mart_tabel": table, "sleutel": key, "levering_id": levering, "blad": sheet, "rij_van": begin,
            "rij_tot": end, "rijen": count,
        })  # fmt: skip

    origin("mart.fct_realisatie", BOOKED, "k2f9", 13, 16, 4)
    origin("mart.fct_realisatie", BOOKED, "k2f9", 20, 20, 1)
    origin("mart.fct_begroting", "2026|2026-09-30|begeleiding|6.x|L", "k2f9", 13, 16, 4)
    origin("mart.fct_voorziening", "*|wmo|*|*|*|2026-09-30", "wmo9", None, None, 1234)
    for bron, titel, days, persons in (("k2f", "Financiën", 31, False), ("jeugd", "Jeugdregistratie", 31, True)):
        rows["meta.bron"].append({"bron": bron, "titel": titel, "ritme_dagen": days, "over_personen": persons})
    rows["meta.weigering"].append({
        "levering_id": "k2f9", "bestand": "k2f_2026-09-28.xlsx", "blad": "Overzicht", "rij": 44, "kolom": "A",
        "waarde": "6.99 Nieuw", "reden": "taakveld 6.99 bestaat niet in boekjaar 2026.",
        "oplossing": "Deel haar in onder [onderdeel.taakveld] in mapping.toml.",
    })  # fmt: skip
    publish(store, rows)
    checks = [{"naam": "Bedragen sluiten op de cent", "goed": True, "melding": ""}]
    (store / "laatste_verversing.json").write_text(json.dumps({"run": "r1", "exitcode": 0, "controles": checks}))
    return create_app(store).server.test_client()


def text(client: FlaskClient, path: str) -> str:
    main = re.search(r"<main.*?</main>", client.get(path).text, re.S)
    assert main
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main[0]))).replace(" :", ":")


def test_a_budget_names_the_rows_that_it_was_booked_in(client: FlaskClient) -> None:
    shown = text(client, "/herkomst?onderdeel=begeleiding&boekjaar=2026")
    assert "k2f_2026-09-28.xlsx: blad Overzicht, rij 13 tot en met 16 en 20" in shown
    assert "De boekingen achter dit budget" in text(client, "/budget?onderdeel=begeleiding")


def test_a_figure_leads_to_its_file_and_the_file_back(client: FlaskClient) -> None:
    shown = text(client, f"/herkomst?tabel=mart.fct_realisatie&sleutel={quote(BOOKED)}")
    assert "Dit cijfer komt uit één bestand" in shown and "rij 13 tot en met 16 en 20" in shown
    back = text(client, "/herkomst?levering=k2f9")
    assert "Deze levering voedt 2 cijfers" in back and "Begeleiding, taakveld 6.x, lasten" in back


def test_a_source_about_persons_names_no_row_and_says_why(client: FlaskClient) -> None:
    key = quote("2026-09-01|wmo|begeleiding|GM0000|stand|2026-09-30")
    for path in (f"/herkomst?tabel=mart.fct_voorziening&sleutel={key}", "/herkomst?levering=wmo9"):
        shown = text(client, path)
        assert "1.234 regels" in shown and "Dat is met opzet" in shown and "blad Overzicht" not in shown
    # Another law has another key: the star stands for every value, not for every figure.
    other = quote("2026-09-01|jeugd|begeleiding|GM0000|stand|2026-09-30")
    assert "geen herkomst bekend" in text(client, f"/herkomst?tabel=mart.fct_voorziening&sleutel={other}")


@pytest.mark.parametrize(
    "query",
    ["levering=nee", "tabel=meta.levering&sleutel=x", "tabel=x;DROP&sleutel=%27", "onderdeel=nee", "indicator=nee", ""],
)
def test_an_address_that_leads_nowhere_says_what_to_do(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/herkomst?{query}")
    assert answer.status_code == 200 and len(text(client, f"/herkomst?{query}")) > 60


def test_the_data_page_says_who_is_late_what_was_checked_and_which_code_has_no_place(client: FlaskClient) -> None:
    shown = text(client, "/gegevens")
    assert "Jeugdregistratie (jeugd) 0" in shown and "nog niets geleverd" in shown
    assert "controles zijn goed" in shown and "Bedragen sluiten op de cent" in shown
    assert '[onderdeel.taakveld] "6.99" = "onderdeel"' in shown


@pytest.mark.parametrize(
    ("newest", "today", "late"),
    [(dt.date(2026, 9, 30), dt.date(2026, 10, 31), False), (dt.date(2026, 9, 30), dt.date(2026, 11, 14), False),
     (dt.date(2026, 9, 30), dt.date(2026, 11, 15), True), (None, dt.date(2026, 9, 30), False)],
)  # fmt: skip
def test_a_source_is_late_two_weeks_after_its_rhythm(newest: dt.date | None, today: dt.date, late: bool) -> None:
    assert freshness({"nieuwste": newest, "ritme_dagen": 31}, today)[1] is late


def test_rows_that_touch_are_one_range_and_many_are_counted() -> None:
    def frame(pairs: list[tuple[int, int]]) -> pd.DataFrame:
        return pd.DataFrame(
            [("Blad", a, b, b - a + 1) for a, b in pairs], columns=["blad", "rij_van", "rij_tot", "rijen"]
        )

    assert lineage.rows_text(frame([(1, 2), (3, 3), (7, 7)])) == "blad Blad, rij 1 tot en met 3 en 7"
    many = lineage.rows_text(frame([(n, n) for n in range(1, 40, 2)]))
    assert many.endswith("11 en nog 14 plaatsen") and "rij 1, 3, 5" in many


@pytest.mark.parametrize(
    ("reden", "oplossing", "waarde", "code"),
    [
        ("taakveld 6.99 bestaat niet in boekjaar 2026.", "[onderdeel.taakveld]", "6.99 Nieuw", ("taakveld", "6.99")),
        ("staat niet in de lijst.", "[onderdeel.productcategorie]", "(afgeschermd)", ("productcategorie", "")),
        ("staat niet in de lijst.", "[onderdeel.productcategorie]", 'x" = "y', ("productcategorie", "")),
        ("het bedrag is negatief.", "Herstel het.", "-1", None),
    ],
)
def test_a_refusal_names_the_code_that_it_asks_to_place(reden, oplossing, waarde, code) -> None:
    found = codes.asked("k2f", reden, oplossing, waarde)
    assert (found and (found.soort, found.code)) == code


def test_etl_tells_another_program_what_it_reads_and_nothing_of_persons(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from etl.cli import app

    file = tmp_path / "wmo" / "wmo.csv"
    file.parent.mkdir()
    file.write_text("naam;bsn\nJansen;123456782\n", "utf-8")
    said = json.loads(CliRunner().invoke(app, ["check", str(file), "--json"]).output)["bestanden"][0]
    assert said["over_personen"] and said["geweigerd"] and not said["voorbeeld"]
    assert "Jansen" not in json.dumps(said) and "123456782" not in json.dumps(said)
    known = json.loads(CliRunner().invoke(app, ["bronnen", "--json"]).output)
    assert {"bron", "titel", "ritme_dagen", "over_personen"} == set(known[0]) and len(known) >= 8
