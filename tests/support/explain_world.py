"""A small gemeente of which every cause is known: clients x cost per client, billed late, and a plain ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import BY_NAME
from indicators.core.settings import settings
from tests.support.marts import empty_marts

YEARS = (2022, 2023, 2024, 2025)
LAG = np.array([0.0, 0.5, 0.25, 0.15, 0.1])
ONDERDELEN = {"begeleiding": "wmo", "dagbesteding": "wmo", "toegang": "overig"}
PEILDATA = (dt.date(2025, 6, 30), dt.date(2025, 9, 30))
SEASON = 1.0 + 0.04 * np.sin(np.arange(12) / 2.0)
START, LAST = 2022 * 12, 2025 * 12 + 8
READ = (
    *("dim_onderdeel", "fct_realisatie", "fct_begroting", "fct_voorziening", "fct_toewijzing", "fct_declaratie"),
    *("fct_prognose", "fct_prognose_verloop", "fct_buig"),
)
Rows = Iterator[tuple[Any, ...]]


class World:
    """Two onderdelen with clients and one without; change its arrays (48 months) to plant something."""

    def __init__(self, seed: int = 1) -> None:
        """Make a quiet world."""
        random = np.random.default_rng(seed)
        n = len(YEARS) * 12
        self.inflow = {o: random.poisson(10, n).astype(float) for o in ("begeleiding", "dagbesteding")}
        self.outflow = {o: random.poisson(10, n).astype(float) for o in self.inflow}
        self.price = {o: 1000.0 * 1.03 ** (np.arange(n) // 12) * np.tile(SEASON, len(YEARS)) for o in self.inflow}
        for o in self.price:
            self.price[o] = self.price[o] * (1 + 0.01 * random.standard_normal(n))
        self.extra = {o: np.zeros(n) for o in ONDERDELEN}
        self.fixed = 150_000.0 * 1.03 ** (np.arange(n) // 12) * (1 + 0.01 * random.standard_normal(n))
        self.lag = {o: np.tile(LAG, (n, 1)) for o in self.inflow}
        self.awarded = {o: np.full(n, 1000.0) for o in self.inflow}

    def stock(self, onderdeel: str) -> np.ndarray:
        """Clients at the end of each month."""
        return 300.0 + np.cumsum(self.inflow[onderdeel] - self.outflow[onderdeel])

    def care(self, onderdeel: str) -> np.ndarray:
        """Cost of the care given in each month."""
        return self.stock(onderdeel) * self.price[onderdeel]

    def cost(self, onderdeel: str) -> np.ndarray:
        """What the ledger books in each month."""
        return (self.fixed if onderdeel == "toegang" else self.care(onderdeel)) + self.extra[onderdeel]


def more_inflow(world: World) -> None:
    """Nine clients a month more begin, from the running year on."""
    world.inflow["begeleiding"][36:] += 9


def fewer_leave(world: World) -> None:
    """Eight clients a month fewer stop, from the running year on."""
    world.outflow["begeleiding"][36:] = np.maximum(world.outflow["begeleiding"][36:] - 8, 0)


def single_booking(world: World) -> None:
    """One booking that stands alone, in May of the running year."""
    world.extra["begeleiding"][40] += 450_000.0


def marts(world: World, with_care: bool = True) -> duckdb.DuckDBPyConnection:
    """Give a database with the marts of a world, and a forecast in which the rest of the year is as the year so far."""
    connection = empty_marts(READ, ("v_realisatie", "v_realisatie_maand"))
    for i, (o, wet) in enumerate(ONDERDELEN.items()):
        connection.execute("INSERT INTO mart.dim_onderdeel VALUES (?, ?, ?, 'f', ?)", [o, o.capitalize(), wet, i])
    filled = {"fct_realisatie": _ledger(world), "fct_begroting": _budget(world)}
    if with_care:
        filled |= {
            "fct_voorziening": _counts(world),
            "fct_toewijzing": _awards(world),
            "fct_declaratie": _declared(world),
        }
    for name, rows in filled.items():
        insert(connection, name, pd.DataFrame(list(rows), columns=BY_NAME[f"mart.{name}"].column_names))
    columns = ["boekjaar", "peildatum", "onderdeel", "lasten_baten", "scenario", "methode", "p50_eur"]
    insert(connection, "fct_prognose", pd.DataFrame(list(_forecast(world)), columns=columns))
    return connection


def insert(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    """Put rows in a mart, by name."""
    if len(rows):
        connection.register("rows_to_add", rows)
        connection.execute(f"INSERT INTO mart.{name} BY NAME SELECT * FROM rows_to_add")


def _end(month: int) -> dt.date:
    return (pd.Timestamp(month // 12, month % 12 + 1, 1) + pd.offsets.MonthEnd()).date()


def _first(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def _deliveries() -> Iterator[tuple[int, int, dt.date]]:
    for y in YEARS:
        for age in range(1, 19):
            if _end(y * 12 + age - 1) <= PEILDATA[-1]:
                yield y, age, _end(y * 12 + age - 1)


def _ledger(world: World) -> Rows:
    for o in ONDERDELEN:
        cost = world.cost(o)
        for y, age, date in _deliveries():
            stand = cost[(y - YEARS[0]) * 12 :][: min(age, 12)].sum()
            for side, part in (("L", 1.0), ("B", 0.1)):
                yield y, date, min(age, 12), "stand", None, o, "6.1", side, round(stand * part, 2), 0.0


def _budget(world: World) -> Rows:
    """What the year before came to, a little more from July on."""
    for o in ONDERDELEN:
        cost = world.cost(o)
        for y, age, date in _deliveries():
            before = cost[max(y - YEARS[0] - 1, 0) * 12 :][:12].sum()
            for side, part, changed in (("L", 1.0, 25_000.0 if age > 6 else 0.0), ("B", 0.1, 0.0)):
                primitive = round(before * part, 0)
                yield y, date, o, "6.1", side, primitive, changed, primitive + changed


def _counts(world: World) -> Rows:
    """Every delivery has its own month; those of the two peildata have all months up to them."""
    code = settings().gemeente.code
    for o in world.inflow:
        for maat, of in (("stand", world.stock(o)), ("instroom", world.inflow[o]), ("uitstroom", world.outflow[o])):
            for m in range(START, LAST + 1):
                for date in sorted({_end(m), *(d for d in PEILDATA if d > _end(m))}):
                    yield _first(m), "wmo", o, code, maat, int(of[m - START]), date


def _awards(world: World) -> Rows:
    for o in world.inflow:
        for m in range(START, LAST + 1):
            clients = int(world.stock(o)[m - START])
            worth = round(clients * world.awarded[o][m - START], 2)
            yield _first(m), "wmo", o, "ZIN", clients, clients, 0, worth, _end(m)


def _declared(world: World) -> Rows:
    for o in world.inflow:
        care, clients = world.care(o), world.stock(o)
        for m in range(START, LAST + 1):
            for k, part in enumerate(world.lag[o][m - START]):
                if part and m + k <= LAST:
                    amount, persons = round(care[m - START] * part, 2), round(clients[m - START] * part)
                    yield _first(m), _first(m + k), "wmo", o, "ZIN", amount, persons, persons, _end(LAST)


def _forecast(world: World) -> Rows:
    for date in PEILDATA:
        for side, part in (("L", 1.0), ("B", 0.1)):
            own = {o: world.cost(o)[36 : 36 + date.month].sum() * 12 / date.month * part for o in ONDERDELEN}
            sums = {
                s: sum(v for o, v in own.items() if s in (ONDERDELEN[o], "totaal")) for s in ("wmo", "overig", "totaal")
            }
            for o, value in own.items():
                yield 2025, date, o, side, "basis", "model", value
            for s, value in sums.items():
                # The middle of a sum is not the sum of the middles.
                yield 2025, date, s, side, "basis", "model", value * 1.002
