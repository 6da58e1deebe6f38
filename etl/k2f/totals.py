"""Printed subtotals and totals against the lines they are of: every measure of a row, and all rows in one way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from etl.codes import taakvelden
from etl.k2f.lines import Line
from etl.k2f.sums import Cover, Mismatch, Slack, Verdict, within

_ZERO = Decimal(0)
_LAST = 1 << 30
#: How a total without a side adds up lasten and baten, as written.
_NET = ("plain", "l-b", "b-l")
_WAYS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "L": lambda lasten, _: lasten,
    "B": lambda _, baten: baten,
    "plain": lambda lasten, baten: lasten + baten,
    "l-b": lambda lasten, baten: lasten - baten,
    "b-l": lambda lasten, baten: baten - lasten,
}


@dataclass(frozen=True)
class _Fit:
    """A total that is the sum of a block of rows (after one, up to another), and in which ways it is."""

    after: int
    until: int
    ways: frozenset[str]
    sums: dict[str, tuple[Decimal, Decimal]]  # measure -> (lasten, baten)


class _Scope:
    """Lines a total may be of, with running sums of each side and measure, to sum any block of rows at once."""

    def __init__(self, lines: list[Line]) -> None:
        self.rows = [line.rij for line in lines]
        self._lines = lines
        self._sums: dict[tuple[str, str], list[Decimal]] = {}

    def block(self, after: int, until: int, measures: list[str]) -> tuple[int, dict[str, tuple[Decimal, Decimal]]]:
        """Give the number of lines after one row and up to another, and per measure their (lasten, baten)."""
        low, high = bisect_right(self.rows, after), bisect_right(self.rows, until)
        return max(0, high - low), {
            measure: (self._sum("L", measure, low, high), self._sum("B", measure, low, high)) for measure in measures
        }

    def _sum(self, side: str, measure: str, low: int, high: int) -> Decimal:
        if (side, measure) not in self._sums:
            own = (line.amounts.get(measure, _ZERO) if line.side == side else _ZERO for line in self._lines)
            self._sums[side, measure] = [_ZERO, *accumulate(own)]
        sums = self._sums[side, measure]
        return sums[high] - sums[low]


class _Totals:
    """Finds for each total the lines it is of."""

    def __init__(self, verdict: Verdict, totals: list[Line], slack: Slack) -> None:
        self.lines = sorted(verdict.leaves, key=lambda line: line.rij)
        self.borders = sorted({0, *(total.rij for total in totals)})
        self.slack = slack
        self._scopes: dict[str, _Scope] = {}

    def scope(self, code: str) -> _Scope:
        if code not in self._scopes:
            own = [line for line in self.lines if within(line.code, code)]
            self._scopes[code] = _Scope(own)
        return self._scopes[code]

    def blocks(self, rij: int) -> Iterator[tuple[int, int]]:
        """Give the blocks of rows a total may be of: those ending above it, nearest first, all, those under it."""
        place = bisect_left(self.borders, rij)
        for border in reversed(self.borders[:place]):
            yield border, rij
        yield 0, _LAST
        for border in [*self.borders[place + 1 :], _LAST]:
            yield rij, border

    def fit(self, total: Line, code: str, allowed: frozenset[str]) -> tuple[_Fit | None, dict[str, Decimal]]:
        """Find the nearest block a total is the sum of; else what the block that comes closest would give."""
        scope = self.scope(code)
        measures = list(total.amounts)
        closest: dict[str, Decimal] = {}
        best = len(measures) + 1
        for after, until in self.blocks(total.rij):
            count, sums = scope.block(after, until, measures)
            if not count:
                continue  # nothing is no proof of a printed zero
            slack = self.slack.of(count)
            wrong = {way: self._wrong(total, sums, way, slack) for way in allowed}
            ways = frozenset(way for way, found in wrong.items() if not found)
            if ways:
                return _Fit(after, until, ways, sums), {}
            least = min(wrong.values(), key=len)
            if len(least) < best:
                best, closest = len(least), least
        return None, closest

    def _wrong(
        self, total: Line, sums: dict[str, tuple[Decimal, Decimal]], way: str, slack: Decimal
    ) -> dict[str, Decimal]:
        found = {}
        for measure, printed in total.amounts.items():
            lasten, baten = sums[measure]
            value = {"L": lasten, "B": baten, "plain": lasten + baten, "l-b": lasten - baten, "b-l": baten - lasten}[
                way
            ]
            if abs(value - printed) > slack:
                found[measure] = value
        return found


def check_totals(verdict: Verdict, totals: list[Line], slack: Slack) -> None:
    """Check every printed total; note those that are the sum of nothing, or add up otherwise than their kind does.

    A total of a side ("Totaal lasten") is of that side. The others are lasten plus baten or the difference, and all of
    them the same (saldi among themselves): a sheet does not change its way of adding up between two rows.
    """
    search = _Totals(verdict, totals, slack)
    fits = [(total, *_fit(search, total)) for total in totals]
    for kind in (True, False):
        own = [(total, fit) for total, fit, _ in fits if fit and _is_saldo(total) is kind and not _own_side(total)]
        votes = Counter(way for _, fit in own for way in fit.ways)
        if not votes:
            continue
        chosen = max(_NET, key=lambda way: votes[way])
        for place, (total, fit, _) in enumerate(fits):
            if fit and _is_saldo(total) is kind and not _own_side(total) and chosen not in fit.ways:
                fits[place] = (total, *search.fit(total, _code(search, total), frozenset({chosen})))
        verdict.plain = verdict.plain or (chosen == "plain" and any(_opposite(fit) for _, fit in own))
    for total, fit, closest in fits:
        _note(verdict, total, fit, closest)
        if fit is not None:
            verdict.covers.append(Cover(fit.after, fit.until, _code(search, total), _own_side(total)))
    _stray(verdict)


def _stray(verdict: Verdict) -> None:
    """Note lines that stand outside the subtotal of their own taakveld, and in no other total: perhaps twice there."""
    coded = [cover for cover in verdict.covers if cover.code]
    inside = {(cover.code, line.side) for cover in coded for line in verdict.leaves if cover.has(line)}
    for line in verdict.leaves:
        own = any(within(line.code, code) and line.side == side for code, side in inside)
        if own and line.code.startswith("6") and any(line.amounts.values()) and not verdict.covered(line):
            verdict.stray.append(line)


def _fit(search: _Totals, total: Line) -> tuple[_Fit | None, dict[str, Decimal]]:
    side = _own_side(total)
    allowed = frozenset({side} if side else _NET)
    code = _code(search, total)
    if code and not search.scope(code).rows and any(total.amounts.values()):
        return None, dict.fromkeys(total.amounts, _ZERO)
    fit, closest = search.fit(total, code, allowed)
    if fit is None and len(code) == 1:
        fit, other = search.fit(total, "", allowed)  # "Totaal programma 6": perhaps not taakveld 6
        closest = min(closest, other, key=len) if closest else other
    return fit, closest


def _code(search: _Totals, total: Line) -> str:
    """Give the taakveld that a total is of; "" when its label names none, or one that is no taakveld at all."""
    known = len(total.code) > 1 and any(within(t.taakveld, total.code) for t in taakvelden())
    return total.code if known or search.scope(total.code).rows else ""


def _note(verdict: Verdict, total: Line, fit: _Fit | None, closest: dict[str, Decimal]) -> None:
    if fit is not None:
        verdict.checked += sum(bool(value) for value in total.amounts.values())
        return
    what = f"'{total.label.strip()[:40]}' is niet de som van de regels die erbij horen"
    for measure, summed in closest.items() or [(next(iter(total.amounts), ""), _ZERO)]:
        printed = total.amounts.get(measure, _ZERO)
        verdict.mismatches.append(Mismatch(total.rij, total.columns.get(measure), printed, summed, what))


def _opposite(fit: _Fit) -> bool:
    return any(lasten * baten < 0 and min(abs(lasten), abs(baten)) > 1 for lasten, baten in fit.sums.values())


def _is_saldo(total: Line) -> bool:
    low = total.label.lower()
    return "saldo" in low or "resultaat" in low or total.side == "S"


def _own_side(total: Line) -> str | None:
    """Give the side that a total is of: by a column, or by its label."""
    if total.side in ("L", "B"):
        return total.side
    low = total.label.lower()
    lasten, baten = "lasten" in low or "uitgaven" in low, "baten" in low or "inkomsten" in low
    return None if lasten == baten or total.side == "S" else "L" if lasten else "B"
