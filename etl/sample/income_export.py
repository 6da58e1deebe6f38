"""The monthly workbook of the income registration: benefits, grants, routes and BUIG, as known on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from etl.sample.care import AWARDED
from etl.sample.exports import HEAD_ROWS, Log, Planted, table, title
from etl.sample.identity import Identities
from etl.sample.income import Benefits
from etl.sample.income_buig import decisions
from etl.sample.income_grants import Grants
from etl.sample.income_mess import BRON, benefit_mistakes, grant_mistakes, plant
from etl.sample.income_register import (
    DECIDED,
    ENDED,
    HEADERS,
    NEW_LAYOUT,
    benefit_cells,
    benefit_stage,
    grant_cells,
    grant_stage,
    half_year,
    monthly_cents,
    route_cells,
    route_stage,
    typed,
)
from etl.sample.income_routes import Routes
from etl.sample.people import day
from etl.sample.plain_xlsx import CellValue, PlainSheet, row_xml, write_sheets
from etl.sample.streams import VOORBEELDDATA

#: Deliveries begin here.
FIRST_YEAR = 2023
SYSTEM = "inkomen"
_BUIG = {"voorlopig": "Voorlopig", "nader_voorlopig": "Nader voorlopig", "definitief": "Definitief"}
Key = tuple[int, int, int]


@dataclass
class Income:
    """What the income registration holds: everything that was there in the month before its first delivery or later."""

    benefits: Benefits
    grants: Grants
    routes: Routes

    def sightings(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Give who is in it since which day, for etl.sample.identity."""
        return [
            (self.benefits.person, self.benefits.applied),
            (self.grants.person, self.grants.applied),
            (self.routes.person, self.routes.start),
        ]


def register_income(benefits: Benefits, grants: Grants, routes: Routes, first: int) -> Income:
    """Leave out what ended before December of the year before the first delivery."""
    since = day(first - 1, 12)
    last = np.where(benefits.outcome == AWARDED, benefits.end, benefits.decided)
    return Income(benefits.take(last >= since), grants, routes.take(routes.end >= since))


@dataclass(frozen=True)
class _Table:
    """A sheet of a month: good lines as XML, wrong ones with what is wrong, and a total below them."""

    blad: str
    rows: list[str]
    wrong: list[tuple[list[CellValue], str]] = field(default_factory=list)
    total: list[CellValue] | None = None

    def planted(self, bestand: str) -> list[Planted]:
        """Say where the wrong lines and the total stand."""
        found = plant(bestand, self.blad, len(self.rows), self.wrong)
        if self.total:
            place = HEAD_ROWS + len(self.rows) + len(self.wrong) + 1
            found.append(Planted(BRON, bestand, self.blad, place, "totaalregel onder de tabel", "buiten_bereik"))
        return found


@dataclass
class _Writer:
    """Makes each line once per stage and half-year, since most do not change in a month."""

    cells: Callable[[int, int, int], list[CellValue]]
    new: bool
    made: dict[Key, str] = field(default_factory=dict)

    def rows(self, keys: list[Key]) -> list[str]:
        for key in keys:
            if key not in self.made:
                cells = self.cells(*key)
                self.made[key] = row_xml(cells if self.new else typed(cells, key[0]))
        return [self.made[key] for key in keys]


