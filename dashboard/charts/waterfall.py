"""Waterfall: from the budget to the expected outturn, one bar per cause, in euros that add up."""

from __future__ import annotations

import pandas as pd

from dashboard import formatting as f
from dashboard.charts.drawn import Drawn
from dashboard.charts.lying import Bar, lying
from dashboard.theme import TOKENS

#: Causes as screens name them; the order on screens is that of the size.
OORZAKEN = {
    "aantal": "meer of minder cliënten",
    "prijs": "prijs",
    "duur": "duur en intensiteit",
    "nieuw": "nieuwe cliënten",
    "beeindigd": "beëindigde hulp",
    "nog_te_ontvangen": "nog te ontvangen facturen",
    "incidenteel": "eenmalig",
    "toegezegd": "geboekt en toegezegd",
    "begroting": "begroting",
    "overig": "overig",
}


def waterfall(budget_eur: float, rows: pd.DataFrame, synthetic: bool = False, height: int = 0) -> Drawn:
    """Draw the causes lying down, so that their names read without turning one's head.

    Args:
        budget_eur: The budget in force.
        rows: queries.verklaring: oorzaak and effect_eur, in order.
        synthetic: Add the watermark.
        height: Pixels; 0 for what the rows need.
    """
    ends = [budget_eur, *(budget_eur + rows["effect_eur"].astype(float).cumsum())]
    low, high = _window(ends)
    # The two totals begin at the left end of the axis, each cause where the one before it ended.
    bars = [Bar("begroting na wijziging", low, budget_eur, TOKENS["past"], f.mln(budget_eur, decimals=2))]
    for row, start, end in zip(rows.itertuples(), ends, ends[1:], strict=False):
        colour = TOKENS["rust"] if end > start else TOKENS["moss"]
        name = OORZAKEN.get(str(row.oorzaak), str(row.oorzaak))
        bars.append(Bar(name, start, end, colour, f.mln(end - start, sign=True, decimals=2)))
    bars.append(Bar("verwachte uitkomst", low, ends[-1], TOKENS["sea"], f.mln(ends[-1], decimals=2)))
    return lying(bars, (low, high), budget_eur, synthetic, height)


def _window(ends: list[float]) -> tuple[float, float]:
    """Give both ends of the axis, which need not begin at nought: the causes must be seen, and figures stand beside."""
    room = max(max(ends) - min(ends), 0.02 * abs(ends[0]), 1.0)
    low = min(ends) - 0.6 * room
    return (0.0 if low < 0 <= min(ends) else low), max(ends) + 0.25 * room
