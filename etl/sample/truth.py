"""truth.json: what really happened, for tests and judges; no part of the monitor may read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.care import AWARDED, DENIED, Lines
from etl.sample.care_cost import extra_share
from etl.sample.events import describe
from etl.sample.people import day
from etl.sample.posts import KOSTENPLAATS_PGB
from etl.sample.products import onderdelen
from etl.sample.simulation import World
from etl.sample.streams import VOORBEELDDATA, euros, month_ends
from etl.sample.wmo_export import days_of, known_end, stages

#: Spells of care with a gap of at most so many days are one.
MAX_GAP = 28


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
    found: dict[str, np.ndarray] = {}
    for i, post in enumerate(ledger.posts):
        if post.onderdeel and post.soort in ("wmo", "declaratie"):
            found[post.onderdeel] = found.get(post.onderdeel, 0) + ledger.cost[i]
    return [
        {"onderdeel": o, "maand": f"{year}-{m + 1:02d}-01", "kosten_eur": euros(cost[j, m])}
        for o, cost in sorted(found.items())
        for j, year in enumerate(ledger.years)
        for m in range(12)
        if year >= world.van
    ]


def spells(person: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Join the lines of each person into spells.

    Returns:
        Person, first day and last day of each spell.
    """
    order = np.lexsort((start, person))
    person, start, end = person[order], start[order], end[order]
    rows: list[list[int]] = []
    for p, s, e in zip(person.tolist(), start.tolist(), end.tolist(), strict=True):
        if rows and rows[-1][0] == p and s - rows[-1][2] - 1 <= MAX_GAP:
            rows[-1][2] = max(rows[-1][2], e)
        else:
            rows.append([p, s, e])
    table = np.array(rows, dtype=int).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _persons(person: np.ndarray, rows: np.ndarray) -> int:
    return len(np.unique(person[rows]))


def wmo_counts(world: World, lines: Lines, end: np.ndarray, decided: np.ndarray) -> list[dict[str, Any]]:
    """Count per month and onderdeel for the whole gemeente, as the monitor defines it.

    Args:
        world: The world.
        lines: Lines to count.
        end: Last day of each line.
        decided: Whether the decision on a line counts.

    Returns:
        Rows with maand, onderdeel ('totaal': unique persons), maat and aantal; 0 is left out.
    """
    onderdeel = np.array(onderdelen())[lines.product]
    awarded = decided & (lines.outcome == AWARDED)
    denied = decided & (lines.outcome == DENIED)
    rows = []
    for name in ["totaal", *sorted(set(onderdelen()))]:
        mine = np.full(len(lines), True) if name == "totaal" else onderdeel == name
        care = awarded & mine
        person, first, last = spells(lines.person[care], lines.start[care], end[care])
        for date in month_ends(world.van, world.peildatum):
            begin, until = day(date.year, date.month), days_of(date)
            in_month = (lines.decided >= begin) & (lines.decided <= until) & mine
            counts = {
                "aanvraag": int(((lines.applied >= begin) & (lines.applied <= until) & mine).sum()),
                "toekenning": int((in_month & awarded).sum()),
                "afwijzing": int((in_month & denied).sum()),
                "instroom": _persons(person, (first >= begin) & (first <= until)),
                "uitstroom": _persons(person, (last >= begin) & (last <= until)),
                "stand": _persons(person, (first <= until) & (last >= until)),
            }
            month = f"{date:%Y-%m}-01"
            rows += [{"maand": month, "onderdeel": name, "maat": m, "aantal": n} for m, n in counts.items() if n]
    return rows


def _effects(world: World) -> list[dict[str, Any]]:
    """Add to every planted event what it does to the books, in euros."""
    ledger, events = world.ledger, world.events
    planted = describe(events)
    here = range(world.van, world.peildatum.year + 1)
    by_year = {y: y - ledger.years.start for y in here}
    own = [
        i for i, p in enumerate(ledger.posts) if p.onderdeel == events.tariff[0] and p.soort in ("wmo", "declaratie")
    ]
    factor = events.tariff_factor(events.tariff[0], ledger.years)
    step = (ledger.cost[own].sum(axis=0) * (1 - 1 / factor)).sum(axis=1)
    planted[0]["effect_eur"] = {y: euros(round(step[j])) for y, j in by_year.items() if step[j] >= 1}
    extra = extra_share(world.seed, world.lines, ledger.years)
    kind = np.sum([v for k, v in extra.items() if k != KOSTENPLAATS_PGB], axis=(0, 2))
    planted[1]["effect_eur"] = {y: round(float(kind[j]), 2) for y, j in by_year.items() if kind[j] >= 1}
    planted[1]["effect_pgb_wmo_eur"] = {
        y: round(float(extra[KOSTENPLAATS_PGB][j].sum()), 2) for y, j in by_year.items() if kind[j] >= 1
    }
    month = sum(d.year == world.peildatum.year for d in month_ends(world.van, world.peildatum))
    late = [i for i, p in enumerate(ledger.posts) if p.onderdeel == events.late[0]]
    behind = ledger.unplanted[late, -1, :month].sum()
    planted[2]["nog_niet_geboekt_op_peildatum_eur"] = euros(behind)
    for found, (_, when, eur) in zip(planted[3:], events.items, strict=True):
        found["effect_eur"] = {when.year: round(eur * world.scale, 2)}
    return [p for p in planted if int(p["sinds"][:4]) in here]


def write_truth(path: Path, world: World) -> None:
    """Write truth.json.

    Args:
        path: File to write.
        world: What happened.
    """
    lines = world.registration.lines
    stage = stages(lines, days_of(month_ends(world.van, world.peildatum)[-1]))
    seen, shown = lines.take(stage >= 0), stage[stage >= 0]
    truth = {
        "label": f"{VOORBEELDDATA}: gesimuleerd, geen echte personen of bedragen",
        "seed": world.seed,
        "van": world.van,
        "peildatum": world.peildatum.isoformat(),
        "uitkomsten": outturns(world),
        "zorgkosten_per_maand": care_months(world),
        "wmo_werkelijk": wmo_counts(world, lines, lines.end, np.full(len(lines), True)),
        "wmo_bekend_op_peildatum": wmo_counts(world, seen, known_end(seen, shown), shown > 0),
        "gebeurtenissen": _effects(world),
    }
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
