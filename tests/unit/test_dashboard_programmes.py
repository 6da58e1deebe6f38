"""Programmes on screen: sums, shares and verdicts are those of the published rows."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard import queries_programmes as queries
from dashboard.markup import to_html
from dashboard.pages.programmas import _answer, _behind, _programme, _target, finding
from dashboard.store import Publication
from indicators.core.plan import elapsed
from tests.support.publication import publish, voorbeeld

TODAY = dt.date(2026, 9, 30)


@pytest.fixture(scope="module")
def pub(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return Publication(publish(tmp_path_factory.mktemp("store"), voorbeeld()))


def words(component: object) -> str:
    return to_html(component).replace("\u00a0", " ")


def test_the_target_counts_the_newest_year_of_each_part_once(pub: Publication) -> None:
    text = words(_target(queries.taakstelling(pub)))
    together = next(row for row in text.split("<tr>") if "Samen" in row)
    for amount in ("€ 1.500.000", "€ 1.165.000", "€ 1.255.000"):
        assert amount in together
    assert finding(queries.taakstelling(pub), [], queries.resultaten(pub), TODAY).replace("\u00a0", " ") == (
        "Van de taakstelling van € 1,5 mln is € 1,2 mln gerealiseerd"
    )


def test_a_programme_shows_its_euros_its_time_and_which_result_is_behind(pub: Publication) -> None:
    programmes, results = queries.programmas(pub), queries.resultaten(pub)
    whole = programmes[(programmes["programma"] == "Kansrijke Start") & (programmes["activiteit"].fillna("") == "")]
    text = words(_programme(dict(whole.iloc[0]), programmes, results, TODAY))
    for expected in ("€ 338.000 van € 380.000 besteed", "97 % van de tijd voorbij", "Programma", "€ 228.000"):
        assert expected in text
    late, good = (
        next(row for row in text.split("<tr>") if name in row) for name in ("Huisbezoeken", "Vrouwen begeleid")
    )
    assert "loopt achter op het plan" in late and "81 % van het plan" in late
    assert "op of voor het plan" in good and "99 % van het plan" in good


def test_without_dates_nothing_is_called_late() -> None:
    results = pd.DataFrame({"programma": ["a"], "gepland": [100.0], "bereikt": [1.0]})
    assert not _behind({"programma": "a", "van": None, "tot_en_met": None}, results, TODAY)


@pytest.mark.parametrize(
    ("day", "share"),
    [(dt.date(2025, 12, 31), 0.0), (dt.date(2026, 1, 1), 0.1), (dt.date(2026, 1, 5), 0.5), (dt.date(2026, 1, 10), 1.0),
     (dt.date(2026, 2, 1), 1.0)],
)  # fmt: skip
def test_first_and_last_day_count(day: dt.date, share: float) -> None:
    assert elapsed(dt.date(2026, 1, 1), dt.date(2026, 1, 10), day) == pytest.approx(share)


def test_a_plan_without_days_has_no_share() -> None:
    assert elapsed(None, TODAY, TODAY) is None and elapsed(TODAY, TODAY - dt.timedelta(1), TODAY) is None


def test_few_answers_are_said_beside_the_figure(pub: Publication) -> None:
    rows = queries.ervaring(pub)
    few, many = (rows[rows["wet"] == wet].iloc[0] for wet in ("jeugd", "wmo"))
    assert _answer(few).replace("\u00a0", " ") == "69,4 % (weinig antwoorden)"
    assert _answer(many).replace("\u00a0", " ") == "69,4 %"
