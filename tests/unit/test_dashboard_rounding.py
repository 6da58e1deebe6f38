"""Counts of people as the page Indicatoren shows them: to fives, small ones secret, rates from what is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard import catalogue
from dashboard.rounding import counts_people, counts_things, rounded, without_counts
from indicators.core.indicator import Indicator
from indicators.core.settings import settings

OWN = settings().gemeente.code
TELLING, AANDEEL, PER = (catalogue.item(n) for n in ("wmo_clienten", "toegekend", "gebruik_per_1000_inwoners"))
VRAAG, KOSTEN, CBS = (catalogue.item(n) for n in ("clientervaring_wmo", "kosten_per_toewijzing", "jeugdhulpgebruik"))


def rows(teller: Any, noemer: Any, waarde: float, grens: float | None = None, gebied: str = OWN) -> pd.DataFrame:
    row = {"gebied_code": gebied, "teller": teller, "noemer": noemer, "waarde": waarde}
    bounds = {"ondergrens": grens, "bovengrens": grens, "onderdrukt": False}
    return pd.DataFrame([row | bounds]).astype({"teller": "Float64", "noemer": "Float64"})


@pytest.mark.parametrize(
    ("item", "teller", "noemer", "waarde", "shown"),
    [
        (TELLING, 2043, None, 2043, 2045),
        (TELLING, 8, None, 8, 10),
        (TELLING, 7, None, 7, None),
        (TELLING, 0, None, 0, None),
        (AANDEEL, 118, 410, 28.8, 100 * 120 / 410),
        (AANDEEL, 3, 410, 0.7, None),
        (AANDEEL, 7, 7, 100.0, None),
        (PER, 12, 1151, 10.4, 1000 * 10 / 1151),
        (VRAAG, 123, 364, 33.8, 33.8),
        (VRAAG, 3, 7, 42.9, None),
        (KOSTEN, 5_000.0, 7, 714.3, None),
        (KOSTEN, 5_000.0, 8, 625.0, 625.0),
        (CBS, None, None, 14.2, 14.2),
    ],
)
def test_a_figure_as_it_may_leave_the_house(
    item: Indicator, teller: Any, noemer: Any, waarde: float, shown: float | None
) -> None:
    found = rounded(item, rows(teller, noemer, waarde)).iloc[0]
    if shown is None:
        assert pd.isna(found["waarde"]) and found["onderdrukt"]
    else:
        assert found["waarde"] == pytest.approx(shown) and not found["onderdrukt"]


def test_no_exact_count_is_left_beside_a_rounded_figure() -> None:
    assert not {"teller", "noemer"} & set(rounded(AANDEEL, rows(118, 410, 28.8)).columns)


def test_bounds_that_tell_a_count_are_left_out_and_those_of_a_survey_stay() -> None:
    assert pd.isna(rounded(AANDEEL, rows(118, 410, 28.8, 24.6)).iloc[0]["ondergrens"])
    assert rounded(VRAAG, rows(123, 364, 33.8, 29.1)).iloc[0]["ondergrens"] == 29.1


@pytest.mark.parametrize(
    ("unit", "things"), [("projecten", True), ("Bijeenkomsten ", True), ("gezinnen", False), ("", False)]
)
def test_what_is_not_certain_to_be_a_thing_may_be_people(unit: str, things: bool) -> None:
    assert counts_things(unit) == things


def test_a_wijk_is_protected_already() -> None:
    assert rounded(TELLING, rows(15, None, 15, gebied=OWN.replace("GM", "WK") + "01")).iloc[0]["waarde"] == 15


@pytest.mark.parametrize(("item", "people"), [(TELLING, True), (VRAAG, False), (KOSTEN, False), (CBS, False)])
def test_what_counts_people(item: Indicator, people: bool) -> None:
    assert counts_people(item) == people
    assert not counts_people(replace(item, toets="geen"))


def test_a_sentence_about_a_change_says_no_exact_count() -> None:
    said = (
        "Het verschil van 3,1 procentpunt tussen 2024 (28,8 %) en 2025 (31,9 %) kan toeval zijn: bij deze aantallen "
        "(118 van 410 en 151 van 474) komt zo'n verschil vaak vanzelf voor."
    )
    bare = "Het verschil tussen 2024 en 2025 kan toeval zijn: bij deze aantallen komt zo'n verschil vaak vanzelf voor."
    assert without_counts(AANDEEL, said) == bare and without_counts(CBS, said) == said
