"""Planted events: what a monitor should find. Which onderdeel and which month, the seed decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from etl.sample.posts import POSTS, Post
from etl.sample.streams import stream

_TARIFF = ("hulp_bij_het_huishouden", "begeleiding", "jeugdhulp_ambulant")
_INFLOW = ("begeleiding", "dagbesteding", "hulp_bij_het_huishouden")
_LATE = ("jeugdhulp_ambulant", "begeleiding", "jeugdhulp_met_verblijf")
_INCIDENTAL = ("jeugdhulp_met_verblijf", "wsw_en_beschut_werk", "beschermd_wonen")
#: Cost centre where an invoice belongs, and the one where it was booked.
_MISPOSTED = (("00671301", "00681101"), ("00682101", "00671301"), ("00681201", "00660001"), ("00671101", "00675203"))


@dataclass(frozen=True)
class Events:
    """What is planted, and since when. The dates are fixed in time, so that a longer simulation plants the same.

    Attributes:
        tariff: Onderdeel, first month, factor on its price.
        inflow: Onderdeel, first month, factor on its applications, wijken.
        late: Onderdeel, first month, factor on the lag of one provider.
        items: Large single bookings: onderdeel, booking month, euros.
        misposted: Right and wrong cost centre of an invoice, month of booking and month of putting it right.
    """

    tariff: tuple[str, dt.date, float]
    inflow: tuple[str, dt.date, float, tuple[str, ...]]
    late: tuple[str, dt.date, float]
    items: tuple[tuple[str, dt.date, float], ...]
    misposted: tuple[str, str, dt.date, dt.date]

    def tariff_factor(self, onderdeel: str | None, years: range) -> np.ndarray:
        """Give the factor on the cost of an onderdeel per year and month."""
        factor = np.ones((len(years), 12))
        name, since, step = self.tariff
        if onderdeel == name:
            factor[_from(since, years)] = step
        return factor

    def late_rows(self, onderdelen: list[str | None], years: range) -> dict[int, np.ndarray]:
        """Give the provider row that is late, with the factor on its lag per year and month of care."""
        name, since, times = self.late
        if since.year not in years or name not in onderdelen:
            return {}
        factor = np.ones((len(years), 12))
        factor[_from(since, years)] = times
        return {onderdelen.index(name): factor}

    def incidental(self, posts: tuple[Post, ...], years: range, scale: float) -> list[tuple[int, int, int, int]]:
        """Give the single bookings as post, year index, booking position and cents."""
        found = []
        for name, month, eur in self.items:
            if month.year in years:
                row = next(i for i, p in enumerate(posts) if p.onderdeel == name and p.lasten_baten == "L")
                found.append((row, month.year - years.start, month.month - 1, round(eur * scale * 100)))
        return found

    def wrongly_booked(
        self, posts: tuple[Post, ...], years: range, booked: np.ndarray, owners: list[int]
    ) -> list[tuple[int, int, int, int, str]]:
        """Give the bookings by which one provider's invoices of a month went to a wrong cost centre and came back.

        Args:
            posts: The posts.
            years: Boekjaren.
            booked: Cents that came in per first provider of a post, boekjaar and booking position.
            owners: The post of each first provider.

        Returns:
            Post, year index, booking position, cents and what it is.
        """
        right, wrong, month, back = self.misposted
        if month.year not in years:
            return []
        place = {p.kostenplaats: i for i, p in enumerate(posts) if p.lasten_baten == "L"}
        j = month.year - years.start
        cents = int(booked[owners.index(place[right]), j, month.month - 1])
        found = []
        for when, sign, what in ((month, 1, "verkeerd geboekt"), (back, -1, "correctie boeking")):
            found.append((place[wrong], j, when.month - 1, sign * cents, what))
            found.append((place[right], j, when.month - 1, -sign * cents, what))
        return found


def _from(since: dt.date, years: range) -> np.ndarray:
    months = np.array([[y * 12 + m for m in range(1, 13)] for y in years])
    return months >= since.year * 12 + since.month


def plan_events(seed: int, wijken: dict[str, int]) -> Events:
    """Decide what is planted.

    Args:
        seed: Seed of the sample.
        wijken: Inhabitants per wijk; the inflow rises in two wijken of at least 1,000.

    Returns:
        The events.
    """
    rng = stream(seed, "gebeurtenissen")
    large = sorted(w for w, n in wijken.items() if n >= 1000) or sorted(wijken)
    chosen = tuple(sorted(str(w) for w in rng.choice(large, size=min(2, len(large)), replace=False)))
    tariff = (
        str(rng.choice(_TARIFF)), dt.date(2026, int(rng.choice([1, 3, 4])), 1), 1 + float(rng.uniform(0.06, 0.10))
    )  # fmt: skip
    since = dt.date(2025, int(rng.choice([7, 9, 10, 11])), 1)
    inflow = (str(rng.choice([o for o in _INFLOW if o != tariff[0]])), since, float(rng.uniform(2.2, 2.8)), chosen)
    others = [o for o in _LATE if o not in (tariff[0], inflow[0])]
    late = (str(rng.choice(others)), dt.date(2026, int(rng.choice([1, 2, 3])), 1), float(rng.uniform(2.2, 3.0)))
    once, again = (str(o) for o in rng.choice(_INCIDENTAL, size=2, replace=False))
    items = (
        (once, dt.date(2023, int(rng.integers(9, 12)), 1), float(rng.uniform(3.5e5, 6e5))),
        (again, dt.date(2026, int(rng.integers(4, 8)), 1), float(rng.uniform(4e5, 7e5))),
    )
    taken = {tariff[0], inflow[0], late[0]}
    owner = {p.kostenplaats: p.onderdeel for p in POSTS if p.lasten_baten == "L"}
    pairs = [p for p in _MISPOSTED if not taken & {owner[p[0]], owner[p[1]]}] or list(_MISPOSTED)
    right, wrong = pairs[int(rng.integers(0, len(pairs)))]
    month = int(rng.integers(2, 5))
    misposted = (right, wrong, dt.date(2026, month, 1), dt.date(2026, month + 3, 1))
    return Events(tariff, inflow, late, items, misposted)


def describe(events: Events) -> list[dict[str, Any]]:
    """Give the events as they stand in truth.json, still without their effect."""
    onderdeel, since, factor = events.tariff
    stijging, sinds, maal, wijken = events.inflow
    laat, vanaf, vertraging = events.late
    goed, fout, geboekt, hersteld = events.misposted
    owner = {p.kostenplaats: p.onderdeel for p in POSTS if p.lasten_baten == "L"}
    return [
        {"soort": "tariefstap", "onderdeel": onderdeel, "sinds": since.isoformat(), "factor": round(factor, 4)},
        {"soort": "instroomstijging", "onderdeel": stijging, "sinds": sinds.isoformat(), "factor": round(maal, 4),
         "wijken": list(wijken)},
        {"soort": "late_aanbieder", "onderdeel": laat, "sinds": vanaf.isoformat(), "factor": round(vertraging, 4)},
        *({"soort": "incidentele_post", "onderdeel": o, "sinds": d.isoformat()} for o, d, _ in events.items),
        {"soort": "verkeerd_geboekt", "onderdeel": owner[goed], "geboekt_op": owner[fout], "sinds": geboekt.isoformat(),
         "hersteld": hersteld.isoformat(), "kostenplaats": goed, "verkeerde_kostenplaats": fout},
    ]  # fmt: skip
