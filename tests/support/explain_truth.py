"""What truly happened in a simulated municipality, cause by cause: from its people and its books."""

from __future__ import annotations

import numpy as np

from etl.sample.catalog import JEUGD, WMO
from etl.sample.people import day
from etl.sample.posts import POSTS
from etl.sample.simulation import World
from tests.support.explain_awards import spells_by_onderdeel

YEARS = 3


def true_euros(without: World, planted: World, onderdeel: str) -> np.ndarray:
    """Give what an event costs by month of the running year, in euros: care given in it and single bookings [12]."""
    own = _lasten(onderdeel)
    care = [w.ledger.cost[own, -1].sum(axis=0) for w in (without, planted)]
    single = np.zeros(12)
    for post, year, position, cents, what in planted.ledger.single:
        if post in own and what == "incidenteel" and year == len(planted.ledger.years) - 1:
            single[position] += cents
    return np.asarray((care[1] - care[0] + single) / 100)


def held_back(without: World, planted: World, onderdeel: str) -> np.ndarray:
    """Give what is not booked at the end of each month because a provider is late, in euros [12]."""
    own = _lasten(onderdeel)
    booked = [w.ledger.booked[own, -1, :12].sum(axis=0) for w in (without, planted)]
    return np.asarray(np.cumsum(booked[0] - booked[1]) / 100)


def elsewhere(without: World, planted: World, onderdeel: str) -> int:
    """Give the cents that any other onderdeel is booked differently; a pgb for the same care is no other one."""
    own = {onderdeel, "pgb_wmo" if onderdeel in WMO.onderdelen else "pgb_jeugd"}
    others = [i for i, p in enumerate(POSTS) if p.onderdeel not in own]
    return int(np.abs(planted.ledger.booked[others] - without.ledger.booked[others]).sum())


def other_causes(world: World, onderdeel: str) -> dict[str, float]:
    """Give the causes that move an onderdeel from last year to this one without any event, in euros of the whole year.

    Clients at the start of the year, new and ended ones, and the cost per client beyond the pace of the last half of
    last year; empty where no care stands behind it.
    """
    wet = "wmo" if onderdeel in WMO.onderdelen else "jeugd"
    care, lines = (WMO, world.lines["wmo"]) if wet == "wmo" else (JEUGD, world.lines["jeugd"])
    if onderdeel not in care.onderdelen:
        return {}
    begin, end = spells_by_onderdeel(care, lines, lines.end)[onderdeel]
    first = (world.peildatum.year - YEARS + 1) * 12
    ends = np.array([day((m + 1) // 12, (m + 1) % 12 + 1) - 1 for m in range(first - 1, first + YEARS * 12)])
    clients = np.searchsorted(begin, ends[1:], "right") - np.searchsorted(end, ends[1:], "left")
    new, ended = (np.diff(np.searchsorted(days, ends, "right")).reshape(YEARS, 12) for days in (begin, end))
    clients = clients.reshape(YEARS, 12)
    cost = world.ledger.cost[_lasten(onderdeel), -YEARS:].sum(axis=0) / 100
    year, stays, base = float(cost[-2].sum()), 12.0 - np.arange(12), float(clients[-2].sum())
    more, fewer = (float((stays * (of[-1] - of[-2])).sum()) / base * year for of in (new, ended))
    volume = float(np.log(clients[-1].sum() / clients[-2].sum())) * year
    each = cost / clients
    half = float(np.log(each[-2, 6:].mean() / each[-3, 6:].mean()))
    rise = (float(np.log(each[-1].mean() / each[-2].mean())) - half) * year
    return {"aantal": volume - more + fewer, "nieuw": more, "beeindigd": -fewer, "prijs": rise}


def _lasten(onderdeel: str) -> list[int]:
    return [i for i, p in enumerate(POSTS) if p.onderdeel == onderdeel and p.lasten_baten == "L"]
