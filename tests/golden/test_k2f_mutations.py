"""One cell wrong in a good overview: refused, or the same figures. What the sheet's own sums prove, and what not.

A sheet proves an amount when it says it twice: in a line and in a sum of it. From that follows precisely:

- Subtotals of a taakveld and totals of lasten and of baten (COMPLETE): no single change of any cell under the header
  goes unseen, whether amount, code, side, row or total. Only what is no part of a published sum may change: the
  kostenplaats or kostensoort of a line (unless mapping.toml gives it an onderdeel), and lines within one taakveld and
  side that trade amounts.
- Sums that do not name the taakveld (a total, a saldo, parents, tables side by side): the same for every amount, side
  and row, but not for what the sheet says once: the code of a line is changed unseen when the new code is valid and
  not the parent or child of another, and two lines under one sum may trade amounts of a column.
- Amounts rounded to whole euros or thousands: a change smaller than the rounding of a sum (half a unit a line) is
  not seen.
- Nothing printed twice: nothing is proven; only codes, types and double lines are judged.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.source import Context, Reading, sources
from tests.support import k2f_corpus_columns as columns
from tests.support import k2f_corpus_rows as rows
from tests.support.k2f_files import Table
from tests.support.k2f_layout import FIRST_AMOUNT, HEAD, lines, plain, summed, titles, with_totals
from tests.support.k2f_mutations import Body, Rows, body, damaged
from tests.support.k2f_truth import got

K2F = sources()["k2f"]
EXAMPLES = settings(
    derandomize=True, database=None, max_examples=25, deadline=None, suppress_health_check=list(HealthCheck)
)


def ended(table: Table, first: int) -> Table:
    """A table of which all lines from `first` on get a total of lasten, one of baten and a saldo under them."""
    own = [row for row in table[first:] if not any("otaal" in str(cell) for cell in row)]
    sides = [summed(f"Totaal {word}", [row for row in own if row[3] == kant]) for word, kant in
             (("lasten", "L"), ("baten", "B"))]  # fmt: skip
    saldo = [b - a for a, b in zip(*(side[FIRST_AMOUNT:] for side in sides), strict=True)]
    return [*table, *sides, ["Saldo", *[None] * (FIRST_AMOUNT - 1), *saldo]]


def with_total_row(table: Table, first: int) -> Table:
    """A table with the sum of each column under it."""
    return [*table, summed("Totaal", table[first:], 1)]


TOTALS = [*titles(), HEAD, *with_totals(lines())]
COMPLETE = {
    "subtotals and totals": body(TOTALS, 5),
    "the same as text": body(TOTALS, 5, text=True),
    "taakveld on the first row of its block": body(ended(rows.first_row_only(subtotals=True), 5), 5),
}
WITHOUT_CODES = {
    "saldo columns and a total": body(with_total_row(columns.by_measure(True), 6), 6, but=(0,), swaps=False),
    "headings with totals": body(rows.sections(), 5, but=(0, 1, 2), swaps=False),
    "parents": body(rows.parents(), 5, but=(0,), swaps=False),
    "sums above": body(rows.sums_above(), 5, but=(0, 1, 2), swaps=False),
    "side by side": body(rows.side_by_side(), 6, but=(0, 7), swaps=False),
}


def read(sheet: Body, cells: Rows | None = None) -> Reading:
    reading = K2F.read([sheet.sheet(cells)], Context("overzicht.xlsx"))
    assert reading.rijen_gelezen == reading.rijen_geladen + reading.rijen_geweigerd + reading.rijen_buiten_bereik
    return reading


@pytest.mark.parametrize("name", [*COMPLETE, *WITHOUT_CODES])
@EXAMPLES
@given(data=st.data())
def test_a_change_is_refused_or_changes_nothing_that_is_published(name: str, data: st.DataObject) -> None:
    good = (COMPLETE | WITHOUT_CODES)[name]
    done, cells = damaged(data.draw, good)
    reading = read(good, cells)
    assert reading.refused or got(reading) == got(read(good)), done
    assert not reading.refused or all(refusal.reden and refusal.oplossing for refusal in reading.refusals)


@EXAMPLES
@given(data=st.data())
def test_totals_of_the_social_domain_prove_what_is_spent_and_received_whatever_the_codes(data: st.DataObject) -> None:
    own = [row for row in lines() if row[2].startswith("6")]
    totals = [summed(f"Totaal taakveld 6 {word}", [row for row in own if row[3] == kant])
              for word, kant in (("lasten", "L"), ("baten", "B"))]  # fmt: skip
    good = body([*titles(), HEAD, *own, *totals], 5)
    done, cells = damaged(data.draw, good)
    reading = read(good, cells)
    assert reading.refused or by_side(reading) == by_side(read(good)), done


def by_side(reading: Reading) -> dict[str, list[Decimal]]:
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 5)
    for (_, _, kant), values in got(reading).items():
        sums[kant] = [total + (value or Decimal(0)) for total, value in zip(sums[kant], values, strict=True)]
    return sums


def test_without_sums_a_changed_amount_cannot_be_seen() -> None:
    sheet = body(plain(), 5)
    sheet.rows[5][7] = 1.0
    reading = read(sheet)
    assert not reading.refused and not any("nagerekend" in notice for notice in reading.notices)


def test_without_subtotals_a_changed_code_cannot_be_seen() -> None:
    sheet = body([*plain(), summed("Totaal", lines())], 5)
    sheet.rows[5][2] = "6.3"
    assert not read(sheet).refused


def test_a_change_smaller_than_the_rounding_of_a_sum_cannot_be_seen_and_a_larger_one_is() -> None:
    table = [[v.quantize(Decimal(1)) if isinstance(v, Decimal) else v for v in row] for row in TOTALS]
    for by, seen in ((1, False), (100, True)):
        sheet = body(table, 5)
        sheet.rows[5][7] = float(table[5][7]) + by
        assert read(sheet).refused is seen
