"""An attacker with a linear program: between what bounds must a secret count lie, given everything that is published?

He knows the exact figures of the gemeente, every shown count of a wijk (to its margin of rounding), that counts are
never negative, and how figures hang together:

- over wijken every count adds up to the gemeente;
- lines add up over onderdelen to the total of a wijk; unique persons give bounds: no onderdeel has more than the
  total, and the total is at most their sum (also of persons who come and go);
- stock = stock of the month before + inflow - outflow, per wijk and onderdeel.

He is better informed than anyone is: reality adds persons without a wijk, or with two, and days within a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

from indicators.core.disclosure_tables import BREEDTE, GEHEIM_TOT_EN_MET, MARGE, rounded_all

STOCK, IN, OUT = "stand", "instroom", "uitstroom"
_TOLERANCE = 1e-6
_BATCH = 40
#: A count that is secret along with another must stay open by this much to either side.
PLUS_MIN = 3


@dataclass(frozen=True)
class Publication:
    """Exact counts and what is secret, per maat: arrays (onderdeel, month, wijk), the last onderdeel the total."""

    counts: dict[str, np.ndarray]
    secret: dict[str, np.ndarray]


@dataclass(frozen=True)
class Pinned:
    """A secret count that the attacker knows too well."""

    maat: str
    place: tuple[int, int, int]
    count: int
    low: float
    high: float


def attack(publication: Publication, known: dict[str, np.ndarray] | None = None) -> list[Pinned]:
    """Give every secret count of which the attacker knows more than he may.

    He may not narrow a count of 0-7 down to less than 7 between lowest and highest (all of 0-7), and a larger one that
    is secret along with it to less than 6 (3 to either side), or 4 for a total that a shown part nearly is and for
    inflow that is a step in a shown stock (the margin of rounding that those are published with), unless the exact
    figures of the gemeente do that by themselves: of a gemeente total of 4, no wijk has more than 4. And a stock that
    stays within one rounded figure says that its wijk did not get the most of those who came: of who comes and goes,
    0 to 4 must stay possible.

    Args:
        publication: What is published now.
        known: Per maat, secret cells that another edition shows, with the same count behind them.
    """
    system = _System(publication.counts)
    shown = {m: ~secret | (known or {}).get(m, False) for m, secret in publication.secret.items()}
    cells = [
        (m, place) for m, secret in publication.secret.items() for place in np.argwhere(secret & shown[m] ^ secret)
    ]
    spans = zip(cells, system.spans(cells, shown), strict=True)
    suspects = [(cell, span) for cell, span in spans if span[1] - span[0] < _enough(publication, cell) - _TOLERANCE]
    if not suspects:
        return []
    nothing = {m: np.zeros_like(flags) for m, flags in shown.items()}
    pinned = []
    gemeente_only = system.spans([cell for cell, _ in suspects], nothing)
    for ((maat, place), (low, high)), (least, most) in zip(suspects, gemeente_only, strict=True):
        enough = 2 * MARGE if maat in (IN, OUT) else BREEDTE
        if low > least + _TOLERANCE or high < min(most, least + enough) - _TOLERANCE:
            where = (int(place[0]), int(place[1]), int(place[2]))
            pinned.append(Pinned(maat, where, int(publication.counts[maat][where]), low, high))
    return pinned


def _enough(publication: Publication, cell: tuple[str, np.ndarray]) -> int:
    maat, place = cell
    counts, secret, (_, month, wijk) = publication.counts[maat], publication.secret[maat], place
    count, last = counts[tuple(place)], len(counts) - 1
    if count <= GEHEIM_TOT_EN_MET:
        return BREEDTE
    if maat in (IN, OUT):  # a large inflow, secret for a small outflow, is a step in a stock that is shown
        return 2 * MARGE
    shown = np.where(secret[:last, month, wijk], -BREEDTE, counts[:last, month, wijk])
    nearly = place[0] == last and (count - shown < BREEDTE).any()
    return 2 * MARGE if nearly else 2 * PLUS_MIN


class _System:
    """What holds between the counts, whatever is shown of them."""

    def __init__(self, counts: dict[str, np.ndarray]) -> None:
        self.counts = counts
        self.shape = next(iter(counts.values())).shape
        size = int(np.prod(self.shape))
        self.number = {m: np.arange(k * size, (k + 1) * size).reshape(self.shape) for k, m in enumerate(counts)}
        self.size = size * len(counts)
        self.equal: list[tuple[list[tuple[int, int]], float]] = []
        self.at_most: list[tuple[list[tuple[int, int]], float]] = []
        for maat in counts:
            self._rows(maat)
            self._totals(maat)
        if {STOCK, IN, OUT} <= counts.keys():
            self._months()

    def _rows(self, maat: str) -> None:
        for place in np.ndindex(self.shape[:2]):
            whole = float(self.counts[maat][place].sum())
            self.equal.append(([(int(n), 1) for n in self.number[maat][place]], whole))

    def _totals(self, maat: str) -> None:
        if self.shape[0] == 1:
            return
        for month, wijk in np.ndindex(self.shape[1:]):
            *parts, total = (int(n) for n in self.number[maat][:, month, wijk])
            less = [(total, 1), *((part, -1) for part in parts)]
            if maat in (STOCK, IN, OUT):
                self.at_most.append((less, 0.0))
            else:
                self.equal.append((less, 0.0))
            if maat == STOCK:
                self.at_most.extend(([(part, 1), (total, -1)], 0.0) for part in parts)

    def _months(self) -> None:
        stock, into, out = (self.number[m] for m in (STOCK, IN, OUT))
        for part, month, wijk in np.ndindex(self.shape):
            if month:
                at = (part, month, wijk)
                before = (int(stock[part, month - 1, wijk]), -1)
                self.equal.append(([(int(stock[at]), 1), before, (int(into[at]), -1), (int(out[at]), 1)], 0.0))

    def spans(self, cells: list, shown: dict[str, np.ndarray]) -> list[tuple[float, float]]:
        """Give the lowest and highest value that each cell can have."""
        bounds = np.zeros((self.size, 2))
        bounds[:, 1] = np.inf
        for maat, flags in shown.items():
            near = rounded_all(self.counts[maat][flags])
            bounds[self.number[maat][flags]] = np.stack([near - MARGE, near + MARGE], axis=1)
        found: list[tuple[float, float]] = []
        for start in range(0, len(cells), _BATCH):
            numbers = [int(self.number[m][tuple(place)]) for m, place in cells[start : start + _BATCH]]
            found += self._solve(numbers, bounds)
        return found

    def _solve(self, numbers: list[int], bounds: np.ndarray) -> list[tuple[float, float]]:
        """One program for all cells: a copy of the system for the lowest and one for the highest value of each."""
        copies = 2 * len(numbers)
        goal = np.zeros((copies, self.size))
        for at, number in enumerate(numbers):
            goal[2 * at, number], goal[2 * at + 1, number] = 1, -1
        equal, whole = self._matrix(self.equal, copies)
        at_most, most = self._matrix(self.at_most, copies)
        answer = linprog(
            goal.ravel(), A_eq=equal, b_eq=whole, A_ub=at_most, b_ub=most, bounds=np.tile(bounds, (copies, 1)),
            method="highs",
        )  # fmt: skip
        assert answer.status == 0, answer.message
        values = answer.x.reshape(copies, self.size)
        return [(values[2 * at, n], values[2 * at + 1, n]) for at, n in enumerate(numbers)]

    def _matrix(self, rules: list, copies: int) -> tuple[sp.csr_matrix | None, np.ndarray | None]:
        if not rules:
            return None, None
        row = [i for i, (terms, _) in enumerate(rules) for _ in terms]
        column = [number for terms, _ in rules for number, _ in terms]
        value = [sign for terms, _ in rules for _, sign in terms]
        one = sp.csr_matrix((value, (row, column)), shape=(len(rules), self.size))
        return sp.kron(sp.identity(copies, format="csr"), one, format="csr"), np.tile([w for _, w in rules], copies)
