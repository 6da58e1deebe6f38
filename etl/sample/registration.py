"""What a registration of care holds, and what it shows of every line on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from etl.sample.care import AWARDED, DENIED, Lines
from etl.sample.catalog import Catalog
from etl.sample.delivery import price
from etl.sample.events import Events
from etl.sample.households import steady
from etl.sample.identity import Identities
from etl.sample.people import EPOCH, OPEN, People, day
from etl.sample.plain_xlsx import CellValue
from etl.sample.products import Product
from etl.sample.providers import agb

#: What a line shows: applied for, decided, ended.
APPLIED, DECIDED, ENDED = 0, 1, 2
BESLUIT = {0: "Toegekend", 1: "Afgewezen", 2: "Ingetrokken"}
#: First number of the decisions of a law; a line's own number is added.
FIRST_NUMBER = {"wmo": 200_000, "jeugd": 600_000}
#: Codes of eenheid and frequentie, as the message standards write them.
UNITS = {"minuut": "01", "uur": "04", "etmaal": "14", "dagdeel": "16", "stuk": "82"}
FREQUENCIES = {"per week": "2", "per maand": "4", "eenmalig": "6"}
#: Who sends a child to youth care (COD327), with the chance of each; a court order comes from the court or a GI.
REFERRERS = (("02", 0.50), ("01", 0.24), ("03", 0.05), ("05", 0.09), ("04", 0.06), ("08", 0.03), ("06", 0.03))
_COURT = (("04", 0.45), ("08", 0.55))
_COURT_PRODUCTS = ("47", "48")

Record = dict[str, CellValue]


@dataclass
class Registration:
    """The lines that a registration still holds.

    Attributes:
        care: The law.
        lines: The lines.
        number: Place of each among all lines of the law: what its decision is numbered by.
        people: The people they are about.
    """

    care: Catalog
    lines: Lines
    number: np.ndarray
    people: People


def days_of(date: dt.date) -> int:
    """Give a date as days since 1970-01-01."""
    return day(date.year, date.month, date.day)


def date_of(days: int) -> dt.date | None:
    """Give days since 1970-01-01 as a date, None for OPEN."""
    return None if days >= OPEN else (EPOCH + np.timedelta64(days, "D")).astype(dt.date)


def register_lines(people: People, care: Catalog, lines: Lines, first_year: int) -> Registration:
    """Leave out what ended before December of the year before the first export."""
    since = day(first_year - 1, 12)
    last = np.where(lines.outcome == AWARDED, lines.end, lines.decided)
    kept = np.flatnonzero(last >= since)
    return Registration(care, lines.take(kept), kept, people)


def stages(lines: Lines, at: int) -> np.ndarray:
    """Give what each line shows on a day: APPLIED, DECIDED or ENDED; -1 when it is not there yet."""
    stage = np.where(lines.applied <= at, APPLIED, -1)
    decided = lines.decided <= at
    stage = np.where(decided, DECIDED, stage)
    return np.where(decided & (lines.outcome == AWARDED) & (lines.end_known <= at) & (lines.end < OPEN), ENDED, stage)


def known_end(lines: Lines, stage: np.ndarray) -> np.ndarray:
    """Give the last day of each line as known: what was awarded, until an earlier end is registered."""
    return np.where(stage == ENDED, lines.end, lines.planned_end)


def decision_number(wet: str, line: int) -> str:
    """Give the number of the decision on a line."""
    return f"B{FIRST_NUMBER[wet] + line}"


class Prices:
    """The price that was agreed when an award began, by product and month."""

    def __init__(self, seed: int, care: Catalog, events: Events) -> None:
        """Start with nothing looked up."""
        self._seed, self._care, self._events = seed, care, events
        self._known: dict[tuple[int, int], float] = {}

    def at(self, k: int, days: int) -> float:
        """Give the price of one unit of a product on a day."""
        month = int((EPOCH + np.timedelta64(days, "D")).astype("datetime64[M]").astype(int)) + 1970 * 12
        if (k, month) not in self._known:
            self._known[k, month] = price(self._seed, self._care, k, month // 12, month % 12 + 1, self._events)
        return self._known[k, month]


def referrers(seed: int, care: Catalog, lines: Lines) -> list[str]:
    """Give who sent the child, per line."""
    court = np.isin([care.products[k].categorie for k in lines.product], _COURT_PRODUCTS)
    draw = steady(seed, 81, lines.person, lines.applied)
    found = np.empty(len(lines), dtype=object)
    for rows, table in ((court, _COURT), (~court, REFERRERS)):
        edges = np.cumsum([share for _, share in table])[:-1]
        found[rows] = np.array([code for code, _ in table], dtype=object)[np.searchsorted(edges, draw[rows])]
    return found.tolist()


def versions(registration: Registration, persons: Identities, seed: int, events: Events) -> list[tuple[Record, ...]]:
    """Give every line in its three stages, by the names of the fields that a source reads."""
    care, lines = registration.care, registration.lines
    prices = Prices(seed, care, events)
    sent = referrers(seed, care, lines) if care.wet == "jeugd" else [None] * len(lines)
    columns = (lines.person, lines.product, lines.applied, lines.decided, lines.outcome, lines.start, lines.planned_end,
               lines.end, lines.reason, lines.volume, lines.pgb, lines.provider, registration.number)  # fmt: skip
    result: list[tuple[Record, ...]] = []
    for referrer, row in zip(sent, zip(*(c.tolist() for c in columns), strict=True), strict=True):
        person, k, applied, decided, outcome, start, planned, end, reason, volume, pgb, provider, number = row
        product = care.products[k]
        pending = _head(persons, person) | {
            "aanvraagdatum": date_of(applied), "productcategorie": product.categorie, "productcode": product.code,
            "omschrijving": product.naam, "verwijzer": referrer, "status": "In behandeling",
        }  # fmt: skip
        if outcome != AWARDED:
            closed = "Afgewezen" if outcome == DENIED else "Ingetrokken"
            done = pending | {"besluitdatum": date_of(decided), "besluit": BESLUIT[outcome], "status": closed}
            result.append((pending, done, done))
            continue
        active = pending | _award(product, volume, pgb, provider) | {
            "besluitdatum": date_of(decided), "besluit": BESLUIT[outcome], "status": "Actief",
            "beschikkingnummer": decision_number(care.wet, number), "ingangsdatum": date_of(start),
            "einddatum": date_of(planned), "tarief": prices.at(k, start),
        }  # fmt: skip
        ended = active | {"einddatum": date_of(end), "status": "Beëindigd", "reden_einde": f"{reason:02d}"}
        result.append((pending, active, ended))
    return result


def _head(persons: Identities, person: int) -> Record:
    who = persons.of(person)
    return {
        "clientnummer": who.clientnummer, "bsn": who.bsn or None, "naam": who.naam,
        "geboortedatum": who.geboortedatum.astype(dt.date), "postcode": who.postcode, "huisnummer": who.huisnummer,
        "wijk": who.wijk,
    }  # fmt: skip


def _award(product: Product, volume: float, pgb: bool, provider: int) -> Record:
    return {
        "leveringsvorm": "PGB" if pgb else "ZIN", "aanbieder": None if pgb else agb(product.aanbieders[provider]),
        "volume": volume, "eenheid": UNITS[product.eenheid], "frequentie": FREQUENCIES[product.frequentie],
    }  # fmt: skip
