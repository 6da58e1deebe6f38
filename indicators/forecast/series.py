"""Reads the contract CSV of a backtest: monthly amounts with the date they were known; refuses what is not certain."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from indicators.forecast.lines import UnusableFile, first_of_every_kind, read_lines
from indicators.forecast.panel import MONTHS, Panel, age_of, forward_fill
from indicators.forecast.stray import without_stray

COLUMNS = ("reeks", "groep", "boekjaar", "maand", "peildatum", "bedrag", "begroting")
#: A delivery more than so many years after its financial year is taken for a typing error.
LATEST_YEARS = 10
#: Of a row with more or fewer fields than the header.
FIELDS = (
    "niet evenveel velden als de kop. Zet tekst met komma's tussen aanhalingstekens; schrijf bedragen met een punt."
)
#: What each column takes, for whoever has to repair it.
_FORM = {
    "reeks": "een naam",
    "boekjaar": "een jaar als 2024",
    "maand": "1 tot en met 13",
    "peildatum": "een dag als 2024-01-31",
    "bedrag": "een getal als 1234.56, met een punt",
    "begroting": "een getal als 1234.56, met een punt, of niets",
}


@dataclass(frozen=True, slots=True)
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
        """When it was known (panel.py)."""
        return age_of(self.boekjaar, self.peildatum)


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
    result = SeriesFile()
    for number, cells in read_lines(path, COLUMNS):
        row = _row(number, cells) if cells else f"Rij {number}: {FIELDS}"
        if isinstance(row, str):
            result.refusals.append(row)
        else:
            result.rows.append(row)
    result.rows = _without_contradictions(without_stray(result.rows, result.refusals), result.refusals)
    if not result.rows:
        raise UnusableFile(f"In {path.name} staat geen enkele bruikbare rij. {first_of_every_kind(result.refusals)}")
    return result


def _row(number: int, cells: dict[str, str]) -> Row | str:
    """Give the row, or in Dutch why not."""
    try:
        column = "reeks"
        if not cells["reeks"]:
            raise ValueError
        column = "boekjaar"
        boekjaar = _whole(cells["boekjaar"])
        if not 1990 <= boekjaar <= 2100:
            raise ValueError
        column = "maand"
        maand = _whole(cells["maand"])
        if not 1 <= maand <= MONTHS:
            raise ValueError
        column = "peildatum"
        peildatum = dt.date.fromisoformat(cells["peildatum"])
        column = "bedrag"
        bedrag = _number(cells["bedrag"])
        column = "begroting"
        begroting = _number(cells["begroting"]) if cells["begroting"] else None
    except ValueError:
        if not cells[column]:
            return f"Rij {number}: de kolom {column} is leeg (nodig: {_FORM[column]})."
        return f"Rij {number}: de waarde '{cells[column]}' kan niet in de kolom {column} (nodig: {_FORM[column]})."
    # The contract: closing entries are known at the end of January after the year; a month from its first day on.
    earliest = dt.date(boekjaar + 1, 1, 31) if maand == 13 else dt.date(boekjaar, maand, 1)
    if peildatum < earliest:
        return (
            f"Rij {number}: maand {maand} van {boekjaar} kan op {peildatum.isoformat()} nog niet bekend zijn, "
            f"op zijn vroegst op {earliest.isoformat()}."
        )
    if peildatum.year > boekjaar + LATEST_YEARS:
        return (
            f"Rij {number}: de peildatum {peildatum.isoformat()} ligt meer dan {LATEST_YEARS} jaar na {boekjaar}. "
            "Verbeter de datum of het jaar."
        )
    return Row(number, cells["reeks"], cells["groep"], boekjaar, maand, peildatum, bedrag, begroting)


def _whole(text: str) -> int:
    if "_" in text:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > 1e15 or "_" in text:
        raise ValueError(text)
    return value


def _without_contradictions(rows: list[Row], refusals: list[str]) -> list[Row]:
    """Refuse rows that say two things about one amount, and series with two groups. The same row twice counts once."""
    groups: dict[str, set[str]] = defaultdict(set)
    first: dict[tuple[str, int, int, dt.date], Row] = {}
    wrong: dict[tuple[str, int, int, dt.date], list[int]] = {}
    for row in rows:
        groups[row.reeks].add(row.groep)
        key = (row.reeks, row.boekjaar, row.maand, row.peildatum)
        known = first.setdefault(key, row)
        if (known.bedrag, known.begroting) != (row.bedrag, row.begroting):
            wrong.setdefault(key, [known.rij]).append(row.rij)
    for reeks, found in groups.items():
        if len(found) > 1:
            refusals.append(
                f"Reeks {reeks}: staat in meer dan één groep ({', '.join(sorted(found))}). Geen rij ervan is gebruikt; "
                "geef alle rijen van een reeks dezelfde groep."
            )
    for key, places in wrong.items():
        if len(groups[key[0]]) == 1:
            refusals.append(
                f"Rij {', '.join(map(str, places))}: reeks {key[0]}, boekjaar {key[1]}, maand {key[2]}, peildatum "
                f"{key[3].isoformat()} komt vaker voor met verschillende waarden."
            )
    return [row for key, row in first.items() if key not in wrong and len(groups[key[0]]) == 1]


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
        budgets[index[reeks], boekjaar - first, age_of(boekjaar, peildatum) - 1] = next(iter(values))
    return Panel(
        names, [group[n] for n in names], list(range(first, last + 1)), forward_fill(amounts), forward_fill(budgets)
    )


def last_cut(rows: list[Row], panel: Panel) -> tuple[int, int]:
    """Give the last (year index, peilmaand) that the file says anything about: later ones are the future."""
    newest = max(row.peildatum for row in rows)
    year = newest.year - panel.years[0]
    return (year, newest.month) if year < len(panel.years) else (len(panel.years) - 1, 12)
