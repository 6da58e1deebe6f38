"""The checks on an overview: parents against children, printed totals against lines, and what they prove of signs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from etl.k2f.lines import Line


@dataclass
class Mismatch:
    """A printed sum that is not the sum of its parts."""

    rij: int
    column: int | None
    printed: Decimal
    summed: Decimal
    what: str


@dataclass
class Verdict:
    """What the sums say.

    Attributes:
        leaves: Lines without the parents that were only sums of them.
        parents: Rows that were parents.
        mismatches: Sums that do not hold.
        plain: A printed total or saldo is the plain sum of lasten and baten as written: they carry opposite signs.
        checked: Number of printed sums that hold.
    """

    leaves: list[Line]
    parents: set[int] = field(default_factory=set)
    mismatches: list[Mismatch] = field(default_factory=list)
    plain: bool = False
    checked: int = 0


def tolerance(values: Iterable[Decimal], thousands: bool) -> Decimal:
    """Give how far a printed sum may be off: a cent, or the rounding of whole amounts over their number (a few)."""
    count = cents = 0
    for value in values:
        count += 1
        cents += value != value.to_integral_value()
    if cents:
        return Decimal("0.01")
    return min(Decimal(count + 1) / 2, Decimal(5 if thousands else 2))


def judge(lines: list[Line], totals: list[Line], saldi: list[Line], slack: Decimal) -> Verdict:
    """Check parents, totals and saldi of one sheet, all as written.

    Args:
        lines: All lines with their side.
        totals: Subtotals and totals; side None when the row does not say it.
        saldi: Saldo columns of the same rows as lines.
        slack: Largest difference that is rounding.
    """
    verdict = Verdict(lines)
    _parents(verdict, slack)
    _totals(verdict, totals, slack)
    _saldi(verdict, saldi, slack)
    return verdict


def _parents(verdict: Verdict, slack: Decimal) -> None:
    codes = {line.code for line in verdict.leaves if line.code.startswith("6")}
    parents = {code for code in codes if any(other != code and other.startswith(code) for other in codes)}
    if not parents:
        return
    leaves = [line for line in verdict.leaves if line.code not in parents]
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    first: dict[tuple, Line] = {}
    for line in verdict.leaves:
        if line.code in parents:
            verdict.parents.add(line.rij)
            for measure, value in line.amounts.items():
                key = (line.code, line.jaar, line.side, measure)
                sums[key] += value
                first.setdefault(key, line)
    for (code, jaar, side, measure), printed in sums.items():
        below = sum(
            (
                line.amounts.get(measure, Decimal(0))
                for line in leaves
                if line.code.startswith(code) and line.side == side and line.jaar == jaar
            ),
            Decimal(0),
        )
        if abs(below - printed) > slack:
            line = first[code, jaar, side, measure]
            what = f"taakveld {code} is niet de som van de taakvelden eronder"
            verdict.mismatches.append(Mismatch(line.rij, line.columns.get(measure), printed, below, what))
        verdict.checked += 1
    verdict.leaves = leaves


class _Prefix:
    """Running sums of lasten and baten of one measure, to sum any block of rows at once."""

    def __init__(self, lines: list[Line], measure: str) -> None:
        self.rows = [line.rij for line in lines]
        zero = Decimal(0)
        self.sums = {
            side: [zero, *accumulate(line.amounts.get(measure, zero) if line.side == side else zero for line in lines)]
            for side in ("L", "B")
        }

    def block(self, after: int, until: int) -> tuple[Decimal, Decimal] | None:
        """Give (lasten, baten) of the rows after one row number up to and with another; None when there are none."""
        low, high = bisect_right(self.rows, after), bisect_right(self.rows, until)
        if low >= high:
            return None  # nothing is no proof of a printed zero
        lasten, baten = (self.sums[side][high] - self.sums[side][low] for side in ("L", "B"))
        return lasten, baten


def _totals(verdict: Verdict, totals: list[Line], slack: Decimal) -> None:
    borders = sorted({0, *(total.rij for total in totals)})
    cache: dict[tuple[str, str], _Prefix] = {}
    for total in totals:
        scope = [line for line in verdict.leaves if line.code.startswith(total.code)] if total.code else verdict.leaves
        code = total.code if scope else ""
        for measure, printed in total.amounts.items():
            key = (code, measure)
            if key not in cache:
                cache[key] = _Prefix(scope or verdict.leaves, measure)
            blocks = _blocks(cache[key], total.rij, borders)
            _judge_total(verdict, total, measure, printed, blocks, slack)


def _blocks(prefix: _Prefix, rij: int, borders: list[int]) -> Iterator[tuple[Decimal, Decimal]]:
    """Give the sums of blocks of rows a total may be of: those ending above it, nearest first, all, those under it."""
    last = 1 << 30
    place = bisect_left(borders, rij)
    for border in reversed(borders[:place]):
        if (block := prefix.block(border, rij)) is not None:
            yield block
    for border, until in [(0, last), *((rij, border) for border in [*borders[place + 1 :], last])]:
        if (block := prefix.block(border, until)) is not None:
            yield block


def _judge_total(
    verdict: Verdict,
    total: Line,
    measure: str,
    printed: Decimal,
    blocks: Iterator[tuple[Decimal, Decimal]],
    slack: Decimal,
) -> None:
    side = total.side or _side_in_label(total.label)
    best: Decimal | None = None
    for lasten, baten in blocks:
        if side in ("L", "B"):
            options = {"own": lasten if side == "L" else baten}
        else:
            options = {"plain": lasten + baten, "l-b": lasten - baten, "b-l": baten - lasten}
        for name, value in options.items():
            if abs(value - printed) <= slack:
                verdict.checked += 1
                opposite = lasten * baten < 0 and abs(lasten) > slack and abs(baten) > slack
                verdict.plain = verdict.plain or (name == "plain" and opposite)
                return
            if best is None or abs(value - printed) < abs(best - printed):
                best = value
    what = f"'{total.label.strip()[:40]}' is niet de som van de regels die erbij horen"
    column = total.columns.get(measure)
    verdict.mismatches.append(Mismatch(total.rij, column, printed, best or Decimal(0), what))


def _side_in_label(label: str) -> str | None:
    low = label.lower()
    lasten, baten = "lasten" in low or "uitgaven" in low, "baten" in low or "inkomsten" in low
    return None if lasten == baten else "L" if lasten else "B"


def _saldi(verdict: Verdict, saldi: list[Line], slack: Decimal) -> None:
    by_row: dict[int, dict[str | None, Line]] = defaultdict(dict)
    for line in verdict.leaves:
        by_row[line.rij][line.side] = line
    for saldo in saldi:
        sides = by_row.get(saldo.rij, {})
        for measure, printed in saldo.amounts.items():
            lasten, baten = (
                sides[side].amounts.get(measure, Decimal(0)) if side in sides else Decimal(0) for side in ("L", "B")
            )
            options = (lasten - baten, baten - lasten, lasten + baten)
            if not any(abs(option - printed) <= slack for option in options):
                what = "het saldo is niet het verschil van lasten en baten"
                column = saldo.columns.get(measure)
                verdict.mismatches.append(Mismatch(saldo.rij, column, printed, baten - lasten, what))
                continue
            verdict.checked += 1
            if lasten * baten < 0 and abs(options[2] - printed) <= slack:
                verdict.plain = True
