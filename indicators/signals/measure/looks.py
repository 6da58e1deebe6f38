"""What each rule of chance would have said in a month of a simulated onderdeel, knowing what was known then."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indicators.signals.detect.counts import count_break
from indicators.signals.detect.ledger import growth_break, growth_scatter, large_booking
from indicators.signals.detect.movement import share_move
from indicators.signals.detect.providers import late_providers
from indicators.signals.detect.ratios import ratio_break
from indicators.signals.detect.series import Array
from indicators.signals.detect.shares import share_shift
from indicators.signals.detect.stock import stock_break
from indicators.signals.measure.quiet import AGES, Onderdeel
from indicators.signals.rules import facturen_later, prijs

#: An alarm: "" for none, else its direction. (onderdelen, index of the onderdeel, months known) -> alarm.
Look = Callable[[list[Onderdeel], int, int], str]


def _side(up: bool) -> str:
    return "meer" if up else "minder"


def _aanvragen(world: list[Onderdeel], i: int, until: int) -> str:
    seen = count_break(world[i].applications[:until], 1)
    return _side(seen.up) if seen else ""


def _instroom(world: list[Onderdeel], i: int, until: int) -> str:
    seen = count_break(world[i].inflow[:until], 1)
    return _side(seen.up) if seen else ""


def _stand(world: list[Onderdeel], i: int, until: int) -> str:
    seen = stock_break(world[i].stock[:until])
    return _side(seen.up) if seen else ""


def _verwijzers(world: list[Onderdeel], i: int, until: int) -> str:
    seen = share_shift(world[i].referrers[:until])
    return f"{seen.part}{_side(seen.now > seen.before)}" if seen else ""


def _twee_delen(world: list[Onderdeel], i: int, until: int) -> str:
    """Two parts: one that is planted in, and the rest."""
    part = world[i].referrers[:until, 1]
    seen = share_shift(np.column_stack([world[i].referrers[:until].sum(axis=1) - part, part]))
    return f"{seen.part}{_side(seen.now > seen.before)}" if seen else ""


def _ratio(onderdeel: Onderdeel, until: int) -> Array:
    """Declared per euro of awards as known at the end of the last month: older ages of new months are not known yet."""
    known = onderdeel.declared[:until].cumsum(axis=1)
    age = until - 1 - np.arange(until)
    known[np.arange(AGES)[None, :] > age[:, None]] = np.nan
    return known / onderdeel.whole[:until, None]


def _prijs(world: list[Onderdeel], i: int, until: int) -> str:
    seen = ratio_break(_ratio(world[i], until), prijs.AGES)
    return _side(seen.up) if seen else ""


def _facturen(world: list[Onderdeel], i: int, until: int) -> str:
    seen = ratio_break(_ratio(world[i], until), facturen_later.AGES)
    if seen and seen.observed < 1 - facturen_later.LEAST:
        return "later"
    return "later" if _late(world[i], until) else ""


def _late(onderdeel: Onderdeel, until: int) -> bool:
    told = onderdeel.providers
    known = told.declared[:until].copy()
    age = until - 1 - np.arange(until)
    known[np.arange(AGES)[None, :] > age[:, None]] = np.nan
    return bool(late_providers(known, told.whole[:until], told.clients[:until], known.shape[2] - 1))


def _aanbieder(world: list[Onderdeel], i: int, until: int) -> str:
    clients = world[i].providers.clients[:until]
    seen = share_move(clients, clients.shape[1] - 1)
    return f"{seen.provider}{_side(seen.now > seen.before)}" if seen else ""


def _known(onderdeel: Onderdeel, until: int) -> tuple[Array, int]:
    year, months = divmod(until - 1, 12)
    booked = onderdeel.ledger[: year + 1].copy()
    booked[-1, months + 1 :] = np.nan
    return booked, months + 1


def _lasten(world: list[Onderdeel], i: int, until: int) -> str:
    if (until - 1) % 12 < 2:
        return ""
    all_known = [_known(o, until)[0].cumsum(axis=1) for o in world]
    month = (until - 1) % 12
    seen = growth_break(all_known[i], month, growth_scatter(all_known, month))
    return _side(seen.excess_eur > 0) if seen else ""


def _boeking(world: list[Onderdeel], i: int, until: int) -> str:
    booked, months = _known(world[i], until)
    seen = large_booking(booked, months)
    return str(seen.month) if seen else ""


LOOKS: dict[str, Look] = {
    "aanvragen": _aanvragen,
    "instroom": _instroom,
    "stand": _stand,
    "prijs": _prijs,
    "facturen_later": _facturen,
    "verwijzers": _verwijzers,
    "verschuiving_pgb": _twee_delen,
    "verschuiving_aanbieder": _aanbieder,
    "lasten": _lasten,
    "grote_boeking": _boeking,
}
