"""What is settled already, and the primitive budget, as Budget shows them: held against the published database."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dash import Dash

from dashboard.app import create_app
from tests.support.publication import publish, voorbeeld
from tests.support.screen_tables import amount, same, table

OPEN = "r.lasten_baten = 'L' AND r.boekjaar = 2026"
LID = "(SELECT onderdeel FROM mart.dim_onderdeel WHERE ? IN ('totaal', wet, onderdeel))"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dash, duckdb.DuckDBPyConnection]:
    store: Path = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    for row in rows["mart.fct_begroting"]:
        if row["onderdeel"] == "wsw_en_beschut_werk":
            row["primitief_eur"] = row["actueel_eur"]
        if row["onderdeel"] == "inkomensregelingen":
            row["primitief_eur"] = None
    path = publish(store, rows)
    copy = shutil.copy(path, store / "kopie.duckdb")
    return create_app(store), duckdb.connect(str(copy), read_only=True)


def one(db: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> Any:
    row = db.execute(sql, list(values)).fetchone()
    assert row
    return row[0]


def page(app: Dash, onderdeel: str, more: str = "") -> str:
    return app.server.test_client().get(f"/budget?onderdeel={onderdeel}{more}").text.replace("\u00a0", " ")


@pytest.mark.parametrize("onderdeel", ["begeleiding", "jeugdhulp_ambulant", "wmo", "totaal"])
def test_amounts_are_those_of_the_database_and_shares_follow(served, onderdeel: str) -> None:
    app, db = served
    shown = {row[0]: row[1:] for row in table(app, "/budget", f"?onderdeel={onderdeel}", "Wat", "Deel dat vastligt")}
    of_model = "FROM mart.fct_prognose{} WHERE onderdeel = ? AND boekjaar = 2026 AND peildatum = '2026-09-30'"
    p50 = one(db, "SELECT max(p50_eur) " + of_model.format("") + " AND methode = 'model'", onderdeel)
    september = of_model.format("_verloop") + " AND maand = '2026-09-01'"
    booked = one(db, "SELECT geboekt_eur " + september, onderdeel)
    late = one(db, "SELECT nog_te_ontvangen_eur " + september, onderdeel)
    worth = one(db, f"SELECT sum(verplicht_eur) FROM mart.fct_verplichting WHERE peildatum = '2026-09-30' "
                    f"AND onderdeel IN {LID}", onderdeel)  # fmt: skip
    open_eur = one(db, f"SELECT sum(verplichting_eur) FROM mart.v_realisatie r WHERE {OPEN} "
                       f"AND onderdeel IN {LID}", onderdeel)  # fmt: skip
    for name, value in {
        "Geboekt tot en met september": booked, "Nog te ontvangen over die maanden": late,
        "Verwacht voor de rest van het jaar": p50 - booked - late, "Verwachte uitkomst": p50,
        "Toegekend voor de rest van het jaar": worth, "Open verplichtingen in K2F": open_eur,
    }.items():  # fmt: skip
        assert same(shown[name][0], value) and amount(shown[name][0]) is not None, name
    share = shown["Toegekend voor de rest van het jaar"][1]
    assert share == f"{round(100 * float(worth / (p50 - booked - late)))} %"
    if open_eur:
        assert shown["Open verplichtingen in K2F"][1] == f"{round(100 * float(open_eur / (p50 - booked)))} %"


def test_the_two_sources_are_never_added_up_and_the_screen_says_so(served) -> None:
    app, _ = served
    text = page(app, "jeugdhulp_ambulant")
    assert "Tel toewijzingen en verplichtingen niet bij elkaar op" in text
    assert not {"3.660.001", "3.660.000"} & set(re.findall(r"[\d.]{9}", text))


def test_few_clients_and_awards_without_a_price(served) -> None:
    app, _ = served
    few = page(app, "beschermd_wonen")
    assert "Het bedrag van de toewijzingen tonen we niet: er zijn te weinig cliënten." in few
    assert "Van de toewijzingen is de prijs niet bekend." in page(app, "jeugdhulp_met_verblijf")
    partly = page(app, "hulp_bij_het_huishouden")
    assert "ligt minstens" in partly and "van minder dan 1 % van de toewijzingen is de prijs niet bekend" in partly
    assert "1.260" not in partly, "no exact counts: a figure can be taken along"
    whole = page(app, "wmo")
    assert "zonder budgetten met te weinig cliënten" in whole and "ligt minstens" in whole


def test_nothing_is_said_where_nothing_was_delivered_and_in_closed_years(served) -> None:
    app, _ = served
    assert 'id="vastligt"' in page(app, "wsw_en_beschut_werk")
    assert 'id="vastligt"' not in page(app, "inkomensregelingen")
    assert 'id="vastligt"' not in page(app, "begeleiding", "&boekjaar=2025")


def test_the_primitive_budget_beside_the_one_in_force(served) -> None:
    app, db = served
    rows = {r[0]: r[1:] for r in table(app, "/budget", "?onderdeel=begeleiding", "Begroting", "Kans boven")}
    methods = table(app, "/budget", "?onderdeel=begeleiding", "Manier van rekenen", "Kans boven")
    budget = one(db, "SELECT sum(primitief_eur) FROM mart.v_begroting WHERE boekjaar = 2026 "
                     "AND onderdeel = 'begeleiding'")  # fmt: skip
    _, outturn, gap, _, likely, gone = methods[0]
    assert rows["Na wijziging"][1:] == [gap, likely, gone], "against the budget in force it says what it said"
    beside = rows["Primitief"]
    assert same(beside[0], budget)
    assert same(beside[1].replace("+", ""), float(amount(outturn) or 0) - float(budget), 2.0)
    chance = one(db, "SELECT kans_overschrijding_primitief FROM mart.v_prognose WHERE onderdeel = 'begeleiding' "
                     "AND methode = 'model'")  # fmt: skip
    assert beside[2] == f"{round(100 * chance)} %" and beside[3] == "9 december"
    assert "De raad stelde voor het jaar € 3,5 miljoen vast (de primitieve begroting)." in page(app, "begeleiding")


@pytest.mark.parametrize("onderdeel", ["wsw_en_beschut_werk", "inkomensregelingen"])
def test_a_primitive_budget_that_was_not_changed_or_not_given_adds_nothing(served, onderdeel: str) -> None:
    text = page(served[0], onderdeel)
    assert 'id="manieren"' in text and "de primitieve begroting)" not in text and "naast beide begrotingen" not in text


def test_a_publication_of_before_is_shown_without(tmp_path: Path) -> None:
    path = publish(tmp_path, voorbeeld())
    path.chmod(0o644)
    with duckdb.connect(str(path)) as older:
        older.execute("DROP VIEW mart.v_prognose; DROP TABLE mart.fct_verplichting")
        for column in ("kans_overschrijding_primitief", "uitputting_primitief_p50"):
            older.execute(f"ALTER TABLE mart.fct_prognose DROP COLUMN {column}")
    text = page(create_app(tmp_path), "jeugdhulp_ambulant")
    assert 'id="manieren"' in text and "de primitieve begroting)" not in text and "naast beide begrotingen" not in text
    assert 'id="vastligt"' in text and "verplichting in K2F" in text, "what the ledger said is still there"
