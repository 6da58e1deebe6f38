"""Lines as arrays of equal length, for the simulations that draw many lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol, Self, TypeVar

import numpy as np


@dataclass
class Arrays:
    """Base of a dataclass whose fields are all arrays with one place per line."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))

    def take(self, rows: np.ndarray) -> Self:
        """Give some of the lines, by mask or by place."""
        return type(self)(*(getattr(self, f.name)[rows] for f in fields(self)))

    @classmethod
    def join(cls, parts: Sequence[Self]) -> Self:
        """Put lines under each other; at least one part is needed."""
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))


class Spells(Protocol):
    """Lines of persons with a first and a last day."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def take(self, rows: np.ndarray) -> Self:
        """Give some of the lines."""


S = TypeVar("S", bound=Spells)


def one_at_a_time(lines: S, kind: str) -> S:
    """Leave out what starts while that person has something of the same kind already; the order becomes by person."""
    kinds = getattr(lines, kind)
    order = np.lexsort((lines.start, kinds, lines.person))
    lines, kinds = lines.take(order), kinds[order]
    same = (lines.person[1:] == lines.person[:-1]) & (kinds[1:] == kinds[:-1])
    busy = np.concatenate([np.zeros(min(len(order), 1), dtype=bool), same & (lines.start[1:] <= lines.end[:-1])])
    return lines.take(~busy)
