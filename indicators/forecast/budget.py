"""The depletion forecast of every budget: from the marts to fct_prognose, its course and saldo, and fct_terugtoets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN, BY_NAME
from indicators.core.stappen import Stap, stappen
from indicators.forecast.awards import read_awards, with_awards
from indicators.forecast.backtest import Backtest, Cut
from indicators.forecast.commitments import read_commitments, with_commitments
from indicators.forecast.course import Course, course
from indicators.forecast.decided import Decisions, read_decisions, with_decisions
from indicators.forecast.depletion import PRIMITIEF, Primitive, against, read_primitive
from indicators.forecast.holder import Holder, read_holder, with_holder
from indicators.forecast.panel import Array
from indicators.forecast.report import wide
from indicators.forecast.saldo import Side, saldo_rows
from indicators.forecast.simulate import normal_draws, outcomes
from indicators.forecast.standen import Standen, read_standen, sums
from indicators.forecast.steps import TABLE as STAPPEN
from indicators.forecast.steps import Lift, step_rows, with_steps

DRAWS_NOW, DRAWS_PAST = 20_000, 2_000
#: A year is settled when earlier years changed less than this after as many months; a first year after June.
SETTLED_WITHIN, SETTLED_AGE = 0.005, 18
LEVELS = (10.0, 25.0, 50.0, 75.0, 90.0)
TABLES = ("mart.fct_prognose", "mart.fct_prognose_verloop", "mart.fct_prognose_saldo", STAPPEN, "mart.fct_terugtoets")
Row = dict[str, Any]


@dataclass(frozen=True)
class _Entry:
    """One forecast at one cut: an onderdeel or a sum. `quantiles` is None where only baselines are possible."""

    onderdeel: str
    lasten_baten: str
    cut: Cut
    place: int
    quantiles: Array | None


def forecast(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> dict[str, pd.DataFrame]:
    """Forecast the newest financial year and test every earlier forecast.

    Args:
        connection: Database with mart.fct_realisatie, mart.fct_begroting and mart.dim_onderdeel (read only).
        peildatum: Nothing dated later is used. The same input gives the same output, draws included.

    Returns:
        Table name -> rows, with the columns of the contract, amounts in euros. An onderdeel without a complete
        earlier year has no rows of method `model`.
    """
    standen = read_standen(connection, peildatum)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    if standen is not None:
        evidence = (read_awards(connection, standen, peildatum), read_commitments(connection, standen, peildatum))
        known = (read_decisions(connection, peildatum), read_primitive(connection, peildatum), evidence)
        steps = [step for step in stappen() if step.bekend_sinds <= peildatum]
        _Run(standen, *known, read_holder(connection, peildatum), steps).fill(rows)
    return {name: pd.DataFrame(rows[name], columns=BY_NAME[name].column_names) for name in TABLES}


class _Run:
    """One run over all cuts of all series and sums."""

    def __init__(
        self,
        standen: Standen,
        decisions: Decisions,
        primitive: Primitive,
        evidence: tuple[Array, Array],
        holder: Holder,
        steps: list[Stap],
    ) -> None:
        self.standen, self.decisions, self.primitive = standen, decisions, primitive
        self.awards, self.committed = evidence
        self.holder, self.steps, self.lift = holder, steps, Lift()
        self.groups = _groups(standen)
        self._courses: dict[tuple[bool, int], Course] = {}
        self._drawn: dict[tuple[str, str], Array] = {}
        self.sums = sums(standen, self.groups)
        years = standen.panel.years
        age = max(a for y, a in standen.deliveries if y == years[-1])
        self.until = (len(years) - 1, min(age, 12))

    def fill(self, rows: dict[str, list[Row]]) -> None:
        """Add the rows of all tables."""
        panel = self.standen.panel
        parts = with_awards(Backtest(panel).run(self.until), panel, self.awards)
        parts = with_commitments(parts, panel, self.committed)
        totals = Backtest(self.sums).run(self.until)
        for part, total in zip(parts, totals, strict=True):
            part, total = with_holder(part, total, self.standen, self.groups, self.holder)  # noqa: PLW2901
            running = part.year == self.until[0]
            delivered = self.standen.deliveries.get((self.standen.panel.years[part.year], part.peilmaand))
            if running:
                part = with_decisions(part, self.standen, self.decisions)  # noqa: PLW2901
            part, self.lift = with_steps(part, self.standen, self.steps)  # noqa: PLW2901
            if running and delivered is not None:
                entries = self._entries(part, total, DRAWS_NOW, "LB")
                rows["mart.fct_prognose"] += self._prognose(entries, delivered)
                rows["mart.fct_prognose_verloop"] += self._verloop(entries, delivered)
                key = {"boekjaar": self.standen.panel.years[part.year], "peildatum": delivered, "scenario": "basis"}
                rows["mart.fct_prognose_saldo"] += saldo_rows(self._sides(entries), part.common, key)
                rows[STAPPEN] += step_rows(self.lift, part, self.standen, key)
            elif self._settled(part.year):
                rows["mart.fct_terugtoets"] += self._terugtoets(self._entries(part, total, DRAWS_PAST, "L"))

    def _settled(self, year: int) -> bool:
        """Whether a year's outturn is known: earlier years hardly changed any more after as many months."""
        now, peilmaand = self.until
        if year >= now:
            return False
        panel = self.standen.panel
        age = (now - year) * 12 + peilmaand
        older = [j for j in range(year) if np.isfinite(panel.amounts[:, j]).any()]
        if not older:
            return age >= SETTLED_AGE
        final = sum(np.abs(np.nansum(panel.known(j, 12 * (now - j) + peilmaand, j), axis=1)).sum() for j in older)
        then = sum(np.abs(np.nansum(panel.known(j, age, j), axis=1)).sum() for j in older)
        return bool(abs(final - then) <= SETTLED_WITHIN * final)

    def _entries(self, part: Cut, total: Cut, draws: int, sides: str) -> list[_Entry]:
        """Forecasts of onderdelen and sums at a cut, for lasten (L), baten (B) or both."""
        entries = []
        for i, (onderdeel, lb) in enumerate(self.standen.keys):
            if lb not in sides or not _exists(self.standen.panel.amounts[i, part.year]):
                continue
            entries.append(_Entry(onderdeel, lb, part, i, part.quantiles[i] if part.usable[i] else None))
        modelled = [i for i, key in enumerate(self.standen.keys) if key[1] in sides and part.usable[i]]
        place = {i: n for n, i in enumerate(modelled)}
        # The cut alone fixes the draws, so a later run repeats what was said in an earlier month.
        seed = 100 * self.standen.panel.years[part.year] + part.peilmaand
        scores = normal_draws(seed, draws, len(modelled), part.common)
        drawn = outcomes(part.quantiles[modelled], scores)
        self._drawn = {self.standen.keys[i]: drawn[:, n] for i, n in place.items()}
        for g, (name, members) in enumerate(self.groups.items()):
            onderdeel, lb = name.split("|")
            here = [i for i in members if _exists(self.standen.panel.amounts[i, part.year])]
            if lb not in sides or not here:
                continue
            quantiles = None
            if all(part.usable[i] for i in here):
                self._drawn[onderdeel, lb] = drawn[:, [place[i] for i in here]].sum(axis=1)
                # A sum of one is that one; draws would give it another middle.
                one = part.quantiles[here[0]] if len(here) == 1 else None
                quantiles = np.percentile(self._drawn[onderdeel, lb], LEVELS) if one is None else one
            elif total.usable[g]:
                # A new onderdeel has no past of its own, its sum has: the division changed, the money did not.
                quantiles = total.quantiles[g] + self.lift.of(here).sum()
            entries.append(_Entry(onderdeel, lb, total, g, quantiles))
        return entries

    def _sides(self, entries: list[_Entry]) -> dict[tuple[str, str], Side]:
        """What the saldo is made of, with the draws of the cut that `_entries` was last asked for."""
        keys = [(e.onderdeel, e.lasten_baten) for e in entries]
        budgets = [float(e.cut.view.budget[e.place]) for e in entries]
        parts = zip(keys, entries, budgets, strict=True)
        return {key: Side(e.quantiles, self._drawn.get(key), budget) for key, e, budget in parts}

    def _prognose(self, entries: list[_Entry], delivered: dt.date) -> list[Row]:
        rows: list[Row] = []
        for entry in entries:
            base = {**self._key(entry, delivered), "scenario": "basis"}
            for method, values in entry.cut.baselines.items():
                if np.isfinite(values[entry.place]):
                    rows.append({**base, "methode": method, "p50_eur": round(float(values[entry.place]), 2)})
            if entry.quantiles is not None:
                quantiles = {
                    f"p{level:.0f}_eur": round(float(q), 2) for level, q in zip(LEVELS, entry.quantiles, strict=True)
                }
                why = wide(float(entry.cut.doubt[entry.place]), int(entry.cut.years_before[entry.place]))
                why = " ".join(filter(None, (why, self.lift.sentence(self._members(entry))))) or None
                rows.append({**base, "methode": "model", **quantiles, **self._depletion(entry), "toelichting": why})
        return rows

    def _depletion(self, entry: _Entry) -> Row:
        """Chance and dates against the budget in force and the primitive one."""
        if entry.quantiles is None:
            return {}
        key, year = (entry.onderdeel, entry.lasten_baten), self.standen.panel.years[entry.cut.year]
        members = [self.standen.keys[i] for i in self.groups.get("|".join(key), [])] or [key]
        primitive = self.primitive.of(year, entry.cut.peilmaand, members)
        path = self._path(entry) if entry.lasten_baten == "L" else None
        in_force = against(float(entry.cut.view.budget[entry.place]), entry.quantiles, year, path)
        return {**in_force, **against(primitive, entry.quantiles, year, path, PRIMITIEF)}

    def _path(self, entry: _Entry) -> Array:
        assert entry.quantiles is not None
        # Known steps have months of their own: the course of the rest is that without them.
        lifted = self.lift.of(self._members(entry))
        return self._course(entry).cumulative(entry.place, entry.quantiles - lifted.sum()) + np.cumsum(lifted)[:, None]

    def _members(self, entry: _Entry) -> list[int]:
        key = f"{entry.onderdeel}|{entry.lasten_baten}"
        return self.groups[key] if entry.onderdeel in AGGREGATEN else [entry.place]

    def _course(self, entry: _Entry) -> Course:
        is_sum = entry.onderdeel in AGGREGATEN
        key = (is_sum, entry.cut.peilmaand)
        if key not in self._courses:
            panel = self.sums if is_sum else self.standen.panel
            middle = np.nan_to_num(entry.cut.quantiles[:, 2]) - (0.0 if is_sum else self.lift.totals(len(panel.names)))
            self._courses[key] = course(panel, entry.cut.view, entry.cut.year, middle)
        return self._courses[key]

    def _verloop(self, entries: list[_Entry], delivered: dt.date) -> list[Row]:
        rows: list[Row] = []
        for entry in entries:
            if entry.quantiles is None:
                continue
            shape = self._course(entry)
            path = self._path(entry)
            late = shape.late_when(entry.place, entry.quantiles[2] - self.lift.of(self._members(entry)).sum())
            base = {**self._key(entry, delivered), "scenario": "basis"}
            for k in range(12):
                known = k < entry.cut.peilmaand
                rows.append(
                    {
                        **base,
                        "maand": dt.date(base["boekjaar"], k + 1, 1),
                        "geboekt_eur": round(float(shape.booked[entry.place, k]), 2) if known else None,
                        "nog_te_ontvangen_eur": round(float(late[k]), 2) if known else None,
                        "p10_eur": round(float(path[k, 0]), 2),
                        "p50_eur": round(float(path[k, 2]), 2),
                        "p90_eur": round(float(path[k, 4]), 2),
                    }
                )
        return rows

    def _key(self, entry: _Entry, delivered: dt.date) -> Row:
        return {
            "boekjaar": self.standen.panel.years[entry.cut.year],
            "peildatum": delivered,
            "onderdeel": entry.onderdeel,
            "lasten_baten": entry.lasten_baten,
        }

    def _terugtoets(self, entries: list[_Entry]) -> list[Row]:
        rows: list[Row] = []
        for entry in entries:
            panel = self.sums if entry.onderdeel in AGGREGATEN else self.standen.panel
            outturn = panel.amounts[entry.place, entry.cut.year, :, -1]
            if np.isnan(outturn[:12]).any():
                continue
            base = {
                "onderdeel": entry.onderdeel,
                "boekjaar": panel.years[entry.cut.year],
                "peilmaand": entry.cut.peilmaand,
                "uitkomst_eur": round(float(np.nansum(outturn)), 2),
            }
            for method, values in entry.cut.baselines.items():
                if np.isfinite(values[entry.place]):
                    rows.append({**base, "methode": method, "voorspeld_eur": round(float(values[entry.place]), 2)})
            if entry.quantiles is not None:
                low, middle, high = (round(float(entry.quantiles[i]), 2) for i in (0, 2, 4))
                rows.append({**base, "methode": "model", "voorspeld_eur": middle, "p10_eur": low, "p90_eur": high})
        return rows


def _exists(of_year: Array) -> bool:
    return bool(np.isfinite(of_year).any())


def _groups(standen: Standen) -> dict[str, list[int]]:
    """The sums: 'totaal' and each wet, for lasten and for baten."""
    groups: dict[str, list[int]] = {}
    for i, ((_, lb), wet) in enumerate(zip(standen.keys, standen.wet, strict=True)):
        for name in ("totaal", wet):
            groups.setdefault(f"{name}|{lb}", []).append(i)
    return groups
