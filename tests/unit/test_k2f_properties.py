"""Whatever the numbers, dates, codes and place of the header: written in any of the known ways, they read the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.cleaning import MONTHS, amount, decimal_sign
from etl.codes import in_year, taakveld, valid_taakvelden
from etl.source import Context, Reading, sources
from tests.support.k2f_files import Table
from tests.support.k2f_layout import EURO, HEAD, lines, titles, with_totals
from tests.support.k2f_mutations import body
from tests.support.k2f_truth import T2026, expected, got

K2F = sources()["k2f"]
EXAMPLES = settings(
    derandomize=True, database=None, max_examples=20, deadline=None, suppress_health_check=list(HealthCheck)
)
EUROS = st.decimals(Decimal("-99999999.99"), Decimal("99999999.99"), places=2)


def separated(group: str, mark: str) -> Callable[[Decimal], str]:
    return lambda value: f"{value:,.2f}".replace(",", "g").replace(".", mark).replace("g", group)


def behind(value: Decimal) -> str:
    return separated(".", ",")(abs(value)) + ("-" if value < 0 else "")


def bracketed(value: Decimal) -> str:
    shown = separated(".", ",")(abs(value))
    return f"({shown})" if value < 0 else shown


WAYS: dict[str, Callable[[Decimal], str]] = {
    "1.234,56": separated(".", ","),
    "1,234.56": separated(",", "."),
    "1 234,56": separated(" ", ","),
    "hard space": separated("\u00a0", ","),
    "1'234,56": separated("'", ","),
    "1’234.56": separated("\u2019", "."),
    "1234,56": separated("", ","),
    "1234.56": separated("", "."),
    "minus behind": behind,
    "brackets": bracketed,
    "euro sign": lambda value: "€ " + separated(".", ",")(value),
    "minus and space": lambda value: separated(".", ",")(value).replace("-", "- "),
    "long minus": lambda value: separated(".", ",")(value).replace("-", "\u2212"),
}


@pytest.mark.parametrize("way", WAYS)
@EXAMPLES
@given(values=st.lists(EUROS, min_size=1, max_size=8))
def test_a_column_of_amounts_is_read_to_the_cent_in_every_way_of_writing(way: str, values: list[Decimal]) -> None:
    written = [WAYS[way](value) for value in values]
    sign = decimal_sign(written)
    assert [amount(text, sign) for text in written] == values


@EXAMPLES
@given(value=st.integers(1000, 999_999))
def test_a_number_that_reads_two_ways_alone_is_never_guessed(value: int) -> None:
    written = f"{value:,}".replace(",", ".")
    with pytest.raises(ValueError, match="duizenden zijn of decimalen"):
        decimal_sign([written])


MONTH = {number: name for name, number in MONTHS.items() if len(name) > 3 or name == "mei"}
SAYINGS: dict[str, Callable[[dt.date], str]] = {
    "Peildatum: dd-mm-jjjj": lambda day: f"Peildatum: {day:%d-%m-%Y}",
    "Peildatum d-m-jjjj": lambda day: f"Peildatum {day.day}-{day.month}-{day.year}",
    "Peildatum jjjj-mm-dd": lambda day: f"Peildatum: {day.isoformat()}",
    "Peildatum dd-mm-jj": lambda day: f"Peildatum: {day:%d-%m-%y}",
    "Stand per d maand jjjj": lambda day: f"Stand per {day.day} {MONTH[day.month]} {day.year}",
    "t/m periode, Boekjaar": lambda day: f"Boekjaar {day.year} t/m periode {day.month}",
    "t/m mm-jjjj": lambda day: f"Realisatie t/m {day:%m-%Y}",
    "periode jjjjmm": lambda day: f"t/m periode {day:%Y%m}",
    "t/m maand jjjj": lambda day: f"Uitputting t/m {MONTH[day.month]} {day.year}",
}


@pytest.mark.parametrize("way", SAYINGS)
@pytest.mark.parametrize("month", range(1, 13))
def test_the_peildatum_is_the_same_in_every_way_of_saying(way: str, month: int) -> None:
    last = dt.date(2026 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    reading = read([[SAYINGS[way](last)], [EURO], HEAD, *lines()], 3)
    assert reading.peildatum == last, [refusal.reden for refusal in reading.refusals]
    assert set(reading.tables["overzicht"]["periode"]) == {month}
    assert set(reading.tables["overzicht"]["boekjaar"]) == {2026}


CODES: dict[str, Callable[[str], object]] = {
    "plain": lambda code: code,
    "with its name": lambda code: f"{code} Een naam (Wmo)",
    "dash and name": lambda code: f"{code} - Een naam",
    "after a word": lambda code: f"Taakveld {code}",
    "capitals": lambda code: code.upper(),
    "comma": lambda code: code.replace(".", ","),
    "nought before": lambda code: f"0{code}",
    "spaces": lambda code: f"  {code}\u00a0",
    "without a point": lambda code: code.replace(".", ""),
    "as a number": lambda code: code if code[-1].isalpha() else float(code),
}


@pytest.mark.parametrize("way", CODES)
@pytest.mark.parametrize("jaar", [2017, 2022, 2023, 2024, 2025, 2026])
def test_every_code_of_every_year_is_read_in_every_way_of_writing(way: str, jaar: int) -> None:
    for code in valid_taakvelden(jaar):
        assert in_year(taakveld(CODES[way](code)), jaar) == code


def read(table: Table, first: int) -> Reading:
    return K2F.read([body(table, first).sheet()], Context("overzicht.xlsx"))


@EXAMPLES
@given(data=st.data())
def test_the_header_is_found_wherever_it_stands_and_in_whatever_order_its_columns_are(data: st.DataObject) -> None:
    table = [HEAD, *with_totals(lines())]
    order = data.draw(st.permutations(range(1, len(HEAD))))
    table = [[row[0], *(row[column] for column in order)] for row in table]  # the label of a total stands first
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(table[0])))
        filling = data.draw(st.sampled_from((None, "Opmerking", "tekst")))
        table = [[*row[:at], filling if place < 2 or at else None, *row[at:]] for place, row in enumerate(table)]
    above: Table = [[] for _ in range(data.draw(st.integers(0, 12)))]
    between: Table = [[] for _ in range(data.draw(st.integers(0, 3)))]
    whole = [*above, *titles(), *between, *table]
    gaps = data.draw(st.sets(st.integers(len(whole) - len(table) + 1, len(whole) - 1), max_size=4))
    spaced = [row for place, line in enumerate(whole) for row in (([], line) if place in gaps else (line,))]
    reading = read(spaced, 0)
    assert not reading.refused, [refusal.reden for refusal in reading.refusals]
    assert got(reading) == expected(T2026)


MONEY = st.decimals(Decimal(0), Decimal("9999999.99"), places=2)


@EXAMPLES
@given(
    values=st.lists(
        st.tuples(st.sampled_from(sorted(valid_taakvelden(2026))), st.sampled_from("LB"), *[MONEY] * 4),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_any_amounts_are_read_to_the_cent(values: list[tuple]) -> None:
    table: Table = [
        [f"K{place}", "43300", code, kant, prim, wijz, prim + wijz, real, verpl]
        for place, (code, kant, prim, wijz, real, verpl) in enumerate(values)
    ]
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for row in table:
        own = sums.setdefault((row[2], row[3]), [Decimal(0)] * 5)
        own[:] = [total + value for total, value in zip(own, row[4:], strict=True)]
    reading = read([*titles(), HEAD, *table], 5)
    assert not reading.refused, [refusal.reden for refusal in reading.refusals]
    found = {(code, kant): list(amounts) for (_, code, kant), amounts in got(reading).items()}
    assert found == {key: amounts for key, amounts in sums.items() if any(amounts)}
