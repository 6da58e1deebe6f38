"""An attacker with a linear program: between what bounds must a secret count lie, given everything that is published?

He knows the exact figures of the gemeente, every shown count of a wijk (to its margin of rounding), that counts are
never negative, and how figures hang together:

- over wijken every count adds up to the gemeente;
- lines add up over onderdelen to the total of a wijk; unique persons give bounds: no onderdeel has more than the
  total, and the total is at most their sum (also of persons who come and go);
- stock = stock of the month before + inflow - outflow, per wijk and onderdeel (he has the last two
  of the gemeente).

He is better informed than anyone is: reality adds persons without a wijk, or with two, and days within a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

from indicators.core.disclosure_tables import MARGE, rounded_all

STOCK, IN, OUT = "stand", "instroom", "uitstroom"
_TOLERANCE = 1e-6
_BATCH = 40
#: So many pairs of worlds are sought before the programs of single cells.
_WORLDS = 6
#: A secret count must stay open by this much to either side.
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
    """Give every secret count of which the attacker knows more than he may: less than 6 between lowest and highest.

    There is one reason to know more that no rule can take away: the exact figures of the gemeente are small themselves
    (of a gemeente total of 4 no wijk has more than 4), or another edition has shown cells already that this one hides.
    So what is left open must be 6, or all that is open to who knows only the gemeente and those cells.

    Args:
        publication: What is published now.
        known: Per maat, secret cells that another edition shows, with the same count behind them.
    """
    system = _System(publication.counts)
    told = {m: (known or {}).get(m, np.zeros_like(secret)) for m, secret in publication.secret.items()}
    shown = {m: ~secret | told[m] for m, secret in publication.secret.items()}
    cells = [(m, place) for m in shown if m not in (IN, OUT) for place in np.argwhere(~shown[m])]
    cells = system.not_open(cells, shown)
    spans = zip(cells, system.spans(cells, shown), strict=True)
    suspects = [(cell, span) for cell, span in spans if span[1] - span[0] < 2 * PLUS_MIN - _TOLERANCE]
    pinned = []
    anyhow = system.spans([cell for cell, _ in suspects], told)
    for ((maat, place), (low, high)), (least, most) in zip(suspects, anyhow, strict=True):
        if high - low < min(2 * PLUS_MIN, most - least) - _TOLERANCE:
            where = (int(place[0]), int(place[1]), int(place[2]))
            pinned.append(Pinned(maat, where, int(publication.counts[maat][where]), low, high))
    return pinned


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

    def not_open(self, cells: list, shown: dict[str, np.ndarray]) -> list:
        """Give the cells of which a few possible worlds do not already show that they are open: saves most programs.

        Worlds are sought in which the secret counts of some wijken and onderdelen are high and those of others low.
        """
        if len(cells) <= 2 * _WORLDS:
            return cells
        chance = np.random.default_rng(1)
        at = np.array([self.number[m][tuple(place)] for m, place in cells])
        goal = np.zeros((2 * _WORLDS, self.size))
        for k in range(_WORLDS):
            wijk, part = chance.choice([-1, 1], self.shape[2]), chance.choice([-1, 1], self.shape[0])
            sign = np.broadcast_to(wijk * part[:, None, None] ** (k % 2), self.shape)
            goal[2 * k, at] = [sign[tuple(place)] for _, place in cells] * chance.uniform(0.5, 1, len(cells))
            goal[2 * k + 1] = -goal[2 * k]
        worlds = self._worlds(goal, self._bounds(shown))[:, at]
        wide = worlds.max(0) - worlds.min(0) >= 2 * PLUS_MIN
        return [cell for cell, is_open in zip(cells, wide, strict=True) if not is_open]

    def _bounds(self, shown: dict[str, np.ndarray]) -> np.ndarray:
        bounds = np.zeros((self.size, 2))
        bounds[:, 1] = np.inf
        for maat, flags in shown.items():
            near = rounded_all(self.counts[maat][flags])
            bounds[self.number[maat][flags]] = np.stack([near - MARGE, near + MARGE], axis=1)
        return bounds

    def spans(self, cells: list, shown: dict[str, np.ndarray]) -> list[tuple[float, float]]:
        """Give the lowest and highest value that each cell can have."""
        bounds = self._bounds(shown)
        found: list[tuple[float, float]] = []
        for start in range(0, len(cells), _BATCH):
            numbers = [int(self.number[m][tuple(place)]) for m, place in cells[start : start + _BATCH]]
            found += self._solve(numbers, bounds)
        return found

    def _solve(self, numbers: list[int], bounds: np.ndarray) -> list[tuple[float, float]]:
        """One program for all cells: a copy of the system for the lowest and one for the highest value of each."""
        goal = np.zeros((2 * len(numbers), self.size))
        for at, number in enumerate(numbers):
            goal[2 * at, number], goal[2 * at + 1, number] = 1, -1
        values = self._worlds(goal, bounds)
        return [(values[2 * at, n], values[2 * at + 1, n]) for at, n in enumerate(numbers)]

    def _worlds(self, goal: np.ndarray, bounds: np.ndarray) -> np.ndarray:
        """Give for each goal (a row) the possible counts that make it least."""
        copies = len(goal)
        equal, whole = self._matrix(self.equal, copies)
        at_most, most = self._matrix(self.at_most, copies)
        answer = linprog(
            goal.ravel(), A_eq=equal, b_eq=whole, A_ub=at_most, b_ub=most, bounds=np.tile(bounds, (copies, 1)),
            method="highs",
        )  # fmt: skip
        assert answer.status == 0, answer.message
        worlds: np.ndarray = answer.x.reshape(copies, self.size)
        return worlds

    def _matrix(self, rules: list, copies: int) -> tuple[sp.csr_matrix | None, np.ndarray | None]:
        if not rules:
            return None, None
        row = [i for i, (terms, _) in enumerate(rules) for _ in terms]
        column = [number for terms, _ in rules for number, _ in terms]
        value = [sign for terms, _ in rules for _, sign in terms]
        one = sp.csr_matrix((value, (row, column)), shape=(len(rules), self.size))
        return sp.kron(sp.identity(copies, format="csr"), one, format="csr"), np.tile([w for _, w in rules], copies)
