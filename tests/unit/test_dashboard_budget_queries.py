"""What pages about budgets ask of a publication: sums have what their parts have, a budget only its own events."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import queries
from dashboard.components.events import moments
from dashboard.store import Publication, Store
from tests.support.publication import BUDGETTEN, PEILDATUM, publish, voorbeeld


@pytest.fixture(scope="module")
def pub(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    store: Path = tmp_path_factory.mktemp("store")
    rows = voorbeeld()
    example = next(row for row in rows["mart.fct_signaal"] if row["onderdeel"] == "totaal")
    for regel in ("programma_achter", "lasten"):
        rows["mart.fct_signaal"].append(
            {**example, "signaal": regel, "regel": regel, "titel": regel, "sinds": PEILDATUM.replace(month=4, day=1)}
        )
    publish(store, rows, "a.duckdb")
    found = Store(store).current()
    assert found is not None
    return found


def test_a_sum_has_booked_what_its_parts_have(pub: Publication) -> None:
    rows = queries.budgetten(pub, PEILDATUM.year).set_index("onderdeel")["geboekt_eur"]
    jeugd = [o for o in BUDGETTEN if "jeugd" in o]
    assert rows["jeugd"] == pytest.approx(rows[jeugd].sum()) and rows["jeugd"] > 0
    assert rows["totaal"] == pytest.approx(rows[[*BUDGETTEN]].sum())


def test_a_programme_is_no_moment_in_the_course_of_a_budget(pub: Publication) -> None:
    told = [m.tekst for m in moments(pub, "totaal", PEILDATUM.year)]
    assert "lasten" in told and "programma_achter" not in told
