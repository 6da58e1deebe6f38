"""The facts of one onderdeel as they were known at one peildatum, on one axis of months."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.forecast.explain_data import YEARS, Data
from indicators.forecast.explain_providers import mix
from indicators.forecast.panel import Array


@dataclass(frozen=True)
class Known:
    """Facts of one onderdeel at one peildatum, on an axis of months from January of `first`; NaN where not known.

    Attributes:
        month: Months of the running year that are over (1-12).
        clients: Unique clients with a running award; `days` in the month.
        declared, declared_clients: Declared euros and clients by month of care.
        declared_then, declared_clients_then: The same as it was known a year before the peildatum.
        stock, inflow, outflow: Unique persons.
        ledger: [years, 12] booked in the month, running year last.
        outturn: Total of each earlier year as now known, closing entries still to come included.
        mix, mix_then: What all clients usually cost over what the billed ones usually cost, now and a year ago.
        worth: Worth of the running awards in kind for each client and day; None: not known.
        committed: [years] open commitments after as many months of the year, running year last.
    """

    month: int
    clients: Array
    days: Array
    declared: Array
    declared_clients: Array
    declared_then: Array
    declared_clients_then: Array
    stock: Array
    inflow: Array
    outflow: Array
    ledger: Array
    outturn: Array
    worth: Array | None = None
    mix: Array | float = 1.0
    mix_then: Array | float = 1.0
    committed: Array = field(default_factory=lambda: np.full(YEARS + 1, np.nan))


class AsKnown:
    """The facts of all onderdelen as known at one peildatum."""

    def __init__(self, data: Data, boekjaar: int, peildatum: dt.date) -> None:
        self.data, self.boekjaar, self.peildatum = data, boekjaar, peildatum
        self.first = (boekjaar - YEARS) * 12
        self.size = (YEARS + 1) * 12
        self.month = int(np.clip((peildatum.year - boekjaar) * 12 + peildatum.month, 1, 12))
        until = pd.Timestamp(peildatum)
        budget = data.budget[(data.budget["peildatum"] <= until) & (data.budget["boekjaar"] == boekjaar)]
        of_newest = budget[budget["peildatum"] == budget["peildatum"].max()]
        keys = list(zip(of_newest["onderdeel"], of_newest["lasten_baten"], strict=True))
        self.budget = dict(zip(keys, of_newest["actueel"].astype(float), strict=True))
        self.changes = dict(zip(keys, of_newest["wijzigingen"].astype(float), strict=True))

    def known(self, onderdeel: str, lasten_baten: str) -> Known:
        """Give the facts of an onderdeel; care facts belong to its lasten."""
        days = np.array(
            [calendar.monthrange(m // 12, m % 12 + 1)[1] for m in range(self.first, self.first + self.size)]
        )
        ledger, outturn = self._ledger(onderdeel, lasten_baten)
        care = np.full((8, self.size), np.nan)
        if lasten_baten == "L":
            care = np.stack(
                [
                    self._clients(onderdeel),
                    *self._declared(onderdeel),
                    *self._declared(onderdeel, months_before=12),
                    *(self._count(onderdeel, maat) for maat in ("stand", "instroom", "uitstroom")),
                ]
            )
            gone = self._survivors(onderdeel, care[7])
            for counted in (0, 5, 6, 7):
                care[counted, gone] = np.nan
        clients, declared, persons, declared_then, persons_then, stock, inflow, outflow = care
        billed = (declared, persons, declared_then, persons_then)
        own = (self.month, clients, days.astype(float), *billed, stock, inflow, outflow, ledger, outturn)
        committed = self._committed(onderdeel, lasten_baten)
        if lasten_baten != "L":
            return Known(*own, committed=committed)
        worth, now, then = self._worth(onderdeel) / days, self._mix(onderdeel, 0), self._mix(onderdeel, 12)
        return Known(*own, worth, now, then, committed)

    def buig(self) -> tuple[float, float] | None:
        """State money for benefits of this year and the last one, by the newest decision of each known by now."""
        rows = self.data.buig[self.data.buig["vastgesteld_op"] <= pd.Timestamp(self.peildatum)]
        newest = rows.drop_duplicates("boekjaar", keep="last").set_index("boekjaar")["bedrag"]
        if self.boekjaar not in newest.index or self.boekjaar - 1 not in newest.index:
            return None
        return float(newest[self.boekjaar]), float(newest[self.boekjaar - 1])

    def _newest(self, rows: Array | None, column: int = 2) -> Array:
        """Rows [month, peildatum, values] on the axis of months, the newest that was known; NaN where none was."""
        result = np.full(self.size, np.nan)
        if rows is not None:
            until = self.peildatum.year * 12 + self.peildatum.month - 1
            at = rows[:, 0] - self.first
            rows = rows[
                (rows[:, 1] <= self.peildatum.toordinal()) & (rows[:, 0] <= until) & (at >= 0) & (at < self.size)
            ]
            # Oldest first: of two for one month the newer one stays.
            result[(rows[:, 0] - self.first).astype(int)] = rows[:, column]
        return result

    def _clients(self, onderdeel: str) -> Array:
        ways = [self._newest(rows) for (of, _), rows in self.data.awards.items() if of == onderdeel]
        if not ways:
            return np.full(self.size, np.nan)
        known = np.isfinite(ways).any(axis=0)
        return np.where(known, np.nansum(ways, axis=0), np.nan)

    def _worth(self, onderdeel: str) -> Array:
        """Worth of the awards in kind per client in each month: those that are declared."""
        rows = self.data.awards.get((onderdeel, "ZIN"))
        clients = self._newest(rows)
        return self._newest(rows, 3) / np.where(clients > 0, clients, np.nan)

    def _declared(self, onderdeel: str, months_before: int = 0) -> tuple[Array, Array]:
        """Declared euros and clients by month of care, as known so many months before the peildatum."""
        euros, clients = np.zeros(self.size), np.zeros(self.size)
        rows = self.data.declared.get((onderdeel,))
        if rows is not None:
            known = self.peildatum.year * 12 + self.peildatum.month - 1 - months_before
            until = min(known, self.first + self.size - 1)
            # Of months before the first receipt only the latest bills are there.
            begin = max(self.first, rows[:, 1].min())
            rows = rows[(rows[:, 1] <= known) & (rows[:, 0] >= begin) & (rows[:, 0] <= until)]
            at = (rows[:, 0] - self.first).astype(int)
            np.add.at(euros, at, rows[:, 2])
            np.add.at(clients, at, rows[:, 3])
        none = clients <= 0
        return np.where(none, np.nan, euros), np.where(none, np.nan, clients)

    def _mix(self, onderdeel: str, months_before: int) -> Array:
        until = self.peildatum.year * 12 + self.peildatum.month - 1 - months_before
        months = np.arange(self.first, self.first + self.size, dtype=float)
        return mix(self.data.declared_by, self.data.awards_by, onderdeel, months, until)

    def _count(self, onderdeel: str, maat: str) -> Array:
        return self._newest(self.data.counts.get((onderdeel, maat)))

    def _survivors(self, onderdeel: str, outflow: Array) -> NDArray[np.int_]:
        """Months before the first delivery in which hardly anyone left: the register only has who stayed."""
        first = self.data.first.get(onderdeel, self.first) - self.first
        if first <= 0:
            return np.arange(0, dtype=int)
        before, after = outflow[max(first - 12, 0) : first], outflow[first : first + 12]
        whole = np.isfinite(before).any() and np.isfinite(after).any() and np.nanmean(before) >= 0.5 * np.nanmean(after)
        return np.arange(0 if whole else min(first, self.size), dtype=int)

    def _ledger(self, onderdeel: str, lasten_baten: str) -> tuple[Array, Array]:
        """Booked by month, and the outturn of each earlier year."""
        ledger, final = np.full((YEARS + 1, 12), np.nan), np.full(YEARS + 1, np.nan)
        at_age = np.full(YEARS + 1, np.nan)
        rows = self.data.standen.get((onderdeel, lasten_baten), np.zeros((0, 4)))
        rows = rows[rows[:, 2] <= self.peildatum.toordinal()]
        age = (self.peildatum.year - self.boekjaar) * 12 + self.peildatum.month
        for y in range(YEARS + 1):
            of = rows[rows[:, 0] == self.boekjaar - YEARS + y]
            if not len(of):
                continue
            by_age = {int(a): float(stand) for a, stand in of[:, [1, 3]]}
            ledger[y] = np.diff([by_age.get(k, np.nan) for k in range(1, 13)], prepend=0.0)
            final[y] = of[-1, 3]
            at_age[y] = max(((a, s) for a, s in by_age.items() if a <= age + 12), default=(0, np.nan))[1]
        return ledger, _developed(final, at_age)

    def _committed(self, onderdeel: str, lasten_baten: str) -> Array:
        """Open commitments in this month of each year; NaN where no overview tells."""
        years = range(self.boekjaar - YEARS, self.boekjaar + 1)
        found = (self.data.committed.get((onderdeel, lasten_baten, year, self.month), np.nan) for year in years)
        return np.array(list(found))


def _developed(final: Array, at_age: Array) -> Array:
    """Last year's total with the closing entries still to come, as older years had after as many months."""
    older = np.isfinite(final[:-2]) & np.isfinite(at_age[:-2]) & (np.abs(at_age[:-2]) > 0)
    if older.any() and np.isfinite(final[-2]):
        growth = float(np.median(final[:-2][older] / at_age[:-2][older]))
        final = final.copy()
        final[-2] *= growth if 0.8 < growth < 1.5 else 1.0
    return final[:-1]
