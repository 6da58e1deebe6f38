"""Between what bounds each count of a wijk must lie for who reads everything that is published, of all editions.

Whoever lays figures side by side takes a few steps over and over: wijken add up to the gemeente; no onderdeel has more
persons than the total, and the total has no more than all onderdelen; from one month to the next no more can have come
or left than the gemeente says. These steps are taken here, for all cells at once. The bounds are never narrower than
the truth allows; a linear program (tests/support/attacker.py) may find them somewhat narrower still.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.core.disclosure_tables import BREEDTE, MARGE, Counts, Flags

#: More than any count.
VEEL = 10**9
#: So many times each step is taken.
RONDEN = 4
#: So much must be left between the bounds of a secret count: one more than is promised, for a program finds more.
RUIMTE = BREEDTE


@dataclass(frozen=True)
class Reader:
    """Who lays editions side by side: what he has seen of the figures of an edition, whatever that one tells.

    Attributes:
        low: The least by what earlier editions tell of a figure that is still the same (onderdeel, month, wijk).
        high: The most.
        shown: Rounded counts of this edition; below 0 where it has none.
        total: Exact counts of the gemeente (onderdeel, month).
        flows: Inflow and outflow of the gemeente (2, onderdeel, month).
    """

    low: Counts
    high: Counts
    shown: Counts
    total: Counts
    flows: Counts

    def finds(self, secret: Flags) -> Flags:
        """Say which months are to be closed because a secret count has less than RUIMTE left.

        That is the month itself, and if nothing is told of that, the months beside it. Not closed are months for a
        count that is known as well without this edition: because the gemeente has few, or by what was told before.
        """
        unseen = secret | (self.total < 0)[..., None] | (self.shown < 0)
        low = np.where(unseen, self.low, np.maximum(self.low, self.shown - MARGE))
        high = np.where(unseen, self.high, np.minimum(self.high, self.shown + MARGE))
        left = self._left(low, high)
        few = secret & (self.high == VEEL) & (left < np.minimum(RUIMTE, self._left(0 * low, 0 * high + VEEL)))
        closed = unseen.all((0, 2))
        result: Flags = few.any((0, 2)) & ~closed
        if few.any() and not result.any():
            result = (few & (left < self._left(self.low, self.high))).any((0, 2))
            while result.any() and not (result & ~closed).any() and not result.all():
                result[:-1], result[1:] = result[:-1] | result[1:], result[1:] | result[:-1]
        return result & ~closed

    def _left(self, low: Counts, high: Counts) -> Counts:
        least, most = bounds(low, high, self.total, self.flows)
        return most - least


def bounds(low: Counts, high: Counts, total: Counts, flows: Counts) -> tuple[Counts, Counts]:
    """Give the least and the most that each count can be.

    Args:
        low: The least by what is shown of the cell itself (onderdeel, month, wijk), 'totaal' last; else 0.
        high: The most by what is shown of the cell itself; else VEEL.
        total: Exact counts of the gemeente (onderdeel, month); -1 where not known: it is tied to no other month then.
        flows: Inflow and outflow of the gemeente (2, onderdeel, month).

    Returns:
        Least and most, as far as figures do not contradict each other: who sees that they do, knows no more.
    """
    known = (total >= 0) & (np.roll(total, 1, axis=1) >= 0)
    flows = np.where(known, flows, VEEL)
    for _ in range(RONDEN):
        least, most = low.copy(), high.copy()
        _add_up(least, most, total)
        _onderdelen(least, most, total)
        _months(least, most, flows)
        if (least > most).any():
            break
        low, high = least, most
    return low, high


def _add_up(low: Counts, high: Counts, total: Counts) -> None:
    """Take from the gemeente what other wijken have at least, and at most."""
    whole = total[..., None]
    least = np.where(whole < 0, 0, whole - (high.sum(-1, keepdims=True) - high))
    most = np.where(whole < 0, VEEL, whole - (low.sum(-1, keepdims=True) - low))
    np.maximum(low, least, out=low)
    np.minimum(high, most, out=high)


def _onderdelen(low: Counts, high: Counts, total: Counts) -> None:
    """Weigh onderdelen against the total of their wijk.

    Two counts are not published and add up over wijken as well, for what they are in the gemeente is known: how many
    onderdelen persons have beyond their first, and how many persons do not have an onderdeel.
    """
    if len(low) == 1:
        return
    known = (total >= 0).all(0)
    more = np.maximum(low[:-1].sum(0) - high[-1], 0), high[:-1].sum(0) - low[-1]
    _add_up(*more, np.where(known, total[:-1].sum(0) - total[-1], -1))
    np.maximum(low[-1], low[:-1].sum(0) - more[1], out=low[-1])
    np.minimum(high[-1], high[:-1].sum(0) - more[0], out=high[-1])
    others = low[:-1].sum(0) - low[:-1], high[:-1].sum(0) - high[:-1]
    np.maximum(low[:-1], low[-1] + more[0] - others[1], out=low[:-1])
    np.minimum(high[:-1], high[-1] + more[1] - others[0], out=high[:-1])
    without = np.maximum(low[-1] - high[:-1], 0), high[-1] - low[:-1]
    _add_up(*without, np.where(known, total[-1] - total[:-1], -1))
    np.maximum(low[-1], (low[:-1] + without[0]).max(0), out=low[-1])
    np.minimum(high[:-1], high[-1] - without[0], out=high[:-1])
    np.maximum(low[:-1], low[-1] - without[1], out=low[:-1])


def _months(low: Counts, high: Counts, flows: Counts) -> None:
    """Let no more come or leave than the gemeente says, less what other wijken must have had of it.

    Who comes to a total comes to an onderdeel, and so who leaves.
    """
    came, into = _flow(low[:, 1:] - high[:, :-1], flows[0, :, 1:])
    left, out = _flow(low[:, :-1] - high[:, 1:], flows[1, :, 1:])
    up, down = (
        np.concatenate([np.zeros_like(low[:, :1]), step], axis=1).cumsum(1) for step in (into - left, out - came)
    )
    np.minimum(high, up + np.minimum.accumulate(high - up, axis=1), out=high)
    np.maximum(low, np.maximum.accumulate(low + down, axis=1) - down, out=low)
    np.minimum(high, np.minimum.accumulate((high + down)[:, ::-1], axis=1)[:, ::-1] - down, out=high)
    np.maximum(low, up + np.maximum.accumulate((low - up)[:, ::-1], axis=1)[:, ::-1], out=low)


def _flow(step: Counts, flow: Counts) -> tuple[Counts, Counts]:
    """Give how many came at least and at most (or left), by the least step of the stock and the gemeente's flow."""
    least = np.maximum(step, 0)
    most = flow[..., None] - (least.sum(-1, keepdims=True) - least)
    if len(step) > 1:
        others = most[:-1].sum(0) - most[:-1]
        least[:-1] = np.maximum(least[:-1], least[-1] - others)
        most = flow[..., None] - (least.sum(-1, keepdims=True) - least)
    return least, most
