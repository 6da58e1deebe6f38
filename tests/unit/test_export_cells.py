"""Cells of a file: a number as the Dutch write it becomes that number, anything else stays the words that it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import formatting as f
from dashboard.export.cells import cell
from dashboard.export.read import words

NB = f.NBSP


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("71,8", "71.8", '#,##0.0;"−"#,##0.0'),
        (f"71,8{NB}%", "71.8", f'#,##0.0"{NB}%";"−"#,##0.0"{NB}%"'),
        (f"€{NB}1.234.567", "1234567", f'"€{NB}"#,##0;"−""€{NB}"#,##0'),
        (f"−€{NB}5", "-5", f'"€{NB}"#,##0;"−""€{NB}"#,##0'),
        (f"+0,5{NB}mln", "0.5", f'"+"#,##0.0"{NB}mln";"−"#,##0.0"{NB}mln";#,##0.0"{NB}mln"'),
        ("2024", "2024", '0;"−"0'),
        ("0", "0", '#,##0;"−"#,##0'),
    ],
)
def test_a_number_keeps_its_look(text: str, number: str, shown: str) -> None:
    found = cell(text)
    assert found.number == Decimal(number) and found.number_format == shown


@pytest.mark.parametrize(
    "text",
    ["geheim", "geen waarde", "", "11 november", "30-09-2026", f">{NB}99{NB}%", "1e halfjaar 2025", "12.5", "1.23",
     f"€{NB}1 tot €{NB}2", "=1+1", "3e van 5", "1,2,3", "06-12345678"],
)  # fmt: skip
def test_what_is_no_number_stays_a_word(text: str) -> None:
    assert cell(text).number is None and cell(text).text == text


def test_the_name_of_a_year_is_no_number() -> None:
    assert cell("2024", numeric=False).number is None


@settings(max_examples=60, deadline=None)
@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False),
    st.integers(min_value=0, max_value=2),
    st.booleans(),
)
def test_every_number_of_the_screens_is_read_back(value: Decimal, decimals: int, sign: bool) -> None:
    for text in (f.number(value, decimals, sign), f.euro(value, sign), f"{f.number(value, decimals, sign)}{NB}%"):
        found = cell(text)
        assert found.number is not None
        again = f.number(found.number, found.decimals, found.signed)
        assert again == text.replace(f"€{NB}", "").replace(f"{NB}%", "")


def test_a_cell_says_what_a_screen_reader_says() -> None:
    from dash import html

    from dashboard.components.aria import aria

    dash = [html.Span("—", **aria(hidden="true")), html.Span("geen waarde", className="sr")]
    assert words(dash) == "geen waarde"
    verdict = html.Span([html.Span("▲ ", **aria(hidden="true")), "beter"])
    assert words(html.Div([verdict, html.P("dan vorig jaar")])) == "beter dan vorig jaar"
    assert words(html.Img(src="x", alt="stijgt")) == "stijgt" and words(f"€{NB}5") == f"€{NB}5"
