"""Programmes on screen: sums, shares and verdicts are those of the published rows."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from dashboard import queries_programmes as queries
from dashboard.components.answers import answer, answers_blocks
from dashboard.components.programme import finding, one_programme, results_behind
from dashboard.components.savings import target_block, target_finding
from dashboard.markup import to_html
from dashboard.pages.programmas import _programmes_finding
from dashboard.store import Publication
from indicators.core.plan import behind, elapsed
from tests.support.publication import publish, voorbeeld

TODAY = dt.date(2026, 9, 30)


@pytest.fixture(scope="module")
def pub(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return Publication(publish(tmp_path_factory.mktemp("store"), voorbeeld()))


def words(component: object) -> str:
    return to_html(component).replace("\u00a0", " ")


def test_the_target_counts_the_newest_year_of_each_part_once(pub: Publication) -> None:
    text = words(target_block(queries.taakstelling(pub)))
    together = next(row for row in text.split("<tr>") if "Samen" in row)
    for amount in ("€ 1.500.000", "€ 1.165.000", "€ 1.255.000"):
        assert amount in together
    assert target_finding(queries.taakstelling(pub)).replace("\u00a0", " ") == (
        "Van de taakstelling van € 1,5 miljoen is € 1,2 miljoen gerealiseerd"
    )


def _whole(pub: Publication, name: str) -> dict[str, object]:
    programmes = queries.programmas(pub)
    rows = programmes[(programmes["programma"] == name) & (programmes["activiteit"].fillna("") == "")]
    return dict(rows.iloc[0])


def test_a_programme_shows_its_euros_its_time_and_which_result_is_behind(pub: Publication) -> None:
    programmes, results, row = queries.programmas(pub), queries.resultaten(pub), _whole(pub, "Kansrijke Start")
    parts = one_programme(row, programmes, results, queries.verloop(pub, "Kansrijke Start"), TODAY, True)
    text = " ".join(words(part) for part in parts)
    for expected in ("€ 338.000 van € 380.000 besteed", "97 % van de tijd voorbij", "€ 228.000"):
        assert expected in text
    assert "Huisbezoeken: 566 van 700 bezoeken (loopt achter)" in text
    assert "Vrouwen begeleid: 690 van 700 bezoeken<" in text
    assert finding(row, results, TODAY) == "Kansrijke Start: één van de twee resultaten loopt achter"
    assert results_behind(row, results, TODAY) == 1


def test_the_pace_of_the_last_year_is_drawn_on_to_the_end(pub: Publication) -> None:
    row, results = _whole(pub, "Kansrijke Start"), queries.resultaten(pub)
    course = queries.verloop(pub, "Kansrijke Start")
    text = " ".join(words(p) for p in one_programme(row, queries.programmas(pub), results, course, TODAY, False))
    # 90 in the 365 days up to 30 September, 92 days to go: 566 + 90 x 92 / 365 = 588,7.
    assert "eind 2026 ongeveer 589 bezoeken" in text


def test_a_late_result_is_not_judged_in_its_first_quarter_and_never_without_a_plan() -> None:
    assert not behind(0.0, 0.24) and behind(0.0, 0.26)
    assert not behind(0.81, 0.91) and behind(0.81, 0.92)
    assert not behind(None, 0.9) and not behind(0.1, None)


@pytest.mark.parametrize(
    ("day", "share"),
    [(dt.date(2025, 12, 31), 0.0), (dt.date(2026, 1, 1), 0.1), (dt.date(2026, 1, 5), 0.5), (dt.date(2026, 1, 10), 1.0),
     (dt.date(2026, 2, 1), 1.0)],
)  # fmt: skip
def test_first_and_last_day_count(day: dt.date, share: float) -> None:
    assert elapsed(dt.date(2026, 1, 1), dt.date(2026, 1, 10), day) == pytest.approx(share)


def test_a_plan_without_days_has_no_share() -> None:
    assert elapsed(None, TODAY, TODAY) is None and elapsed(TODAY, TODAY - dt.timedelta(1), TODAY) is None


def test_without_dates_nothing_is_called_late() -> None:
    results = pd.DataFrame({"programma": ["a"], "gepland": [100.0], "bereikt": [1.0]})
    assert results_behind({"programma": "a", "van": None, "tot_en_met": None}, results, TODAY) == 0


def test_few_answers_are_said_beside_the_figure(pub: Publication) -> None:
    rows = queries.ervaring(pub)
    few, many = (rows[rows["wet"] == wet].iloc[0] for wet in ("jeugd", "wmo"))
    assert answer(few).replace("\u00a0", " ") == "69,4 % (weinig antwoorden)"
    assert answer(many).replace("\u00a0", " ") == "69,4 %"


def test_use_stands_beside_the_answers_rounded_and_not_at_all_when_few() -> None:
    rows = pd.DataFrame(
        [{"jaar": 2025, "wet": "wmo", "vraagnummer": 1, "vraag": "Geholpen?", "waarde": 80.0, "eenheid": "procent",
          "aantal_antwoorden": 300, "kleine_n": False}]
    )  # fmt: skip
    month = pd.Timestamp(2026, 9, 1)
    use = pd.DataFrame([{"wet": "wmo", "maand": month, "aantal": 2012, "vorig_jaar": 1988}])
    assert "ongeveer 2.010 inwoners hulp uit Wmo (een jaar eerder 1.990)" in words(answers_blocks(rows, use)[0])
    assert "inwoners hulp" not in words(answers_blocks(rows, use.assign(aantal=7))[0])


def test_the_heading_counts_in_words_as_the_overview_does() -> None:
    assert _programmes_finding(5, 6) == "Vijf van de zes lopende programma’s hebben een resultaat dat achterloopt"
