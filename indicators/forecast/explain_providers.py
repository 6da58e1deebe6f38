"""Who billed so far: are the clients of the providers whose bills are in dearer or cheaper than all who have an award?

A provider that bills late is missing from the young months, and its clients are not like the others. What a client of
each provider usually costs says what the billed ones and all in care would cost as ever: the cost per billed client is
put right by that ratio, so that late bills look neither like a price nor like heavier care.
Method: /docs/verklaring.md. Pure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.core.contract_aanbieder import OVERIG
from indicators.forecast.explain_data import Table
from indicators.forecast.panel import Array

#: A month is taken to be billed after so many months; a provider must be told of in so many of such months.
SETTLED, LEAST = 4, 9
#: Months over which it is seen what a client of a provider costs.
YEAR = 12
#: A month of which hardly a bill is in is never put right by more than this (natural logarithm).
MOST = 0.5


def mix(declared: Table, awards: Table, onderdeel: str, months: Array, known: int) -> Array:
    """Give what all clients in care usually cost over what the billed ones usually cost, by month.

    Args:
        declared: (onderdeel, provider) -> [rows, (month, month received, euros, clients)].
        awards: (onderdeel, provider) -> [rows, (month, month known, clients)], oldest first.
        onderdeel: The onderdeel.
        months: Months of care, counted as year * 12 + month - 1.
        known: The month in which it was known.

    Returns:
        [months] the ratio, 1 on average where bills are in; 1 in every month where providers are not told of.
    """
    nothing = np.ones(len(months))
    codes = sorted(p for o, p in declared if o == onderdeel and p != OVERIG and (o, p) in awards)
    old = np.flatnonzero((months <= known - SETTLED) & (months > known - SETTLED - YEAR))
    if not codes or len(old) < LEAST:
        return nothing
    every = [*codes, OVERIG]
    euros = np.array([_sum(declared.get((onderdeel, p)), months, known, 2) for p in every])
    billed = np.array([_sum(declared.get((onderdeel, p)), months, known, 3) for p in every])
    awarded = np.array([_newest(awards.get((onderdeel, p)), months, known) for p in every])
    told = (billed[:-1][:, old] > 0).sum(axis=1) >= LEAST
    told &= (awarded[:-1][:, old] > 0).sum(axis=1) >= LEAST
    if not told.any():
        return nothing
    # Who is told of now and then only is one of the others, so that they stay the same ones.
    euros, billed, awarded = (_others(of, told) for of in (euros, billed, awarded))
    clients = billed[:, old].sum(axis=1)
    if (clients[:-1] <= 0).any():
        return nothing
    each = euros[:, old].sum(axis=1)
    cost = np.where((clients > 0) & (each > 0), each / np.where(clients > 0, clients, 1.0), each.sum() / clients.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log((cost @ awarded / awarded.sum(axis=0)) / (cost @ billed / billed.sum(axis=0)))
    usual = ratio[old][np.isfinite(ratio[old])]
    if len(usual) < LEAST:
        return nothing
    moved = ratio - usual.mean()
    return np.exp(np.clip(np.where(np.isfinite(moved), moved, 0.0), -MOST, MOST))


def _others(of: Array, told: NDArray[np.bool_]) -> Array:
    """Rows of those that are told of, and one of all the others; what rounding makes less than none is none."""
    return np.maximum(np.vstack([of[:-1][told], of[:-1][~told].sum(axis=0) + of[-1]]), 0.0)


def _sum(rows: Array | None, months: Array, known: int, column: int) -> Array:
    result = np.zeros(len(months))
    if rows is not None:
        at = (rows[:, 0] - months[0]).astype(int)
        use = (rows[:, 1] <= known) & (at >= 0) & (at < len(months))
        np.add.at(result, at[use], rows[use, column])
    return result


def _newest(rows: Array | None, months: Array, known: int) -> Array:
    result = np.zeros(len(months))
    if rows is not None:
        at = (rows[:, 0] - months[0]).astype(int)
        use = (rows[:, 1] <= known) & (at >= 0) & (at < len(months))
        result[at[use]] = rows[use, 2]
    return result
