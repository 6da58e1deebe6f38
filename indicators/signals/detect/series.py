"""What the detectors share: a break in a series, and how the start of it is searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
#: The search looks back this many months; what is older belongs to the past that it is compared with.
WINDOW = 12
#: A break needs this much past before it: two full years.
PAST = 24
#: A single odd month is no break.
SHORTEST = 2


@dataclass(frozen=True)
class Break:
    """A break in a series.

    Attributes:
        start: Index of the first month in which it shows.
        observed: Total (or mean, of ratios) since then.
        expected: What that should have been.
        p: Chance of this or more in a quiet series, corrected for the number of start months that were looked at.
    """

    start: int
    observed: float
    expected: float
    p: float

    @property
    def up(self) -> bool:
        """Whether it is more than expected."""
        return self.observed > self.expected

    @property
    def certainty(self) -> float:
        """How sure that it is no chance, 0-1."""
        return float(min(max(1.0 - self.p, 0.0), 0.9999))


def window_of(length: int) -> int:
    """How many of the newest months can be searched for a break; 0 when there is too little past."""
    window = min(WINDOW, length - PAST)
    return window if window >= SHORTEST else 0
