"""Care that moves between providers: a break in the growth of one provider's share of the clients.

A share of clients remembers, as a stock does: its monthly change is what is tested (see `stock`), for every provider
and every start in the newest twelve months; the chance is corrected for both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from indicators.signals.detect.series import SHORTEST, Array, window_of

#: Corrected chance below which a move is raised.
ALPHA = 0.01
#: Least move: a share of the onderdeel, and clients. Counts of a provider are rounded to five and told from ten on.
LEAST, LEAST_CLIENTS = 0.06, 20.0
#: Ordinary slow drift of the change, and its least scatter, as in `stock`.
DRIFT, LEAST_SCATTER = 0.15, 0.003


@dataclass(frozen=True)
class Move:
    """Care that moves to or from a provider.

    Attributes:
        provider: Its place in the array.
        start: Index of the first month in which it shows.
        before: Its share of the clients before that month.
        now: Its share in the newest month.
        clients: Clients that it has more (or fewer) than with the share before.
        other: The provider whose share changed most the other way; -1 where no one's did.
        p: Corrected chance.
    """

    provider: int
    start: int
    before: float
    now: float
    clients: float
    other: int
    p: float


def share_move(clients: Array, named: int) -> Move | None:
    """Find the move between providers that is least likely to be chance.

    Args:
        clients: [month, provider], oldest first.
        named: The first so many are providers; what stands behind them is all others together.

    Returns:
        The move, or None when there is none or too little past to tell.
    """
    total = clients.sum(axis=1)
    if len(clients) < 2 or (total <= 0).any():
        return None
    share = clients / total[:, None]
    change = np.diff(share, axis=0)
    window = window_of(len(change))
    if not window or clients.shape[1] < 2 or not named:
        return None
    past, starts = len(change) - window, window - SHORTEST + 1
    base = change[:past]
    usual = base.mean(axis=0) * past / (past + 12)
    scatter = np.maximum(base.std(axis=0, ddof=1), LEAST_SCATTER)
    months = window - np.arange(starts)
    surplus = np.cumsum((change[past:] - usual)[::-1], axis=0)[::-1][:starts]
    error = np.sqrt(months + months**2 / past + (DRIFT * months) ** 2)[:, None] * scatter
    p = 2 * special.stdtr(past - 1, -np.abs(surplus) / error) * starts**0.5 * named
    large = (np.abs(surplus) >= LEAST) & (np.abs(surplus) * total[-1] >= LEAST_CLIENTS)
    p = np.where(large, p, 1.0)[:, :named]
    start, j = np.unravel_index(int(np.argmin(p)), p.shape)
    if p[start, j] > ALPHA:
        return None
    before, now = share[past + start], share[-1]
    moved = float(now[j] - before[j])
    if abs(moved) < LEAST or np.sign(moved) != np.sign(surplus[start, j]):
        return None
    turn = (now - before) * -np.sign(moved)
    other = int(np.argmax(turn)) if turn.max() > 0 else -1
    return Move(
        int(j),
        int(past + start) + 1,
        float(before[j]),
        float(now[j]),
        moved * float(total[-1]),
        other,
        float(p[start, j]),
    )
