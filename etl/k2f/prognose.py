"""The budget holder's own forecast of the year, read beside an overview that is certain without it.

The lines, their sides, unit and signs are settled before; a forecast that is not certain is left out with a notice and
never refuses a file, since nothing else needs it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.cleaning import DecimalSign, NotUnderstood, amount, decimal_sign
from etl.k2f.layout import Layout, split_field
from etl.k2f.lines import Line, Table
from etl.k2f.prognose_header import PROGNOSE
from etl.k2f.stop import Ask
from etl.k2f.sums import Slack, Verdict, same_code, within
from etl.k2f.totals import check_totals
from etl.mapping import Mapping
from etl.readers.cells import Sheet, column_letter

_ZERO = Decimal(0)
#: A year's forecast below this share of the budget or of what is booked is the rest of the year, or a difference.
_LEAST_SHARE = Decimal("0.5")
_CHOOSE = 'schrijf onder [kolommen] {} = "..." als dit toch de verwachte uitkomst van het hele jaar is'


class _Not(Exception):
    """Why the columns are left out."""


@dataclass(frozen=True)
class Overview:
    """An overview as it was understood without its forecast; `rows` are the row indices that count."""

    sheet: Sheet
    layout: Layout
    rows: list[int]
    table: Table
    verdict: Verdict
    boekjaar: int
    tables: int


def whole(lines: list[Line]) -> bool:
    """Say whether lines that are added up have a forecast: each of them that has money."""
    given = [PROGNOSE in line.amounts for line in lines]
    return any(given) and all(has or not any(line.amounts.values()) for has, line in zip(given, lines, strict=True))


def add(found: Overview, factor: Decimal, mapping: Mapping, ask: Ask) -> set[str]:
    """Put the forecast in the lines that have one, as written, with the field PROGNOSE.

    Args:
        found: The overview.
        factor: What makes its amounts euros.
        mapping: Of this file; a column that it names is not questioned.
        ask: Holds the notices of the file.

    Returns:
        {PROGNOSE} when it was read; else nothing, with a notice that says why.
    """
    columns = {index: slot for index, slot in found.layout.prognose.items() if slot.side != "S"}
    if not columns:
        return set()
    said = any(split_field(veld)[0] == PROGNOSE for veld in mapping.kolommen)
    try:
        by_side = _columns(found)
        reader = _Reader(found, by_side, mapping.decimaal)
        _check_loose(found, reader)
        values = {id(line): reader.value(line) for line in found.verdict.leaves}
        if all(value is None for value in values.values()):
            raise _Not("geen regel heeft een prognose")
        if not said:
            _check_year(found.verdict.leaves, values)
        _check_sums(found, values, reader, factor > 1)
    except _Not as why:
        names = ", ".join(f"{column_letter(i)} ('{found.layout.headers.get(i, '').strip()}')" for i in columns)
        ask.notices.append(f"Kolommen die niet worden gelezen: {names}: {why}.")
        return set()
    for line in found.verdict.leaves:
        if (value := values[id(line)]) is not None:
            line.amounts[PROGNOSE] = value
    if reader.unread:
        rows = ", ".join(map(str, sorted(reader.unread)[:5]))
        ask.notices.append(f"Op regel {rows} is de prognose geen bedrag; die telt niet mee.")
    return {PROGNOSE}


def _columns(found: Overview) -> dict[str | None, int]:
    """Give the column of each side (None: of every line)."""
    layout = found.layout
    if found.tables > 1:
        raise _Not("er staan tabellen naast elkaar")
    if layout.column("debet_credit") is not None:
        raise _Not("met een kolom D/C is het teken van de prognose niet zeker")
    own = {i: slot for i, slot in layout.prognose.items() if slot.year in (None, found.boekjaar) and slot.side != "S"}
    if not own:
        raise _Not("dit is een ander jaar")
    by_side: dict[str | None, int] = {}
    for index, slot in own.items():
        if slot.side in by_side:
            raise _Not(f"meer kolommen zijn een prognose; {_CHOOSE.format(PROGNOSE)}")
        by_side[slot.side] = index
    if layout.grouped is (None in by_side):
        raise _Not("er staat niet bij of dit lasten of baten zijn")
    merged = (area for area in found.sheet.merged if layout.row < area[0] < area[2])
    if any(left <= index <= right for _, left, _, right in merged for index in own):
        raise _Not("een bedrag is samengevoegd over meer regels")
    return by_side


class _Reader:
    """Reads the forecast of a line or total; a cell that is no amount gives none and is noted."""

    def __init__(self, found: Overview, by_side: dict[str | None, int], said: DecimalSign | None) -> None:
        self.rows, self.by_side = found.sheet.rows, by_side
        self.unread: set[int] = set()
        self.signs = {index: said or self._sign(found, index) for index in by_side.values()}

    def _sign(self, found: Overview, column: int) -> DecimalSign | None:
        for columns in ([column], [*found.layout.used_amounts, column]):
            try:
                return decimal_sign(self.rows[row][index] for row in found.rows for index in columns)
            except NotUnderstood:
                continue
        return None

    def value(self, line: Line) -> Decimal | None:
        """Give the forecast on the row of a line, of its side."""
        column = self.by_side.get(line.side if None not in self.by_side else None)
        return None if column is None else self._cell(line.rij, column)

    def any(self, rij: int) -> bool:
        """Say whether a row holds a forecast that is not zero."""
        return any(self._cell(rij, column) for column in self.by_side.values())

    def _cell(self, rij: int, column: int) -> Decimal | None:
        try:
            return amount(self.rows[rij - 1][column], self.signs[column])
        except NotUnderstood:
            self.unread.add(rij)
            return None


def _check_loose(found: Overview, reader: _Reader) -> None:
    """Leave it out where a row has a forecast and nothing else: its line was never read, and the sum has a hole."""
    table = found.table
    known = {line.rij for line in (*table.lines, *table.totals, *table.saldi)} | {*table.headed_again}
    for index in found.rows:
        rij = index + 1
        if rij in known or rij in table.refused_rows:
            continue
        if reader.any(rij):
            raise _Not(f"op regel {rij} staat alleen een prognose")
        reader.unread.discard(rij)  # a heading or a footer


def _check_year(leaves: list[Line], values: dict[int, Decimal | None]) -> None:
    """Leave it out where it can be no outturn of the whole year beside the budget and what is booked."""
    for side in ("L", "B"):
        own = [line for line in leaves if line.side == side and values[id(line)] is not None]
        said = sum((values[id(line)] or _ZERO for line in own), _ZERO)
        for measure in ("actueel", "realisatie"):
            beside = sum((line.amounts.get(measure, _ZERO) for line in own), _ZERO)
            least = _LEAST_SHARE if side == "L" else _ZERO
            if beside and said / beside < least:
                what = "wat al geboekt is" if measure == "realisatie" else "de begroting"
                raise _Not(f"de bedragen passen niet bij {what} van een heel jaar; {_CHOOSE.format(PROGNOSE)}")


def _check_sums(found: Overview, values: dict[int, Decimal | None], reader: _Reader, thousands: bool) -> None:
    """Leave it out where a printed total, or a taakveld with taakvelden under it, is not the sum of its lines."""
    slack = Slack((value for value in values.values() if value is not None), thousands)
    lines = [_only(line, values[id(line)]) for line in found.verdict.leaves]
    totals = [_only(total, value) for total in found.table.totals if (value := reader.value(total)) is not None]
    alone = Verdict(lines)
    check_totals(alone, [] if found.table.refusals else totals, slack)
    wrong = [miss.rij for miss in alone.mismatches] + list(_wrong_parents(found, values, reader, slack))
    if wrong:
        raise _Not(f"de prognose op regel {min(wrong)} is niet de som van de regels die erbij horen")


def _wrong_parents(found: Overview, values: dict[int, Decimal | None], reader: _Reader, slack: Slack) -> Iterable[int]:
    for parent in found.table.lines:
        if parent.rij not in found.verdict.parents or (printed := reader.value(parent)) is None:
            continue
        below = [
            values[id(line)] for line in found.verdict.leaves
            if line.side == parent.side and line.jaar == parent.jaar and within(same_code(line.code), parent.code)
        ]  # fmt: skip
        given = [value for value in below if value is not None]
        if given and abs(sum(given, _ZERO) - printed) > slack.of(len(given)):
            yield parent.rij


def _only(line: Line, value: Decimal | None) -> Line:
    """Give a line with its forecast and nothing else."""
    amounts = {} if value is None else {PROGNOSE: value}
    return Line(line.rij, line.code, line.jaar, line.side, line.kostenplaats, line.kostensoort, amounts, {}, line.label)
