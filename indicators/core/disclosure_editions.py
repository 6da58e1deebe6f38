"""Which stocks of wijken stay secret in an edition because of what earlier editions kept secret: the rule, in arrays.

Two editions of one month can be laid side by side, and months of one edition too: a stock is that of the month before
plus the inflow less the outflow, which the gemeente publishes. So what an earlier edition kept secret stays secret
while the figure is the same; and where the gemeente hardly moves, the months beside it stay secret too, until a month
in which enough persons came or went. etl/stay_secret.py applies it; tests/data/test_attacker.py attacks the result.
"""

from __future__ import annotations

import numpy as np

from indicators.core.disclosure_tables import BREEDTE, MARGE, Counts, Flags

#: So many persons must have come, and as many have gone, before a wijk that was secret may be told in the next month.
BEWEGING = BREEDTE
#: So much room the total of a wijk must leave an onderdeel that an earlier edition told in another month.
RUIMTE = BREEDTE


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


def at_least_now(counted: Counts, flows: Counts) -> Counts:
    """Give how many there are at least in every month, where some months say how many there were.

    They are fewer later by those who left since, and earlier by those who came in between.

    Args:
        counted: At least so many (onderdeel, month, wijk); 0 where nothing is known.
        flows: Inflow and outflow of the gemeente (2, onderdeel, month); all of it may be of one wijk.
    """
    result = counted.copy()
    last = result.shape[1] - 1
    for month in range(1, last + 1):
        result[:, month] = np.maximum(result[:, month], result[:, month - 1] - flows[1, :, month, None])
    for month in range(last, 0, -1):
        result[:, month - 1] = np.maximum(result[:, month - 1], result[:, month] - flows[0, :, month, None])
    return result


def stays_secret(secret: Flags, before: Flags, told: Flags, moved: Counts, room: Counts) -> Flags:
    """Say which stocks are secret in an edition.

    Args:
        secret: What the rule makes secret in this edition (onderdeel, month, wijk), 'totaal' last.
        before: What an earlier edition kept secret of a figure that is still the same.
        told: What an earlier edition tells of a figure that is still the same.
        moved: From `free_movement`.
        room: How far apart the most there can be of an onderdeel (by the shown total of the wijk) and the least (by
            what an earlier edition tells of any month) are. Where that is little, months tell no total of any wijk.

    Returns:
        Flags of the same shape.
    """
    result = secret | before
    result[:-1] |= (before & ~secret).any(0)  # in a wijk all is told, its total only, or nothing
    while True:
        result[-1:] = _tied(result[-1:], result[-1:] & told[-1:], moved[-1:])
        result[:-1] |= result[-1]
        result[:-1] = _tied(result[:-1], result[:-1] & told[:-1], moved[:-1])
        tight = (result & ~told & ~result[-1] & (room < RUIMTE)).any((0, 2))
        if not tight.any():
            return result
        result[-1, tight] = True


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
            counted = np.where(same & ~result[:at], shown[:at] - MARGE, 0).max(0)
            most = np.where(total[at, -1, :, None] < 0, np.iinfo(np.int64).max // 2, shown[at, -1] + MARGE)
            room = most - at_least_now(counted, flows[at])
            result[at] = stays_secret(secret[at], before, told, moved, room)
    return result
