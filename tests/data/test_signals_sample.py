"""On the synthetic municipality: each planted event above EUR 100,000 a year is raised three months before year end."""

import datetime as dt
import json

import duckdb
import pytest

from indicators.core.contract import AGGREGATEN
from indicators.signals.run import signals
from tests.support.signal_truth import SAMPLE, events, follow, publication

FILE = publication()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        FILE is None, reason="geen gepubliceerd voorbeeld: `make run` maakt er een (make bench toetst ook)"
    ),
]


@pytest.fixture(scope="module")
def published():
    with duckdb.connect(str(FILE), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def peildatum() -> dt.date:
    return dt.date.fromisoformat(json.loads((SAMPLE / "inbox" / "truth.json").read_text("utf-8"))["peildatum"])


def test_planted_events_are_raised_in_time(published, peildatum) -> None:
    followed = follow(published, peildatum, only_last=True)
    assert len(followed) == len(events())
    assert not [e for e in followed if not e.in_time]


def test_one_story_is_one_signal(published, peildatum) -> None:
    rows = signals(published, peildatum)["mart.fct_signaal"]
    assert rows["signaal"].is_unique and list(rows["volgorde"]) == list(range(1, len(rows) + 1))
    assert (rows["titel"].str.split().str.len() <= 10).all()
    budgets = rows[rows["regel"] == "budget_in_gevaar"]
    parts = budgets[~budgets["onderdeel"].isin(AGGREGATEN)]
    if len(parts):
        assert "totaal" not in set(budgets[budgets["signaal"].str.endswith(f":L:{peildatum.year}")]["onderdeel"])
    causes = rows[rows["regel"].isin(["prijs", "grote_boeking"]) & (rows["effect_eur"] > 500_000)]
    assert not set(causes["onderdeel"]) & set(parts["onderdeel"])
