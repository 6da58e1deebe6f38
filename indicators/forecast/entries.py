"""What is forecast at one cut: every onderdeel and every sum of them, with draws that they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.forecast.backtest import Cut
from indicators.forecast.panel import Array
from indicators.forecast.simulate import LEVELS, normal_draws, outcomes
from indicators.forecast.standen import Standen
from indicators.forecast.steps import Lift

#: Name of a sum ("totaal|L") -> the series in it.
Groups = dict[str, list[int]]


@dataclass(frozen=True)
class Forecasts:
    """One cut with all that is known at it.

    Attributes:
        series: Forecast of the series.
        sums: Forecast of each sum as a series of its own.
        lift: What known steps add to the forecast of the series.
    """

    series: Cut
    sums: Cut
    lift: Lift


@dataclass(frozen=True)
class Entry:
    """One forecast at one cut: of an onderdeel or of a sum.

    Attributes:
        onderdeel: Onderdeel or sum.
        lasten_baten: L or B.
        cut: The cut of all series, or that of all sums.
        place: Its place in the cut.
        is_sum: Whether it is a sum.
        members: Places of the series that it is made of; its own where it is no sum.
        present: Those of them that have bookings in this year.
        quantiles: [5] of the year's total in euros; None where only baselines are possible.
        draws: Outcomes in euros, in the order of the draws of all other entries; None where only quantiles are known.
    """

    onderdeel: str
    lasten_baten: str
    cut: Cut
    place: int
    is_sum: bool
    members: list[int]
    present: list[int]
    quantiles: Array | None
    draws: Array | None

    @property
    def key(self) -> tuple[str, str]:
        """Onderdeel and side."""
        return self.onderdeel, self.lasten_baten

    @property
    def budget(self) -> float:
        """Budget in force in euros; NaN where none is known."""
        return float(self.cut.view.budget[self.place])


def groups_of(standen: Standen) -> Groups:
    """Give the sums: 'totaal' and each wet, for lasten and for baten."""
    groups: Groups = {}
    for i, ((_, lb), wet) in enumerate(zip(standen.keys, standen.wet, strict=True)):
        for name in ("totaal", wet):
            groups.setdefault(f"{name}|{lb}", []).append(i)
    return groups


def entries(at: Forecasts, standen: Standen, groups: Groups, draws: int, sides: str) -> list[Entry]:
    """Give the forecasts of all onderdelen and sums that exist in the year of a cut.

    Args:
        at: The cut.
        standen: The series.
        groups: The sums.
        draws: Number of draws.
        sides: L, B or both ("LB").
    """
    exists = np.flatnonzero(np.isfinite(standen.panel.amounts[:, at.series.year]).any(axis=(1, 2)))
    here = [i for i in exists.tolist() if standen.keys[i][1] in sides]
    drawn = _drawn(at.series, standen, draws, sides)
    found = []
    for i in here:
        quantiles = at.series.quantiles[i] if at.series.usable[i] else None
        found.append(Entry(*standen.keys[i], at.series, i, False, [i], [i], quantiles, drawn.get(i)))
    for g, (name, members) in enumerate(groups.items()):
        onderdeel, lb = name.split("|")
        existing = [i for i in members if i in here]
        if existing:
            quantiles, together = _sum(at, g, existing, drawn)
            found.append(Entry(onderdeel, lb, at.sums, g, True, members, existing, quantiles, together))
    return found


def _drawn(cut: Cut, standen: Standen, draws: int, sides: str) -> dict[int, Array]:
    """Outcomes [draws] of every series with a forecast."""
    modelled = [i for i, (_, lb) in enumerate(standen.keys) if lb in sides and cut.usable[i]]
    # The cut alone fixes the draws, so a later run repeats what was said in an earlier month.
    seed = 100 * standen.panel.years[cut.year] + cut.peilmaand
    drawn = outcomes(cut.quantiles[modelled], normal_draws(seed, draws, len(modelled), cut.common))
    return {i: drawn[:, n] for n, i in enumerate(modelled)}


def _sum(at: Forecasts, place: int, existing: list[int], drawn: dict[int, Array]) -> tuple[Array | None, Array | None]:
    """Quantiles and draws of a sum of the series that exist."""
    if all(at.series.usable[i] for i in existing):
        together = np.stack([drawn[i] for i in existing], axis=1).sum(axis=1)
        # A sum of one is that one; draws would give it another middle.
        one = at.series.quantiles[existing[0]] if len(existing) == 1 else None
        return (np.percentile(together, LEVELS) if one is None else one), together
    if at.sums.usable[place]:
        # A new onderdeel has no past of its own, its sum has: the division changed, the money did not.
        return at.sums.quantiles[place] + at.lift.of(existing).sum(), None
    return None, None
