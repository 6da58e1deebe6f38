"""One run of the municipality: from people to books."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from etl.sample.care import BURN_IN, Lines, simulate_care
from etl.sample.care_cost import monthly_cost
from etl.sample.events import Events, plan_events
from etl.sample.ledger import INWONERS, Ledger, keep_books
from etl.sample.people import People, populate, wijk_sizes
from etl.sample.streams import month_ends
from etl.sample.wmo_export import Registration, register_lines

#: The taakvelden of this ledger are known from here on.
FIRST_YEAR = 2017


@dataclass
class World:
    """Everything that happened, known and not yet known."""

    seed: int
    van: int
    peildatum: dt.date
    scale: float
    events: Events
    people: People
    lines: Lines
    registration: Registration
    ledger: Ledger

    def sightings(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Give who is in the care registrations since which day, for etl.sample.identity."""
        return [(self.registration.lines.person, self.registration.lines.applied)]


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
    lines = simulate_care(seed, people, van, peildatum.year, events, scale)
    years = range(van - 2, peildatum.year + 1)
    ledger = keep_books(seed, years, scale, monthly_cost(seed, lines, years), events)
    return World(seed, van, peildatum, scale, events, people, lines, register_lines(people, lines, van), ledger)
