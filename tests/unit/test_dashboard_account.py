"""The account: how a rule was measured stands behind one key, and the statements are there with a name to link to."""

from __future__ import annotations

import pandas as pd

from dashboard.markup import to_html
from dashboard.pages.verantwoording import _measured, _statements


def test_how_a_rule_was_measured_is_closed_until_asked() -> None:
    assert to_html(_measured(pd.Series({"meting": "Op rustige jaren."}))).startswith("<details")
    assert _measured(pd.Series({"meting": None})) is None


def test_the_statements_have_names_to_link_to() -> None:
    text = to_html(_statements())
    assert 'id="privacy"' in text and 'id="colofon"' in text and "EUPL-1.2" in text
