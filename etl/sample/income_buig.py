"""The state money for benefits (BUIG): set before the year, moved in June, final in the autumn; the ledger books it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from etl.sample.flows import state_money
from etl.sample.posts import POSTS

#: The post that books the state money.
POST = next(p for p in POSTS if p.soort == "rijk")
#: First year of which the registration holds the decisions.
FIRST_YEAR = 2022
VOORLOPIG, NADER, DEFINITIEF = "voorlopig", "nader_voorlopig", "definitief"


def decisions(seed: int, scale: float, date: dt.date) -> list[dict[str, Any]]:
    """Give the decisions that are known on a day.

    Args:
        seed: Seed of the sample.
        scale: Size of the municipality against 39,700.
        date: The day.

    Returns:
        Rows of `buig`, by year and date; the last one of a finished year is what the ledger has booked.
    """
    rows = []
    for year in range(FIRST_YEAR, date.year + 2):
        dates = (dt.date(year - 1, 10, 1), dt.date(year, 6, 20), dt.date(year, 9, 30))
        amounts = state_money(seed, POST, year, scale)
        for soort, day, eur in zip((VOORLOPIG, NADER, DEFINITIEF), dates, amounts, strict=True):
            if day <= date:
                rows.append({"boekjaar": year, "soort": soort, "vastgesteld_op": day, "bedrag_eur": float(eur)})
    return rows
