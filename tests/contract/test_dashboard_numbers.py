"""Every number in the tables of Overzicht and Budget equals what the published database says, asked in plain SQL."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from dash import Dash

from dashboard.app import create_app
from tests.contract.test_dashboard_pages import body
from tests.support.publication import publish, voorbeeld
from tests.support.screen_tables import same, table

MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
BUDGET = "(SELECT sum(actueel_eur) FROM mart.fct_begroting b WHERE boekjaar = 2026 AND lasten_baten = 'L' {})"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dash, duckdb.DuckDBPyConnection]:
    store = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    for n, row in enumerate(rows["mart.fct_prognose"]):
        # Crooked amounts, so that a swapped or rounded column shows.
        for name in ("p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur"):
            if row.get(name) is not None:
                row[name] = round(row[name] + 137.31 * (n + 1), 2)
    path = publish(store, rows)
    # A copy: DuckDB opens one file only once in a process, with one set of settings.
    copy = shutil.copy(path, store / "kopie.duckdb")
    return create_app(store), duckdb.connect(str(copy), read_only=True)


OVERZICHT = """
    WITH budget AS (
        SELECT onderdeel, sum(primitief_eur) AS primitief, sum(actueel_eur) AS actueel FROM mart.fct_begroting
        WHERE boekjaar = 2026 AND lasten_baten = 'L' AND peildatum = DATE '2026-09-30' GROUP BY onderdeel
    ), geboekt AS (
        SELECT onderdeel, sum(bedrag_eur) AS stand FROM mart.fct_realisatie
        WHERE boekjaar = 2026 AND lasten_baten = 'L' AND peildatum = DATE '2026-09-30' GROUP BY onderdeel
    )
    SELECT d.naam, b.primitief, b.actueel, g.stand, p.p10_eur, p.p50_eur, p.p90_eur, p.p50_eur - b.actueel,
           p.kans_overschrijding, p.uitputting_p50
    FROM mart.fct_prognose p JOIN mart.dim_onderdeel d USING (onderdeel)
    LEFT JOIN budget b USING (onderdeel) LEFT JOIN geboekt g USING (onderdeel)
    WHERE p.boekjaar = 2026 AND p.peildatum = DATE '2026-09-30' AND p.methode = 'model' AND p.lasten_baten = 'L'
"""


def test_overzicht_shows_the_published_amounts_to_the_euro(served) -> None:
    app, db = served
    true = {row[0]: row[1:] for row in db.execute(OVERZICHT).fetchall()}
    shown = table(app, "/", "", "Budget", "Euro’s risico")
    assert {row[0] for row in shown} == set(true) and len(shown) == len(true) >= 8
    for name, *cells in shown:
        for i in range(7):
            assert same(cells[i], true[name][i]), (name, i, cells[i], true[name][i])


def test_picture_of_overzicht_says_the_published_numbers(served) -> None:
    app, db = served
    true = {row[0]: row[1:] for row in db.execute(OVERZICHT).fetchall()}
    shown = table(app, "/", "", "Budget", "kans boven")
    assert {row[0] for row in shown} == set(true)
    for name, budget, _picture, chance, gone, difference in shown:
        row = true[name]
        for text, value in ((budget, row[1]), (difference, row[6])):
            step = 10_000 if re.search(r",\d\d mln", text) else 100_000
            assert same(text, float(value) / 1e6, step / 1e6), (name, text, value)
        share = float(row[7])
        expected = "> 99 %" if share > 0.99 else "< 1 %" if share < 0.01 else f"{share * 100:.0f} %"
        assert chance == expected
        assert gone == ("—" if row[8] is None else f"{row[8].day} {MAANDEN[row[8].month - 1]}")


@pytest.mark.parametrize("onderdeel", ["jeugdhulp_met_verblijf", "begeleiding", "totaal"])
def test_budget_shows_what_every_method_published(served, onderdeel: str) -> None:
    app, db = served
    part = "" if onderdeel == "totaal" else f"AND onderdeel = '{onderdeel}'"
    true = {
        row[0]: row[1:]
        for row in db.execute(
            f"""SELECT methode, p50_eur, p50_eur - {BUDGET.format(part)}, p10_eur, p90_eur, kans_overschrijding
            FROM mart.fct_prognose WHERE boekjaar = 2026 AND peildatum = DATE '2026-09-30'
              AND onderdeel = '{onderdeel}' AND lasten_baten = 'L'"""
        ).fetchall()
    }
    shown = table(app, "/budget", f"?onderdeel={onderdeel}", "Manier van rekenen", "Kans boven")
    ids = {
        "De monitor": "model",
        "Lineair doorgetrokken": "lineair",
        "Zoals vorig jaar": "vorig_jaar",
        "De begroting": "begroting",
    }
    assert {ids[row[0]] for row in shown} == set(true)
    for name, outturn, difference, around, chance, _gone in shown:
        p50, gap, low, high, share = true[ids[name]]
        assert same(outturn, p50) and same(difference, gap)
        ends = around.split(" tot ") if low is not None else ["—", "—"]
        assert same(ends[0], low) and same(ends[-1], high)
        assert (chance == "—") == (share is None)


def test_baten_stand_beside_lasten_where_a_budget_has_them(tmp_path: Path) -> None:
    rows = voorbeeld()
    model = next(
        r
        for r in rows["mart.fct_prognose"]
        if r["onderdeel"] == "beschermd_wonen" and r["methode"] == "model" and str(r["peildatum"]) == "2026-09-30"
    )
    budget = next(
        r
        for r in rows["mart.fct_begroting"]
        if r["onderdeel"] == "beschermd_wonen" and str(r["peildatum"]) == "2026-09-30"
    )
    rows["mart.fct_prognose"].append(model | {"lasten_baten": "B", "p50_eur": 1_240_000})
    rows["mart.fct_begroting"].append(budget | {"lasten_baten": "B", "actueel_eur": 1_057_000})
    publish(tmp_path, rows)
    client = create_app(tmp_path).server.test_client()

    def said(onderdeel: str) -> str:
        data = client.post("/_dash-update-component", json=body("/budget", f"?onderdeel={onderdeel}")).data
        return json.dumps(json.loads(data), ensure_ascii=False).replace("\u00a0", " ")

    # 4,080 - 1,240 and 4,157 - 1,057 mln.
    line = "Baten: verwacht € 1,2 miljoen, begroot € 1,1 miljoen. "
    line += "Saldo (lasten min baten): verwacht € 2,8 miljoen, begroot € 3,1"
    assert line in said("beschermd_wonen")
    assert "Baten:" not in said("begeleiding")


def test_gegevens_counts_per_source_what_the_deliveries_say(served) -> None:
    app, connection = served
    shown = table(app, "/gegevens", "", "Bron", "Rijen gelezen")
    true = connection.execute("""
        SELECT bron, count(*), sum(rijen_gelezen), sum(rijen_geladen), sum(rijen_geweigerd), sum(rijen_buiten_bereik)
        FROM meta.levering GROUP BY bron ORDER BY bron""").fetchall()
    assert [row[0] for row in shown] == [row[0] for row in true] and len(true) >= 2
    for cells, (_, deliveries, *rows) in zip(shown, true, strict=True):
        numbers = [int(cells[place].replace(".", "")) for place in (1, 5, 6, 7, 8)]
        assert numbers == [deliveries, *(int(n or 0) for n in rows)], cells
        assert (cells[9] == "ja") == (numbers[1] == sum(numbers[2:])), cells
