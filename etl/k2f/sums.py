"""The checks on an overview: parents against children, printed totals against lines, and what they prove of signs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from etl.k2f.lines import Line

_ZERO = Decimal(0)
#: Decimals beyond these are noise of binary numbers in a workbook (0.30000000000000004).
_NOISE = Decimal("0.000001")


@dataclass
class Mismatch:
    """A printed sum that is not the sum of its parts."""

    rij: int
    column: int | None
    printed: Decimal
    summed: Decimal
    what: str


@dataclass(frozen=True)
class Cover:
    """The lines a printed total is the sum of: rows after one, up to another, of a taakveld and side if it says."""

    after: int
    until: int
    code: str
    side: str | None

    def has(self, line: Line) -> bool:
        """Say whether a line is among them."""
        here = self.after < line.rij <= self.until and self.side in (None, line.side)
        return here and within(line.code, self.code)


@dataclass
class Verdict:
    """What the sums say.

    Attributes:
        leaves: Lines without the parents that were only sums of them.
        parents: Rows that were parents.
        mismatches: Sums that do not hold.
        plain: A printed total or saldo is the plain sum of lasten and baten as written: they carry opposite signs.
        checked: Number of printed sums that hold.
        covers: What the totals that hold are of.
        stray: Lines outside the subtotal of their own taakveld, that no other total counts either.
    """

    leaves: list[Line]
    parents: set[int] = field(default_factory=set)
    mismatches: list[Mismatch] = field(default_factory=list)
    plain: bool = False
    checked: int = 0
    covers: list[Cover] = field(default_factory=list)
    stray: list[Line] = field(default_factory=list)

    def covered(self, line: Line) -> bool:
        """Say whether a total that holds counts a line."""
        return any(cover.has(line) for cover in self.covers)

    def add(self, other: Verdict) -> None:
        """Take over the verdict on another table of the sheet."""
        self.leaves += other.leaves
        self.parents |= other.parents
        self.mismatches += other.mismatches
        self.plain = self.plain or other.plain
        self.checked += other.checked
        self.covers += other.covers
        self.stray += other.stray


class Slack:
    """How far a printed sum may be off because its terms were rounded: nothing where cents are written.

    Amounts in whole euros or thousands are each off by at most half a unit; of n of them the sum is off by at most
    (n + 1) / 2 units, and hardly ever by more than three standard deviations (n + 1 times 1/12, under the root).
    """

    def __init__(self, values: Iterable[Decimal], thousands: bool) -> None:
        decimals = 0
        for value in values:
            exponent = value.quantize(_NOISE).normalize().as_tuple().exponent
            decimals = max(decimals, -int(exponent))
        cents = 5 if thousands else 2
        self._exact = decimals >= cents
        self._step = Decimal(10) ** -min(decimals, cents)

    def of(self, terms: int) -> Decimal:
        """Give the largest difference that is rounding, for a sum of so many terms."""
        if self._exact or terms < 2:
            return self._step / 2  # less than the smallest amount that can be written
        likely = 3 * (Decimal(terms + 1) / 12).sqrt()
        return min(Decimal(terms + 1) / 2, likely).to_integral_value(ROUND_FLOOR) * self._step


def tolerance(values: Iterable[Decimal], thousands: bool) -> Decimal:
    """Give how far a printed sum of all values may be off: a cent, or the rounding of whole amounts (a few)."""
    listed = list(values)
    return min(Slack(listed, thousands).of(len(listed)), Decimal(5 if thousands else 2))


def judge(lines: list[Line], totals: list[Line], saldi: list[Line], slack: Slack) -> Verdict:
    """Check parents, totals and saldi of one table, all as written.

    Args:
        lines: All lines with their side.
        totals: Subtotals and totals; side None when the row does not say it.
        saldi: Saldo columns of the same rows as lines.
        slack: What rounding explains.
    """
    from etl.k2f.totals import check_totals

    verdict = Verdict(lines)
    _heads(verdict, slack)
    _parents(verdict, slack)
    check_totals(verdict, totals, slack)
    _saldi(verdict, saldi, slack)
    return verdict


def changes(lines: list[Line], slack: Slack) -> tuple[int, list[tuple[Line, Decimal]]]:
    """Give how many lines have a budget in force that is what was voted plus the changes, and those that do not.

    Returns:
        The number of lines where it holds and says something, and each other line with its own sum.
    """
    held, wrong = 0, []
    for line in lines:
        if {"primitief", "wijzigingen", "actueel"} <= set(line.amounts):
            summed = line.amounts["primitief"] + line.amounts["wijzigingen"]
            if abs(summed - line.amounts["actueel"]) > slack.of(2):
                wrong.append((line, summed))
            held += bool(line.amounts["primitief"] and line.amounts["wijzigingen"])
    return held, wrong


def same_code(code: str) -> str:
    """Give one writing of codes that a spreadsheet mixes up: 6.60 and 6.6, 6.10 and 6.1 (0.1 and 0.10 are two)."""
    return code[:-1] if len(code) == 4 and code.startswith("6") and code.endswith("0") else code


@lru_cache(maxsize=10_000)  # a few dozen codes, asked of every line and every total
def within(code: str, parent: str) -> bool:
    """Say whether a taakveld is another or a part of it: 6.711 of 6.71, of 6.7 and of 6; 0.10 is no part of 0.1."""
    if len(parent) > 1 and not parent.startswith("6"):
        return code == parent
    return same_code(code).startswith(same_code(parent))


def _heads(verdict: Verdict, slack: Slack) -> None:
    """Take out lines without kostenplaats that are the sum of those of the same taakveld with one.

    Where one taakveld has such a sum, each line of that kind has to be one: else money would count twice.
    """
    groups: dict[tuple[int | None, str, str | None], list[Line]] = defaultdict(list)
    for line in verdict.leaves:
        groups[line.jaar, same_code(line.code), line.side].append(line)
    suspects = []
    for group in groups.values():
        heads = [line for line in group if not line.kostenplaats]
        below = [line for line in group if line.kostenplaats]
        if len(heads) == 1 and below and len({line.kostensoort for line in heads} - {None}) == 0:
            wrong = _differences(heads[0], below, slack)
            suspects.append((heads[0], below, wrong))
    sums = [(head, below) for head, below, wrong in suspects if not wrong and any(head.amounts.values())]
    if not sums:
        return
    if all(len(below) < 2 and sum(map(bool, head.amounts.values())) < 2 for head, below in sums):
        what = (
            "deze regel zonder kostenplaats kan een eigen bedrag zijn, of de som van de andere regel van het taakveld"
        )
        for head, _ in sums:
            measure, value = next((m, v) for m, v in head.amounts.items() if v)
            verdict.mismatches.append(Mismatch(head.rij, head.columns.get(measure), value, value, what))
        return
    for head, _, wrong in suspects:
        verdict.parents.add(head.rij)
        verdict.checked += not wrong
        for measure, summed in wrong.items():
            what = f"taakveld {head.code} is niet de som van de regels eronder"
            verdict.mismatches.append(
                Mismatch(head.rij, head.columns.get(measure), head.amounts[measure], summed, what)
            )
    gone = {id(head) for head, _, _ in suspects}
    verdict.leaves = [line for line in verdict.leaves if id(line) not in gone]


def _differences(printed: Line, below: list[Line], slack: Slack) -> dict[str, Decimal]:
    """Give the sums of the measures in which a printed line is not the sum of others."""
    wrong = {}
    for measure, value in printed.amounts.items():
        summed = sum((line.amounts.get(measure, _ZERO) for line in below), _ZERO)
        if abs(summed - value) > slack.of(len(below)):
            wrong[measure] = summed
    return wrong


def _parents(verdict: Verdict, slack: Slack) -> None:
    codes = {same_code(line.code) for line in verdict.leaves if line.code.startswith("6")}
    parents = {code for code in codes if any(other != code and other.startswith(code) for other in codes)}
    if not parents:
        return
    leaves = [line for line in verdict.leaves if same_code(line.code) not in parents]
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    first: dict[tuple, Line] = {}
    for line in verdict.leaves:
        if (code := same_code(line.code)) in parents:
            verdict.parents.add(line.rij)
            for measure, value in line.amounts.items():
                key = (code, line.jaar, line.side, measure)
                sums[key] += value
                first.setdefault(key, line)
    for (code, jaar, side, measure), printed in sums.items():
        parts = [line for line in leaves if line.code.startswith(code) and line.side == side and line.jaar == jaar]
        below = sum((line.amounts.get(measure, _ZERO) for line in parts), _ZERO)
        if abs(below - printed) > slack.of(len(parts)):
            line = first[code, jaar, side, measure]
            what = f"taakveld {code} is niet de som van de taakvelden eronder"
            verdict.mismatches.append(Mismatch(line.rij, line.columns.get(measure), printed, below, what))
        verdict.checked += 1
    verdict.leaves = leaves


def _saldi(verdict: Verdict, saldi: list[Line], slack: Slack) -> None:
    """Check saldo columns: all of one sheet are the same difference (or plain sum) of lasten and baten."""
    by_row: dict[int, dict[str | None, Line]] = defaultdict(dict)
    for line in verdict.leaves:
        by_row[line.rij][line.side] = line
    ways: list[tuple[Line, str, Decimal, Decimal, Decimal, set[str]]] = []
    for saldo in saldi:
        if saldo.rij in verdict.parents:
            continue  # a parent is checked against its children, its saldo adds nothing
        sides = by_row.get(saldo.rij, {})
        for measure, printed in saldo.amounts.items():
            lasten, baten = (sides[s].amounts.get(measure, _ZERO) if s in sides else _ZERO for s in ("L", "B"))
            found = saldo_ways(printed, lasten, baten, slack.of(2), saldo.nadeel)
            ways.append((saldo, measure, printed, lasten, baten, found))
    votes = Counter(way for *_, found in ways for way in found)
    chosen = max(votes, key=lambda way: votes[way]) if votes else ""
    for saldo, measure, printed, lasten, baten, found in ways:
        if chosen not in found:
            what = "het saldo is niet het verschil van lasten en baten"
            verdict.mismatches.append(Mismatch(saldo.rij, saldo.columns.get(measure), printed, baten - lasten, what))
            continue
        verdict.checked += bool(printed)
        verdict.plain = verdict.plain or (chosen == "plain" and lasten * baten < 0)


def saldo_ways(printed: Decimal, lasten: Decimal, baten: Decimal, slack: Decimal, nadeel: bool = False) -> set[str]:
    """Give the ways in which an amount is a difference or sum of lasten and baten.

    Args:
        printed: The amount as printed.
        lasten: Lasten as written.
        baten: Baten as written.
        slack: Largest difference that is rounding.
        nadeel: Its sign is written as N or V: N is more lasten than baten, whatever the signs of those.
    """
    options = {"b-l": baten - lasten, "l-b": lasten - baten, "plain": lasten + baten}
    if nadeel:
        options = {"b-l": abs(baten) - abs(lasten)}
    return {way for way, value in options.items() if abs(value - printed) <= slack}
