"""What the registrations of care export: the whole state at every month end, as it was known on that day.

The Wmo changes from text to workbooks in April 2026. Youth care changes in June 2025 and once more in December: from
text to the JSON of another system, and from that to workbooks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.sample.events import Events
from etl.sample.exports import Planted
from etl.sample.identity import Identities
from etl.sample.layouts import Layout, layouts
from etl.sample.registration import Record, Registration, days_of, stages, versions
from etl.sample.slips import Slip, extra_lines, write_oddly
from etl.sample.streams import VOORBEELDDATA, month_ends
from indicators.core.settings import settings

TITLES = {"wmo": "Wmo-voorzieningen", "jeugd": "Jeugdhulp"}


@dataclass(frozen=True)
class Content:
    """What a registration writes: its lines in their stages, and the slips among them."""

    registration: Registration
    rows: list[tuple[Record, ...]]
    extra: dict[int, Slip]
    odd: dict[int, str]


def content_of(registration: Registration, persons: Identities, seed: int, events: Events) -> Content:
    """Give what a registration writes.

    Args:
        registration: The lines of one law.
        persons: Who they are about.
        seed: Seed of the sample.
        events: The planted events.
    """
    rows = versions(registration, persons, seed, events)
    extra = extra_lines(registration, rows, seed)
    return Content(registration, rows, extra, write_oddly(registration, rows, persons, seed))


@dataclass(frozen=True)
class Delivery:
    """What a delivery holds, for truth.json."""

    bron: str
    bestand: str
    gelezen: int
    geladen: int
    geweigerd: int
    buiten_bereik: int


def write_registration(
    out: Path, content: Content, van: int, peildatum: dt.date
) -> tuple[list[Delivery], list[Planted]]:
    """Write the whole state at every month end.

    Args:
        out: Folder of the source in the inbox.
        content: What to write.
        van: First year.
        peildatum: Last day that anything is known of.

    Returns:
        Of every file how many rows it has and what becomes of them, and the extra lines that were planted.
    """
    wet = content.registration.care.wet
    title = f"{TITLES[wet]} gemeente {settings().gemeente.naam} ({VOORBEELDDATA}, gesimuleerd)"
    deliveries: list[Delivery] = []
    planted: list[Planted] = []
    made: dict[str, dict[tuple[int, int], str]] = {}
    for date in month_ends(van, peildatum):
        out.mkdir(parents=True, exist_ok=True)
        layout = next(one for one in reversed(layouts(wet)) if one.since <= date)
        cache = made.setdefault(layout.name, {})
        body, slips = _shown(content, date, cache, layout.row)
        name = f"{wet}_{date:%Y-%m-%d}.{layout.suffix}"
        layout.write(out / name, f"{title} - peildatum {date:%d-%m-%Y}", date, body)
        refused = sum(slip.gevolg == "geweigerd" for _, slip in slips)
        outside = len(slips) - refused + layout.footers
        loaded = len(body) - len(slips)
        deliveries.append(Delivery(wet, name, len(body) + layout.footers, loaded, refused, outside))
        planted += [_planted(wet, name, layout, place, slip) for place, slip in slips]
    return deliveries, planted


def _planted(wet: str, name: str, layout: Layout, place: int, slip: Slip) -> Planted:
    return Planted(wet, name, "blad 1", place + layout.head + 1, slip.fout, slip.gevolg)


def _shown(
    content: Content, date: dt.date, made: dict[tuple[int, int], str], make: Callable[[Record], str]
) -> tuple[list[str], list[tuple[int, Slip]]]:
    """Give the rows of a delivery, and the place of every slip among them.

    Each line is made once per stage, since most do not change in a month.
    """
    today = days_of(date)
    body: list[str] = []
    slips: list[tuple[int, Slip]] = []
    for n, stage in enumerate(stages(content.registration.lines, today).tolist()):
        if stage < 0:
            continue
        if (n, stage) not in made:
            made[n, stage] = make(content.rows[n][stage])
        body.append(made[n, stage])
        slip = content.extra.get(n)
        if slip and slip.record is not None and slip.first <= today <= slip.last:
            slips.append((len(body), slip))
            body.append(make(slip.record))
    return body, slips
