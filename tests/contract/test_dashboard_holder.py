"""The budget holder's own forecast on the page of a budget: there where it was delivered, and fairly compared."""

import html
import re

import pandas as pd
import pytest
from dash import Dash

from dashboard import findings
from dashboard.app import create_app
from dashboard.charts.track import track
from dashboard.components import holder
from tests.support.publication import publish, voorbeeld

WITH, WITHOUT = "jeugdhulp_ambulant", "begeleiding"
NAN = float("nan")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    rows = voorbeeld()
    for table, column in (("mart.fct_prognose", "p50_eur"), ("mart.fct_terugtoets", "voorspeld_eur")):
        for row in [r for r in rows[table] if r["onderdeel"] == WITH and r["methode"] == "lineair"]:
            if row.get("boekjaar") in (2024, 2025, 2026) and row.get("peilmaand", 9) in (6, 9):
                rows[table].append({**row, "methode": holder.METHODE, column: 11_234_000})
    store = tmp_path_factory.mktemp("holder")
    publish(store, rows)
    return create_app(store)


def shown_of(app: Dash, onderdeel: str) -> str:
    answer = app.server.test_client().get(f"/budget?onderdeel={onderdeel}").get_data(as_text=True)
    return html.unescape(re.sub(r"<[^>]+>", " ", answer))


def test_the_budget_holder_stands_among_the_methods_and_in_the_track_record(app: Dash) -> None:
    shown = shown_of(app, WITH)
    assert "De budgethouder" in shown and holder.KOP in shown and holder.LEAD in shown
    assert "11.234.000" in shown
    assert "4 keer gaf ook de budgethouder een prognose: die zat er gemiddeld" in shown


def test_where_none_was_delivered_no_word_of_it_is_said(app: Dash) -> None:
    assert "budgethouder" not in shown_of(app, WITHOUT).lower()


def frame(*rows: tuple[str, int, int, float, float]) -> pd.DataFrame:
    columns = ["methode", "boekjaar", "peilmaand", "voorspeld_eur", "uitkomst_eur"]
    return pd.DataFrame(rows, columns=columns)


RECORD = frame(
    ("model", 2023, 6, 50.0, 100.0),  # a poor forecast, of a year in which the budget holder said nothing
    ("model", 2024, 6, 95.0, 100.0), ("budgethouder", 2024, 6, 90.0, 100.0),
    ("model", 2025, 6, 305.0, 300.0), ("budgethouder", 2025, 6, 330.0, 300.0),
    ("budgethouder", 2025, 9, 310.0, NAN),
)  # fmt: skip


def test_both_are_compared_over_the_moments_at_which_both_said_something() -> None:
    found = findings.beside(RECORD, holder.METHODE)
    assert (found.keren, found.fout, found.model) == (2, pytest.approx(40 / 400), pytest.approx(10 / 400))
    assert "10,0\u00a0% naast, de monitor op dezelfde momenten 2,5\u00a0%" in holder.sentence(RECORD)
    assert holder.sentence(RECORD[RECORD["methode"] == "model"]) == ""


def test_the_table_says_it_per_moment_and_the_picture_draws_it_only_where_it_is() -> None:
    cells: list[list[object]] = [["2025"], ["2023"]]
    assert holder.with_holder(["Jaar"], cells, [(2025, 6), (2023, 6)], RECORD) == ["Jaar", holder.KOP]
    assert cells == [["2025", "€\u00a0330"], ["2023", None]]
    assert holder.with_holder(["Jaar"], [["2023"]], [(2023, 6)], RECORD) == ["Jaar"]
    assert [line.name for line in track(RECORD).data][:2] == ["de monitor", "de budgethouder"]
    assert "de budgethouder" not in [line.name for line in track(RECORD[RECORD["methode"] == "model"]).data]
