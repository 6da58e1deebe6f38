"""What budget holders expect the year to come to, as they write it in the overview a few times a year.

A process of its own: a budget holder starts from the budget, sees what is booked, has heard of part of the care that
was given and not billed yet, gives in to that only partly, hopes for the best and rounds to thousands. It draws from
streams of its own, so that nothing else of the sample depends on it, and looks at nothing that comes after its day.
"""

from __future__ import annotations

import numpy as np

from etl.sample.ledger import Ledger
from etl.sample.streams import stream

#: First boekjaar with the column, and the booking months at whose end budget holders are asked.
FROM_YEAR = 2024
ROUNDS = (3, 6, 8, 10, 11)
#: How much of the unbilled care a budget holder has heard of, and how far the own figures move the earlier forecast.
_HEARD, _GIVES_IN = (0.3, 0.9), (0.45, 0.85)
#: Hope as a share of what is still to come; scatter of the judgement of that.
_HOPE, _SCATTER = (0.0, 0.08), 0.04
_THOUSAND = 100_000


class Holders:
    """The budget holders of one municipality, all posts at once."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger, self.seed = ledger, seed
        self._given = ledger.cost
        self._said: dict[tuple[int, int], np.ndarray] = {}

    def expected(self, boekjaar: int, positions: int) -> np.ndarray | None:
        """Give what stands in the column, in cents per post; None where nobody filled it yet that year.

        Args:
            boekjaar: Year.
            positions: Booking months known, 1-18.
        """
        rounds = [month for month in ROUNDS if month <= positions]
        if boekjaar < FROM_YEAR or not rounds:
            return None
        return (np.rint(self._after(boekjaar, len(rounds)) / _THOUSAND) * _THOUSAND).astype(np.int64)

    def _after(self, boekjaar: int, rounds: int) -> np.ndarray:
        """Give what is expected after a number of rounds, in cents per post."""
        if not rounds:
            return self.ledger.budgets.primitief[:, self.ledger.year_index(boekjaar)].astype(float)
        if (boekjaar, rounds) not in self._said:
            before = self._after(boekjaar, rounds - 1)
            self._said[boekjaar, rounds] = self._judge(boekjaar, ROUNDS[rounds - 1], before)
        return self._said[boekjaar, rounds]

    def _judge(self, boekjaar: int, month: int, before: np.ndarray) -> np.ndarray:
        ledger, j = self.ledger, self.ledger.year_index(boekjaar)
        draw = stream(self.seed, "budgethouder", boekjaar, month)
        heard, gives_in, hope = (draw.uniform(*between, len(before)) for between in (_HEARD, _GIVES_IN, _HOPE))
        scatter = draw.normal(0.0, _SCATTER, len(before))
        booked = ledger.stand(boekjaar, month).astype(float)
        given = self._given[:, j, :month].sum(axis=1).astype(float)
        here = booked + heard * np.maximum(given - booked, 0.0)
        budget = (ledger.budgets.primitief + ledger.budgets.changes_until(month))[:, j].astype(float)
        # Care goes on as it did; what is paid in instalments comes as the budget has it.
        rest = np.where(given > 0, here / month * (12 - month), np.maximum(budget - booked, 0.0))
        own = here + rest * (1.0 + scatter) * (1.0 - hope)
        return before + gives_in * (own - before)
