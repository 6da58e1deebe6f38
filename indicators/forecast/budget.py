"""The depletion forecast of every budget: from the marts to fct_prognose, its course and saldo, and fct_terugtoets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.core.stappen import Stap, stappen
from indicators.forecast.awards import read_awards, with_awards
from indicators.forecast.backtest import Backtest
from indicators.forecast.commitments import read_commitments, with_commitments
from indicators.forecast.decided import Decisions, read_decisions, with_decisions
from indicators.forecast.depletion import Primitive, read_primitive
from indicators.forecast.entries import Forecasts, entries, groups_of
from indicators.forecast.holder import Holder, read_holder, with_holder
from indicators.forecast.panel import Array, Panel
from indicators.forecast.prognose_rows import Delivery, Row, prognose_rows, terugtoets_rows, verloop_rows
from indicators.forecast.saldo import Side, saldo_rows
from indicators.forecast.standen import Standen, read_standen, sums
from indicators.forecast.steps import TABLE as STAPPEN
from indicators.forecast.steps import step_rows, with_steps

PROGNOSE, VERLOOP, SALDO = "mart.fct_prognose", "mart.fct_prognose_verloop", "mart.fct_prognose_saldo"
TERUGTOETS = "mart.fct_terugtoets"
DRAWS_NOW, DRAWS_PAST = 20_000, 2_000
#: A year is settled when earlier years changed less than this after as many months; a first year after June.
SETTLED_WITHIN, SETTLED_AGE = 0.005, 18


@dataclass(frozen=True)
class _Beside:
    """What is known beside the ledger.

    Attributes:
        awards: As `read_awards` gives it.
        committed: As `read_commitments` gives it.
        decisions: State money for benefits.
        primitive: The primitive budgets.
        holder: What budget holders expected.
        steps: Known steps.
    """

    awards: Array
    committed: Array
    decisions: Decisions
    primitive: Primitive
    holder: Holder
    steps: list[Stap]


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
    rows: dict[str, list[Row]] = {name: [] for name in (PROGNOSE, VERLOOP, SALDO, STAPPEN, TERUGTOETS)}
    if standen is not None:
        beside = _Beside(
            awards=read_awards(connection, standen, peildatum),
            committed=read_commitments(connection, standen, peildatum),
            decisions=read_decisions(connection, peildatum),
            primitive=read_primitive(connection, peildatum),
            holder=read_holder(connection, peildatum),
            steps=[step for step in stappen() if step.bekend_sinds <= peildatum],
        )
        _Run(standen, beside).fill(rows)
    return {name: pd.DataFrame(rows[name], columns=BY_NAME[name].column_names) for name in rows}


class _Run:
    """One run over all cuts of all series and sums."""

    def __init__(self, standen: Standen, beside: _Beside) -> None:
        self.standen, self.beside = standen, beside
        self.groups = groups_of(standen)
        self.sums = sums(standen, self.groups)
        years = standen.panel.years
        age = max(a for y, a in standen.deliveries if y == years[-1])
        self.until = (len(years) - 1, min(age, 12))

    def fill(self, rows: dict[str, list[Row]]) -> None:
        """Add the rows of all tables."""
        panel = self.standen.panel
        for at in self._cuts():
            year, peilmaand = at.series.year, at.series.peilmaand
            delivered = self.standen.deliveries.get((panel.years[year], peilmaand))
            if year == self.until[0] and delivered is not None:
                self._fill_running(rows, Delivery(delivered, at, self.standen, self.sums, self.beside.primitive))
            elif year < self.until[0] and _is_settled(panel, year, self.until):
                past = entries(at, self.standen, self.groups, DRAWS_PAST, "L")
                rows[TERUGTOETS] += terugtoets_rows(past, panel, self.sums)

    def _cuts(self) -> Iterator[Forecasts]:
        """All cuts in order of time, each with what was known beside the ledger put in it."""
        panel, beside = self.standen.panel, self.beside
        of_series = with_awards(Backtest(panel).run(self.until), panel, beside.awards)
        of_series = with_commitments(of_series, panel, beside.committed)
        for series, total in zip(of_series, Backtest(self.sums).run(self.until), strict=True):
            part, whole = with_holder(series, total, self.standen, self.groups, beside.holder)
            if part.year == self.until[0]:
                part = with_decisions(part, self.standen, beside.decisions)
            part, lift = with_steps(part, self.standen, beside.steps)
            yield Forecasts(part, whole, lift)

    def _fill_running(self, rows: dict[str, list[Row]], delivery: Delivery) -> None:
        at = delivery.at
        found = entries(at, self.standen, self.groups, DRAWS_NOW, "LB")
        sides = {e.key: Side(e.quantiles, e.draws, e.budget) for e in found}
        rows[PROGNOSE] += prognose_rows(delivery, found)
        rows[VERLOOP] += verloop_rows(delivery, found)
        rows[SALDO] += saldo_rows(sides, at.series.common, delivery.key)
        rows[STAPPEN] += step_rows(at.lift, at.series, self.standen, delivery.key)


def _is_settled(panel: Panel, year: int, now: tuple[int, int]) -> bool:
    """Whether a year's outturn is known: earlier years hardly changed any more after as many months.

    Args:
        panel: The series.
        year: Index of the year, before the running one.
        now: Year index and peilmaand of the last cut.
    """
    running, peilmaand = now
    age = (running - year) * 12 + peilmaand
    older = [j for j in range(year) if np.isfinite(panel.amounts[:, j]).any()]
    if not older:
        return age >= SETTLED_AGE
    final = sum(np.abs(np.nansum(panel.known(j, peilmaand, running), axis=1)).sum() for j in older)
    then = sum(np.abs(np.nansum(panel.known(j, age, j), axis=1)).sum() for j in older)
    return bool(abs(final - then) <= SETTLED_WITHIN * final)
