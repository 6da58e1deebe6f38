"""The synthetic municipality: people, care, invoices and a ledger, and what the real systems would export of them.

It simulates the process and not the forecast's view of it; nothing here is shared with indicators/forecast.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from etl.sample.ledger import INWONERS
from etl.sample.simulation import simulate


def write_sample(out: Path, seed: int = 1, van: int = 2019, *, peildatum: dt.date, inwoners: int = INWONERS) -> None:
    """Write every export of the synthetic municipality, month by month, and truth.json.

    Args:
        out: Folder that gets one folder per source.
        seed: Everything follows from it: the same seed gives the same bytes.
        van: First boekjaar that is exported.
        peildatum: Last day that anything is known of; deliveries are of month ends.
        inwoners: Size of the municipality.

    Raises:
        ValueError: When the years cannot be simulated (message in Dutch).
    """
    from etl.sample.cbs import write_cbs
    from etl.sample.identity import identify
    from etl.sample.k2f_export import write_k2f
    from etl.sample.truth import write_truth
    from etl.sample.wmo_export import write_wmo

    world = simulate(seed, van, peildatum, inwoners)
    # Everyone who is in any source, the income side too: who is in two of them has one BSN in both. A source draws its
    # persons from world.people, adds (person, first day) of every line here, and writes `persons.of(person, system)`.
    persons = identify(seed, world.people, world.sightings())
    write_k2f(out / "k2f", world.ledger, van, peildatum)
    write_wmo(out / "wmo", world.registration, persons, seed, world.events, van, peildatum)
    write_truth(out / "truth.json", world)
    write_cbs(out / "cbs", seed, peildatum)
