"""Equal instalments, by month or by quarter, go on to the end of the year: a lump sum, a subsidy paid in advances.

It says nothing of who is not paid so: a bill of price x volume is never three times the same.
"""

import numpy as np

from indicators.forecast.methods.record import Method
from indicators.forecast.panel import Array, Mask
from indicators.forecast.view import View

#: Amounts that differ by no more than this part are the same, and by no more than a cent.
SAME, CENT = 2e-4, 0.01
#: Months from one instalment to the next, and how many must be the same before they are taken for instalments.
NEEDED = {1: 3, 3: 2}
#: Of who was paid so all of last year the first is enough, where it is no further than this from last year's.
NEAR = 0.2


def _forecast(view: View) -> Array:
    said = np.full(len(view.last), np.nan)
    for every, needed in NEEDED.items():
        now, paid = _instalment(view.current[:, : view.peilmaand], every)
        before, paid_before = _instalment(view.past_known[:, -1], every)
        was = paid_before & view.valid[:, -1] & (np.abs(now - before) < NEAR * np.abs(before))
        enough = len(range(0, view.peilmaand, every)) >= needed
        said = np.where(paid & (enough | was), now * 12 / every, said)
    return said


def _instalment(months: Array, every: int) -> tuple[Array, Mask]:
    """The first amount [series], and whether every so many months [series, months] have it, others nothing."""
    due = np.arange(months.shape[1]) % every == 0
    first = months[:, 0]
    same = np.abs(months[:, due] - first[:, None]) <= SAME * np.abs(first)[:, None] + CENT
    return first, np.asarray((first != 0) & same.all(axis=1) & (months[:, ~due] == 0).all(axis=1))


METHOD = Method("vaste_termijn", _forecast, candidate=True, start=0.03)
