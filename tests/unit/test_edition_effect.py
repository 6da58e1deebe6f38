"""What the council reads of an indicator is what a screen shows and a file holds: one rule for counts of people."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from dashboard.edition.effect import figure
from dashboard.edition.facts import GEHEIM
from dashboard.rounding import counts_people, per, rounded
from indicators.core.indicator import Indicator, indicators
from tests.support import edition_lookup

_KEYS = {"indicator": "x", "periode": "2025JJ00", "gebied_code": "GM0001"}
VAN_MENSEN = [i for i in indicators().values() if counts_people(i)]


def _row(item: Indicator, teller: int, noemer: int) -> pd.DataFrame:
    scale = per(item)
    value = float(teller) if scale is None else scale * teller / noemer
    figures = {"teller": teller, "noemer": noemer, "waarde": value, "ondergrens": None, "bovengrens": None}
    return pd.DataFrame([{**_KEYS, "uitsplitsing": "totaal", **figures, "onderdrukt": False}])


@pytest.mark.parametrize("item", VAN_MENSEN, ids=lambda i: i.id)
@pytest.mark.parametrize("teller", [3, 7, 8, 12, 113])
def test_the_council_reads_what_the_screen_shows(item: Indicator, teller: int) -> None:
    rows = _row(item, teller, 1_232)
    printed, shown = figure(item, rows.iloc[0]), rounded(item, rows).iloc[0]

    if teller <= 7:
        assert printed.tekst == GEHEIM
        assert shown["onderdrukt"]
    else:
        assert printed.waarde == pytest.approx(shown["waarde"])
    assert printed.waarde != rows.iloc[0]["waarde"] or teller % 5 == 0


@pytest.mark.parametrize("item", VAN_MENSEN, ids=lambda i: i.id)
def test_the_source_of_the_number_leads_to_it(item: Indicator) -> None:
    rows = _row(item, 113, 1_232)
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA mart")
        db.execute("CREATE TABLE mart.v_indicatorwaarde AS SELECT * FROM rows")
        printed = figure(item, rows.iloc[0])
        assert edition_lookup.value(db, printed.bron) == pytest.approx(printed.waarde)


def test_a_figure_of_cbs_stays_as_cbs_publishes_it() -> None:
    item = next(i for i in indicators().values() if i.bron[0].startswith("CBS") and i.toets == "telling")
    rows = _row(item, 12, 115)
    assert figure(item, rows.iloc[0]).waarde == rows.iloc[0]["waarde"]
