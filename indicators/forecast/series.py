"""Reads the contract CSV of a backtest: monthly amounts with the date they were known; refuses what is not certain."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from indicators.forecast.panel import MONTHS, Panel, forward_fill

COLUMNS = ("reeks", "groep", "boekjaar", "maand", "peildatum", "bedrag", "begroting")
#: A delivery more than so many years after its financial year is taken for a typing error.
LATEST_YEARS = 10


class UnusableFile(Exception):
    """The file as a whole cannot be used; the message is Dutch."""


@dataclass(frozen=True)
class Row:
    """One row of the contract, checked. `begroting` is None where the field is empty."""

    rij: int
    reeks: str
    groep: str
    boekjaar: int
    maand: int
    peildatum: dt.date
    bedrag: float
    begroting: float | None

    @property
    def age(self) -> int:
        """Months from January of the financial year to the peildatum, from 1; what came before counts as January."""
        return max(1, (self.peildatum.year - self.boekjaar) * 12 + self.peildatum.month)


@dataclass
class SeriesFile:
    """The usable rows of a file and, in Dutch, every row that is refused."""

    rows: list[Row] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def read_series(path: Path) -> SeriesFile:
    """Read and check a contract CSV.

    Args:
        path: UTF-8, comma, dot decimals, columns reeks,groep,boekjaar,maand,peildatum,bedrag,begroting.

    Returns:
        Rows and refusals (Dutch, with row number).

    Raises:
        UnusableFile: Not there, not readable, empty, or without the columns.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnusableFile(f"Het bestand {path.name} is er niet.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableFile(f"Het bestand {path.name} is niet te lezen als UTF-8-tekst.") from error
    lines = csv.reader(text.splitlines())
    header = [h.strip().lower() for h in next(lines, [])]
    missing = [c for c in COLUMNS if c not in header]
    if missing:
        raise UnusableFile(
            f"In {path.name} ontbreken de kolommen {', '.join(missing)}. Nodig zijn: {','.join(COLUMNS)}."
        )
    place = {c: header.index(c) for c in COLUMNS}
    result = SeriesFile()
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            result.refusals.append(f"Rij {number}: {len(cells)} velden in plaats van {len(header)}.")
            continue
        row = _row(number, {c: cells[i].strip() for c, i in place.items()})
        if isinstance(row, str):
            result.refusals.append(row)
        else:
            result.rows.append(row)
    result.rows = _without_contradictions(result.rows, result.refusals)
    if not result.rows:
        raise UnusableFile(f"In {path.name} staat geen enkele bruikbare rij.")
    return result


def _row(number: int, cells: dict[str, str]) -> Row | str:
    """Give the row, or in Dutch why not."""
    try:
        column = "reeks"
        if not cells["reeks"]:
            raise ValueError
        column = "boekjaar"
        boekjaar = int(cells["boekjaar"])
        if not 1990 <= boekjaar <= 2100:
            raise ValueError
        column = "maand"
        maand = int(cells["maand"])
        if not 1 <= maand <= MONTHS:
            raise ValueError
        column = "peildatum"
        peildatum = dt.date.fromisoformat(cells["peildatum"])
        column = "bedrag"
        bedrag = _number(cells["bedrag"])
        column = "begroting"
        begroting = _number(cells["begroting"]) if cells["begroting"] else None
    except ValueError:
        return f"Rij {number}: de waarde '{cells[column]}' kan niet in de kolom {column}."
    earliest = dt.date(boekjaar + (maand == 13), 1 if maand == 13 else maand, 1)
    if maand == 13:
        earliest = dt.date(boekjaar + 1, 1, 31)
    if peildatum < earliest:
        return f"Rij {number}: maand {maand} van {boekjaar} kan op {peildatum.isoformat()} nog niet bekend zijn."
    if peildatum.year > boekjaar + LATEST_YEARS:
        return f"Rij {number}: de peildatum {peildatum.isoformat()} ligt meer dan {LATEST_YEARS} jaar na {boekjaar}."
    return Row(number, cells["reeks"], cells["groep"], boekjaar, maand, peildatum, bedrag, begroting)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 1e15 or "_" in text:
        raise ValueError(text)
    return value


def _without_contradictions(rows: list[Row], refusals: list[str]) -> list[Row]:
    """Refuse rows that say two things about one amount, and series with two groups. The same row twice counts once."""
    groups: dict[str, set[str]] = defaultdict(set)
    amounts: dict[tuple[str, int, int, dt.date], dict[tuple[float, float | None], Row]] = defaultdict(dict)
    places: dict[tuple[str, int, int, dt.date], list[int]] = defaultdict(list)
    for row in rows:
        groups[row.reeks].add(row.groep)
        key = (row.reeks, row.boekjaar, row.maand, row.peildatum)
        amounts[key].setdefault((row.bedrag, row.begroting), row)
        places[key].append(row.rij)
    for reeks, found in groups.items():
        if len(found) > 1:
            refusals.append(f"Reeks {reeks}: staat in meer dan één groep ({', '.join(sorted(found))}).")
    kept = []
    for key, found_rows in amounts.items():
        if len(groups[key[0]]) > 1:
            continue
        if len(found_rows) > 1:
            where = ", ".join(map(str, places[key]))
            refusals.append(
                f"Rij {where}: reeks {key[0]}, boekjaar {key[1]}, maand {key[2]}, peildatum {key[3].isoformat()} "
                "komt vaker voor met verschillende waarden."
            )
            continue
        kept.append(next(iter(found_rows.values())))
    return kept


def to_panel(rows: list[Row], refusals: list[str]) -> Panel:
    """Put rows in a cube of what was known when.

    Args:
        rows: Checked rows.
        refusals: Gets a line for every budget that contradicts itself; such a budget is not used.

    Returns:
        The panel, with series in alphabetical order.
    """
    names = sorted({r.reeks for r in rows})
    index = {name: i for i, name in enumerate(names)}
    group = {r.reeks: r.groep for r in rows}
    first, last = min(r.boekjaar for r in rows), max(r.boekjaar for r in rows)
    ages = max(12, *(r.age for r in rows))
    amounts = np.full((len(names), last - first + 1, MONTHS, ages), np.nan)
    budgets = np.full((len(names), last - first + 1, ages), np.nan)
    said: dict[tuple[str, int, dt.date], set[float]] = defaultdict(set)
    for row in sorted(rows, key=lambda r: r.peildatum):
        amounts[index[row.reeks], row.boekjaar - first, row.maand - 1, row.age - 1] = row.bedrag
        if row.begroting is not None:
            said[row.reeks, row.boekjaar, row.peildatum].add(row.begroting)
    for (reeks, boekjaar, peildatum), values in sorted(said.items(), key=lambda item: item[0][2]):
        if len(values) > 1:
            refusals.append(
                f"Reeks {reeks}, boekjaar {boekjaar}: op {peildatum.isoformat()} staan er verschillende begrotingen. "
                "Geen ervan is gebruikt."
            )
            continue
        age = max(1, (peildatum.year - boekjaar) * 12 + peildatum.month)
        budgets[index[reeks], boekjaar - first, age - 1] = next(iter(values))
    return Panel(
        names, [group[n] for n in names], list(range(first, last + 1)), forward_fill(amounts), forward_fill(budgets)
    )


def last_cut(rows: list[Row], panel: Panel) -> tuple[int, int]:
    """Give the last (year index, peilmaand) that the file says anything about: later ones are the future."""
    newest = max(row.peildatum for row in rows)
    year = newest.year - panel.years[0]
    return (year, newest.month) if year < len(panel.years) else (len(panel.years) - 1, 12)
