"""What was known at a peildatum: every fact that a rule may look at, with nothing dated later.

The facts keep every peildatum, so signals can also be asked for an earlier date: what would have been raised then.
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property

import duckdb
import numpy as np
import pandas as pd

from indicators.core.contract import AGGREGATEN
from indicators.core.settings import settings
from indicators.signals import facts_sql as sql
from indicators.signals.detect.series import Array

#: Ages (months) at which late registration is looked at; older months count as complete.
LATE = 4
#: Months of a series that are looked at: older years say little about what is usual now.
LONGEST = 72


class Facts:
    """The marts as they were known at a peildatum.

    Args:
        connection: Database with the tables of the contract.
        peildatum: Nothing dated later is read.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, peildatum: dt.date) -> None:
        self.connection = connection
        self.peildatum = peildatum
        self.gebied_code = settings().gemeente.code

    def ask(self, query: str, *values: object) -> pd.DataFrame:
        """Run a query; `$p` stands for the peildatum, and `$v1`, `$v2`, ... for the values in order."""
        named: dict[str, object] = {f"v{i}": v for i, v in enumerate(values, 1)}
        if "$p" in query:
            named["p"] = self.peildatum
        return self.connection.execute(query, named).df()

    @cached_property
    def names(self) -> dict[str, str]:
        """Dutch name of every onderdeel and sum."""
        rows = self.connection.execute("SELECT onderdeel, naam FROM mart.dim_onderdeel").fetchall()
        return {**dict(rows), **AGGREGATEN}

    @cached_property
    def wet(self) -> dict[str, str]:
        """Wet of every onderdeel."""
        return dict(self.connection.execute("SELECT onderdeel, wet FROM mart.dim_onderdeel").fetchall())

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Newest known monthly counts of the gemeente: wet, onderdeel, maat, maand, aantal."""
        return self.ask(sql.COUNTS, self.gebied_code)

    @cached_property
    def completeness(self) -> dict[tuple[str, str], Array]:
        """(wet, maat) -> share of a month that was known at age 0, 1, ...; 1 where it cannot be told."""
        result: dict[tuple[str, str], Array] = {}
        for row in self.ask(sql.COMPLETENESS, self.gebied_code, LATE).itertuples():
            key = (str(row.wet), str(row.maat))
            shares = result.setdefault(key, np.ones(LATE))
            if row.later and row.later > 0:
                shares[int(row.leeftijd)] = float(row.toen) / float(row.later)
        return result

    def series(self, wet: str, onderdeel: str, maat: str) -> tuple[pd.DatetimeIndex, Array]:
        """Give one monthly series: the newest months without a gap, six years at most. What is missing is not 0."""
        rows = self._counts_by_key.get((wet, onderdeel, maat))
        if rows is None:
            return pd.DatetimeIndex([]), np.array([])
        months = pd.DatetimeIndex(rows.index[-LONGEST:])
        gaps = np.flatnonzero(np.diff(months.year * 12 + months.month) != 1)
        first = int(gaps[-1]) + 1 if len(gaps) else 0
        return months[first:], rows.to_numpy(dtype=float)[-len(months) :][first:]

    @cached_property
    def _counts_by_key(self) -> dict[tuple[str, str, str], pd.Series]:
        groups = self.counts.dropna(subset=["aantal"]).groupby(["wet", "onderdeel", "maat"])
        return {key: rows.set_index("maand")["aantal"].sort_index() for key, rows in groups}

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """(wet, onderdeel) pairs with counts; 'totaal' is the whole wet."""
        return sorted(set(self.counts[["wet", "onderdeel"]].itertuples(index=False, name=None)))

    @cached_property
    def kenmerk(self) -> pd.DataFrame:
        """Counts by verwijzer and leveringsvorm as first known."""
        return self.ask(sql.KENMERK)

    @cached_property
    def awards(self) -> pd.DataFrame:
        """Awards running in a month, as first known: wet, onderdeel, leveringsvorm, maand, clienten, verwacht_eur."""
        return self.ask(sql.AWARDS)

    @cached_property
    def declared(self) -> pd.DataFrame:
        """Declared care by month of care and age (months until it was received)."""
        return self.ask(sql.DECLARED)

    @cached_property
    def declared_by(self) -> pd.DataFrame:
        """Declared care in kind by provider, month of care and age."""
        return self.ask(sql.DECLARED_BY)

    @cached_property
    def awards_by(self) -> pd.DataFrame:
        """Awards in kind running in a month by provider, as first known."""
        return self.ask(sql.AWARDS_BY)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Lasten per onderdeel, boekjaar and periode as known: boekjaar, periode, onderdeel, stand_eur."""
        return self.ask(sql.LEDGER)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Financial years in the ledger, consecutive up to the newest."""
        known = sorted({int(y) for y in self.ledger["boekjaar"]})
        while known and known != list(range(known[0], known[-1] + 1)):
            known = known[1:]
        return tuple(known)

    @cached_property
    def boekjaar(self) -> int:
        """The running financial year: that of the newest ledger, or of the peildatum."""
        return self.years[-1] if self.years else self.peildatum.year

    def stand(self, onderdeel: str) -> Array:
        """Cumulative lasten [year, month 1-12] of `years`; nan where not delivered, 0 where not in it."""
        return self._standen.get(onderdeel, np.zeros((0, 12)))

    @cached_property
    def months_booked(self) -> int:
        """Number of months of the running year in the newest ledger."""
        now = self.ledger.loc[self.ledger["boekjaar"] == self.boekjaar, "periode"]
        return int(min(now.max(), 12)) if len(now) else 0

    @cached_property
    def _standen(self) -> dict[str, Array]:
        rows = self.ledger[self.ledger["boekjaar"].isin(self.years) & self.ledger["periode"].between(1, 12)]
        delivered = np.zeros((len(self.years), 12), dtype=bool)
        for row in rows[["boekjaar", "periode"]].drop_duplicates().itertuples():
            delivered[int(row.boekjaar) - self.years[0], int(row.periode) - 1] = True
        result: dict[str, Array] = {}
        for onderdeel, part in rows.groupby("onderdeel"):
            block = np.where(delivered, 0.0, np.nan)
            block[part["boekjaar"] - self.years[0], part["periode"] - 1] = part["stand_eur"]
            result[str(onderdeel)] = block
        return result

    @cached_property
    def outturn(self) -> dict[str, float]:
        """Lasten of the last full year per onderdeel, closing entries included, in euros."""
        rows = self.ledger[self.ledger["boekjaar"] < self.boekjaar]
        if rows.empty:
            return {}
        last = rows[rows["boekjaar"] == rows["boekjaar"].max()]
        if last["periode"].max() < 12:
            return {}
        return last.sort_values("periode").groupby("onderdeel")["stand_eur"].last().to_dict()

    @cached_property
    def budget(self) -> dict[tuple[str, str], float]:
        """(onderdeel, lasten_baten) -> budget in force of the running year, sums included, in euros."""
        parts = {(r.onderdeel, r.lasten_baten): float(r.eur) for r in self.ask(sql.BUDGET, self.boekjaar).itertuples()}
        sums: dict[tuple[str, str], float] = {}
        for (onderdeel, lb), eur in parts.items():
            for name in ("totaal", self.wet.get(onderdeel, "overig")):
                sums[name, lb] = sums.get((name, lb), 0.0) + eur
        return {**parts, **sums}

    def price(self, onderdeel: str, wet: str) -> float | None:
        """Give what one person in care costs a month: last year's lasten by the average stock, in euros."""
        months, stock = self.series(wet, onderdeel, "stand")
        year = (months.year == self.boekjaar - 1) if len(months) else np.array([], dtype=bool)
        cost = self.outturn.get(onderdeel)
        if cost is None or year.sum() < 12 or stock[year].sum() <= 0 or cost <= 0:
            return None
        return cost / float(stock[year].sum())
