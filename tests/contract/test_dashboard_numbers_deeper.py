"""The numbers a click deeper (course, ledger, track record, savings, indicators) equal the published database."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from dash import Dash

from dashboard.app import create_app
from tests.support.publication import publish, voorbeeld
from tests.support.screen_tables import amount, same, table

_NAMEN = "januari februari maart april mei juni juli augustus september oktober november december"
MAANDEN = dict(enumerate(_NAMEN.split(), start=1))
ONDERDEEL = "jeugdhulp_met_verblijf"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dash, duckdb.DuckDBPyConnection]:
    store: Path = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    # Crooked amounts, so that a swapped or rounded column shows.
    for tabel, step in (
        ("mart.fct_prognose_verloop", 17.0),
        ("mart.fct_terugtoets", 29.0),
        ("mart.fct_taakstelling", 7.0),
    ):
        for n, row in enumerate(rows[tabel]):
            for k, name in enumerate(sorted(column for column in row if column.endswith("_eur"))):
                if row[name]:
                    row[name] = round(row[name] + step * (n + 1) + 3 * k, 2)
    path = publish(store, rows)
    copy = shutil.copy(path, store / "kopie.duckdb")
    return create_app(store), duckdb.connect(str(copy), read_only=True)


def test_the_course_of_a_budget_month_by_month(served) -> None:
    app, db = served
    true = db.execute(
        """SELECT maand, geboekt_eur, nog_te_ontvangen_eur, p10_eur, p50_eur, p90_eur FROM mart.fct_prognose_verloop
        WHERE onderdeel = ? AND boekjaar = 2026 AND peildatum = DATE '2026-09-30' ORDER BY maand""",
        [ONDERDEEL],
    ).fetchall()
    shown = table(app, "/budget", f"?onderdeel={ONDERDEEL}", "Tot en met", "Nog te ontvangen")
    assert [row[0] for row in shown] == [f"{MAANDEN[m.month]} {m.year}" for m, *_ in true]
    for cells, (month, *amounts) in zip(shown, true, strict=True):
        for text, value in zip(cells[1:], amounts, strict=True):
            # What is booked is known until the peildatum; after it there is nothing to show.
            assert same(text, value) and (amount(text) is not None or month.month > 9), (month, cells)


def test_the_track_record_said_and_became(served) -> None:
    app, db = served
    true = {
        (str(year), MAANDEN[month]): rest
        for year, month, *rest in db.execute(
            """SELECT boekjaar, peilmaand, voorspeld_eur, p10_eur, p90_eur, uitkomst_eur FROM mart.fct_terugtoets
            WHERE onderdeel = ? AND methode = 'model'""",
            [ONDERDEEL],
        ).fetchall()
    }
    shown = table(app, "/budget", f"?onderdeel={ONDERDEEL}", "Jaar", "Gezegd in")
    assert len(shown) == 16
    for year, month, *amounts, off, inside in shown:
        said, low, high, became = true[(year, month)]
        assert all(same(text, value) for text, value in zip(amounts, (said, low, high, became), strict=True))
        assert amount(off.removesuffix(" %").replace("+", "")) == pytest.approx(
            100 * float(said / became - 1), abs=0.051
        )
        assert (inside == "ja") == (low <= became <= high)


def test_the_ledger_of_all_budgets(served) -> None:
    app, db = served
    true = db.execute(
        """SELECT d.naam, sum(b.primitief_eur), sum(b.actueel_eur - b.primitief_eur), sum(b.actueel_eur),
            (SELECT sum(bedrag_eur) FROM mart.fct_realisatie r WHERE r.onderdeel = b.onderdeel AND r.boekjaar = 2026
                AND r.peildatum = DATE '2026-09-30' AND r.lasten_baten = 'L')
        FROM mart.fct_begroting b JOIN mart.dim_onderdeel d USING (onderdeel)
        WHERE b.boekjaar = 2026 AND b.peildatum = DATE '2026-09-30' AND b.lasten_baten = 'L'
        GROUP BY d.naam, b.onderdeel ORDER BY d.naam"""
    ).fetchall()
    shown = table(app, "/budget", "?onderdeel=totaal", "Budget", "Wijzigingen")
    assert [row[0] for row in shown] == [row[0] for row in true]
    for cells, (name, *amounts) in zip(shown, true, strict=True):
        assert all(same(t, v) and (v is None) == (t == "—") for t, v in zip(cells[3:7], amounts, strict=True)), name


def test_the_causes_add_up_to_the_deviation(served) -> None:
    app, db = served
    true = db.execute(
        """SELECT effect_eur, zin FROM mart.fct_verklaring WHERE onderdeel = ? AND peildatum = DATE '2026-09-30'
        AND lasten_baten = 'L' ORDER BY volgorde""",
        [ONDERDEEL],
    ).fetchall()
    *shown, total = table(app, "/budget", f"?onderdeel={ONDERDEEL}", "Oorzaak", "Effect")
    assert [row[2] for row in shown] == [zin.replace(" procent", " %") for _, zin in true]
    for (_, text, _zin), (effect, _) in zip(shown, true, strict=True):
        assert same(text.replace("+", ""), effect)
    assert same(total[1].replace("+", ""), sum(effect for effect, _ in true))


def test_the_savings_target_per_law_and_together(served) -> None:
    app, db = served
    true = db.execute(
        """SELECT d.naam, t.doel_eur, t.gerealiseerd_eur, t.prognose_eur FROM mart.fct_taakstelling t
        LEFT JOIN (SELECT 'wmo' AS onderdeel, 'Wmo' AS naam UNION ALL SELECT 'jeugd', 'Jeugd') d USING (onderdeel)
        WHERE t.boekjaar = 2026 ORDER BY d.naam"""
    ).fetchall()
    *shown, together = table(app, "/programmas", "", "Onderdeel", "Voortgang")
    assert [row[0] for row in shown] == [row[0] for row in true]
    for cells, (name, *amounts) in zip(shown, true, strict=True):
        assert all(same(text, value) for text, value in zip(cells[2:], amounts, strict=True)), name
    for place in (1, 2, 3):
        assert same(together[place + 1], sum(row[place] for row in true))


@pytest.mark.parametrize(("indicator", "kind"), [("ervaren_gezondheid", "____JJ__"), ("jeugdhulpgebruik", "____HJ__")])
def test_an_indicator_in_time_for_gemeente_province_and_country(served, indicator: str, kind: str) -> None:
    app, db = served
    true = db.execute(
        """SELECT periode, max(waarde) FILTER (gebied_code = 'GM1895'), max(waarde) FILTER (niveau = 'provincie'),
            max(waarde) FILTER (niveau = 'land')
        FROM mart.v_indicatorwaarde JOIN mart.dim_gebied USING (gebied_code)
        WHERE indicator = ? AND uitsplitsing = 'totaal' AND periode LIKE ?
        GROUP BY periode ORDER BY left(periode, 4) DESC, right(periode, 2) DESC""",
        [indicator, kind],
    ).fetchall()
    shown = table(app, "/indicator", f"?indicator={indicator}", "Periode", "Status")
    assert len(shown) == len(true) >= 3
    for cells, (periode, *values) in zip(shown, true, strict=True):
        assert periode[:4] in cells[0]
        assert all(same(text, value, 0.1) for text, value in zip(cells[1:4], values, strict=True)), cells


def test_the_newest_figure_of_every_wijk(served) -> None:
    app, db = served
    true = dict(
        db.execute(
            """SELECT g.naam, w.waarde FROM mart.v_indicatorwaarde w JOIN mart.dim_gebied g USING (gebied_code)
            WHERE w.indicator = 'ervaren_gezondheid' AND w.gebied_code LIKE 'WK%' AND w.periode = '2024JJ00'
                AND w.uitsplitsing = 'totaal'"""
        ).fetchall()
    )
    shown = table(app, "/indicator", "?indicator=ervaren_gezondheid", "Wijk", "Cijfer")
    assert len(shown) == len(true) >= 3
    for name, text in shown:
        value = next(v for full, v in true.items() if full.endswith(name))
        assert same(text.removesuffix(" %"), value, 0.1) if value is not None else text == "geheim"
