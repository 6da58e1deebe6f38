"""truth.json: what really happened, for tests and judges; no part of the monitor may read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.catalog import WMO
from etl.sample.events import describe
from etl.sample.exports import Planted
from etl.sample.layouts import layouts
from etl.sample.ledger import DECLARED
from etl.sample.registration_export import Delivery
from etl.sample.simulation import World
from etl.sample.streams import VOORBEELDDATA, euros, month_ends
from etl.sample.truth_counts import care_counts
from etl.sample.truth_money import care_months, declared, outturns


def _effects(world: World) -> list[dict[str, Any]]:
    """Add to every planted event what it does to the books, in euros."""
    ledger, events = world.ledger, world.events
    planted = describe(events)
    here = range(world.van, world.peildatum.year + 1)
    by_year = {y: y - ledger.years.start for y in here}
    kinds = (*DECLARED, "declaratie")
    own = [i for i, p in enumerate(ledger.posts) if p.onderdeel == events.tariff[0] and p.soort in kinds]
    factor = events.tariff_factor(events.tariff[0], ledger.years)
    step = (ledger.cost[own].sum(axis=0) * (1 - 1 / factor)).sum(axis=1)
    planted[0]["effect_eur"] = {y: euros(round(step[j])) for y, j in by_year.items() if step[j] >= 1}
    kind, pgb = _extra_cost(world)
    planted[1]["effect_eur"] = {y: euros(kind[j]) for y, j in by_year.items() if kind[j] >= 1}
    planted[1]["effect_pgb_wmo_eur"] = {y: euros(pgb[j]) for y, j in by_year.items() if kind[j] >= 1}
    month = sum(d.year == world.peildatum.year for d in month_ends(world.van, world.peildatum))
    late = [i for i, p in enumerate(ledger.posts) if p.onderdeel == events.late[0]]
    behind = ledger.unplanted[late, -1, :month].sum()
    planted[2]["nog_niet_geboekt_op_peildatum_eur"] = euros(behind)
    for found, (_, when, eur) in zip(planted[3:], events.items, strict=False):
        found["effect_eur"] = {when.year: round(eur * world.scale, 2)}
    moved = [cents for *_, cents, what in ledger.single if what == "verkeerd geboekt"]
    planted[5]["effect_eur"] = euros(max(moved, default=0))
    planted += [
        {"soort": "exportwijziging", "bron": r.care.wet, "sinds": one.since.isoformat(), "vorm": one.suffix}
        for r in world.registrations for one in layouts(r.care.wet)[1:]
    ]  # fmt: skip
    last = world.peildatum.isoformat()
    return [
        p for p in planted
        if int(p["sinds"][:4]) in here and (p["soort"] != "exportwijziging" or p["sinds"] <= last)
    ]  # fmt: skip


def _extra_cost(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Give what the planted rise of the inflow costs per year, in cents: in kind and as a pgb."""
    ledger = world.ledger
    lines = ledger.declarations["wmo"]
    lines = lines.take(world.lines["wmo"].extra[lines.line])
    pgb = lines.row == ledger.pgb_row(WMO)
    years = lines.month // 12 - ledger.years.start
    found = np.zeros((2, len(ledger.years)), dtype=np.int64)
    np.add.at(found, (pgb.astype(int), years), lines.cents)
    return found[0], found[1]


def write_truth(
    path: Path,
    world: World,
    deliveries: Iterable[Delivery] = (),
    planted: Iterable[Planted] = (),
    more: dict[str, Any] | None = None,
) -> None:
    """Write truth.json.

    Args:
        path: File to write.
        world: What happened.
        deliveries: Rows of every file, and what becomes of them.
        planted: Mistakes put in on purpose.
        more: What other parts of the municipality know to be true, by key.
    """
    counted: dict[str, Any] = {}
    for registration in world.registrations:
        counted |= care_counts(registration, world.first_year(registration.care.wet), world.peildatum)
    truth = {
        "label": f"{VOORBEELDDATA}: gesimuleerd, geen echte personen of bedragen",
        "seed": world.seed,
        "van": world.van,
        "peildatum": world.peildatum.isoformat(),
        "uitkomsten": outturns(world),
        "zorgkosten_per_maand": care_months(world),
        **counted,
        "declaraties": declared(world),
        "gebeurtenissen": _effects(world),
        "regels": [asdict(d) for d in deliveries],
        "fouten": [p.as_dict() for p in planted],
        **(more or {}),
    }
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
