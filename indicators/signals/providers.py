"""What is told of the providers of an onderdeel: declared care, running awards and clients, by AGB code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.core.contract_aanbieder import OVERIG
from indicators.signals.declared import OLDEST, cumulative, is_priced, months_of
from indicators.signals.detect.providers import SETTLED
from indicators.signals.detect.series import Array
from indicators.signals.facts import Facts

#: Months over which the price of a client is taken.
YEAR = 12


@dataclass(frozen=True)
class Providers:
    """The providers of one onderdeel; the last column of every array is all that is told of none of them.

    Attributes:
        wet: The wet.
        onderdeel: The onderdeel.
        months: Months of care, oldest first.
        codes: AGB codes, in the order of the columns.
        amount: [month, age, provider] declared up to and with that age, in euros; nan where it is not known yet.
        billed: [month, provider] clients of whom care was declared within SETTLED months; nan where not known yet.
        whole: [month, provider] value of the running awards in euros, or their clients; nan where nothing is told.
        clients: [month, provider] with a running award; where awards say no provider those of whom care was declared.
        of_awards: Whether awards say the provider.
    """

    wet: str
    onderdeel: str
    months: pd.DatetimeIndex
    codes: tuple[str, ...]
    amount: Array
    billed: Array
    whole: Array
    clients: Array
    of_awards: bool

    @property
    def named(self) -> int:
        """Number of providers that are told apart."""
        return len(self.codes)

    def price(self, columns: list[int]) -> float | None:
        """Give what a client of these providers costs a month, over the newest year that is old enough, in euros."""
        old = np.flatnonzero(np.isfinite(self.billed).all(axis=1))[-YEAR:]
        clients = float(self.billed[old][:, columns].sum())
        if len(old) < YEAR or clients <= 0:
            return None
        return float(self.amount[old, SETTLED][:, columns].sum()) / clients


def providers(facts: Facts) -> list[Providers]:
    """Give the providers of every onderdeel of which any is told apart."""
    result = []
    lines = facts.declared[facts.declared["leveringsvorm"] != "PGB"]
    for wet, of_wet in lines.groupby("wet"):
        months = months_of(of_wet)
        mine = facts.declared_by[facts.declared_by["wet"] == wet]
        for onderdeel, part in mine.groupby("onderdeel"):
            if set(part["aanbieder"]) - {OVERIG}:
                result.append(_one(facts, (str(wet), str(onderdeel)), part, months))
    return result


def _one(facts: Facts, what: tuple[str, str], lines: pd.DataFrame, months: pd.DatetimeIndex) -> Providers:
    wet, onderdeel = what
    awards = facts.awards_by[(facts.awards_by["wet"] == wet) & (facts.awards_by["onderdeel"] == onderdeel)]
    running = facts.awards[
        (facts.awards["wet"] == wet)
        & (facts.awards["onderdeel"] == onderdeel)
        & (facts.awards["leveringsvorm"] != "PGB")
    ]
    codes = tuple(sorted({*lines["aanbieder"], *awards["aanbieder"]} - {OVERIG}))
    columns = (*codes, OVERIG)
    of = {code: rows for code, rows in lines.groupby("aanbieder")}
    amount = np.stack([cumulative(of.get(c, lines.iloc[:0]), months) for c in columns], axis=2)
    billed = np.stack([cumulative(of.get(c, lines.iloc[:0]), months, "clienten")[:, SETTLED] for c in columns], axis=1)
    of_awards = bool(set(awards["aanbieder"]) - {OVERIG})
    value = "verwacht_eur" if len(running) and is_priced(running) else "clienten"
    whole, clients = (_running(awards, months, columns, name) for name in (value, "clienten"))
    if not of_awards:
        clients = cumulative_clients(of, lines, months, columns)
    return Providers(*what, months, codes, amount, billed, whole, np.nan_to_num(clients), of_awards)


def _running(awards: pd.DataFrame, months: pd.DatetimeIndex, columns: tuple[str, ...], name: str) -> Array:
    table = awards.pivot_table(index="maand", columns="aanbieder", values=name, aggfunc="sum")
    return table.reindex(index=months, columns=list(columns)).to_numpy(dtype=float)


def cumulative_clients(
    of: dict[str, pd.DataFrame], lines: pd.DataFrame, months: pd.DatetimeIndex, columns: tuple[str, ...]
) -> Array:
    """Give the clients of whom care was declared so far, by month and provider; young months are not complete."""
    parts = []
    for code in columns:
        known = cumulative(of.get(code, lines.iloc[:0]), months, "clienten")
        age = np.minimum(np.arange(len(months))[::-1], OLDEST)
        parts.append(known[np.arange(len(months)), age])
    return np.stack(parts, axis=1)
