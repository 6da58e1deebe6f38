"""How the number of clients changed from last year to this one, and what new and ended ones did to it. Pure functions.

Changes are natural logarithms. Method: /docs/verklaring.md.
"""

from __future__ import annotations

import numpy as np

from indicators.forecast.explain_data import YEARS
from indicators.forecast.explain_known import Known
from indicators.forecast.panel import Array

#: Changes larger than this (natural logarithm) are taken for a change of definition, not of care.
LARGEST = 0.7


def of_year(year: int) -> slice:
    """Months of a year, counted from the first of YEARS, on the axis of `Known`."""
    return slice(year * 12, year * 12 + 12)


def volume(now: Array, then: Array, months: int) -> float | None:
    """Change of client-months; months to come move from the last known one as last year's did."""
    ahead = now.copy()
    last = months - 1
    while last >= 0 and not np.isfinite(now[last]):
        last -= 1
    if last < 0 or not np.isfinite(then).all() or (then <= 0).any() or not np.isfinite(now[: last + 1]).all():
        return None
    ahead[last + 1 :] = np.maximum(now[last] + then[last + 1 :] - then[last], 0.0)
    total = float(ahead.sum())
    result = float(np.log(total / then.sum())) if total > 0 else -np.inf
    return result if abs(result) < LARGEST else None


def flows(known: Known) -> tuple[float, float]:
    """What more new and more ended clients so far do to the client-months of the whole year, as part of them."""
    now, then, months = of_year(YEARS), of_year(YEARS - 1), known.month
    base = float(known.stock[then].sum())
    stays = 12.0 - np.arange(months)
    found = []
    for series, sign in ((known.inflow, 1.0), (known.outflow, -1.0)):
        difference = series[now][:months] - series[then][:months]
        found.append(float(sign * (stays * difference).sum()))
    middle = base + 0.5 * sum(found)
    if not np.isfinite([*found, base]).all() or base <= 0 or middle <= 0:
        return 0.0, 0.0
    return found[0] / middle, found[1] / middle
