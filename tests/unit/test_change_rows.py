"""Rows go into the published tables quickly and unharmed, and the order in which values come does not matter."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from indicators.comparison.changes import changes
from indicators.compute import insert
from indicators.core.contract import BY_NAME
from indicators.core.indicator import Breuk
from tests.support.comparison import PEILDATUM, database, known, record, value, with_values

SIGNAL = BY_NAME["mart.fct_signaal"]


def test_every_kind_of_missing_value_is_empty_and_every_kind_of_number_arrives() -> None:
    connection = database()
    row = dict.fromkeys(SIGNAL.column_names) | {"peildatum": dt.date(2026, 9, 30)}
    rows = [
        row | {"signaal": "a", "effect_eur": Decimal("12.34"), "sinds": dt.date(2026, 1, 1), "volgorde": 1},
        row | {"signaal": "b", "effect_eur": 56.785, "sinds": pd.NaT, "volgorde": np.int64(2)},
        row | {"signaal": "c", "effect_eur": np.nan, "sinds": None, "volgorde": pd.NA},
        row | {"signaal": "d", "effect_eur": "7.5", "titel": np.nan},
    ]
    insert(connection, SIGNAL, pd.DataFrame(rows))
    found = connection.execute("SELECT signaal, effect_eur::VARCHAR, sinds, volgorde, titel FROM mart.fct_signaal")
    assert found.fetchall() == [
        ("a", "12.34", dt.date(2026, 1, 1), 1, None),
        ("b", "56.79", None, 2, None),
        ("c", None, None, None, None),
        ("d", "7.50", None, None, None),
    ]


def test_the_order_of_values_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    known(
        monkeypatch,
        record("m", toets="marge"),
        record("p", toets="proportie", breuken=(Breuk("2019JJ00", "Nieuwe telling."),)),
        record("t", toets="telling", hoger_is="slechter"),
        record("r", hoger_is="neutraal"),
    )
    chance = np.random.default_rng(5)
    rows = []
    for code in ("GM1895", "PV20", "NL01", "WK189500", *(f"GM{2000 + i}" for i in range(12))):
        whole = {"NL01": 90_000, "PV20": 20_000}.get(code, 1_000)
        for year in range(2017, 2026):
            cases = int(chance.binomial(whole, 0.2))
            counted = {"teller": cases, "noemer": whole}
            rows += [value(name, f"{year}JJ00", code, 100 * cases / whole, **counted) for name in "ptr"]
            bounds = {"ondergrens": 100 * cases / whole - 2, "bovengrens": 100 * cases / whole + 3}
            rows.append(value("m", f"{year}JJ00", code, 100 * cases / whole, **bounds))
    mixed = random.Random(3).sample(rows, len(rows))
    key = ["indicator", "periode", "gebied_code", "soort", "tegenover"]
    one, other = (
        changes(with_values(these), PEILDATUM)["mart.fct_indicatorverandering"].sort_values(key, ignore_index=True)
        for these in (rows, mixed)
    )
    pd.testing.assert_frame_equal(one, other)
    assert not one.duplicated(key).any()
    assert set(one["toets"]) == {"marge", "proportie", "telling", "beweging", "trend", "geen"}
