"""Who has provisions of two or more laws, and who became self-reliant: true, as the newest deliveries show it.

A provision is an onderdeel that a person is in: Wmo and Jeugd every award; Participatiewet a benefit or an allowance
that is paid monthly (inkomensregelingen), or a route (arbeidsparticipatie); debt aid every file but a signal of
arrears, since a signal is no help yet. Spells with a gap of at most 28 days are one. A person is who a reader can
recognise: one BSN over all sources, or else one client number in one source; a household is an address.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

import numpy as np

from etl.sample.exports import add_months
from etl.sample.people import EPOCH, day
from etl.sample.provisions import WETTEN, Provision
from etl.sample.registration import days_of
from etl.sample.streams import month_ends
from etl.sample.truth_counts import MAX_GAP

#: Months that are given, months without help after which somebody is self-reliant, and days around a departure.
MONTHS, FREE, DEPARTURE = 24, 6, 31
#: What counts against being self-reliant; youth care and being helped to work do not.
HELP = ("wmo", "schuldhulp")
BENEFIT = ("participatiewet", "inkomensregelingen")
Spell = tuple[int, int]
#: A person or a household, and which.
Unit = tuple[str, object]


def _date(days: int) -> dt.date:
    return (EPOCH + np.timedelta64(days, "D")).astype(dt.date)


def joined(spells: list[Spell], gap: int = MAX_GAP) -> list[Spell]:
    """Join spells that have at most `gap` days between them."""
    found: list[Spell] = []
    for start, end in sorted(spells):
        if found and start - found[-1][1] - 1 <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def months_of(peildatum: dt.date, since: dt.date) -> list[dt.date]:
    """Give the last days of the months that are counted: the last MONTHS, none before the exports begin."""
    return [d for d in month_ends(peildatum.year - 3, peildatum)[-MONTHS:] if d >= since]


def _state(
    spells: list[tuple[tuple[str, str, str], int, int]], home: dict[str, int], at: int
) -> tuple[dict[Unit, set[str]], Counter[Unit]]:
    """Give the laws and the number of provisions of every person and household on a day."""
    laws: dict[Unit, set[str]] = defaultdict(set)
    kinds: Counter[Unit] = Counter()
    for (key, wet, onderdeel), start, end in spells:
        if start <= at <= end:
            units: tuple[Unit, ...] = (("persoon", key), ("huishouden", home[key]))
            for unit in units:
                if onderdeel == "totaal":
                    laws[unit].add(wet)
                else:
                    kinds[unit] += 1
    return laws, kinds


def stapeling(provisions: list[Provision], months: list[dt.date]) -> list[dict[str, Any]]:
    """Count unique persons and households per month end by the laws they have a provision of.

    Args:
        provisions: Every provision as its source shows it on its last delivery.
        months: Last days of the months to count.

    Returns:
        Rows with maand, eenheid, maat (stand by combination, meervoudig: two or more provisions, integraal_aanbod:
        of two or more laws) and aantal; 0 is left out.
    """
    groups: dict[tuple[str, str, str], list[Spell]] = defaultdict(list)
    for p in provisions:
        groups[p.key, p.wet, p.onderdeel].append((p.start, p.end))
        groups[p.key, p.wet, "totaal"].append((p.start, p.end))
    home = {p.key: p.household for p in provisions}
    since = days_of(months[0])
    spells = [(group, start, end) for group, found in groups.items() for start, end in joined(found) if end >= since]
    rows: list[dict[str, Any]] = []
    for date in months:
        laws, kinds = _state(spells, home, days_of(date))
        for eenheid in ("persoon", "huishouden"):
            mine = {unit: wetten for unit, wetten in laws.items() if unit[0] == eenheid}
            combinations = Counter("+".join(w for w in WETTEN if w in wetten) for wetten in mine.values())
            found = [("stand", c, n) for c, n in sorted(combinations.items())]
            found += [
                ("stand", "alle", len(mine)),
                ("meervoudig", "alle", sum(kinds[unit] > 1 for unit in mine)),
                ("integraal_aanbod", "alle", sum(len(wetten) > 1 for wetten in mine.values())),
            ]
            common = {"maand": f"{date:%Y-%m}-01", "eenheid": eenheid}
            rows += [{**common, "maat": m, "combinatie": c, "aantal": n} for m, c, n in found if n]
    return rows


def self_reliant(provisions: list[Provision], months: list[dt.date], known_until: dt.date) -> list[dict[str, Any]]:
    """Count who became self-reliant: the sixth month without Wmo, benefit and debt aid was completed in a month.

    Args:
        provisions: Every provision as its source shows it on its last delivery.
        months: Last days of the months to count.
        known_until: Day up to which Wmo, Participatiewet and debt aid are all known.

    Returns:
        Rows as of `stapeling`, with maat zelfredzaam. Who died or moved away is none.
    """
    help_: dict[Unit, list[Spell]] = defaultdict(list)
    departures: dict[Unit, list[int]] = defaultdict(list)
    for p in provisions:
        units: tuple[Unit, ...] = (("persoon", p.key), ("huishouden", p.household))
        for unit in units:
            if p.wet in HELP or (p.wet, p.onderdeel) == BENEFIT:
                help_[unit].append((p.start, p.end))
            if p.gone:
                departures[unit].append(p.end)
    begin = day(months[0].year, months[0].month)
    counts: Counter[tuple[str, str]] = Counter()
    for unit, found in help_.items():
        # Over all laws; a gap counts from FREE months on, so shorter ones need not be bridged.
        spells = joined(found, 0)
        for n, (_, last) in enumerate(spells):
            free = days_of(add_months(_date(last), FREE)) if last < days_of(known_until) else None
            again = spells[n + 1][0] if n + 1 < len(spells) else None
            if free is None or not begin <= free <= days_of(known_until) or (again is not None and again <= free):
                continue
            if not any(last - DEPARTURE <= gone <= free for gone in departures[unit]):
                counts[f"{_date(free):%Y-%m}-01", unit[0]] += 1
    return [
        {"maand": month, "eenheid": eenheid, "maat": "zelfredzaam", "combinatie": "alle", "aantal": n}
        for (month, eenheid), n in sorted(counts.items())
    ]
