"""The checks on a journal as a whole: printed totals, the unit, and what is spending and what is income."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from etl.k2f.facts import unit
from etl.k2f.journal_lines import Total
from etl.k2f.journal_row import JournalLine
from etl.k2f.stop import Ask
from etl.k2f.unit import FACTORS, TOO_MUCH_FOR_EUROS
from etl.mapping import Mapping

_ZERO = Decimal(0)
_SHARE_WITH_CENTS = 0.2
#: Five billion euros in one file, if it were thousands: more than any gemeente spends.
_TOO_MUCH_FOR_THOUSANDS = 5_000_000
_NAMES = {"L": "lasten", "B": "baten"}


def decide_unit(texts: list[str], lines: list[JournalLine], mapping: Mapping, ask: Ask) -> Decimal:
    """Give the factor to euros. Lines booked to the cent are euros: nobody rounds a booking to ten euros.

    Args:
        texts: All texts outside the lines.
        lines: The lines.
        mapping: Says it, where the file does not.
        ask: Hears when nothing says it, or two things contradict.
    """
    named = unit(texts)
    if len(named) > 1:
        named.discard("misschien")
    said = mapping.eenheid
    if said:
        if named - {"misschien"} and said not in named:
            ask.question(
                f'mapping.toml zegt eenheid = "{said}", maar het bestand zegt iets anders.',
                "Controleer de eenheid in mapping.toml en boven de tabel.",
            )
        return FACTORS[said]
    if named in ({"x1000"}, {"eurocent"}):
        return FACTORS[named.pop()]
    cents = [line for line in lines if line.decimals]
    to_the_cent = all(line.decimals <= 2 for line in cents)
    proven = to_the_cent and len(cents) > _SHARE_WITH_CENTS * len(lines)
    total = sum((abs(line.value) for line in lines), _ZERO)
    proven = proven or (total >= _TOO_MUCH_FOR_THOUSANDS and (bool(cents) or total <= TOO_MUCH_FOR_EUROS))
    if named == {"euro"} or (proven and not named):
        return FACTORS["euro"]
    ask.question(
        "staan de bedragen in euro's, in centen of in duizenden euro's? Het bestand zegt het niet.",
        'Schrijf in mapping.toml eenheid = "euro", eenheid = "x1000" of eenheid = "eurocent".',
    )
    return FACTORS["euro"]


@dataclass(frozen=True)
class Mismatch:
    """A printed total that is not the sum of its lines."""

    rij: int
    column: int
    printed: Decimal
    summed: Decimal


class _Running:
    """Running sums over the lines of one sheet: signed per side, and as written per column."""

    def __init__(self, lines: list[JournalLine], columns: set[int]) -> None:
        self.rows = [line.rij for line in lines]
        self.sides = {s: self._sum([line.value if line.side == s else _ZERO for line in lines]) for s in ("L", "B")}
        self.all = self._sum([line.value for line in lines])
        self.written = {c: self._sum([line.written.get(c, _ZERO) for line in lines]) for c in columns}

    @staticmethod
    def _sum(values: list[Decimal]) -> list[Decimal]:
        return [_ZERO, *accumulate(values)]

    def blocks(self, rij: int, borders: list[int]) -> Iterator[tuple[int, int]]:
        """Give the blocks of lines a total may be of: those ending above it, nearest first, all, those under it."""
        last, place = 1 << 30, bisect_left(borders, rij)
        above = [(border, rij) for border in reversed(borders[:place])]
        under = [(rij, border) for border in [*borders[place + 1 :], last]]
        for after, until in [*above, (0, last), *under]:
            low, high = bisect_right(self.rows, after), bisect_right(self.rows, until)
            if low < high:  # nothing is no proof of a printed zero
                yield low, high

    def options(self, column: int, total: Total, low: int, high: int) -> dict[str, Decimal]:
        """Give what a total in a column may be the sum of."""
        side = _side(total.label)
        if side:
            own = self.sides[side][high] - self.sides[side][low]
            return {"own": own, "turned": -own}
        lasten, baten = (self.sides[s][high] - self.sides[s][low] for s in ("L", "B"))
        plain = self.all[high] - self.all[low]
        found = {"plain": plain, "written": self.written[column][high] - self.written[column][low]}
        if total.sign is not None:
            found["letter"] = total.sign * plain
        if lasten or baten:
            found |= {"saldo": lasten - baten, "turned saldo": baten - lasten}
        return found


def _side(label: str) -> str | None:
    low = label.lower()
    lasten, baten = "lasten" in low or "uitgaven" in low, "baten" in low or "inkomsten" in low
    return None if lasten == baten else "L" if lasten else "B"


def check_totals(lines: list[JournalLine], totals: list[Total], slack: Decimal) -> tuple[list[Mismatch], int, bool]:
    """Lay every printed total beside the lines of one sheet.

    Args:
        lines: Its lines, in order of row.
        totals: Its rows that are sums.
        slack: Largest difference that is rounding.

    Returns:
        Totals that do not hold, how many do, and whether one proves that lasten and baten carry opposite signs.
    """
    borders = sorted({0, *(total.rij for total in totals)})
    columns = {column for total in totals for column in total.printed}
    running: dict[str, _Running] = {}
    mismatches, checked, opposite = [], 0, False
    for total in totals:
        code = total.code if any(line.code.startswith(total.code) for line in lines) else ""
        if code not in running:
            running[code] = _Running([line for line in lines if line.code.startswith(code)], columns)
        of = running[code]
        for column, printed in total.printed.items():
            best: Decimal | None = None
            held = ""
            for low, high in of.blocks(total.rij, borders):
                options = of.options(column, total, low, high)
                held = next((name for name, value in options.items() if abs(value - printed) <= slack), "")
                if held:
                    sums = [of.sides[s][high] - of.sides[s][low] for s in ("L", "B")]
                    opposite = opposite or (held == "plain" and sums[0] * sums[1] < 0)
                    break
                near = min(options.values(), key=lambda value: abs(value - printed))
                best = near if best is None or abs(near - printed) < abs(best - printed) else best
            if held:
                checked += 1
            else:
                mismatches.append(Mismatch(total.rij, column, printed, best or _ZERO))
    return mismatches, checked, opposite


def decide_signs(
    lines: list[JournalLine], debet_credit: bool, opposite: bool, mapping: Mapping, ask: Ask
) -> dict[str, int]:
    """Give per side the factor that makes lasten positive spending and baten positive income.

    Args:
        lines: Lines with their side.
        debet_credit: The file says debet or credit: lasten are debet, baten credit.
        opposite: A printed total proves that lasten and baten carry opposite signs.
        mapping: Says it, where the file does not.
        ask: Hears when it is not certain.
    """
    signs = {}
    for side, said in (("L", mapping.lasten_teken), ("B", mapping.baten_teken)):
        values = [line.value for line in lines if line.side == side and line.value]
        total, negative = sum(values, _ZERO), sum(value < 0 for value in values)
        if said:
            signs[side] = -1 if said == "negatief" else 1
        elif debet_credit:
            signs[side] = 1 if side == "L" else -1
        elif total < 0 and opposite:
            signs[side] = -1
        elif total < 0 or 2 * negative > len(values):
            ask.question(
                f"de {_NAMES[side]} zijn grotendeels negatief; het bestand bewijst niet dat dit een schrijfwijze is.",
                f'Schrijf in mapping.toml {_NAMES[side]}_teken = "negatief" (of "positief" als ze echt negatief zijn).',
            )
            signs[side] = 1
        else:
            signs[side] = 1
    return signs
