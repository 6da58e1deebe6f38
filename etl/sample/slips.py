"""The mess of real registrations, planted: what people mistype, forget and double, and what a reader has to do with it.

A slip never changes a true count: it is an extra line that has to be refused or is no data, or a line written in an
unusual way that has to be read all the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np

from etl.sample.care import AWARDED
from etl.sample.households import steady
from etl.sample.identity import Identities, bsn_valid
from etl.sample.registration import DECIDED, Record, Registration

#: Extra lines: what is wrong, and what has to happen.
EXTRA = (
    ("dubbele regel na een verhuizing", "geweigerd"),
    ("einddatum voor ingangsdatum", "geweigerd"),
    ("besluit voor de aanvraag", "geweigerd"),
    ("onbekende productcategorie", "geweigerd"),
    ("reden wijziging 13: verwijderd", "buiten_bereik"),
    ("nummer opnieuw uitgegeven, het oude met _OUD", "buiten_bereik"),
)
#: Lines that are written in an unusual way, and count.
ODD = (
    "tweede clientnummer van dezelfde persoon",
    "BSN verschreven",
    "productcode van een oud contract",
    "frequentie 3, buiten de standaard",
    "open einddatum als 31-12-9999",
)
#: Share of the awards that an extra line stands behind, in a municipality of the usual size and at the most: a small
#: one makes the same mistakes with fewer lines. Share of the lines that are written oddly.
EXTRA_SHARE, MOST, ODD_SHARE = 0.004, 0.04, 0.002
USUAL = 39_700
#: An extra line stays in the registration for about half a year, until somebody cleans it up.
STAYS = 170
NO_END = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Slip:
    """A slip.

    Attributes:
        fout: What is wrong, in Dutch.
        gevolg: geweigerd, buiten_bereik or geladen.
        record: The extra line; None for a line that is only written differently.
        first, last: Days on which it is in the registration.
    """

    fout: str
    gevolg: str
    record: Record | None
    first: int
    last: int


def extra_lines(registration: Registration, rows: list[tuple[Record, ...]], seed: int) -> dict[int, Slip]:
    """Give the extra lines, by the line that each stands behind.

    Args:
        registration: The registration.
        rows: Its lines in their stages.
        seed: Seed of the sample.

    Returns:
        Line -> slip. Which lines have one follows from their own number, so that no later line can shift it.
    """
    lines, number = registration.lines, registration.number
    draw = steady(seed, 71, number)
    share = min(EXTRA_SHARE * USUAL / sum(registration.people.inwoners.values()), MOST)
    found: dict[int, Slip] = {}
    for n in np.flatnonzero((draw < share) & (lines.outcome == AWARDED)).tolist():
        kind = int(draw[n] / share * len(EXTRA))
        first = int(lines.decided[n]) + 20 + int(number[n]) % 40
        fout, gevolg = EXTRA[kind]
        record = _extra(kind, rows[n][DECIDED], int(number[n]))
        found[n] = Slip(fout, gevolg, record, first, first + STAYS)
    return found


def _extra(kind: int, record: Record, number: int) -> Record:
    aanvraag, start = record["aanvraagdatum"], record["ingangsdatum"]
    assert isinstance(aanvraag, dt.date) and isinstance(start, dt.date)
    own = record | {"beschikkingnummer": f"B{900_000 + number % 100_000}"}
    if kind == 0:
        return record | {"postcode": f"0{number % 1000:03d} ZZ", "huisnummer": str(number % 90 + 1), "wijk": None}
    if kind == 1:
        return own | {"einddatum": start - dt.timedelta(days=30)}
    if kind == 2:
        return own | {"besluitdatum": aanvraag - dt.timedelta(days=20)}
    if kind == 3:
        return own | {"productcategorie": "99", "productcode": "99Z99", "omschrijving": "Onbekend product"}
    if kind == 4:
        return own | {"einddatum": start, "reden_wijziging": "13"}
    return record | {"beschikkingnummer": f"{record['beschikkingnummer']}_OUD"}


def write_oddly(
    registration: Registration, rows: list[tuple[Record, ...]], persons: Identities, seed: int
) -> dict[int, str]:
    """Write some lines in an unusual way; changes `rows`.

    Returns:
        Line -> what is unusual about it.
    """
    lines, number = registration.lines, registration.number
    draw = steady(seed, 72, number)
    seen = Counter[int]()
    found: dict[int, str] = {}
    for n, person in enumerate(lines.person.tolist()):
        seen[person] += 1
        kind = int(draw[n] / ODD_SHARE)
        if kind >= len(ODD):
            continue
        record = rows[n][DECIDED]
        # Who has an earlier line with a BSN is recognised by it; the person's first line stays as it is.
        known = seen[person] > 1 and person in persons.bsn
        change: Record = {}
        if kind == 0 and known:
            change = {"clientnummer": f"C{500_000 + person}"}
        elif kind == 1 and known:
            change = {"bsn": _mistyped(persons.bsn[person])}
        elif kind == 2:
            change = {"productcode": f"{record['productcode']}_OUD"}
        elif kind == 3 and record.get("frequentie") == "4":
            change = {"frequentie": "3"}
        elif kind == 4 and lines.outcome[n] == AWARDED and record.get("einddatum") is None:
            change = {"einddatum": NO_END}
        if change:
            rows[n] = tuple(_changed(version, change) for version in rows[n])
            found[n] = ODD[kind]
    return found


def _changed(record: Record, change: Record) -> Record:
    if "einddatum" in change and (record.get("einddatum") is not None or record.get("ingangsdatum") is None):
        return record
    if "frequentie" in change and record.get("frequentie") is None:
        return record
    return record | change


def _mistyped(bsn: str) -> str:
    """Change the last digit, so that the 11-test fails."""
    wrong = bsn[:-1] + str((int(bsn[-1]) + 1) % 10)
    assert not bsn_valid(np.array([int(wrong)]))[0]
    return wrong
