"""Declarations: what providers ask to be paid for, when it comes in, and what is put right afterwards.

Every provider has its own lag, which drifts; etl.sample.invoices says how. Here each month of care of each client comes
in at a moment drawn from that, so that the books are the sum of declarations.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from etl.sample.delivery import Delivered
from etl.sample.households import steady
from etl.sample.invoices import MAX_LAG

#: Share of the declarations that is credited later and declared again for less.
CORRECTED = 0.006
FIRST, CREDIT, AGAIN = 0, 1, 2


@dataclass
class Declarations:
    """Declared lines as arrays of equal length.

    Attributes:
        line, month, row, volume, cents: As in Delivered; a credit has a negative volume and amount.
        received: Month in which it came in and was booked, as year * 12 + month - 1.
        kind: FIRST, CREDIT or AGAIN.
    """

    line: np.ndarray
    month: np.ndarray
    row: np.ndarray
    volume: np.ndarray
    cents: np.ndarray
    received: np.ndarray
    kind: np.ndarray

    def __len__(self) -> int:
        return len(self.line)

    def take(self, rows: np.ndarray) -> Declarations:
        """Give some of the declarations."""
        return Declarations(*(getattr(self, f.name)[rows] for f in fields(self)))


def declare(seed: int, purpose: int, care: Delivered, shares: np.ndarray, first_year: int, exact: int) -> Declarations:
    """Let providers declare what they delivered.

    Args:
        seed: Seed of the sample.
        purpose: A number per law, so that two laws draw different numbers.
        care: What was delivered.
        shares: Row, year, month of care and lag -> share that has come in by then.
        first_year: Year of the first place in `shares`.
        exact: Row of what is paid without a declaration (pgb), which is never put right.

    Returns:
        The declarations, then the credits and second declarations.
    """
    draw = steady(seed, 31 + purpose, care.line, care.month)
    lag = np.zeros(len(care), dtype=int)
    place = (care.row, care.month // 12 - first_year, care.month % 12)
    for k in range(MAX_LAG):
        lag += draw > shares[(*place, k)]
    first = Declarations(
        care.line, care.month, care.row, care.volume, care.cents, care.month + lag, np.full(len(care), FIRST)
    )
    wrong = np.flatnonzero((steady(seed, 41 + purpose, care.line, care.month) < CORRECTED) & (care.row != exact))
    wait = 1 + (steady(seed, 51 + purpose, care.line[wrong], care.month[wrong]) * 3).astype(int)
    part = 0.4 + 0.5 * steady(seed, 61 + purpose, care.line[wrong], care.month[wrong])
    credit, again = first.take(wrong), first.take(wrong)
    credit.volume, credit.cents, credit.kind = -credit.volume, -credit.cents, np.full(len(wrong), CREDIT)
    again.volume = np.minimum(np.maximum(np.round(again.volume * part, 0), 1.0), again.volume)
    again.kind = np.full(len(wrong), AGAIN)
    again.cents = np.rint(care.cents[wrong] * again.volume / care.volume[wrong]).astype(np.int64)
    credit.received = again.received = credit.received + wait
    return Declarations(
        *(np.concatenate([getattr(p, f.name) for p in (first, credit, again)]) for f in fields(Declarations))
    )
