"""True counts of care: what the monitor should publish of applications, inflow, outflow and who is in care."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from etl.sample.care import AWARDED, DENIED, Lines
from etl.sample.catalog import Catalog
from etl.sample.people import day
from etl.sample.registration import Registration, days_of, known_end, stages
from etl.sample.streams import month_ends

#: Spells of care with a gap of at most so many days are one.
MAX_GAP = 28


def spells(person: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Join the lines of each person into spells.

    Returns:
        Person, first day and last day of each spell.
    """
    order = np.lexsort((start, person))
    person, start, end = person[order], start[order], end[order]
    rows: list[list[int]] = []
    for p, s, e in zip(person.tolist(), start.tolist(), end.tolist(), strict=True):
        if rows and rows[-1][0] == p and s - rows[-1][2] - 1 <= MAX_GAP:
            rows[-1][2] = max(rows[-1][2], e)
        else:
            rows.append([p, s, e])
    table = np.array(rows, dtype=int).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _persons(person: np.ndarray, rows: np.ndarray) -> int:
    return len(np.unique(person[rows]))


def counts(
    care: Catalog, lines: Lines, end: np.ndarray, decided: np.ndarray, months: list[dt.date]
) -> list[dict[str, Any]]:
    """Count per month and onderdeel for the whole gemeente, as the monitor defines it.

    Args:
        care: The law.
        lines: Lines to count.
        end: Last day of each line.
        decided: Whether the decision on a line counts.
        months: Last days of the months to count.

    Returns:
        Rows with maand, onderdeel ('totaal': unique persons), maat and aantal; 0 is left out.
    """
    # How care will be delivered is known when it is awarded.
    onderdeel = care.onderdeel(lines.product, lines.pgb & decided & (lines.outcome == AWARDED))
    awarded = decided & (lines.outcome == AWARDED)
    denied = decided & (lines.outcome == DENIED)
    rows = []
    for name in ["totaal", *sorted(set(onderdeel.tolist()))]:
        mine = np.full(len(lines), True) if name == "totaal" else onderdeel == name
        given = awarded & mine
        person, first, last = spells(lines.person[given], lines.start[given], end[given])
        for date in months:
            begin, until = day(date.year, date.month), days_of(date)
            in_month = (lines.decided >= begin) & (lines.decided <= until) & mine
            found = {
                "aanvraag": int(((lines.applied >= begin) & (lines.applied <= until) & mine).sum()),
                "toekenning": int((in_month & awarded).sum()),
                "afwijzing": int((in_month & denied).sum()),
                "instroom": _persons(person, (first >= begin) & (first <= until)),
                "uitstroom": _persons(person, (last >= begin) & (last <= until)),
                "stand": _persons(person, (first <= until) & (last >= until)),
            }
            month = f"{date:%Y-%m}-01"
            rows += [{"maand": month, "onderdeel": name, "maat": m, "aantal": n} for m, n in found.items() if n]
    return rows


def care_counts(registration: Registration, van: int, peildatum: dt.date) -> dict[str, list[dict[str, Any]]]:
    """Count what really happened, and what was known of it on the last delivery.

    Args:
        registration: The lines of one law.
        van: First year.
        peildatum: Last day that anything is known of.

    Returns:
        <wet>_werkelijk and <wet>_bekend_op_peildatum.
    """
    months = month_ends(van, peildatum)
    lines, care = registration.lines, registration.care
    if not months:
        return {}
    stage = stages(lines, days_of(months[-1]))
    seen, shown = lines.take(stage >= 0), stage[stage >= 0]
    known = counts(care, seen, known_end(seen, shown), shown > 0, months)
    true = counts(care, lines, lines.end, np.full(len(lines), True), months)
    return {f"{care.wet}_werkelijk": true, f"{care.wet}_bekend_op_peildatum": known}
