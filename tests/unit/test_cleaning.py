"""Amounts, dates and codes as people write them: the value, or a refusal with its remedy."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import cleaning
from etl.cleaning import NotUnderstood, amount, decimal_sign
from etl.codes import in_year, taakveld, taakvelden
from etl.readers.cells import CellError

CENTS = st.integers(-(10**13), 10**13)


def dutch(value: Decimal, group: str = ".", mark: str = ",") -> str:
    return f"{value:,.2f}".replace(",", "#").replace(".", mark).replace("#", group)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234.567,89", "1234567.89"), ("(1.234,56)", "-1234.56"), ("1 234,56", "1234.56"), ("€ 5", "5"),
        ("1\u00a0234,56", "1234.56"), ("25.991,00-", "-25991"), ("- 19.796,10", "-19796.10"), ("-", "0"),
        ("–", "0"), ("−12,50", "-12.50"), ("€ -", "0"), ("EUR 1.234,50", "1234.50"), ("1,234,567.89", "1234567.89"),
        ("1.250,-", "1250"), ("+3,5", "3.5"), ("0,5", "0.5"), ("12345", "12345"), (12.5, "12.5"), (0, "0"),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_a_dutch_reader_would(written: object, value: str) -> None:
    assert amount(written) == Decimal(value)


@pytest.mark.parametrize("written", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_is_no_amount(written: object) -> None:
    assert amount(written) is None


@pytest.mark.parametrize(
    "written",
    ["abc", "12.34.5", "1E+05", "--5", "(-5)", "1.234", "N 31.393", "12%", "5,", "1,2,3", "=1+1", "1 2", "١٢", True,
     dt.date(2026, 1, 6), CellError("#N/A"), float("nan"), float("inf"), "1.23.456,00"],
)  # fmt: skip
def test_what_is_no_certain_amount_is_refused_with_a_remedy(written: object) -> None:
    with pytest.raises(NotUnderstood) as problem:
        amount(written)
    assert problem.value.reden and problem.value.oplossing


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        (["1.234", "1.234,50"], ","), (["1.234", "0.5"], "."), (["1.234", "1.234.567"], ","),
        (["1.234", "14404.0"], "."),
        (["12", "15", None, "-"], None), (["1,234", "1,234,567"], "."), (["1.234", "3,5-"], ","), ([1.5, "naam"], None),
    ],
)  # fmt: skip
def test_the_whole_column_decides_what_a_point_means(column: list, sign: str | None) -> None:
    assert decimal_sign(column) == sign


@pytest.mark.parametrize("column", [["1.234", "5.678"], ["1,234"], ["1.234,50", "1,234.50"], ["0,5", "0.5"]])
def test_a_column_that_reads_two_ways_is_refused(column: list[str]) -> None:
    with pytest.raises(NotUnderstood, match="decimaal"):
        decimal_sign(column)


@given(CENTS, st.sampled_from([".", " ", "\u00a0", "\u202f", ""]), st.sampled_from(["{}", "€ {}", "{} €"]))
def test_any_amount_in_dutch_writing_comes_back_to_the_cent(cents: int, group: str, form: str) -> None:
    value = Decimal(cents) / 100
    written = form.format(dutch(abs(value), group))
    sign = "-" if value < 0 else ""
    for text in (f"{sign}{written}", f"{written}{sign}", f"({written})" if sign else written):
        assert amount(text, ",") == value
    assert decimal_sign([written]) == ","


@given(CENTS)
def test_the_same_amounts_in_english_writing_prove_the_point(cents: int) -> None:
    value = Decimal(cents) / 100
    written = dutch(value, ",", ".")
    assert decimal_sign([written]) == "."
    assert amount(written, ".") == value


@given(st.text(max_size=12))
def test_any_text_gives_an_amount_nothing_or_a_refusal(written: str) -> None:
    try:
        value = amount(written)
    except NotUnderstood:
        return
    assert value is None or value.is_finite()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_cell_keeps_every_digit(number: float) -> None:
    assert float(amount(number) or 0) == number


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_a_day_is_read_from_every_writing(day: dt.date) -> None:
    month = next(name for name, number in cleaning.MONTHS.items() if number == day.month)
    forms = [f"{day:%d-%m-%Y}", f"{day:%d/%m/%y}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day.day} {month} {day.year}"]
    assert {cleaning.date(form) for form in forms} == {day}
    serial = (day - dt.date(1899, 12, 30)).days
    assert cleaning.date(serial, serial=True) == day
    with pytest.raises(NotUnderstood):
        cleaning.date(serial)


@pytest.mark.parametrize(
    "written", ["31-09-2026", "09/30/2026", "gisteren", "", None, True, 46000.0, "2026-13-01", "1.5"]
)
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(NotUnderstood):
        cleaning.date(written)


@pytest.mark.parametrize(
    ("cell", "jaar", "code"),
    [
        ("6.71A Hulp bij het huishouden (WMO)", 2024, "6.71a"), ("6.711", 2025, "6.711"), ("671-3", 2022, "6.71"),
        ("61-3 - Samenkracht", 2026, "6.1"), (6.6, 2025, "6.60"), (6.6, 2024, "6.6"), ("6.60", 2024, "6.6"),
        ("6.60 Hulpmiddelen en diensten", 2026, "6.60"), (6.711, 2026, "6.711"), ("6,1", 2026, "6.1"),
        (6711.0, 2026, "6.711"), ("6.71 Begeleiding", 2022, "6.71"), ("6.10", 2026, "6.1"),
    ],
)  # fmt: skip
def test_a_taakveld_is_read_as_iv3_writes_it_in_its_year(cell: object, jaar: int, code: str) -> None:
    assert in_year(taakveld(cell), jaar) == code


@pytest.mark.parametrize("cell", [dt.date(2026, 1, 6), "06-01-2026", "6-jan", "6 januari", None, "Totaal", "", True])
def test_a_taakveld_that_excel_mangled_or_that_is_missing_is_refused(cell: object) -> None:
    with pytest.raises(NotUnderstood):
        taakveld(cell)


@pytest.mark.parametrize(
    ("code", "jaar"), [("6.71a", 2025), ("6.711", 2024), ("6.2", 2025), ("6.999", 2026), ("6", 2026)]
)
def test_a_taakveld_outside_its_years_is_refused(code: str, jaar: int) -> None:
    with pytest.raises(NotUnderstood, match=str(jaar)):
        in_year(code, jaar)


@pytest.mark.parametrize("record", taakvelden(), ids=lambda t: f"{t.taakveld}-{t.vanaf_jaar}")
def test_every_taakveld_reads_back_with_its_name_behind_it(record: object) -> None:
    jaar = record.vanaf_jaar
    assert in_year(taakveld(f"{record.taakveld} {record.naam}"), jaar) == record.taakveld
    assert in_year(taakveld(record.taakveld.upper()), jaar) == record.taakveld


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+31612345678", "@SUM(A1)", "-cmd", dt.date(2026, 1, 1)])
def test_a_code_that_would_run_as_a_formula_is_refused(cell: object) -> None:
    with pytest.raises(NotUnderstood):
        cleaning.code_text(cell)


def test_a_code_keeps_its_zeros_and_loses_only_the_decimals_of_excel() -> None:
    assert cleaning.code_text("00610001") == "00610001"
    assert cleaning.code_text(60010001.0) == "60010001"
