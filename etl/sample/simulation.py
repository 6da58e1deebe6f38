"""One run of the municipality: from people to books."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from etl.sample.care import BURN_IN, Lines, simulate_care
from etl.sample.catalog import JEUGD, WMO
from etl.sample.events import Events, plan_events
from etl.sample.ledger import INWONERS, Ledger, keep_books
from etl.sample.people import People, populate, wijk_sizes
from etl.sample.registration import Registration, register_lines
from etl.sample.streams import month_ends

#: The taakvelden of this ledger are known from here on.
FIRST_YEAR = 2017
#: Youth care, and declarations of all care, are exported from this year on.
LATER = 2023


@dataclass
class World:
    """Everything that happened, known and not yet known."""

    seed: int
    van: int
    peildatum: dt.date
    scale: float
    events: Events
    people: People
    lines: dict[str, Lines]
    registrations: tuple[Registration, ...]
    ledger: Ledger

    @property
    def first_declared(self) -> int:
        """Give the first year of which declarations are exported."""
        return max(self.van, LATER)

    @property
    def last_month(self) -> int:
        """Give the last month that is over at the peildatum, as year * 12 + month - 1."""
        last = month_ends(self.van, self.peildatum)[-1]
        return last.year * 12 + last.month - 1

    def first_year(self, wet: str) -> int:
        """Give the first year of which a registration is exported."""
        return self.van if wet == "wmo" else max(self.van, LATER)

    def sightings(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Give who is in the care registrations since which day, for etl.sample.identity."""
        return [(r.lines.person, r.lines.applied) for r in self.registrations]


def simulate(seed: int, van: int, peildatum: dt.date, inwoners: int = INWONERS) -> World:
    """Simulate up to the end of the peildatum's year, and the invoices that come in until June after it.

    Args:
        seed: Seed.
        van: First exported year.
        peildatum: Last day that anything is known of.
        inwoners: Size of the municipality.

    Returns:
        The world; exports show of it what was known on their day.

    Raises:
        ValueError: When the years cannot be simulated (message in Dutch).
    """
    if not FIRST_YEAR <= van <= peildatum.year:
        raise ValueError(f"Het beginjaar moet liggen tussen {FIRST_YEAR} en het jaar van de peildatum, niet {van}.")
    if not month_ends(van, peildatum):
        raise ValueError(f"Tussen 1 januari {van} en de peildatum {peildatum:%d-%m-%Y} ligt geen hele maand.")
    scale = inwoners / INWONERS
    events = plan_events(seed, wijk_sizes(inwoners))
    people = populate(seed, inwoners, van - BURN_IN, peildatum.year)
    lines = {c.wet: simulate_care(seed, people, c, van, peildatum.year, events, scale) for c in (WMO, JEUGD)}
    years = range(van - 2, peildatum.year + 1)
    ledger = keep_books(seed, years, scale, lines, events)
    world = World(seed, van, peildatum, scale, events, people, lines, (), ledger)
    world.registrations = tuple(
        register_lines(people, care, lines[care.wet], world.first_year(care.wet)) for care in (WMO, JEUGD)
    )
    return world
