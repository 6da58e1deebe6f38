"""Period codes of CBS."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.core.period import label, parse, sort_key


@pytest.mark.parametrize(
    ("code", "begin", "einde", "name"),
    [
        ("2024JJ00", dt.date(2024, 1, 1), dt.date(2024, 12, 31), "2024"),
        ("2025HJ01", dt.date(2025, 1, 1), dt.date(2025, 6, 30), "1e halfjaar 2025"),
        ("2025HJ02", dt.date(2025, 7, 1), dt.date(2025, 12, 31), "2e halfjaar 2025"),
        ("2024KW03", dt.date(2024, 7, 1), dt.date(2024, 9, 30), "3e kwartaal 2024"),
        ("2024MM02", dt.date(2024, 2, 1), dt.date(2024, 2, 29), "februari 2024"),
        ("2022SJ00", dt.date(2022, 8, 1), dt.date(2023, 7, 31), "schooljaar 2022/'23"),
        ("2024JJ00  ", dt.date(2024, 1, 1), dt.date(2024, 12, 31), "2024"),
    ],
)
def test_reads_begin_end_and_dutch_name(code: str, begin: dt.date, einde: dt.date, name: str) -> None:
    period = parse(code)
    assert (period.begin, period.einde, label(code)) == (begin, einde, name)


@pytest.mark.parametrize(
    "code", ["2024", "2024JJ01", "2024HJ03", "2024KW00", "2024MM13", "24JJ00", "2024jj00", "", "0000JJ00"]
)
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="geen periode"):
        parse(code)


def test_orders_by_end_and_the_shorter_first() -> None:
    codes = ["2025HJ01", "2024JJ00", "2024HJ02", "2024MM12", "2024HJ01"]
    assert sorted(codes, key=sort_key) == ["2024HJ01", "2024MM12", "2024HJ02", "2024JJ00", "2025HJ01"]


@given(st.integers(1900, 2100), st.sampled_from(["HJ", "KW", "MM"]))
def test_the_parts_of_a_year_fill_it(year: int, kind: str) -> None:
    count = {"HJ": 2, "KW": 4, "MM": 12}[kind]
    parts = [parse(f"{year}{kind}{n:02d}") for n in range(1, count + 1)]
    assert (parts[0].begin, parts[-1].einde) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert all(b.begin - a.einde == dt.timedelta(days=1) for a, b in pairwise(parts))
