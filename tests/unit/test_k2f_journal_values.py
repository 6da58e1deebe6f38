"""Cells of a journal: periods, months of the care, letters; and when boekjaar, period and boekdatum can all be true."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cleaning import MONTHS, NotUnderstood
from etl.k2f import journal_values as values
from etl.k2f.journal_lines import Total
from etl.k2f.journal_moment import CLOSING, check_line, closing_end
from etl.k2f.journal_row import JournalLine
from etl.k2f.journal_sums import check_totals

STEADY = settings(max_examples=200, derandomize=True, deadline=None, database=None)
months = st.dates(dt.date(2018, 1, 1), dt.date(2030, 12, 1)).map(lambda day: day.replace(day=1))
NAMES = {number: name for name, number in reversed(MONTHS.items())}


def ways(month: dt.date) -> list[Any]:
    """Every way in which an export writes a month."""
    return [
        f"{month:%Y%m}", f"{month:%Y-%m}", f"{month:%Y/%m}", f"{month:%m-%Y}", int(f"{month:%Y%m}"),
        f"{NAMES[month.month]} {month.year}", f"{NAMES[month.month].title()}-{month:%y}", month, float(f"{month:%Y%m}"),
        f"{month:%Y}P{month:%m}", dt.datetime.combine(month, dt.time()), f"17-{month:%m-%Y}", f"{month:%Y-%m}-28",
        f"01-{month:%m-%Y} t/m 28-{month:%m-%Y}", f" {month:%Y-%m}\u00a0",
    ]  # fmt: skip


@STEADY
@given(months)
def test_a_month_of_the_care_reads_the_same_however_it_is_written(month: dt.date) -> None:
    assert {values.prestatiemaand(way) for way in ways(month)} == {month}


@pytest.mark.parametrize("cell", [3, "3", "maart", "2026-13", "2026-00", "kwartaal 1", "div.", True, "31-02-2026"])
def test_what_is_no_month_with_a_year_is_refused(cell: Any) -> None:
    with pytest.raises(NotUnderstood):
        values.prestatiemaand(cell)


def test_no_month_or_several_give_none() -> None:
    assert [values.prestatiemaand(cell) for cell in (None, " ", "01-01-2026 t/m 31-03-2026")] == [None] * 3


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (9, (9, None)), ("09", (9, None)), (9.0, (9, None)), ("P9", (9, None)), ("periode 9", (9, None)),
        ("september", (9, None)), ("sep 2026", (9, 2026)), ("202609", (9, 2026)), (202609, (9, 2026)),
        ("2026-09", (9, 2026)), ("2026P09", (9, 2026)), ("09-2026", (9, 2026)), (0, (0, None)), ("00", (0, None)),
        (13, (13, None)), ("202613", (13, 2026)), (dt.date(2026, 9, 1), (9, 2026)),
    ],
)  # fmt: skip
def test_a_period_reads_the_same_however_it_is_written(cell: Any, read: tuple[int, int | None]) -> None:
    assert values.periode(cell) == read


@pytest.mark.parametrize("cell", [14, "14", -1, 1.5, "Q3", "x", "", "1 t/m 9", "2026"])
def test_what_is_no_period_is_refused(cell: Any) -> None:
    with pytest.raises(NotUnderstood):
        values.periode(cell)


@STEADY
@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 13))
def test_in_the_year_a_line_has_the_period_of_its_month_or_the_one_that_was_still_open(
    day: dt.date, periode: int
) -> None:
    peildatum = dt.date(2027, 7, 31)
    fits = {day.month, day.month - 1} | ({CLOSING} if day.month == 12 else set())
    try:
        late = check_line(2026, periode, day, peildatum)
    except NotUnderstood:
        assert periode not in fits
    else:
        assert periode in fits and late == (1 <= periode == day.month - 1)


@STEADY
@given(
    st.dates(dt.date(2025, 6, 1), dt.date(2028, 6, 1)),
    st.integers(0, 13),
    st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
)
def test_nothing_outside_the_year_and_nothing_of_the_future_is_ever_accepted(
    day: dt.date, periode: int, peildatum: dt.date
) -> None:
    try:
        check_line(2026, periode, day, peildatum)
    except NotUnderstood:
        return
    assert dt.date(2026, 1, 1) <= day <= closing_end(2026)
    last = calendar.monthrange(peildatum.year, peildatum.month)[1]
    month_after = peildatum.replace(day=last) + dt.timedelta(days=31)
    assert day <= peildatum or (periode <= peildatum.month and day <= month_after)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("31-02-2026", "31-02-2026"), ("1.2.3,4", "1.2.3,4"), ("maart 2026", "maart 2026"), ("Jansen", "(tekst)"),
        ("De Bos 12", "(tekst)"), ("999900006", "(nummer)"), ("NL00BANK0123456789", "(tekst)"), ("L", "L"),
        (None, None), ("60010001", "60010001"), ("x999990019", "x(nummer)"),
    ],
)  # fmt: skip
def test_a_refusal_shows_figures_and_no_words(cell: Any, shown: str | None) -> None:
    assert values.shown(cell) == shown


@pytest.mark.parametrize(
    ("cell", "count"),
    [("25,00", 2), ("25.00-", 2), ("(1.234,5)", 1), ("1.234", 0), (25, 0), (25.5, 1), ("€ 7,125", 0), (0.125, 3)],
)
def test_decimals_are_counted_as_written(cell: Any, count: int) -> None:
    value = Decimal(str(cell)) if not isinstance(cell, str) else Decimal(1)
    assert values.decimals(cell, value) == count


def line(rij: int, value: str, side: str = "L", code: str = "6.711") -> JournalLine:
    amount = Decimal(value)
    return JournalLine(
        "", rij, code, 2026, 1, dt.date(2026, 1, 1), None, None, None, side, amount, 2, ("", "", ""), {3: amount}
    )


@STEADY
@given(
    st.lists(st.tuples(st.integers(-(10**6), 10**6), st.sampled_from("LB")), min_size=1, max_size=12),
    st.integers(-(10**6), 10**6),
)
def test_a_total_holds_only_when_it_is_a_sum_of_its_lines(amounts: list[tuple[int, str]], off: int) -> None:
    lines = [line(i, f"{value / 100:.2f}", side) for i, (value, side) in enumerate(amounts, 2)]
    lasten = sum(entry.value for entry in lines if entry.side == "L")
    baten = sum(entry.value for entry in lines if entry.side == "B")
    printed = Decimal(lasten + baten) + Decimal(off) / 100
    wrong, held, _ = check_totals(lines, [Total(99, "Totaal", "", {3: printed})], Decimal("0.01"))
    sums = {lasten + baten, lasten - baten, baten - lasten}
    assert bool(held) == any(abs(printed - value) <= Decimal("0.01") for value in sums)
    assert bool(wrong) != bool(held)
