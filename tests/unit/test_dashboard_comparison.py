"""Comparison on screens: judged in words, ranked only among enough others, wijken with secrets that look secret."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard import catalogue
from dashboard import queries_indicators as queries
from dashboard.components.catalogue_table import Entry, entries, finding, tables, verdict
from dashboard.components.comparison import ALLEN, changes_block, compare_block
from dashboard.components.definition import definition_block
from dashboard.components.headline import headline
from dashboard.components.wijken import wijk_block
from dashboard.markup import to_html
from dashboard.store import Publication
from indicators.core.indicator import Breuk
from indicators.core.settings import settings
from tests.support.publication import publish, voorbeeld

NAAM, PERIODE = "ervaren_gezondheid", "2024JJ00"
OWN = settings().gemeente.code


@pytest.fixture(scope="module")
def pub(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    return Publication(publish(tmp_path_factory.mktemp("store"), voorbeeld()))


@pytest.fixture(scope="module")
def shown(pub: Publication) -> list[Entry]:
    return entries(pub, OWN, settings().gemeente.land_code)


def words(component: object) -> str:
    return to_html(component).replace("\u00a0", " ")


def test_the_catalogue_has_the_newest_figure_the_country_the_verdict_and_the_place(shown: list[Entry]) -> None:
    text = words(tables(shown))
    row = next(part for part in text.split("<tr>") if f"indicator={NAAM}" in part)
    for expected in ("71,8 %", "2024", "67,8 %", "kan toeval zijn", "3e van 5", "▲ </span>beter"):
        assert expected in row


def test_a_place_among_fewer_than_five_is_not_given(shown: list[Entry]) -> None:
    entry = next(e for e in shown if e.item.id == NAAM)
    few = Entry(entry.item, entry.laatste, entry.land, entry.oordeel, 2, 4)
    assert "2e van" not in words(tables([few]))


def test_only_a_sure_change_is_called_better_or_worse(shown: list[Entry]) -> None:
    assert finding([Entry(e.item, e.laatste, None, "ruis", None, None) for e in shown]).endswith(
        "van geen enkele is zeker dat die beter of slechter wordt"
    )
    entry = shown[0]
    sure = [Entry(entry.item, entry.laatste, None, kind, None, None) for kind in ("beter", "slechter", "ruis")]
    assert finding(sure) == "3 indicatoren: één wordt zeker beter en één wordt zeker slechter"


def test_every_word_of_a_search_must_be_in_the_texts(shown: list[Entry]) -> None:
    item = next(e.item for e in shown if e.item.id == NAAM)
    assert catalogue.matches(item, "Gezondheid enquête") and not catalogue.matches(item, "gezondheid fiets")
    assert catalogue.matches(item, "")


def test_changes_say_in_words_what_they_are(pub: Publication) -> None:
    text = words(changes_block(queries.verandering(pub, NAAM, "totaal", OWN)))
    for expected in ("Sinds het vorige cijfer", "kan toeval zijn", "Over de jaren", "beter", "Tegenover anderen"):
        assert expected in text


@pytest.mark.parametrize(("group", "count"), [("vergelijkbaar", 4), (ALLEN, 5)])
def test_the_own_gemeente_stands_among_the_chosen_group(pub: Publication, group: str, count: int) -> None:
    others = queries.gemeenten(pub, NAAM, "totaal", PERIODE)
    block = compare_block(catalogue.item(NAAM), others, queries.groepen(pub), group, OWN, PERIODE, True)
    text = words(block)
    assert f"Van {count} gemeenten" in text and text.count("<tr>") >= count + 1
    assert ("Waarom juist deze gemeenten" in text) == (group != ALLEN)


def test_without_others_there_is_no_comparison(pub: Publication) -> None:
    others = queries.gemeenten(pub, NAAM, "totaal", PERIODE)
    alone = others[others["gebied_code"] == OWN]
    assert compare_block(catalogue.item(NAAM), alone, queries.groepen(pub), ALLEN, OWN, PERIODE, True) is None


def test_a_secret_wijk_looks_secret_and_a_wijk_without_figure_does_not(pub: Publication) -> None:
    rows = queries.wijken(pub, NAAM, "totaal", OWN)
    text = words(wijk_block(catalogue.item(NAAM), rows))
    assert text.count('class="tegel geheim"') == 1 and "In één wijk is het cijfer geheim." in text
    empty = rows.assign(waarde=float("nan"), onderdrukt=False)
    assert wijk_block(catalogue.item(NAAM), empty) is None


def test_money_near_an_indicator_comes_with_its_caveat(pub: Publication) -> None:
    from dashboard.queries import budgetten, namen

    item = catalogue.item(NAAM)
    text = words(definition_block(item, budgetten(pub, 2026), namen(pub)))
    assert item.definitie[:40] in text
    if item.budgetten:
        assert "bewijst niet" in text


@pytest.mark.parametrize(
    ("now", "before", "broken"),
    [
        ("2022MM01", "2021MM12", True),
        ("2023MM01", "2022MM12", False),
        ("2022JJ00", "2021JJ00", True),
        ("2023JJ00", "2022JJ00", False),
        ("2022KW01", "2021KW04", True),
    ],
)
def test_a_break_lies_between_the_figures_that_it_parts(now: str, before: str, broken: bool) -> None:
    item = replace(catalogue.item(NAAM), breuken=(Breuk("2022JJ00", "Er is iets veranderd."),))
    figure = {"gebied_code": OWN, "gebied": "A", "ondergrens": None, "bovengrens": None, "status": "definitief"}
    rows = pd.DataFrame([figure | {"periode": before, "waarde": 10.0}, figure | {"periode": now, "waarde": 20.0}])
    text = words(headline(item, rows, [(OWN, "A")], OWN, pd.DataFrame()))
    assert ("Er is iets veranderd." in text, "hoger dan" in text) == (broken, not broken)


@pytest.mark.parametrize(("periods", "said"), [(("2026MM08", "2026MM09"), False), (("2024JJ00", "2025JJ00"), True)])
def test_a_month_that_is_not_complete_neither_rose_nor_fell(periods: tuple[str, str], said: bool) -> None:
    figure = {"gebied_code": OWN, "gebied": "A", "ondergrens": None, "bovengrens": None, "status": "voorlopig"}
    rows = pd.DataFrame([figure | {"periode": p, "waarde": v} for p, v in zip(periods, (20.0, 10.0), strict=True)])
    text = words(headline(catalogue.item("wmo_aanvragen"), rows, [(OWN, "A")], OWN, pd.DataFrame()))
    assert ("lager dan" in text, "nog niet volledig" in text) == (said, not said)


def test_beside_another_region_nothing_changed_but_it_differs() -> None:
    assert "veranderd" in words(verdict("anders", "vorige"))
    assert "veranderd" not in words(verdict("anders", "gebied")) and "anders" in words(verdict("anders", "gebied"))
