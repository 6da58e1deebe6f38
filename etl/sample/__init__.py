"""The synthetic municipality: people, care, invoices and a ledger, and what the real systems would export of them.

It simulates the process and not the forecast's view of it; nothing here is shared with indicators/forecast.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
    from etl.sample.declaration_export import write_declarations
    from etl.sample.identity import identify
    from etl.sample.journal import write_journal
    from etl.sample.k2f_export import write_k2f
    from etl.sample.registration_export import Delivery, content_of, write_registration
    from etl.sample.support import simulate_support, write_support
    from etl.sample.truth import write_truth

    world = simulate(seed, van, peildatum, inwoners)
    # Everyone who is in any source, the income side too: who is in two of them has one BSN in both. A source draws its
    # persons from world.people, adds (person, first day) of every line here, and writes `persons.of(person, system)`.
    support = simulate_support(world)
    persons = identify(seed, world.people, [*world.sightings(), *support.sightings()])
    write_k2f(out / "k2f", world.ledger, seed, van, peildatum)
    journal = write_journal(out / "k2f", world.ledger, peildatum)
    deliveries, planted, odd = [], [], []
    for registration in world.registrations:
        wet = registration.care.wet
        content = content_of(registration, persons, seed, world.events)
        files, slips = write_registration(out / wet, content, world.first_year(wet), peildatum)
        declared, wrong = write_declarations(out / wet, world, registration.care, persons)
        deliveries += files + declared
        planted += slips + wrong
        odd += [{"bron": wet, "fout": what, "regels": n} for what, n in sorted(Counter(content.odd.values()).items())]
    facts, log = write_support(out, world, support, persons)
    deliveries, planted = [*deliveries, *(Delivery(*row) for row in log.counts())], [*planted, *log.planted]
    write_truth(
        out / "truth.json", world, deliveries, planted, {"journaal": journal, "afwijkend_geschreven": odd, **facts}
    )
    write_cbs(out / "cbs", seed, peildatum, inwoners)
