"""On the synthetic municipality: what is said of late bills is near what they truly keep out of the forecast."""

import json

import duckdb
import pytest

from tests.support.late_truth import explained_and_true
from tests.support.signal_truth import SAMPLE, publication

FILE = publication()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(FILE is None, reason="geen gepubliceerd voorbeeld: `make run` maakt er een"),
]


def test_late_bills_are_explained_in_true_proportion() -> None:
    truth = json.loads((SAMPLE / "inbox" / "truth.json").read_text("utf-8"))
    with duckdb.connect(str(FILE), read_only=True) as connection:
        months = explained_and_true(connection, truth)
    assert months and all(said < 0 for _, said, _ in months)
    # One month scatters: how slow bills are must be told from the first bills. Over the months it is what it is.
    assert 0.5 < sum(said for _, said, _ in months) / sum(true for _, _, true in months) < 1.6
    recent = months[-3:]
    assert all(0.5 < said / true < 2.0 for _, said, true in recent)
