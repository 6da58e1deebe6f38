"""The simulated municipality with and without one planted event: everything else is the same to the cent.

The event is put in here and not by the generator, so that any onderdeel, month and size can be asked for, and the kinds
that the generator does not plant (fewer clients leave, heavier care) too.
"""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from etl.sample.care import AWARDED, BURN_IN, WITHDRAWN, Lines, simulate_care
from etl.sample.catalog import JEUGD, WMO
from etl.sample.events import Events
from etl.sample.households import steady
from etl.sample.ledger import INWONERS, keep_books
from etl.sample.people import OPEN, People, populate
from etl.sample.registration import days_of, register_lines
from etl.sample.simulation import World

#: What is planted -> the cause of the explanation that says so.
CAUSES = {
    "tariefstap": "prijs",
    "instroomstijging": "nieuw",
    "late_aanbieder": "nog_te_ontvangen",
    "incidentele_post": "incidenteel",
    "minder_uitstroom": "beeindigd",
    "zwaardere_zorg": "duur",
}
#: Whoever would have left stays so many days longer.
STAYS = 400
_LONG_AGO = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Plant:
    """An event: what, where, from which month, and how large.

    Attributes:
        maat: Factor on the price (tariefstap), on the applications (instroomstijging), on the lag of the provider
            (late_aanbieder) or on the hours of what begins or is renewed (zwaardere_zorg); euros (incidentele_post);
            part of those who would leave that stays (minder_uitstroom).
    """

    soort: str
    onderdeel: str
    sinds: dt.date
    maat: float


@dataclass(frozen=True)
class _Events(Events):
    """Events of which a late one takes all providers of its onderdeel but the last."""

    def late_rows(self, onderdelen: list[str | None], years: range) -> dict[int, np.ndarray]:
        first = super().late_rows(onderdelen, years)
        rows = [i for i, o in enumerate(onderdelen) if o == self.late[0]]
        return dict.fromkeys(rows[:1], next(iter(first.values()))) if first else {}


class Gemeente:
    """One municipality, simulated once without events; `without` and `with_event` give its world and a planted one."""

    def __init__(self, seed: int, peildatum: dt.date = dt.date(2026, 9, 30), van: int = 2019) -> None:
        """Simulate the municipality."""
        self.seed, self.van, self.peildatum = seed, van, peildatum
        self.people = populate(seed, INWONERS, van - BURN_IN, peildatum.year)
        self.lines = {care.wet: self._care(care.wet, _quiet()) for care in (WMO, JEUGD)}
        self.without = self._world(self.lines, _quiet())

    def pair(self, plant: Plant) -> tuple[World, World]:
        """Give the world without and with an event; of new clients also the world without knows who they would be."""
        events, lines = _quiet(), dict(self.lines)
        wet = "wmo" if plant.onderdeel in WMO.onderdelen else "jeugd"
        if plant.soort == "tariefstap":
            events = replace(events, tariff=(plant.onderdeel, plant.sinds, plant.maat))
        elif plant.soort == "late_aanbieder":
            events = replace(events, late=(plant.onderdeel, plant.sinds, plant.maat))
        elif plant.soort == "incidentele_post":
            events = replace(events, items=((plant.onderdeel, plant.sinds, plant.maat),))
        elif plant.soort == "instroomstijging":
            rise = (plant.onderdeel, plant.sinds, plant.maat, tuple(self.people.wijken))
            lines[wet] = self._care(wet, replace(events, inflow=rise))
            # Applications of later years follow from who has care: without the rise its clients withdraw instead.
            none = copy(lines[wet])
            none.outcome = np.where(none.extra, WITHDRAWN, none.outcome)
            return self._world({**lines, wet: none}, events), self._world(lines, events)
        elif plant.soort == "minder_uitstroom":
            lines[wet] = _stay(self.seed, lines[wet], self._mine(wet, plant), plant, self.people)
        elif plant.soort == "zwaardere_zorg":
            heavier = copy(lines[wet])
            begins = self._mine(wet, plant) & (heavier.start >= days_of(plant.sinds))
            heavier.volume = np.where(begins, heavier.volume * plant.maat, heavier.volume)
            lines[wet] = heavier
        else:
            raise ValueError(plant.soort)
        return self.without, self._world(lines, events)

    def _mine(self, wet: str, plant: Plant) -> np.ndarray:
        care = WMO if wet == "wmo" else JEUGD
        return np.array(care.onderdelen, dtype=object)[self.lines[wet].product] == plant.onderdeel

    def _care(self, wet: str, events: Events) -> Lines:
        care = WMO if wet == "wmo" else JEUGD
        return simulate_care(self.seed, self.people, care, self.van, self.peildatum.year, events, 1.0)

    def _world(self, lines: dict[str, Lines], events: Events) -> World:
        years = range(self.van - 2, self.peildatum.year + 1)
        ledger = keep_books(self.seed, years, 1.0, lines, events)
        world = World(self.seed, self.van, self.peildatum, 1.0, events, self.people, lines, (), ledger)
        world.registrations = tuple(
            register_lines(self.people, care, lines[care.wet], world.first_year(care.wet)) for care in (WMO, JEUGD)
        )
        return world


def _quiet() -> _Events:
    nothing = ("", _LONG_AGO, 1.0)
    return _Events(nothing, (*nothing, ()), nothing, (), ("00671301", "00681101", _LONG_AGO, _LONG_AGO))


def _stay(seed: int, lines: Lines, mine: np.ndarray, plant: Plant, people: People) -> Lines:
    """Let a part of those who would leave from a day on stay: no other line of theirs follows within two months."""
    kept = copy(lines)
    rows = np.flatnonzero(mine & (lines.outcome == AWARDED) & (lines.start < OPEN))
    rows = rows[np.lexsort((lines.start[rows], lines.person[rows]))]
    person, start = lines.person[rows], lines.start[rows]
    follows = np.zeros(len(rows), dtype=bool)
    follows[:-1] = (person[1:] == person[:-1]) & (start[1:] <= lines.end[rows][:-1] + 60)
    end = lines.end[rows]
    chosen = (end >= days_of(plant.sinds)) & (end < OPEN - STAYS) & ~follows
    chosen &= end < np.minimum(people.leaves[person], OPEN)
    chosen &= steady(seed, 171, person, end) < plant.maat
    at = rows[chosen]
    kept.end, kept.planned_end, kept.end_known = lines.end.copy(), lines.planned_end.copy(), lines.end_known.copy()
    kept.end[at] += STAYS
    kept.planned_end[at] = kept.end_known[at] = kept.end[at]
    return kept
