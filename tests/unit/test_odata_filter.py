"""The filters that CBS clients send."""

from __future__ import annotations

import pytest

from etl.readers.odata_filter import FilterError, parse_filter

ROWS = [
    {"RegioS": "NL01  ", "Perioden": "2024JJ00", "Waarde_1": 1.5},
    {"RegioS": "GM1895", "Perioden": "2024KW01", "Waarde_1": None},
    {"RegioS": "GM0014", "Perioden": "2025KW01", "Waarde_1": 3},
]


def kept(text: str) -> list[str]:
    return [row["RegioS"].strip() for row in ROWS if parse_filter(text)(row)]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("RegioS eq 'NL01  '", ["NL01"]),
        ("RegioS eq 'NL01'", []),
        ("startswith(RegioS,'GM')", ["GM1895", "GM0014"]),
        ("substringof('KW', Perioden)", ["GM1895", "GM0014"]),
        ("startswith(RegioS,'NL') or RegioS eq 'GM0014' and Perioden eq '2024KW01'", ["NL01"]),
        ("(startswith(RegioS,'NL') or RegioS eq 'GM0014') and Perioden eq '2025KW01'", ["GM0014"]),
        ("not startswith(RegioS,'GM')", ["NL01"]),
        ("Waarde_1 gt 1", ["NL01", "GM0014"]),
        ("Waarde_1 eq null", ["GM1895"]),
        ("startswith(RegioS,'GM') eq true", ["GM1895", "GM0014"]),
    ],
)
def test_keeps_what_the_filter_says(text: str, regions: list[str]) -> None:
    assert kept(text) == regions


def test_doubled_quotes_are_one_quote() -> None:
    assert parse_filter("Title eq '''s-Gravenhage'")({"Title": "'s-Gravenhage"})


@pytest.mark.parametrize(
    "text", ["RegioS", "RegioS eq", "RegioS is 'x'", "Onbekend eq 'x'", "(RegioS eq 'x'", "a eq 'x' b"]
)
def test_an_unreadable_filter_is_an_error(text: str) -> None:
    with pytest.raises(FilterError):
        kept(text)
