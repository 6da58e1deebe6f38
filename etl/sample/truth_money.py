"""True money: outturns, cost per month of care, and what was declared when."""

from __future__ import annotations

from typing import Any

import numpy as np

from etl.sample.ledger import DECLARED
from etl.sample.people import day
from etl.sample.registration import days_of
from etl.sample.simulation import World
from etl.sample.streams import euros


def outturns(world: World) -> list[dict[str, Any]]:
    """Give the outturn per onderdeel, side and boekjaar, in euros; the running year as it will end."""
    ledger = world.ledger
    found: dict[tuple[int, str, str], int] = {}
    for i, post in enumerate(ledger.posts):
        for year in range(world.van, world.peildatum.year + 1):
            if post.onderdeel:
                key = (year, post.onderdeel, post.lasten_baten)
                found[key] = found.get(key, 0) + int(ledger.stand(year, 18)[i])
    return [
        {"boekjaar": y, "onderdeel": o, "lasten_baten": lb, "uitkomst_eur": euros(cents),
         "afgesloten": days_of(world.peildatum) >= day(y + 1, 6, 30)}
        for (y, o, lb), cents in sorted(found.items())
    ]  # fmt: skip


def care_months(world: World) -> list[dict[str, Any]]:
    """Give the cost per month of care of every onderdeel that is invoiced, in euros."""
    ledger = world.ledger
    all_cost = ledger.cost
    found: dict[str, np.ndarray] = {}
    for i, post in enumerate(ledger.posts):
        if post.onderdeel and post.soort in (*DECLARED, "declaratie"):
            found[post.onderdeel] = found.get(post.onderdeel, 0) + all_cost[i]
    return [
        {"onderdeel": o, "maand": f"{year}-{m + 1:02d}-01", "kosten_eur": euros(cost[j, m])}
        for o, cost in sorted(found.items())
        for j, year in enumerate(ledger.years)
        for m in range(12)
        if year >= world.van
    ]


def month_text(month: int) -> str:
    """Give a month counted as year * 12 + month - 1 as its first day."""
    return f"{month // 12}-{month % 12 + 1:02d}-01"


def declared(world: World) -> list[dict[str, Any]]:
    """Add up the declarations in kind that came in from the first file up to the peildatum.

    Returns:
        Per wet, onderdeel, prestatiemaand and ontvangstmaand: regels and bedrag_eur.
    """
    ledger, found = world.ledger, []
    first, last = world.first_declared * 12, world.last_month
    for registration in world.registrations:
        care = registration.care
        lines = ledger.declarations[care.wet]
        lines = lines.take((lines.row != ledger.pgb_row(care)) & (lines.received >= first) & (lines.received <= last))
        product = world.lines[care.wet].product[lines.line]
        onderdeel = care.onderdeel(product, np.zeros(len(lines), dtype=bool))
        for name in sorted(set(onderdeel.tolist())):
            mine = lines.take(onderdeel == name)
            keys, place = np.unique(np.stack([mine.month, mine.received]), axis=1, return_inverse=True)
            cents = np.zeros(keys.shape[1], dtype=np.int64)
            np.add.at(cents, place, mine.cents)
            for (month, received), total, count in zip(keys.T.tolist(), cents, np.bincount(place), strict=True):
                found.append({
                    "wet": care.wet, "onderdeel": name, "prestatiemaand": month_text(month),
                    "ontvangstmaand": month_text(received), "regels": int(count), "bedrag_eur": euros(int(total)),
                })  # fmt: skip
    return found
