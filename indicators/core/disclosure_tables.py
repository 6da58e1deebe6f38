"""Which cells of a table with persons per wijk are secret: the rule itself, in arrays, for one law and one peildatum.

etl/marts/fct_voorziening.sql applies the same rule in SQL (a test proves that both give the same) and
tests/data/test_attacker.py attacks what comes out with linear programs. docs/onthulling.md explains why each step is
there. Arrays are (onderdeel, month, wijk), the last onderdeel being 'totaal'; wijken stand in order of their code.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

#: The largest count that is secret.
GEHEIM_TOT_EN_MET = 7
#: Other counts are rounded to a multiple of this.
AFRONDING = 5
#: A rounded count is at most this far from the count.
MARGE = AFRONDING // 2
#: What an attacker can work out about a secret count must leave this much between lowest and highest.
BREEDTE = 7

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Settled = Callable[..., Flags]


def rounded_all(counts: Counts) -> Counts:
    """Round counts to multiples of 5."""
    return AFRONDING * ((counts + MARGE) // AFRONDING)


def together(counts: Counts, secret: Flags, room: Counts | None = None) -> Flags:
    """Hide more wijken where one is secret: their total is exact, so two or more must share at least 7.

    Args:
        counts: Exact counts; the last axis is the wijken of one total.
        secret: What is secret already.
        room: How much of each count is not known from figures beside it; by default all of it.

    Returns:
        The same with the next smallest wijken added until two are secret and they share 7, or all are secret. Of equal
        counts the wijk with the lowest code comes first.
    """
    order = np.lexsort((counts, ~secret), axis=-1)
    sorted_room = np.take_along_axis(counts if room is None else room, order, -1)
    shared = np.cumsum(sorted_room, axis=-1) - sorted_room
    needed = (np.arange(counts.shape[-1]) < 2) | (shared < BREEDTE)
    added = np.empty_like(secret)
    np.put_along_axis(added, order, needed, -1)
    return secret | (added & secret.any(-1, keepdims=True))


def _opens(parts: Counts, secret: Flags, total: Counts) -> Flags:
    """Say per month and wijk whether its total over onderdelen would open a secret part.

    That is so where one part only is secret, or where total and shown parts, each with their margin of rounding, leave
    the secret parts together less than twice 7 (two of them may need it at once), or do not let them all be smaller.
    Persons with several onderdelen count once in the total; how many times that happens, the figures of the gemeente
    say. An onderdeel that the whole gemeente has none of hides nothing.
    """
    low, high = rounded_all(total) - MARGE, rounded_all(total) + MARGE
    shown = np.where(secret, 0, rounded_all(parts)).sum(0)
    hidden = np.where(secret, parts, 0).sum(0)
    margin = MARGE * (~secret).sum(0)
    double = (parts.sum(0) - total).sum(-1, keepdims=True)
    least = np.maximum(low - shown - margin, 0)
    narrow = (high + double - shown + margin - least < 2 * BREEDTE) | (hidden - least < np.minimum(BREEDTE, hidden))
    hiding = (secret & (parts.sum(-1, keepdims=True) > 0)).sum(0)
    result: Flags = (hiding == 1) | ((hiding > 1) & narrow)
    return result


def _room(parts: Counts, secret: Flags, total: Counts) -> Counts:
    """Give how much of each total over onderdelen does not follow from the parts that are shown."""
    double = (parts.sum(0) - total).sum(-1, keepdims=True) > 0
    shown = np.where(secret, 0, parts)
    return np.maximum(total - np.where(double, shown.max(0), shown.sum(0)), 0)


def stretches(stand: Counts, instroom: Counts, uitstroom: Counts) -> npt.NDArray[np.int64]:
    """Number the stretches of months in which a stock hardly moves: within one, a wijk is secret always or never.

    A month begins a new stretch when enough persons came and went, in wijken where that is secret, to hide who did.

    Args:
        stand: Exact stock (onderdeel, month, wijk).
        instroom: Exact inflow.
        uitstroom: Exact outflow.

    Returns:
        (onderdeel, month) numbers.
    """
    step = np.diff(rounded_all(stand), axis=1, prepend=rounded_all(stand[:, :1]))
    hidden = np.minimum(instroom, uitstroom) <= GEHEIM_TOT_EN_MET
    up = np.maximum(step - 2 * MARGE, 0).max(-1)
    down = np.maximum(-step - 2 * MARGE, 0).max(-1)
    enough = (instroom.sum(-1) + uitstroom.sum(-1)) > 0
    for flow, jump in ((instroom, up), (uitstroom, down)):
        enough &= (np.where(hidden, flow, 0).sum(-1) >= BREEDTE + jump) | (flow.sum(-1) == 0)
    return np.cumsum(enough | ~hidden.any(-1), axis=1)


def _throughout(flags: Flags, stretch: npt.NDArray[np.int64]) -> Flags:
    """Make secret in all months of a stretch what is secret in one."""
    result = flags.copy()
    for onderdeel in range(flags.shape[0]):
        for number in np.unique(stretch[onderdeel]):
            months = stretch[onderdeel] == number
            result[onderdeel, months] |= flags[onderdeel, months].any(0)
    return result


def _moves(stand: Counts, stretch: npt.NDArray[np.int64]) -> Flags:
    """Find wijken whose rounded stock is not the same in all months of a stretch: the step would show who moved."""
    result = np.zeros(stand.shape, dtype=bool)
    for onderdeel in range(stand.shape[0]):
        for number in np.unique(stretch[onderdeel]):
            months = stretch[onderdeel] == number
            shown = rounded_all(stand[onderdeel, months])
            result[onderdeel, months] = shown.min(0) != shown.max(0)
    return result


def secret_stock(stand: Counts, instroom: Counts | None, uitstroom: Counts | None) -> Flags:
    """Say which cells of a stock are secret."""
    if instroom is None or uitstroom is None:
        stretch = np.broadcast_to(np.arange(stand.shape[1]), stand.shape[:2])
    else:
        stretch = stretches(stand, instroom, uitstroom)

    def settled(flags: Flags, room: Counts | None = None) -> Flags:
        return _throughout(together(stand, _throughout(flags, stretch), room), stretch)

    secret = together(stand, stand <= GEHEIM_TOT_EN_MET)
    return _with_totals(settled(secret | _moves(stand, stretch)), (stand,), settled)


def secret_lines(counts: Counts) -> Flags:
    """Say which cells of a count of lines are secret."""

    def settled(flags: Flags, room: Counts | None = None) -> Flags:
        return together(counts, flags, room)

    return _with_totals(settled(counts <= GEHEIM_TOT_EN_MET), (counts,), settled)


def secret_flows(instroom: Counts, uitstroom: Counts, stock: Flags | None) -> Flags:
    """Say which cells of inflow and outflow are secret: always together, and where the stock before or after is."""
    least = np.minimum(instroom, uitstroom)
    secret = least <= GEHEIM_TOT_EN_MET
    if stock is not None:
        secret |= stock
        secret[:, 1:] |= stock[:, :-1]

    def settled(flags: Flags, room: Counts | None = None) -> Flags:
        return together(least, flags, room)

    return _with_totals(settled(secret), (instroom, uitstroom), settled)


def _lone(parts: Counts, secret: Flags, total: Counts) -> Flags:
    """Say per month whether so little is secret in its parts that the shown parts give secret totals away."""
    whole = parts.sum(-1, keepdims=True)
    hiding = (secret & (whole > 0)).any(0)
    largest = np.where(secret, 0, whole).max(0)
    nearly_all = hiding & (largest > 0) & (total.sum(-1, keepdims=True) - largest < BREEDTE)
    room = _room(parts, secret, total).sum(-1)
    result: Flags = nearly_all.any(-1) | (hiding.any(-1) & (room < BREEDTE))
    return result


def _with_totals(secret: Flags, counts: tuple[Counts, ...], settled: Settled) -> Flags:
    """Go on from secret parts to their totals over onderdelen.

    Where the secret parts of a month are so few that shown parts give totals away, all of that month is secret.
    """
    if secret.shape[0] == 1:
        return secret
    lone = np.logical_or.reduce([_lone(one[:-1], secret[:-1], one[-1]) for one in counts])
    secret = settled(secret | lone[:, None])
    for one in counts:
        secret[-1] |= _opens(one[:-1], secret[:-1], one[-1])
    room = np.full_like(counts[0], BREEDTE)
    room[-1] = np.minimum.reduce([_room(one[:-1], secret[:-1], one[-1]) for one in counts])
    return np.concatenate([secret[:-1], settled(secret, room)[-1:]])
