"""Counts and awards of the simulated municipality as its registrations would give them at every month end."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from etl.sample.care import AWARDED, Lines
from etl.sample.catalog import Catalog
from etl.sample.delivery import price
from etl.sample.people import day
from etl.sample.providers import agb
from etl.sample.registration import days_of, known_end, stages
from etl.sample.simulation import World
from etl.sample.streams import month_end, month_ends
from etl.sample.truth_counts import MAX_GAP
from indicators.core.settings import settings

#: Days that one time of an award is for; others are for a month.
_TIMES = {"per week": 7.0, "eenmalig": 1.0}
Parts = list[tuple[Any, ...]]


def month(number: int) -> dt.date:
    """First day of a month counted as year * 12 + month - 1."""
    return dt.date(number // 12, number % 12 + 1, 1)


def counts(world: World) -> pd.DataFrame:
    """Stock, inflow and outflow as known at every month end of the running year, and the date of the first delivery."""
    year = world.peildatum.year
    months = np.arange((year - 4) * 12, year * 12 + 12)
    dates = np.array([month(m) for m in months.tolist()])
    ends = np.array([day((m + 1) // 12, (m + 1) % 12 + 1) - 1 for m in months.tolist()])
    parts: Parts = []
    for registration in world.registrations:
        care = registration.care
        first = month_end(world.first_year(care.wet), 1)
        for date in month_ends(year, world.peildatum):
            until = int(np.searchsorted(ends, days_of(date), side="right"))
            stage = stages(registration.lines, days_of(date))
            lines, shown = registration.lines.take(stage > 0), stage[stage > 0]
            for onderdeel, (begin, end) in spells_by_onderdeel(care, lines, known_end(lines, shown)).items():
                there = np.searchsorted(begin, ends, side="right") - np.searchsorted(end, ends, side="left")
                found = {"stand": there, "instroom": _in_month(begin, ends), "uitstroom": _in_month(end, ends)}
                parts += [(dates[:until], care.wet, onderdeel, maat, n[:until], date) for maat, n in found.items()]
                # Of the first delivery it only counts when it was.
                parts.append((np.array([first.replace(day=1)]), care.wet, onderdeel, "stand", np.zeros(1, int), first))
    rows = _stacked(("maand", "wet", "onderdeel", "maat", "aantal", "peildatum"), parts)
    return rows.assign(gebied_code=settings().gemeente.code).drop_duplicates(
        ["maand", "onderdeel", "maat", "peildatum"]
    )


def _stacked(names: tuple[str, ...], parts: Parts) -> pd.DataFrame:
    """Put parts under each other; what is one value in a part is that of all its rows."""
    sizes = [max(len(c) for c in part if isinstance(c, np.ndarray)) for part in parts]
    columns = []
    for column in zip(*parts, strict=True):
        whole = [c if isinstance(c, np.ndarray) else np.full(n, c, object) for c, n in zip(column, sizes, strict=True)]
        columns.append(np.concatenate(whole))
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def _in_month(days: np.ndarray, ends: np.ndarray) -> np.ndarray:
    upto = np.searchsorted(days, ends, side="right")
    return np.diff(upto, prepend=np.searchsorted(days, ends[0] - 30, side="left"))


def spells_by_onderdeel(care: Catalog, lines: Lines, end: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """First and last days of the spells of each onderdeel, each sorted by itself."""
    given = lines.outcome == AWARDED
    onderdeel = care.onderdeel(lines.product, lines.pgb)
    found = {}
    for name in sorted(set(onderdeel.tolist())):
        rows = np.flatnonzero(given & (onderdeel == name))
        rows = rows[np.lexsort((lines.start[rows], lines.person[rows]))]
        person, start = lines.person[rows], lines.start[rows]
        new = np.diff(person, prepend=-1) != 0
        # Days of later persons are far above those of earlier ones, so that one running maximum serves all.
        apart = np.cumsum(new) * 10**8
        last = np.maximum.accumulate(end[rows] + apart) - apart
        begins = new | (start - np.concatenate([[0], last[:-1]]) - 1 > MAX_GAP)
        ends = np.concatenate([begins[1:], [True]]) if len(rows) else begins
        found[name] = np.sort(start[begins]), np.sort(last[ends])
    return found


def award_lines(world: World) -> pd.DataFrame:
    """Awards that run in each month, one row each, as known then; of the newest delivery also the 35 months before."""
    year, last = world.peildatum.year, world.last_month
    parts: Parts = []
    for registration in world.registrations:
        care, lines = registration.care, registration.lines
        lines = lines.take(lines.outcome == AWARDED)
        worth, names = _per_time(world, care, lines), providers(care)[lines.product, lines.provider]
        onderdeel, form = care.onderdeel(lines.product, lines.pgb), np.where(lines.pgb, "PGB", "ZIN").astype(object)
        begin = max(world.first_year(care.wet), year - 4) * 12
        known = [(m, _last(m)) for m in range(begin, last)] + [(m, _last(last)) for m in range(last - 35, last + 1)]
        for m, date in known:
            runs, euros = _running(lines, worth, m, date)
            whose = (onderdeel[runs], form[runs], names[runs], lines.person[runs])
            parts.append((month(m), date, care.wet, *whose, euros))
    columns = ("maand", "peildatum", "wet", "onderdeel", "leveringsvorm", "aanbieder", "persoon_nr", "verwacht_eur")
    return _stacked(columns, parts)


def awards(connection: duckdb.DuckDBPyConnection, lines: pd.DataFrame) -> pd.DataFrame:
    """Clients and worth of the awards that run in each month."""
    connection.register("awards", lines)
    return connection.execute("""
        SELECT maand, wet, onderdeel, leveringsvorm, count(DISTINCT persoon_nr) AS clienten, count(*) AS toewijzingen,
               0 AS zonder_prijs, sum(verwacht_eur) AS verwacht_eur, peildatum
        FROM awards GROUP BY ALL ORDER BY ALL""").df()


def providers(care: Catalog) -> np.ndarray:
    """AGB code of each provider of each product, by the place of both."""
    most = max(len(p.aanbieders) for p in care.products)
    return np.array([[agb(n) for n in p.aanbieders] + [""] * (most - len(p.aanbieders)) for p in care.products], object)


def _last(month: int) -> dt.date:
    return month_end(month // 12, month % 12 + 1)


def _running(
    lines: Lines, worth: tuple[np.ndarray, np.ndarray], m: int, date: dt.date
) -> tuple[np.ndarray, np.ndarray]:
    first, today = days_of(month(m)), days_of(date)
    length = calendar.monthrange(m // 12, m % 12 + 1)[1]
    end = np.where(lines.end_known <= today, lines.end, lines.planned_end)
    runs = np.flatnonzero((lines.decided <= today) & (lines.start <= first + length - 1) & (end >= first))
    days = np.minimum(end[runs], first + length - 1) - np.maximum(lines.start[runs], first) + 1
    each, per = worth[0][runs], worth[1][runs]
    return runs, np.round(each * days / np.where(per > 0, per, length), 2)


def _per_time(world: World, care: Catalog, lines: Lines) -> tuple[np.ndarray, np.ndarray]:
    """Worth of one time of each award at the price of its start, and the days that one time is for (0: a month)."""
    started = lines.start.astype("datetime64[D]").astype("datetime64[M]").astype(int) + 1970 * 12
    pairs, place = np.unique(lines.product * 100_000 + started, return_inverse=True)
    found = [(int(pair) // 100_000, int(pair) % 100_000) for pair in pairs]
    prices = [price(world.seed, care, k, m // 12, m % 12 + 1, world.events) for k, m in found]
    per = np.array([_TIMES.get(p.frequentie, 0.0) for p in care.products])[lines.product]
    return lines.volume * np.array(prices)[place], per
