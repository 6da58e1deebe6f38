"""Income that is decided, not billed: the state money for benefits (BUIG), which the ministry sets in the year itself.

What the ministry had decided at the same moment of earlier years, against what the baten then came to, says what this
year's decision will come to. It replaces the forecast from bookings where it was the surer of the two.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
from scipy import special

from indicators.forecast.backtest import Cut
from indicators.forecast.intervals import LEVELS
from indicators.forecast.optional import is_there
from indicators.forecast.panel import Array
from indicators.forecast.standen import Standen

#: Earlier years with a decision that are needed, and how near the decision the baten must be to be that money.
LEAST_YEARS, NEAR = 3, 0.3
#: Scatter that is assumed at least: a few years may agree by chance.
LEAST_SIGMA = 0.005
_BUIG = """
    SELECT boekjaar, vastgesteld_op, CAST(bedrag_eur AS DOUBLE) AS bedrag FROM mart.fct_buig
    WHERE vastgesteld_op <= $1 ORDER BY vastgesteld_op
"""
Decisions = dict[int, list[tuple[dt.date, float]]]


def read_decisions(connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> Decisions:
    """Give the decisions per boekjaar known at a date, oldest first; empty where the mart is not there."""
    result: Decisions = {}
    if is_there(connection, "fct_buig"):
        for boekjaar, date, amount in connection.execute(_BUIG, [peildatum]).fetchall():
            result.setdefault(int(boekjaar), []).append((date, float(amount)))
    return result


def with_decisions(cut: Cut, standen: Standen, decisions: Decisions) -> Cut:
    """Put what follows from the decisions in a forecast.

    Args:
        cut: Forecast at a cut.
        standen: The series; the one with the largest baten of the Participatiewet is looked at.
        decisions: Decisions per boekjaar.

    Returns:
        The cut, with other quantiles for that series where its baten are that money and the decisions are surer.
    """
    income = [i for i, (_, lb) in enumerate(standen.keys) if lb == "B" and standen.wet[i] == "participatiewet"]
    income = [i for i in income if cut.usable[i]]
    if not income or not decisions:
        return cut
    series = max(income, key=lambda i: float(cut.view.last[i]))
    quantiles = _quantiles(cut, standen.panel.years, series, decisions)
    if quantiles is None or quantiles[-1] - quantiles[0] > cut.quantiles[series, -1] - cut.quantiles[series, 0]:
        return cut
    revised = cut.quantiles.copy()
    revised[series] = np.maximum(quantiles, min(float(cut.view.booked[series]), float(quantiles[2])))
    return replace(cut, quantiles=revised)


def _quantiles(cut: Cut, years: list[int], series: int, decisions: Decisions) -> Array | None:
    boekjaar = years[cut.year]
    now = _known(decisions, boekjaar, boekjaar, cut.peilmaand)
    if now is None:
        return None
    ratios = []
    for back in range(1, cut.view.totals.shape[1] + 1):
        then = _known(decisions, boekjaar - back, boekjaar - back, cut.peilmaand)
        final = _known(decisions, boekjaar - back, boekjaar, cut.peilmaand)
        total = float(cut.view.totals[series, -back])
        if not cut.view.valid[series, -back] or then is None or final is None or total <= 0:
            continue
        if abs(total / final - 1.0) > NEAR:
            return None
        ratios.append(total / then)
    if len(ratios) < LEAST_YEARS:
        return None
    n = len(ratios)
    sigma = max(float(np.std(ratios, ddof=1)), LEAST_SIGMA) * np.sqrt(1.0 + 1.0 / n)
    middle = float(np.mean(ratios))
    return np.asarray(now * (middle + sigma * special.stdtrit(n - 1, LEVELS)), dtype=float)


def _known(decisions: Decisions, boekjaar: int, at_year: int, peilmaand: int) -> float | None:
    """The newest decision on a year that was known at the end of a month."""
    until = (pd.Timestamp(at_year, peilmaand, 1) + pd.offsets.MonthEnd()).date()
    known = [amount for date, amount in decisions.get(boekjaar, []) if date <= until]
    return known[-1] if known else None
