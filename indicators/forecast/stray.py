"""Rows that stand alone in time: a financial year or a date far from all others, as a typing error makes it.

All series of a file share one cube of years and ages. One row of 2091 among 2018-2026 would make it eight times as
large, for years of which there is nothing; and one date years after all others would close a year that still runs.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.forecast.series import Row

#: Years without any row between two financial years of one file, and between one delivery and the next. After more of
#: them nothing can be learned from before (the contract asks for three complete years), so nothing is lost.
MOST_EMPTY = 3
#: So many row numbers are written out.
NAMED = 10


def without_stray(rows: list[Row], refusals: list[str]) -> list[Row]:
    """Leave out rows that are far from the others in time.

    Args:
        rows: Checked rows.
        refusals: Gets a Dutch line with row numbers for every year and date that is left out.

    Returns:
        The rows of consecutive years: of parts with more than MOST_EMPTY empty years between them the largest, none
        where two are as large. Of what was delivered more than MOST_EMPTY years after everything else only whole years.
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
    kept = set(parts[size.index(max(size))]) if size.count(max(size)) == 1 else set()
    others = f"de andere boekjaren ({_span(kept)})" if kept else "de andere boekjaren"
    _refuse(
        (row for row in rows if row.boekjaar not in kept),
        lambda row: (
            f"tussen boekjaar {row.boekjaar} en {others} liggen meer dan {MOST_EMPTY} jaren zonder gegevens. "
            "Verbeter het jaar, of zet deze jaren in een eigen bestand."
        ),
        refusals,
    )
    return [row for row in rows if row.boekjaar in kept]


def _near_dates(rows: list[Row], refusals: list[str]) -> list[Row]:
    last = _last_of_all(rows)
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
            f"de peildatum {row.peildatum.isoformat()} ligt meer dan {MOST_EMPTY} jaar na die van de andere rijen "
            f"(tot en met {last.isoformat()}). Verbeter de datum."
        ),
        refusals,
    )
    return [row for row in rows if row.peildatum <= last or row.peildatum in whole]


def _last_of_all(rows: Iterable[Row]) -> dt.date | None:
    """The last date before a long silence that only rows of earlier years break; None where there is none."""
    newest: dict[dt.date, int] = {}
    for row in rows:
        newest[row.peildatum] = max(row.boekjaar, newest.get(row.peildatum, row.boekjaar))
    dates = sorted(newest)
    found = None
    year = 0
    for before, after in zip(dates[-2::-1], dates[:0:-1], strict=True):
        year = max(year, newest[after])
        if year > before.year:
            break
        if (after.year - before.year) * 12 + after.month - before.month > MOST_EMPTY * 12:
            found = before
    return found


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