class IncomeExport:
    """Writes the workbooks of one layout."""

    def __init__(self, income: Income, persons: Identities, seed: int, scale: float, new: bool) -> None:
        """Keep what is written and make nothing yet."""
        self.income, self.seed, self.scale, self.new = income, seed, scale, new
        benefits, grants, routes = income.benefits, income.grants, income.routes
        self._by_half: dict[int, np.ndarray] = {}
        self._benefits = _Writer(
            lambda n, s, h: benefit_cells(
                benefits, persons.of(int(benefits.person[n]), SYSTEM), n, s, new, self._cents(n, h)
            ),
            new,
        )
        self._grants = _Writer(
            lambda n, s, _: grant_cells(grants, persons.of(int(grants.person[n]), SYSTEM), n, s, new), new
        )
        self._routes = _Writer(
            lambda n, s, _: route_cells(routes, persons.of(int(routes.person[n]), SYSTEM), n, s), new
        )

    def _cents(self, n: int, half: int) -> int:
        if half not in self._by_half:
            lines = self.income.benefits
            self._by_half[half] = monthly_cents(self.seed, lines, np.full(len(lines), half))
        return int(self._by_half[half][n])

    def write(self, path: Path, date: dt.date, log: Log) -> None:
        """Write the workbook of a month."""
        at = day(date.year, date.month, date.day)
        tables = (self._uitkeringen(date, at), self._verstrekkingen(date, at), self._trajecten(at))
        sheets: list[PlainSheet] = []
        for one in tables:
            head = table(one.blad, date, HEADERS[one.blad][self.new], [])
            below = [row_xml(cells) for cells, _ in one.wrong] + ([row_xml(one.total)] if one.total else [])
            sheets.append(PlainSheet(one.blad, [*head, *one.rows, *below]))
        buig = [
            [row["boekjaar"], _BUIG[row["soort"]], row["vastgesteld_op"], row["bedrag_eur"]]
            for row in decisions(self.seed, self.scale, date)
        ]
        sheets.append(PlainSheet("BUIG", table("BUIG", date, HEADERS["BUIG"][self.new], buig)))
        # The lists that the registration chooses from came along.
        lists = [row_xml([title("Keuzelijsten", date)]), *(row_xml([name]) for name in _BUIG.values())]
        sheets.append(PlainSheet("Keuzelijsten", lists, hidden=True))
        write_sheets(path, sheets)
        loaded = sum(len(one.rows) for one in tables) + len(buig)
        log.add(BRON, path.name, loaded, [p for one in tables for p in one.planted(path.name)])

    def _uitkeringen(self, date: dt.date, at: int) -> _Table:
        lines, stage = self.income.benefits, benefit_stage(self.income.benefits, at)
        shown = np.flatnonzero(stage >= 0)
        # An ended benefit keeps the amount of its last day.
        last = np.where(stage == ENDED, lines.end, at)[shown].tolist()
        halves = [half_year(d) for d in last]
        keys = list(zip(shown.tolist(), stage[shown].tolist(), halves, strict=True))
        running = [key for key in keys if key[1] == DECIDED and lines.outcome[key[0]] == AWARDED]
        wrong = []
        if running:
            wrong = benefit_mistakes(date, self._benefits.cells(*running[0]))
        total = int(sum(self._cents(n, h) for n, _, h in running))
        rows = self._benefits.rows(keys)
        width = len(HEADERS["Uitkeringen"][self.new])
        below: list[CellValue] = [
            f"Totaal {len(running)} lopende uitkeringen",
            *[None] * (width - 2),
            round(total / 100, 2),
        ]
        return _Table("Uitkeringen", rows, wrong, below)

    def _verstrekkingen(self, date: dt.date, at: int) -> _Table:
        lines, stage = self.income.grants, grant_stage(self.income.grants, at)
        shown = np.flatnonzero(stage >= 0)
        keys = [(n, s, 0) for n, s in zip(shown.tolist(), stage[shown].tolist(), strict=True)]
        awarded = [k for k in keys if k[1] == DECIDED and lines.outcome[k[0]] == AWARDED and lines.asked[k[0]]]
        wrong = grant_mistakes(date, self._grants.cells(*awarded[0])) if awarded else []
        return _Table("Bijzondere bijstand", self._grants.rows(keys), wrong)

    def _trajecten(self, at: int) -> _Table:
        stage = route_stage(self.income.routes, at)
        shown = np.flatnonzero(stage >= 0)
        keys = [(n, s, 0) for n, s in zip(shown.tolist(), stage[shown].tolist(), strict=True)]
        return _Table("Trajecten", self._routes.rows(keys))


def write_income(
    out: Path, income: Income, persons: Identities, seed: int, scale: float, months: list[dt.date], log: Log
) -> None:
    """Write the whole state at every month end.

    Args:
        out: Folder participatiewet of the inbox.
        income: What the registration holds.
        persons: The identities.
        seed: Seed of the sample.
        scale: Size of the municipality against 39,700.
        months: Month ends to deliver.
        log: Notes every file.
    """
    out.mkdir(parents=True, exist_ok=True)
    layouts = {new: IncomeExport(income, persons, seed, scale, new) for new in (False, True)}
    for date in months:
        layouts[date >= NEW_LAYOUT].write(out / f"participatiewet_{VOORBEELDDATA.lower()}_{date}.xlsx", date, log)
