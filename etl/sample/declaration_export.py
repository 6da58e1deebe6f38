"""What comes in from providers: the declarations of each month, as the administration exports them."""

from __future__ import annotations

import calendar
import datetime as dt
import zlib
from pathlib import Path

import numpy as np

from etl.sample.catalog import Catalog
from etl.sample.declarations import CREDIT, Declarations
from etl.sample.exports import Planted
from etl.sample.households import steady
from etl.sample.identity import Identities
from etl.sample.providers import agb
from etl.sample.registration import UNITS, decision_number
from etl.sample.registration_export import TITLES, Delivery
from etl.sample.simulation import World
from etl.sample.streams import VOORBEELDDATA, month_ends
from indicators.core.settings import settings

HEADER = (
    "Declaratienummer", "Clientnummer", "BSN", "Toewijzingnummer", "Productcategorie", "Productcode", "Leveringsvorm",
    "Aanbieder", "Begin periode", "Einde periode", "Volume", "Eenheid", "Bedrag (eurocent)", "Debet/credit",
    "Ontvangen op",
)  # fmt: skip
#: Rows above the first line, and below the last.
HEAD, FOOTERS = 2, 1


#: Share of the lines behind which a wrong one is planted, by what is wrong with it.
SLIPS = (("dubbele declaratieregel", 0.0004), ("periode eindigt voor zij begint", 0.0004))


def write_declarations(
    out: Path, world: World, care: Catalog, persons: Identities
) -> tuple[list[Delivery], list[Planted]]:
    """Write what came in, one file a month with that month's new lines.

    Args:
        out: Folder of the source in the inbox.
        world: What happened.
        care: The law.
        persons: Who the lines are about.

    Returns:
        Of every file how many rows it has and what becomes of them, and the wrong lines that were planted.
    """
    lines = world.ledger.declarations[care.wet]
    lines = lines.take(lines.row != world.ledger.pgb_row(care))
    title = f"Declaraties {TITLES[care.wet]} gemeente {settings().gemeente.naam} ({VOORBEELDDATA}, gesimuleerd)"
    deliveries: list[Delivery] = []
    planted: list[Planted] = []
    for date in month_ends(world.first_declared, world.peildatum):
        out.mkdir(parents=True, exist_ok=True)
        month = date.year * 12 + date.month - 1
        mine = lines.take(np.flatnonzero(lines.received == month))
        rows, wrong = _with_slips(_rows(mine, world, care, persons, month))
        name = f"declaraties_{date:%Y-%m-%d}.csv"
        head = [f"{title} - ontvangen in {date:%m-%Y}", ";".join(HEADER)]
        text = "\r\n".join([*head, *rows, f"Aantal regels: {len(rows)}"])
        (out / name).write_text(text + "\r\n", encoding="utf-8-sig", newline="")
        loaded = len(rows) - len(wrong)
        deliveries.append(Delivery(care.wet, name, len(rows) + FOOTERS, loaded, len(wrong), FOOTERS))
        planted += [Planted(care.wet, name, "blad 1", HEAD + n, fout, "geweigerd") for n, fout in wrong]
    if deliveries:
        _write_mapping(out / "mapping.toml")
    return deliveries, planted


def _rows(lines: Declarations, world: World, care: Catalog, persons: Identities, month: int) -> list[str]:
    """Write the lines of one month, in the order in which they came in."""
    registered = world.lines[care.wet]
    of = lines.line
    first, last = _period(lines, registered.start[of], registered.end[of])
    days = calendar.monthrange(month // 12, month % 12 + 1)[1]
    # A provider sends its declarations of a month on one day; what is put right comes on its own day.
    sender = np.where(lines.kind >= CREDIT, 1000 + lines.line, lines.row)
    day = 3 + (steady(world.seed, 91, sender, month) * (days - 3)).astype(int)
    order = np.lexsort((lines.kind, lines.month, lines.line, day))
    columns = (lines.line, lines.month, lines.volume, lines.cents, lines.kind, registered.person[of],
               registered.product[of], registered.provider[of], first, last, day)  # fmt: skip
    texts: list[str] = []
    for row in zip(*(c[order].tolist() for c in columns), strict=True):
        line, care_month, volume, cents, kind, person, k, provider, begin, end, received = row
        who, product = persons.of(person), care.products[k]
        year, number = care_month // 12, care_month % 12 + 1
        texts.append(";".join((
            f"{decision_number(care.wet, line)}-{year}{number:02d}{'CA'[kind - 1] if kind else ''}",
            who.clientnummer, who.bsn, decision_number(care.wet, line), product.categorie, product.code, "ZIN",
            agb(product.aanbieders[provider]), f"{begin:02d}-{number:02d}-{year}", f"{end:02d}-{number:02d}-{year}",
            f"{abs(volume):g}".replace(".", ","), UNITS[product.eenheid], str(abs(cents)),
            "C" if cents < 0 else "D", f"{dt.date(month // 12, month % 12 + 1, received):%d-%m-%Y}",
        )))  # fmt: skip
    return texts


def _with_slips(rows: list[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """Put wrong lines behind some, drawn from the text of the line; with their place, from 1."""
    found: list[str] = []
    wrong: list[tuple[int, str]] = []
    for row in rows:
        found.append(row)
        draw = zlib.crc32(row.encode()) / 2**32
        for n, (fout, share) in enumerate(SLIPS):
            if 0 <= draw < share:
                cells = row.split(";")
                if n:
                    cells[0], cells[8] = f"{cells[0]}X", cells[9]
                    cells[9] = f"01{cells[8][2:]}"
                if n == 0 or cells[8] != cells[9]:
                    found.append(";".join(cells))
                    wrong.append((len(found), fout))
            draw -= share
    return found, wrong


def _period(lines: Declarations, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the first and last day of the month on which care of each line was delivered."""
    begin = (lines.month - 1970 * 12).astype("datetime64[M]")
    first = begin.astype("datetime64[D]").astype(int)
    last = (begin + 1).astype("datetime64[D]").astype(int) - 1
    return np.maximum(start, first) - first + 1, np.minimum(end, last) - first + 1


def _write_mapping(path: Path) -> None:
    """Write what only the municipality knows: declarations are increments."""
    text = [f"# {VOORBEELDDATA}: mapping van de gesimuleerde gemeente", "", "[[bestanden]]", 'patroon = "declaraties*"']
    text += ['soort = "declaratie"', 'levering = "aanvulling"', 'eenheid = "eurocent"']
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
