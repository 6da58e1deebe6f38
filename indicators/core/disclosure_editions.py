"""Which stocks of wijken stay secret in an edition because of what earlier editions kept secret: the rule, in arrays.

Two editions of one month can be laid side by side, and months of one edition too: a stock is that of the month before
plus the inflow less the outflow, which the gemeente publishes. So what an earlier edition kept secret stays secret
while the figure is the same; and where the gemeente hardly moves, the months beside it stay secret too, until a month
in which enough persons came or went. etl/stay_secret.py applies it; tests/data/test_attacker.py attacks the result.
"""

from __future__ import annotations

import numpy as np

from indicators.core.disclosure_bounds import VEEL, Reader
from indicators.core.disclosure_tables import BREEDTE, MARGE, Counts, Flags

#: So many persons must have come, and as many have gone, before a wijk that was secret may be told in the next month.
BEWEGING = BREEDTE


def free_movement(shown: Counts, secret: Flags, total: Counts, flows: Counts) -> Counts:
    """Give how many came or went (the fewest of both) since the month before, that what is told does not account for.

    What is told accounts for the steps of wijken that are told, and for the step of all others together.

    Args:
        shown: Rounded counts (onderdeel, month, wijk); what stands where a count is secret does not matter.
        secret: Which of them are secret.
        total: Exact counts of the gemeente (onderdeel, month).
        flows: Inflow and outflow of the gemeente (2, onderdeel, month).
    """
    both = ~secret & ~np.roll(secret, 1, axis=1)
    step = np.where(both, np.diff(shown, axis=1, prepend=shown[:, :1]), 0)
    others = np.where(both.all(-1), 0, np.diff(total, axis=1, prepend=total[:, :1]) - step.sum(-1))
    free = [
        flow - np.maximum(sign * step - 2 * MARGE, 0).sum(-1) - np.maximum(sign * others, 0)
        for sign, flow in zip((1, -1), flows, strict=True)
    ]
    result: Counts = np.minimum(free[0], free[1])
    return result


def _tied(rows: Flags, closing: Flags, moved: Counts) -> Flags:
    """Spread what is secret over months between which too few came and went; gives the rows (onderdeel, month, wijk).

    Args:
        rows: What is secret so far.
        closing: Of these, what an earlier edition tells: such a count is known but for what moved, and the wijken that
            are told beside it must not narrow that. So months that are tied to it tell nothing.
        moved: From `free_movement`, of these onderdelen.
    """
    result = rows.copy()
    matters = ((rows != rows[:, :1]) | closing).any((1, 2))
    tied = (moved[matters] < BEWEGING).any(0)
    stretch = np.concatenate([[0], np.cumsum(~tied[1:])])
    for one in np.unique(stretch):
        months = stretch == one
        closed = closing[:, months].any() and months.sum() > 1
        result[:, months] = result[:, months].any(1, keepdims=True) | closed
    return result


def stays_secret(secret: Flags, before: Flags, told: Flags, moved: Counts, reader: Reader) -> Flags:
    """Say which stocks are secret in an edition.

    Args:
        secret: What the rule makes secret in this edition (onderdeel, month, wijk), 'totaal' last.
        before: What an earlier edition kept secret of a figure that is still the same.
        told: What an earlier edition tells of a figure that is still the same.
        moved: From `free_movement`.
        reader: Months in which he finds a count are closed, and if need be the months around them.

    Returns:
        Flags of the same shape.
    """
    result = secret | before
    result[:-1] |= (before & ~secret).any(0)  # in a wijk all is told, its total only, or nothing
    while True:
        result[-1:] = _tied(result[-1:], result[-1:] & told[-1:], moved[-1:])
        result[:-1] |= result[-1]
        result[:-1] = _tied(result[:-1], result[:-1] & told[:-1], moved[:-1])
        found = reader.finds(result)
        if not found.any():
            return result
        result[:, found] = True


def over_editions(secret: Flags, shown: Counts, total: Counts, flows: Counts) -> Flags:
    """Say which stocks are secret in each of a row of editions.

    Args:
        secret: What the rule makes secret (edition, onderdeel, month, wijk), oldest first.
        shown: Rounded counts of the others.
        total: The exact figure of the gemeente (edition, onderdeel, month); -1 where an edition does not have it.
        flows: Inflow and outflow of the gemeente (edition, 2, onderdeel, month).

    Returns:
        Flags of the same shape.
    """
    result = secret.copy()
    for at in range(1, len(secret)):
        same = ((total[:at] == total[at]) & (total[at] >= 0))[..., None]
        before, told = (same & result[:at]).any(0), (same & ~result[:at]).any(0)
        if (before & ~secret[at]).any() or (told & secret[at]).any():
            moved = free_movement(shown[at], secret[at], total[at], flows[at])
            seen = same & ~result[:at] & (shown[:at] >= 0)
            other = (seen & ~secret[at] & (shown[:at] != shown[at])).any(-1, keepdims=True)
            low = np.where(seen & ~other, shown[:at] - MARGE, 0).max(0)
            high = np.where(seen & ~other, shown[:at] + MARGE, VEEL).min(0)
            reader = Reader(low, high, shown[at], total[at], flows[at])
            result[at] = stays_secret(secret[at], before, told, moved, reader)
    return result
