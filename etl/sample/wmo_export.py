"""What the Wmo registration would export: the whole state at every month end, as it was known on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from etl.sample.care import AWARDED, DENIED, OPEN, Lines
from etl.sample.care_cost import tariff
from etl.sample.events import Events
from etl.sample.identity import Identities
from etl.sample.people import EPOCH, People, day
from etl.sample.plain_xlsx import CellValue, row_xml, write_workbook
from etl.sample.products import PRODUCTS, onderdelen
from etl.sample.streams import VOORBEELDDATA, month_ends
from indicators.core.settings import settings

HEADER = (
    "Clientnummer", "BSN", "Naam", "Geboortedatum", "Postcode", "Huisnummer", "Wijkcode", "Aanvraagdatum",
    "Besluitdatum", "Besluit", "Beschikkingnummer", "Productcategorie", "Productcode", "Omschrijving", "Ingangsdatum",
    "Einddatum", "Leveringsvorm", "Aanbieder", "Volume", "Eenheid", "Frequentie", "Tarief", "Status",
    "Reden beeindiging",
)  # fmt: skip
BESLUIT = {0: "Toegekend", 1: "Afgewezen", 2: "Ingetrokken"}
#: From this day on deliveries are workbooks, before it text: the registration was replaced.
NEW_SYSTEM = dt.date(2026, 4, 1)
#: What a line shows: applied for, decided, ended.
APPLIED, DECIDED, ENDED = 0, 1, 2


@dataclass
class Registration:
    """The lines that the registration still holds, and the people they are about."""

    lines: Lines
    people: People


def days_of(date: dt.date) -> int:
    """Give a date as days since 1970-01-01."""
    return day(date.year, date.month, date.day)


def register_lines(people: People, lines: Lines, van: int) -> Registration:
    """Leave out what ended before December of the year before `van`."""
    since = day(van - 1, 12)
    last = np.where(lines.outcome == AWARDED, lines.end, lines.decided)
    return Registration(lines.take(last >= since), people)


def stages(lines: Lines, at: int) -> np.ndarray:
    """Give what each line shows on a day: APPLIED, DECIDED or ENDED; -1 when it is not there yet."""
    stage = np.where(lines.applied <= at, APPLIED, -1)
    decided = lines.decided <= at
    stage = np.where(decided, DECIDED, stage)
    return np.where(decided & (lines.outcome == AWARDED) & (lines.end_known <= at) & (lines.end < OPEN), ENDED, stage)


def known_end(lines: Lines, stage: np.ndarray) -> np.ndarray:
    """Give the last day of each line as known: what was awarded, until an earlier end is registered."""
    return np.where(stage == ENDED, lines.end, lines.planned_end)


def _date(days: int) -> dt.date | None:
    return None if days >= OPEN else (EPOCH + np.timedelta64(days, "D")).astype(dt.date)


def _price(seed: int, k: int, start: int, events: Events, cache: dict[tuple[int, int], float]) -> float:
    year = int((EPOCH + np.timedelta64(start, "D")).astype("datetime64[Y]").astype(int)) + 1970
    if (k, year) not in cache:
        cache[k, year] = tariff(seed, k, year)
    onderdeel, since, step = events.tariff
    factor = step if onderdelen()[k] == onderdeel and start >= days_of(since) else 1.0
    return round(cache[k, year] * factor, 4)


def versions(
    registration: Registration, persons: Identities, seed: int, events: Events
) -> list[tuple[list[CellValue], ...]]:
    """Give every line in its three stages, as cells in the order of HEADER."""
    lines = registration.lines
    cache: dict[tuple[int, int], float] = {}
    result: list[tuple[list[CellValue], ...]] = []
    columns = (lines.person, lines.product, lines.applied, lines.decided, lines.outcome, lines.start, lines.planned_end,
               lines.end, lines.reason, lines.volume, lines.pgb, lines.provider)  # fmt: skip
    for n, row in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        person, k, applied, decided, outcome, start, planned, end, reason, volume, pgb, provider = row
        who, product = persons.of(person), PRODUCTS[k]
        head: list[CellValue] = [
            who.clientnummer, who.bsn, who.naam, who.geboortedatum.astype(dt.date), who.postcode, who.huisnummer,
            who.wijk, _date(applied),
        ]  # fmt: skip
        what: list[CellValue] = [product.categorie, product.code, product.naam]
        blank: list[CellValue] = [None] * 8
        pending = [*head, None, None, None, *what, *blank, "In behandeling", None]
        if outcome != AWARDED:
            closed = "Afgewezen" if outcome == DENIED else "Ingetrokken"
            done = [*head, _date(decided), BESLUIT[outcome], None, *what, *blank, closed, None]
            result.append((pending, done, done))
            continue
        choice = [*head, _date(decided), BESLUIT[outcome], f"B{200_000 + n}", *what]
        supplier = None if pgb else product.aanbieders[provider]
        amount = [volume, product.eenheid, product.frequentie, _price(seed, k, start, events, cache)]
        tail = ["PGB" if pgb else "ZIN", supplier, *amount]
        active = [*choice, _date(start), _date(planned), *tail, "Actief", None]
        ended = [*choice, _date(start), _date(end), *tail, "Beëindigd", f"{reason:02d}"]
        result.append((pending, active, ended))
    return result


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def write_wmo(
    out: Path, registration: Registration, persons: Identities, seed: int, events: Events, van: int, peildatum: dt.date
) -> None:
    """Write the whole state at every month end.

    Args:
        out: Folder wmo of the inbox.
        registration: The lines.
        persons: Who they are about.
        seed: Seed of the sample.
        events: The planted events.
        van: First year.
        peildatum: Last day that anything is known of.
    """
    out.mkdir(parents=True, exist_ok=True)
    rows = versions(registration, persons, seed, events)
    title = f"Wmo-voorzieningen gemeente {settings().gemeente.naam} ({VOORBEELDDATA}, gesimuleerd)"
    ends = month_ends(van, peildatum)
    texts: dict[tuple[int, int], str] = {}
    for date in (d for d in ends if d < NEW_SYSTEM):
        head = [f"{title} - peildatum {date:%d-%m-%Y}", ";".join(HEADER)]
        body = _shown(registration, date, texts, lambda n, s: ";".join(map(_text, rows[n][s])))
        path = out / f"wmo_{date:%Y-%m-%d}.csv"
        path.write_text("\r\n".join([*head, *body]) + "\r\n", encoding="utf-8-sig", newline="")
    cells: dict[tuple[int, int], str] = {}
    for date in (d for d in ends if d >= NEW_SYSTEM):
        head = [row_xml([f"{title} - peildatum {date:%d-%m-%Y}"]), row_xml([]), row_xml(list(HEADER))]
        body = _shown(registration, date, cells, lambda n, s: row_xml(rows[n][s]))
        write_workbook(out / f"wmo_{date:%Y-%m-%d}.xlsx", VOORBEELDDATA, [*head, *body])


def _shown(
    registration: Registration, date: dt.date, made: dict[tuple[int, int], str], make: Callable[[int, int], str]
) -> list[str]:
    """Give the rows that a delivery shows; each line is made once per stage, since most do not change in a month."""
    keys = [(n, s) for n, s in enumerate(stages(registration.lines, days_of(date)).tolist()) if s >= 0]
    for key in keys:
        if key not in made:
            made[key] = make(*key)
    return [made[key] for key in keys]
