"""Known steps in a forecast: a price that changes, a payment that will come, where the ledger cannot show it yet.

What is booked holds the step already, so only months after the peilmaand change, and the bills still to come of months
that have the step. A step that runs already is taken over by the model little by little, as its bills come; only what
it has not taken over yet is added.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from indicators.core.stappen import Stap
from indicators.forecast.backtest import Cut
from indicators.forecast.course import course
from indicators.forecast.explain_text import euros
from indicators.forecast.panel import Array
from indicators.forecast.standen import Standen

TABLE = "mart.fct_prognose_stap"
#: After so many months of a step the model has taken over half of it (measured: docs/prognose.md); after a year all.
HALF_LEARNED, LEARNED = 4.0, 12
#: So many steps are named in one sentence.
NAMED = 3
Row = dict[str, Any]


@dataclass(frozen=True)
class Applied:
    """A step in the forecast of one series: what it adds to p50 in each month of the year, in euros."""

    series: int
    step: Stap
    months: Array


@dataclass(frozen=True)
class Lift:
    """All that known steps add at one cut."""

    applied: tuple[Applied, ...] = ()

    def of(self, members: Iterable[int]) -> Array:
        """Give what is added to the series together, [12] by month."""
        here = set(members)
        return np.asarray(sum((a.months for a in self.applied if a.series in here), np.zeros(12)))

    def totals(self, series: int) -> Array:
        """Give what is added to each of so many series over the year, in euros."""
        return np.array([self.of([i]).sum() for i in range(series)])

    def sentence(self, members: Iterable[int]) -> str | None:
        """Say in Dutch which steps are in the forecast of the series together; None without any."""
        here = set(members)
        effects: dict[str, float] = {}
        for a in self.applied:
            if a.series in here:
                effects[a.step.toelichting] = effects.get(a.step.toelichting, 0.0) + float(a.months.sum())
        order = sorted((name for name in effects if abs(effects[name]) >= 1), key=lambda name: -abs(effects[name]))
        if not order:
            return None
        named = [f"{n} ({euros(effects[n])} {'meer' if effects[n] > 0 else 'minder'})" for n in order[:NAMED]]
        more = [f"en nog {len(order) - NAMED} andere"] if len(order) > NAMED else []
        return f"Al bekend en meegerekend voor de komende maanden: {'; '.join(named + more)}."


def with_steps(cut: Cut, standen: Standen, steps: list[Stap]) -> tuple[Cut, Lift]:
    """Put what is known beforehand in a forecast.

    Args:
        cut: Forecast at a cut.
        standen: The series.
        steps: All known steps; one that was not known at the end of the peilmaand is not used.

    Returns:
        The cut, with quantiles that hold the steps, and what each step added to p50. A price step widens the band as
        much as it raises the rest of the year; the step itself is taken as certain.
    """
    year, m = standen.panel.years[cut.year], cut.peilmaand
    until = dt.date(year, m, calendar.monthrange(year, m)[1])
    known = [step for step in steps if step.bekend_sinds <= until and _parts(step, year, m).any()]
    # Prices first: they say nothing about payments that are known in euros.
    known.sort(key=lambda step: step.soort == "bedrag")
    if not known:
        return cut, Lift()
    shape = course(standen.panel, cut.view, cut.year, np.nan_to_num(cut.quantiles[:, 2]))
    of_rest = np.diff(shape.path, axis=1, prepend=0.0)
    usual = np.abs(cut.view.season[:, :12] * np.nan_to_num(cut.quantiles[:, 2])[:, None])
    unseen = np.divide(shape.late_of, usual, out=np.zeros_like(usual), where=usual > 0).clip(0.0, 1.0)
    quantiles = cut.quantiles.copy()
    applied = []
    exists = np.isfinite(standen.panel.amounts[:, cut.year]).any(axis=(1, 2))
    for i in np.flatnonzero(exists):
        key = standen.keys[i]
        for step in known:
            if key[1] != step.lasten_baten or step.onderdeel not in (key[0], standen.wet[i]):
                continue
            evidence = 0.0 if cut.evidence is None else float(cut.evidence[i])
            parts = _parts(step, year, m, evidence, unseen[i])
            added = _added(step, parts, quantiles[i], float(shape.cost[i]), (of_rest[i], shape.late_of[i]))
            if added is not None:
                quantiles[i] += added.sum(axis=0)
                applied.append(Applied(int(i), step, added[:, 2] if step.soort == "procent" else step.waarde * parts))
    repaid = [a.series for a in applied if a.step.soort == "bedrag" and a.step.waarde < 0]
    floor = np.minimum(cut.quantiles[:, :1], cut.view.booked[:, None])
    floor[repaid] = -np.inf
    return replace(cut, quantiles=np.maximum(quantiles, floor)), Lift(tuple(applied))


def _parts(step: Stap, year: int, peilmaand: int, evidence: float = 0.0, unseen: Array | None = None) -> Array:
    """Part of the step [12] that each month has and the forecast has not yet; up to the peilmaand, of late bills.

    A price that runs is in the worth of awards and commitments too, as far as (`evidence`) the forecast was moved to
    these. `unseen` is the part [12] of the cost of a month of which the bills are still to come.
    """
    first = (step.vanaf.year - year) * 12 + step.vanaf.month - 1
    last = (step.tot_en_met.year - year) * 12 + step.tot_en_met.month - 1 if step.tot_en_met else None
    months = np.arange(12)
    parts = ((months >= first) & (months <= (last if last is not None else 11))).astype(float)
    running = peilmaand - first
    ahead = np.where(months >= peilmaand, parts, 0.0)
    if running <= 0:
        return ahead
    if last is not None and last < peilmaand:
        return np.zeros(12)
    if step.soort == "bedrag":
        # The model carries on what it has taken over, also past the last month.
        return np.where(months >= peilmaand, parts - _learned(running, running), 0.0)
    # What is not billed yet has taught the model nothing.
    seen = running - (unseen[max(first, 0) : peilmaand].sum() if unseen is not None else 0.0)
    missing = parts - 1.0 + (1.0 - _learned(running, seen)) * (1.0 - evidence)
    return np.where(months >= first, missing, 0.0)


def _learned(running: int, seen: float) -> float:
    """How much of a step the model has taken over that runs for so many months, of which so many have been billed."""
    return 1.0 if running >= LEARNED else seen / (seen + HALF_LEARNED)


def _added(step: Stap, parts: Array, quantiles: Array, cost: float, due: tuple[Array, Array]) -> Array | None:
    """What a step adds [12, quantiles]; None where a price has no forecast to work on, or adds nothing.

    Args:
        step: The step.
        parts: As `_parts` gave them.
        quantiles: Of the year, without the step.
        cost: Cost up to the peilmaand, late bills included.
        due: Part of the rest of the year that each month has, and late bills of each month so far in euros.
    """
    if step.soort == "bedrag":
        return np.repeat((step.waarde * parts)[:, None], len(quantiles), axis=1)
    if not np.isfinite(quantiles).all() or not np.isfinite(cost):
        return None
    price, (of_rest, late) = step.waarde / 100, due
    held = 1.0 - float(parts.max())
    rest = np.maximum(quantiles - cost, 0.0)
    added = price * parts[:, None] / (1.0 + price * held) * (of_rest[:, None] * rest[None, :] + late[:, None])
    return added if np.abs(added).max() >= 0.005 else None


def step_rows(lift: Lift, cut: Cut, standen: Standen, key: Row) -> list[Row]:
    """Give the rows of mart.fct_prognose_stap: what each known step adds to p50 of an onderdeel.

    Args:
        lift: As `with_steps` gave it.
        cut: The forecast; only of what it forecasts there are rows.
        standen: The series.
        key: boekjaar and peildatum.
    """
    rows: list[Row] = []
    place: dict[int, int] = {}
    for a in lift.applied:
        if not cut.usable[a.series]:
            continue
        place[a.series] = place.get(a.series, 0) + 1
        onderdeel, lb = standen.keys[a.series]
        effect = round(float(a.months.sum()), 2)
        about = {"soort": a.step.soort, "vanaf": a.step.vanaf, "tot_en_met": a.step.tot_en_met, "waarde": a.step.waarde}
        what = {"effect_eur": effect, "bekend_sinds": a.step.bekend_sinds, "toelichting": a.step.toelichting}
        rows.append({**key, "onderdeel": onderdeel, "lasten_baten": lb, "volgorde": place[a.series], **about, **what})
    return rows
