"""The account: how a rule was measured stands behind one key, and the statements are there with a name to link to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from dashboard.markup import to_html
from dashboard.pages import verantwoording
from dashboard.pages.verantwoording import _editions, _measured, _statements


def test_how_a_rule_was_measured_is_closed_until_asked() -> None:
    assert to_html(_measured(pd.Series({"meting": "Op rustige jaren."}))).startswith("<details")
    assert _measured(pd.Series({"meting": None})) is None


def test_the_statements_have_names_to_link_to() -> None:
    text = to_html(_statements())
    assert 'id="privacy"' in text and 'id="colofon"' in text and "EUPL-1.2" in text


ABOUT = {"run": "20260930T120000Z", "gemaakt_op": dt.date(2026, 10, 2), "peildatum": dt.date(2026, 9, 30)}


def test_the_imprint_names_the_software_and_the_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_html(_statements(_editions(ABOUT)))
    assert "20260930T120000Z, gemaakt op 2 oktober 2026 met cijfers tot en met 30 september 2026" in text
    assert f'name = "{verantwoording.PAKKET}"' in (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    monkeypatch.setattr(verantwoording, "PAKKET", "een-pakket-dat-niet-bestaat")
    assert "onbekend" in _editions(ABOUT)[0]
