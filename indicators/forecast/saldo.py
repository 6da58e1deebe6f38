"""Lasten less baten as one forecast: the saldo of onderdelen and sums, from draws that both share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from indicators.forecast.panel import Array
from indicators.forecast.simulate import LEVELS, QUANTILES, chance_above, normal_draws, outcomes

#: Draws of two sides of which only quantiles are known.
DRAWS = 2_000


@dataclass(frozen=True)
class Side:
    """Lasten or baten of an onderdeel or sum at a cut.

    Attributes:
        quantiles: [5] of the year's total in euros; None where there is no forecast by the model.
        draws: Outcomes in euros, in the order of the draws of all other sides; None where only quantiles are known.
        budget: Budget in force in euros; NaN where none is known.
    """

    quantiles: Array | None
    draws: Array | None
    budget: float


def saldo_rows(sides: Mapping[tuple[str, str], Side], common: float, key: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the rows of mart.fct_prognose_saldo of one cut.

    Args:
        sides: (onderdeel, L or B) -> what is known of it; everything that exists in the year is in it.
        common: Share of the variance that all series have in common, for sides without draws of their own.
        key: boekjaar, peildatum and scenario of the cut.

    Returns:
        Baten less lasten, in euros; an onderdeel of which an existing side has no forecast has no row.
    """
    rows = []
    for onderdeel in sorted({o for o, _ in sides}):
        lasten, baten = sides.get((onderdeel, "L")), sides.get((onderdeel, "B"))
        quantiles, draws = _saldo(lasten, baten, common)
        if quantiles is None:
            continue
        begroot = _budget(lasten, baten)
        values = {name: round(float(q), 2) for name, q in zip(QUANTILES, quantiles, strict=True)}
        chance = None
        if begroot is not None:
            # One side only has the chance of fct_prognose, which comes from its quantiles.
            below = 1.0 - chance_above(quantiles, begroot) if draws is None else float(np.mean(draws < begroot))
            chance = round(below, 4)
            begroot = round(begroot, 2)
        rows.append({**key, "onderdeel": onderdeel, "begroot_eur": begroot, **values, "kans_nadeel": chance})
    return rows


def _saldo(lasten: Side | None, baten: Side | None, common: float) -> tuple[Array | None, Array | None]:
    """Quantiles of baten less lasten, and the draws that they are of; no draws where there is one side only."""
    given = [side for side in (lasten, baten) if side is not None]
    if any(side.quantiles is None for side in given):
        return None, None
    if baten is None or lasten is None:
        # One side only: its own quantiles, turned round, so that they are those of fct_prognose to the cent.
        only = given[0].quantiles
        assert only is not None
        return (-only[::-1] if baten is None else only), None
    size = max((len(side.draws) for side in given if side.draws is not None), default=DRAWS)
    scores = normal_draws(1, size, 2, common)
    draws = _drawn(baten, scores[:, 1]) - _drawn(lasten, scores[:, 0])
    return np.percentile(draws, LEVELS), draws


def _drawn(side: Side, scores: Array) -> Array:
    if side.draws is not None:
        return side.draws
    assert side.quantiles is not None
    return outcomes(side.quantiles[None, :], scores[:, None])[:, 0]


def _budget(lasten: Side | None, baten: Side | None) -> float | None:
    """Baten less lasten; a side that the budget leaves out is nothing; both left out: unknown."""
    budgets = [(sign, side.budget) for sign, side in ((1.0, baten), (-1.0, lasten)) if side is not None]
    known = [sign * budget for sign, budget in budgets if np.isfinite(budget)]
    return sum(known) if known else None
