"""A break in the growth of a stock: its monthly net change is compared with that of earlier months (a CUSUM).

A stock remembers: a busy month stays in it for years. Its net change does not, so that is what is tested.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from indicators.signals.detect.series import SHORTEST, Array, Break, window_of

#: Chance, corrected for the looks of one month, below which a break is raised; least change, as share of the stock.
ALPHA, LEAST = 0.02, 0.03
#: Ordinary slow drift of the net change, as share of its monthly scatter.
DRIFT = 0.15


def stock_break(stock: Array) -> Break | None:
    """Find the break in the growth of a stock that is least likely to be chance.

    Args:
        stock: Persons at the end of each month, oldest first.

    Returns:
        The break with the stock now as observed and the stock that was to be expected; None when there is none.
    """
    change = np.diff(stock)
    window = window_of(len(change))
    if not window:
        return None
    past = len(change) - window
    base = change[:past]
    usual = float(base.mean()) * past / (past + 12)  # a short past is drawn towards no growth
    scatter = float(np.sqrt(max(base.var(ddof=1), 0.5)))
    best: Break | None = None
    for start in range(window - SHORTEST + 1):
        months = window - start
        surplus = float((change[past + start :] - usual).sum())
        variance = months + months**2 / past + (DRIFT * months) ** 2
        p = float(2 * special.stdtr(past - 1, -(abs(surplus) / (scatter * np.sqrt(variance)))))
        p = min(1.0, p * (window - SHORTEST + 1) ** 0.5)
        if best is None or p < best.p:
            best = Break(past + start + 1, float(stock[-1]), float(stock[-1]) - surplus, p)
    if best is None or best.p > ALPHA or abs(best.observed - best.expected) < LEAST * max(stock[-1], 1.0):
        return None
    return best
