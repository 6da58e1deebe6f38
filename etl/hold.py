"""Deliveries that are held back: read well, but so different from the one before that somebody has to confirm them.

A state with half the rows of the one before, or less, is more often a broken export than the truth; so is a ledger of
which half of the year's cost is gone, or a file of lines that begins where the one before ended, as if no earlier line
had ever been. It is not published until its file is named in mapping.toml (`bevestigd`). What is held follows from
peildata and corrections, not from the order in which files were read. Increments differ from month to month by nature
and are not held, nor is the first state of a boekjaar.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from etl.contradictions import refuse
from etl.deliveries import current_readings, scopes
from etl.vintages import Vintage, digest

#: Below this many rows half of them is a matter of one or two lines, and says nothing.
FEW_ROWS = 5
#: A confirmation by less than this much of the checksum could hit another file by accident.
SHORTEST_CODE = 8
SHOWN_CODE = 12
#: UTC is at most two hours behind the clock on the wall: an export of just after midnight is not from the future.
AHEAD = dt.timedelta(hours=2)

Piece = tuple[str, str | None]


@dataclass(frozen=True)
class Size:
    """How much a state holds: rows, for a ledger the cost of the year so far in euros, first and last moment."""

    day: dt.date
    rijen: int
    lasten_eur: Decimal | None
    first: str | None = None
    last: str | None = None

    def with_more(self, rijen: int, lasten: Decimal | None, first: str | None, last: str | None) -> Size:
        """Add what another file of the same state holds."""
        known = [amount for amount in (self.lasten_eur, lasten) if amount is not None]
        return Size(
            self.day,
            self.rijen + rijen,
            sum(known, Decimal(0)) if known else None,
            min((at for at in (self.first, first) if at), default=None),
            max((at for at in (self.last, last) if at), default=None),
        )


def is_confirmed(vintage: Vintage, entries: list[str]) -> bool:
    """Say whether `bevestigd` names this file: by its name, or by the first characters of its checksum."""
    return any(
        digest(vintage.sha256, entry)[:16] in vintage.namen
        or (len(entry) >= SHORTEST_CODE and vintage.sha256.startswith(entry.lower()))
        for entry in entries
    )


def held_back(accepted: list[Vintage], confirmed: set[str]) -> list[Vintage]:
    """Give the deliveries that shrank and that nobody confirmed, with the reason as refusal.

    Args:
        accepted: Every delivery that takes part.
        confirmed: Checksums of the files that may count although they shrank.
    """
    by_source: dict[str, list[Vintage]] = defaultdict(list)
    for vintage in current_readings(accepted):
        if vintage.peildatum and not vintage.aanvulling and vintage.entiteiten:
            by_source[vintage.bron].append(vintage)
    held: list[Vintage] = []
    for vintages in by_source.values():
        held += _held_of_source(vintages, confirmed)
    return [v for v in held if not _replaced(v, accepted, {h.levering_id for h in held})]


def from_the_future(new: list[Vintage], moment: dt.datetime, as_of: dt.date | None) -> list[Vintage]:
    """Give the deliveries whose peildatum has yet to come, with the reason as refusal."""
    last = max((moment + AHEAD).date(), as_of or dt.date.min)
    return [
        refuse(
            v,
            f"de peildatum {v.peildatum:%d-%m-%Y} ligt in de toekomst.",
            "Herstel de peildatum in het bestand, de bestandsnaam of mapping.toml.",
        )
        for v in new
        if v.peildatum and v.peildatum > last
    ]


def _held_of_source(vintages: list[Vintage], confirmed: set[str]) -> list[Vintage]:
    """Walk through the states of one source in time, corrections after what they correct."""
    held: list[Vintage] = []
    before: dict[Piece, Size] = {}
    now: dict[Piece, Size] = {}
    day = dt.date.min
    order = sorted(vintages, key=lambda v: (v.peildatum or day, v.ronde, v.levering_id))
    for (peildatum, _), group in groupby(order, key=lambda v: (v.peildatum or day, v.ronde)):
        if peildatum != day:
            before, day = before | now, peildatum
            now = {}
        together = list(group)
        sizes = _sizes(together, day)
        # A correction of the very first delivery has nothing before it but what it corrects.
        reasons = {piece: _shrunk(before.get(piece) or now.get(piece), size, piece) for piece, size in sizes.items()}
        stopped = set()
        for vintage in together:
            why = [reasons[piece] for piece in _pieces(vintage) if reasons.get(piece)]
            if why and vintage.sha256 not in confirmed:
                held.append(_hold(vintage, str(why[0])))
                stopped |= set(_pieces(vintage))
        now |= {piece: size for piece, size in sizes.items() if piece not in stopped}
    return held


def _pieces(vintage: Vintage) -> list[Piece]:
    return [(entity, scope[-1]) for entity in vintage.entiteiten for scope in scopes(vintage, entity)]


def _sizes(together: list[Vintage], day: dt.date) -> dict[Piece, Size]:
    """Give the size of each part of the state that these files make up together."""
    sizes: dict[Piece, Size] = {}
    for vintage in together:
        for entity, deel in _pieces(vintage):
            if found := vintage.omvang_of(entity, deel):
                sizes[entity, deel] = sizes.get((entity, deel), Size(day, 0, None)).with_more(*found)
    return sizes


def _shrunk(before: Size | None, now: Size, piece: Piece) -> str | None:
    """Say in Dutch how a state shrank by half or more, if it did."""
    if before is None:
        return None
    entity, deel = piece
    of = f" van {deel}" if deel else ""
    if before.last and now.first and now.first > before.last:
        return (
            f"geen enkele regel ({entity}{of}) is van voor de levering van {before.day:%d-%m-%Y}. Bevat het bestand "
            'alleen wat nieuw is, zet dan levering = "aanvulling" in mapping.toml.'
        )
    if before.rijen >= FEW_ROWS and now.rijen * 2 <= before.rijen:
        return (
            f"het aantal regels ({entity}{of}) is sterk gedaald: {now.rijen} regels, "
            f"tegen {before.rijen} in de levering van {before.day:%d-%m-%Y}."
        )
    old, new = before.lasten_eur, now.lasten_eur
    if old is not None and new is not None and old > 0 and new * 2 <= old:
        return (
            f"de realisatie ({entity}{of}) is sterk gedaald: {_euro(new)} aan lasten, "
            f"tegen {_euro(old)} in de levering van {before.day:%d-%m-%Y}."
        )
    return None


def _euro(amount: Decimal) -> str:
    return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _hold(vintage: Vintage, reason: str) -> Vintage:
    return refuse(
        vintage,
        f"de levering is tegengehouden: {reason}",
        f"Klopt dit? Zet dan bovenaan mapping.toml in de map {vintage.bron}: "
        f'bevestigd = ["{vintage.sha256[:SHOWN_CODE]}"]. '
        "Klopt het niet, lever dan het goede bestand met dezelfde peildatum aan. Tot dan telt deze levering niet mee.",
    )


def _replaced(vintage: Vintage, accepted: list[Vintage], held: set[str]) -> bool:
    """Say whether a later delivery that is not held took over everything that this one holds."""
    own = {scope for entity in vintage.entiteiten for scope in scopes(vintage, entity)}
    for other in accepted:
        if other.bron == vintage.bron and other.ronde > vintage.ronde and other.levering_id not in held:
            own -= {scope for entity in other.entiteiten for scope in scopes(other, entity)}
    return not own
