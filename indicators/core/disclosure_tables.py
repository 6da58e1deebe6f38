"""Which cells of a table with persons per wijk are secret: the rule itself, in arrays.

The build calls it from SQL (etl/protect.py) and tests/data/test_attacker.py attacks what comes out with linear
programs; docs/onthulling.md explains why each step is there. In every wijk of a table either all is told (its total,
and the onderdelen that are told by wijk at all), or its total only, or nothing; the same in all months that hang
together. So the wijken of which nothing is told are one region to the reader: whoever lives there may live in any of
them, in every month and with every onderdeel.

Arrays are (table, onderdeel, month, wijk), the last onderdeel being 'totaal'; wijken stand in order of their code.
Months of one table hang together (a stock); lines are a table per month. Flows are the inflow and outflow of the whole
gemeente, which are published: (table, 2, onderdeel, month), of a month since the one before.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

#: The largest count that is secret.
GEHEIM_TOT_EN_MET = 7
#: Other counts are rounded to a multiple of this.
AFRONDING = 5
#: A rounded count is at most this far from the count.
MARGE = AFRONDING // 2
#: What secret cells of one total must share.
BREEDTE = 7

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def rounded_all(counts: Counts) -> Counts:
    """Round counts to multiples of 5."""
    return AFRONDING * ((counts + MARGE) // AFRONDING)


def together(counts: Counts, secret: Flags) -> Flags:
    """Hide more wijken where one is secret: their total is exact, so two or more must share at least 7 in every month.

    Args:
        counts: Exact counts (.., month, wijk).
        secret: What is secret already (.., wijk), in all months.

    Returns:
        The same, with the next smallest wijken added until two are secret and they share 7 in every month, or all are
        secret. Of equal counts the wijk with the lowest code comes first.
    """
    order = np.lexsort((counts.sum(-2), ~secret), axis=-1)
    in_order = np.take_along_axis(counts, order[..., None, :], -1)
    shared = (np.cumsum(in_order, axis=-1) - in_order).min(-2)
    needed = (np.arange(counts.shape[-1]) < 2) | (shared < BREEDTE)
    added = np.empty_like(secret)
    np.put_along_axis(added, order, needed, -1)
    return secret | (added & secret.any(-1, keepdims=True))


def _by_wijk(parts: Counts) -> Flags:
    """Say which onderdelen are told by wijk (table, onderdeel): those that are large in more than half of the wijken.

    The others must, without the largest of them, hold 7 persons in every month: else what they share would give them
    away. Until they do, the smallest that is told joins them.
    """
    told: Flags = 2 * (parts <= GEHEIM_TOT_EN_MET).any(2).sum(-1) < parts.shape[-1]
    size = parts.sum(-1)
    order = np.argsort(size.sum(-1), axis=-1, kind="stable")
    for place in range(parts.shape[1]):
        silent = np.where(told[..., None], 0, size)
        tight = (silent.sum(1) > 0) & (silent.sum(1) - silent.max(1) < BREEDTE)
        at = order[:, place, None]
        np.put_along_axis(told, at, np.take_along_axis(told, at, 1) & ~tight.any(-1)[:, None], 1)
    return told


def _opens(parts: Counts, total: Counts, told: Flags) -> Flags:
    """Say in which wijken the total, beside the onderdelen that are told, leaves the others too little room.

    Total and onderdelen are known with their margin of rounding; two secret onderdelen may need the room at once.
    Persons with several onderdelen count once in the total; how many times that happens, the gemeente's figures say.
    """
    shown = np.where(told[..., None, None], rounded_all(parts), 0).sum(1)
    margin = MARGE * (1 + told.sum(1))[:, None, None]
    double = (parts.sum(1) - total).sum(-1, keepdims=True)
    silent = (~told & (parts.sum(-1) > 0).any(-1)).any(1)
    result: Flags = silent[:, None] & (rounded_all(total) - shown + margin + double < 2 * BREEDTE).any(1)
    return result


def _nearly_one(parts: Counts, total: Counts) -> Flags:
    """Say in which tables one onderdeel is the total of the gemeente but for fewer than 7."""
    rest = total.sum(-1) - parts.sum(-1).max(1)
    result: Flags = (rest < BREEDTE).any(1)
    return result


def at_least(counts: Counts) -> Counts:
    """Give the least flows of the gemeente that stocks (.., onderdeel, month, wijk) allow (.., 2, onderdeel, month)."""
    step = np.diff(counts, axis=-2, prepend=counts[..., :1, :])
    return np.stack([np.maximum(sign * step, 0).sum(-1) for sign in (1, -1)], axis=-3)


def _jumps(total: Counts, flows: Counts) -> Flags:
    """Say in which wijken the total moves so much in a month that it shows where nearly all newcomers or leavers live.

    A shown step of 10 is 6 persons at least. Others must be able to be 7 of all who came (or went), of which the
    gemeente has the exact number.
    """
    result = np.zeros_like(total[:, 0], dtype=bool)
    for sign, moved in ((1, flows[:, 0, -1, 1:]), (-1, flows[:, 1, -1, 1:])):
        step = sign * np.diff(rounded_all(total), axis=1)
        known = np.maximum(step - 2 * MARGE, 0)
        few = moved - known.sum(-1) < BREEDTE
        result |= ((step >= 2 * AFRONDING) & few[..., None]).any(1)
    return result


def _comes_or_goes(parts: Counts, told: Flags, flows: Counts) -> Flags:
    """Say in which tables an onderdeel that is not told is few in one month and more in another, while little moves.

    A wijk whose total is shown in both months has at most those few, the step of its total with twice the margin, and
    the leavers in between (for the months before: the newcomers) in whose place others came.
    """
    size = np.where(told[..., None], 0, parts.sum(-1))
    result = np.zeros(len(parts), dtype=bool)
    for turn, moved in ((slice(None), flows[:, 1, -1, 1:]), (slice(None, None, -1), flows[:, 0, -1, :0:-1])):
        gone = moved.cumsum(1)
        gone = np.concatenate([np.zeros_like(gone[:, :1]), gone], axis=1)
        for at in range(size.shape[2] - 1):
            few, later = size[:, :, turn][:, :, at, None], size[:, :, turn][:, :, at + 1 :]
            room = few + 2 * MARGE + (gone[:, at + 1 :] - gone[:, at, None])[:, None]
            enough = np.where(few < BREEDTE, 3, 2) * BREEDTE  # few: every step that is shown counts
            result |= ((later > few) & (room < enough)).any((1, 2))
    return result


def secret_cells(counts: Counts, flows: Counts | None = None) -> Flags:
    """Say which cells are secret.

    Args:
        counts: Exact counts (table, onderdeel, month, wijk), zeros included, 'totaal' last. Months of one table hang
            together.
        flows: Inflow and outflow of the gemeente (table, 2, onderdeel, month). Not known: the least that is possible.

    Returns:
        Flags of the same shape.
    """
    flows = at_least(counts) if flows is None else flows
    parts, total = counts[:, :-1], counts[:, -1]
    small: Flags = np.logical_or.reduce(parts <= GEHEIM_TOT_EN_MET, axis=2)
    nothing: Flags = np.logical_or.reduce(total <= GEHEIM_TOT_EN_MET, axis=1)
    if parts.shape[1] <= 1:  # the onderdeel is the total
        flags = together(total, nothing | small.any(1))
        return np.broadcast_to(flags[:, None, None], counts.shape).copy()
    told = _by_wijk(parts)
    nothing |= _comes_or_goes(parts, told, flows)[:, None]
    nothing |= _jumps(total, flows) & ~told.all(1, keepdims=True)
    total_only: Flags = (small & told[..., None]).any(1) | _opens(parts, total, told)
    for _ in range(counts.shape[-1]):
        nothing = together(total, nothing)
        total_only |= nothing
        for sides in (parts, total[:, None] - parts):
            total_only |= (together(sides, np.repeat(total_only[:, None], parts.shape[1], 1)) & told[..., None]).any(1)
    secret = np.empty(counts.shape, dtype=bool)
    secret[:, :-1] = (total_only[:, None] | ~told[..., None])[:, :, None]
    secret[:, -1] = nothing[:, None]
    secret[secret.any((1, 2, 3)) & _nearly_one(parts, total)] = True
    return secret


def secret_in_list(
    onderdeel: Counts, maand: Counts, wijk: Counts, aantal: Counts, hangt_samen: bool, stromen: Counts | None = None
) -> Flags:
    """Say which cells of a list are secret: all counts of one measure of one law at one peildatum.

    Args:
        onderdeel: Number of the onderdeel of each cell; 'totaal' has the highest.
        maand: Number of the month. An onderdeel may begin later than another.
        wijk: Number of the wijk, in order of code.
        aantal: Exact count, zeros included.
        hangt_samen: Whether months hang together (a stock).
        stromen: Of a stock: inflow and outflow of the gemeente for each cell (2, cell); -1 where not known.

    Returns:
        A flag per cell.
    """
    sizes, places = [], []
    for numbers in (onderdeel, maand, wijk):
        known, place = np.unique(numbers, return_inverse=True)
        sizes.append(len(known))
        places.append(place)
    counts = np.full(sizes, -1, dtype=np.int64)
    counts[tuple(places)] = aantal
    for month in range(sizes[1] - 2, -1, -1):  # what is not counted yet must not look like nobody
        counts[:, month] = np.where(counts[:, month] < 0, counts[:, month + 1], counts[:, month])
    for month in range(1, sizes[1]):
        counts[:, month] = np.where(counts[:, month] < 0, counts[:, month - 1], counts[:, month])
    if hangt_samen:
        flows = at_least(counts)
        if stromen is not None:
            given = np.full_like(flows, -1)
            given[:, places[0], places[1]] = stromen
            flows = np.where(given < 0, flows, given)
        secret = secret_cells(counts[None], flows[None])[0]
    else:
        secret = secret_cells(counts.swapaxes(0, 1)[:, :, None])[:, :, 0].swapaxes(0, 1)
    result: Flags = secret[tuple(places)]
    return result
