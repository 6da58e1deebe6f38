"""Monthly cost series for tests of the forecast. Shares nothing with the model: it draws costs, then invoices."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import numpy as np

Line = tuple[str, str, int, int, dt.date, float, float | None]
#: Booked 0-6 months after the month of care; drifts and differs per series.
LATE = (40.0, 30.0, 13.0, 8.0, 5.0, 3.0, 1.0)
WANDER = {"wandelend": 0.02, "sprong": 0.008, "seizoen": 0.008, "grillig": 0.01, "termijnen": 0.01}


def month_end(year: int, month: int) -> dt.date:
    """Last day of a month; month 13 is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def simulate(seed: int, kind: str = "wandelend", late: bool = False, series: int = 20, years: int = 8) -> list[Line]:
    """Draw series in three groups with season, growth, a shock per year, and (late) invoices that drift."""
    random = np.random.default_rng(seed)
    months = years * 12
    shape = [0.12 * np.sin(np.arange(12) / 12 * 2 * np.pi + random.uniform(0, 6)) for _ in range(3)]
    level = np.repeat(np.cumsum(random.normal(0.04, 0.03, years)), 12)
    drift = np.cumsum(random.normal(0, 0.01, months))
    lines: list[Line] = []
    for s in range(series):
        own = np.cumsum(random.normal(0, WANDER[kind], months))
        if kind == "sprong":
            for _ in range(random.poisson(1.5)):
                own[random.integers(0, months) :] += random.normal(0, 0.15)
        season = (3.0 if kind == "seizoen" else 1.0) * (shape[s % 3] + random.normal(0, 0.03, 12))
        size = np.exp(random.normal(13.5, 1.2)) / 12
        cost = size * np.exp(level + own + np.tile(season, years) + random.normal(0, 0.06, months))
        if kind == "grillig":
            cost = cost * random.gamma(2.0, 0.5, months)
        if kind == "termijnen":
            cost = cost * np.tile(np.where(np.arange(12) % 3 == 0, 3.0, 0.15), years)
        pattern = np.clip(np.array(LATE) + random.normal(0, 1.5, 7), 0.3, None)
        for q, amount in enumerate(cost):
            year, month = 2015 + q // 12, q % 12 + 1
            seen_level = size * 12 * np.exp(level[q - month + 1] + own[max(q - month - 6, 0)])
            budget = round(float(seen_level * np.exp(np.sin(s * 7.0 + year) * 0.08 - 0.05)), 2)
            key = (f"reeks {s:02d}", f"groep {s % 3}", year, month)
            if not late:
                lines.append((*key, month_end(year, month), round(float(amount), 2), budget))
                continue
            booked = pattern * np.append(1.0, np.full(6, np.exp(drift[q]))) * np.exp(random.normal(0, 0.1, 7))
            for lag, share in enumerate(np.cumsum(booked / booked.sum())):
                lines.append((*key, month_end(year, month + lag), round(float(amount * share), 2), budget))
    return lines


def write(path: Path, lines: Iterable[Line]) -> Path:
    """Write lines in the form of the contract."""
    rows = ["reeks,groep,boekjaar,maand,peildatum,bedrag,begroting"]
    rows += [",".join("" if cell is None else str(cell) for cell in line) for line in lines]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def outturns(lines: Iterable[Line]) -> dict[tuple[str, int], float]:
    """Final total per series and year: the newest amount of every month."""
    newest: dict[tuple[str, int, int], tuple[dt.date, float]] = {}
    for reeks, _, year, month, peildatum, amount, _ in lines:
        held = newest.get((reeks, year, month))
        if held is None or held[0] < peildatum:
            newest[reeks, year, month] = (peildatum, amount)
    totals: dict[tuple[str, int], float] = {}
    for (reeks, year, _), (_, amount) in newest.items():
        totals[reeks, year] = totals.get((reeks, year), 0.0) + amount
    return totals
