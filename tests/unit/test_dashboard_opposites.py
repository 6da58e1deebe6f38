"""A sum of budgets that go opposite ways says so, by name, where its waterfall stands."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard import queries
from dashboard.components.explanation import explanation_block
from dashboard.markup import to_html
from dashboard.opposites import opposites, others, sentence
from dashboard.queries_budget import verklaring_delen
from dashboard.store import Publication, Store
from tests.support.publication import PEILDATUM, publish, voorbeeld

#: Of four budgets: what a cause does to each.
DELEN = {
    "hulp_bij_het_huishouden": {"nieuw": 608_000, "prijs": 300_000, "duur": 40_000},
    "begeleiding": {"nieuw": -115_000, "prijs": -60_000, "duur": -45_000},
    "jeugdhulp_met_verblijf": {"nieuw": -319_000, "beeindigd": -448_000},
    "jeugdhulp_ambulant": {"nieuw": -550_000, "beeindigd": 776_000},
}
SOM = {"prijs": 240_000, "beeindigd": 328_000, "overig": 90_000, "nieuw": -376_000, "duur": -5_000}


def parts(**effects: dict[str, float]) -> pd.DataFrame:
    rows = [(name, cause, effect) for name, of in effects.items() for cause, effect in of.items()]
    return pd.DataFrame(rows, columns=["naam", "oorzaak", "effect_eur"])


@pytest.fixture(scope="module")
def pub(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    store: Path = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    example = rows["mart.fct_verklaring"][0]
    rows["mart.fct_verklaring"] = [
        {**example, "onderdeel": onderdeel, "oorzaak": cause, "volgorde": place, "effect_eur": effect, "zin": "Zin."}
        for onderdeel, causes in {**DELEN, "totaal": SOM}.items()
        for place, (cause, effect) in enumerate(causes.items(), start=1)
    ]
    publish(store, rows, "a.duckdb")
    found = Store(store).current()
    assert found is not None
    return found


def page(pub: Publication, onderdeel: str) -> str:
    frame = queries.budgetten(pub, PEILDATUM.year)
    row = frame[frame["onderdeel"] == onderdeel].iloc[0]
    block = explanation_block(pub, row, PEILDATUM.year, "Naam", False)
    return to_html(block).replace("\u00a0", " ")


def test_what_goes_the_other_way_counts_from_a_quarter_and_from_what_is_seen_in_millions() -> None:
    found = opposites(
        parts(
            a={"nieuw": 600_000.0, "prijs": 400_000.0, "duur": 60_000.0, "aantal": 500_000.0},
            b={"nieuw": -550_000.0, "prijs": -90_000.0, "duur": -45_000.0, "aantal": -200_000.0},
            c={"nieuw": -700_000.0, "aantal": 10_000.0},
        )
    )
    assert list(found) == ["nieuw", "aantal"]
    assert found["nieuw"].omhoog == ("a", 600_000.0) and found["nieuw"].omlaag == ("c", -700_000.0)
    assert found["nieuw"].verborgen == 600_000.0 and found["aantal"].verborgen == 200_000.0
    said = sentence(found["nieuw"]).replace("\u00a0", " ")
    assert said == "Per budget loopt dit van c (−€ 700.000) tot a (+€ 600.000)."
    assert others([]) == "" and opposites(parts()) == {}


def test_parts_are_those_of_the_sum_and_of_nothing_else(pub: Publication) -> None:
    year = PEILDATUM.year
    assert len(verklaring_delen(pub, year, "totaal")) == sum(map(len, DELEN.values()))
    assert set(verklaring_delen(pub, year, "jeugd")["naam"]) == {"Jeugdhulp met verblijf", "Jeugdhulp ambulant"}
    assert verklaring_delen(pub, year, "begeleiding").empty


def test_the_page_of_a_sum_names_the_largest_up_and_the_largest_down(pub: Publication) -> None:
    text = page(pub, "totaal")
    assert (
        "Zin. Per budget loopt dit van Jeugdhulp met verblijf (−€ 448.000) tot Jeugdhulp ambulant (+€ 776.000)." in text
    )
    # New clients are the fourth cause, without a sentence of their own; opposite prices are too small to tell.
    ends = "van Jeugdhulp ambulant (−€ 550.000) tot Hulp bij het huishouden (+€ 608.000)"
    assert f"Ook hierin lopen budgetten uiteen: nieuwe cliënten {ends}." in text
    assert f"Per budget loopt dit {ends}." in text[text.index("<table") :]
    assert "prijs van" not in text and "duur en intensiteit van" not in text


def test_a_single_budget_has_no_parts_that_differ(pub: Publication) -> None:
    text = page(pub, "hulp_bij_het_huishouden")
    assert "Zin." in text and "Per budget" not in text and "lopen budgetten uiteen" not in text
