"""Rows that stand alone in time: a financial year or a date far from all others, as a typing error makes it.

All series of a file share one cube of years and ages. One row of 2091 among 2018-2026 would make it eight times as
large, for years of which there is nothing; and one date long after all others would close a year that still runs. Only
what no forecast could ever use is refused, so nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.forecast.series import Row

#: Years without any row that may lie between two financial years of one file.
MOST_EMPTY = 1
#: So many complete years in a row are needed before a year is forecast (the contract).
TO_LEARN_FROM = 3
#: After so many months without any delivery a running year is not taken up again by a few rows of earlier months.
SILENCE = 12
#: So many row numbers are written out.
NAMED = 10


def without_stray(rows: list[Row], refusals: list[str]) -> list[Row]:
    """Leave out rows that are far from the others in time.

    Args:
        rows: Checked rows.
        refusals: Gets a Dutch line with row numbers for every year and date that is left out.

    Returns:
        Without years that have more than MOST_EMPTY empty years between them and the others and hold nothing to learn
        from (of two such parts the smaller, of two as large both), and without dates long after the others in a year
        that still runs.
    """
    return _near_dates(_near_years(rows, refusals), refusals)


def _near_years(rows: list[Row], refusals: list[str]) -> list[Row]:
    count = Counter(row.boekjaar for row in rows)
    parts: list[list[int]] = []
    for year in sorted(count):
        if parts and year - parts[-1][-1] - 1 <= MOST_EMPTY:
            parts[-1].append(year)
        else:
            parts.append([year])
    if len(parts) < 2:
        return rows
    size = [sum(count[year] for year in part) for part in parts]
    learned = _learned_from(rows)
    largest = parts[size.index(max(size))] if size.count(max(size)) == 1 else []
    kept = {year for part in parts if part is largest or learned & set(part) for year in part}
    others = f"de andere boekjaren ({_span(kept)})" if kept else "de andere boekjaren"
    _refuse(
        (row for row in rows if row.boekjaar not in kept),
        lambda row: (
            f"boekjaar {row.boekjaar} sluit niet aan op {others}. Verbeter het jaar, of vul de jaren ertussen aan."
        ),
        refusals,
    )
    return [row for row in rows if row.boekjaar in kept]


def _learned_from(rows: Iterable[Row]) -> set[int]:
    """Years that are the last of so many complete ones that a next year of the series can be forecast."""
    months: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in rows:
        if row.maand <= 12:
            months[row.reeks, row.boekjaar].add(row.maand)
    complete = {key for key, seen in months.items() if len(seen) == 12}
    return {year for reeks, year in complete if all((reeks, year - k) in complete for k in range(1, TO_LEARN_FROM))}


def _near_dates(rows: list[Row], refusals: list[str]) -> list[Row]:
    last = _before_silence(rows)
    if last is None:
        return rows
    months: dict[tuple[str, int, dt.date], set[int]] = defaultdict(set)
    for row in rows:
        if row.peildatum > last and row.maand <= 12:
            months[row.reeks, row.boekjaar, row.peildatum].add(row.maand)
    # Whoever delivers all months of a year again means it.
    whole = {date for (_, _, date), seen in months.items() if len(seen) == 12}
    _refuse(
        (row for row in rows if row.peildatum > last and row.peildatum not in whole),
        lambda row: (
            f"de peildatum {row.peildatum.isoformat()} ligt meer dan {SILENCE} maanden na die van de andere rijen "
            f"(tot en met {last.isoformat()}). Verbeter de datum."
        ),
        refusals,
    )
    return [row for row in rows if row.peildatum <= last or row.peildatum in whole]


def _before_silence(rows: list[Row]) -> dt.date | None:
    """The last date before a silence in the newest year that no row of a later year ends; None where there is none."""
    newest = max((row.boekjaar for row in rows), default=0)
    dates = sorted({row.peildatum for row in rows})
    for before, after in pairwise(dates):
        silent = (after.year - before.year) * 12 + after.month - before.month > SILENCE
        if silent and before.year == newest and before.month < 12:
            return before
    return None


def _refuse(rows: Iterable[Row], why: Callable[[Row], str], refusals: list[str]) -> None:
    """One line per reason, since a whole delivery may be of the wrong year."""
    places: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        places[why(row)].append(row.rij)
    for reason, numbers in places.items():
        more = f" en nog {len(numbers) - NAMED} andere rijen" if len(numbers) > NAMED else ""
        refusals.append(f"Rij {', '.join(map(str, numbers[:NAMED]))}{more}: {reason}")


def _span(years: set[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first} tot en met {last}"
