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
        amount: [month, age, provider] declared up to and with that age, in euros; nan where it is not known yet, or
            nothing is told of the provider.
        billed: [month, provider] clients of whom care was declared within SETTLED months; nan where not known yet.
        whole: [month, provider] value of the running awards in euros, or their clients; nan where nothing is told.
        clients: [month, provider] with a running award; where awards say no provider those of whom care was declared.
            Where nothing is told of a provider it is as it was last told: a gap is no loss of clients.
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
        old = np.flatnonzero(np.isfinite(self.billed[:, columns]).any(axis=1))[-YEAR:]
        clients = float(np.nansum(self.billed[old][:, columns]))
        if len(old) < YEAR or clients <= 0:
            return None
        return float(np.nansum(self.amount[old, SETTLED][:, columns])) / clients


def providers(facts: Facts) -> list[Providers]:
    """Give the providers of every onderdeel of which any is told apart, by declarations or by awards."""
    result = []
    lines = facts.declared[facts.declared["leveringsvorm"] != "PGB"]
    for wet in sorted({*lines["wet"], *facts.awards_by["wet"]}):
        mine, running = (rows[rows["wet"] == wet] for rows in (facts.declared_by, facts.awards_by))
        of_wet = lines[lines["wet"] == wet]
        if of_wet.empty:
            months = pd.date_range(running["maand"].min(), running["maand"].max(), freq="MS")
        else:
            months = months_of(of_wet)
        for onderdeel in sorted({*mine["onderdeel"], *running["onderdeel"]}):
            part, awards = (rows[rows["onderdeel"] == onderdeel] for rows in (mine, running))
            if {*part["aanbieder"], *awards["aanbieder"]} - {OVERIG}:
                result.append(_one(facts, (wet, onderdeel), (part, awards), months))
    return result


def _one(
    facts: Facts, what: tuple[str, str], told: tuple[pd.DataFrame, pd.DataFrame], months: pd.DatetimeIndex
) -> Providers:
    wet, onderdeel = what
    lines, awards = told
    running = facts.awards[
        (facts.awards["wet"] == wet)
        & (facts.awards["onderdeel"] == onderdeel)
        & (facts.awards["leveringsvorm"] != "PGB")
    ]
    codes = tuple(sorted({*lines["aanbieder"], *awards["aanbieder"]} - {OVERIG}))
    columns = pd.Index([*codes, OVERIG])
    amount, declared_for = (_cumulative(lines, months, columns, name) for name in ("bedrag_eur", "clienten"))
    of_awards = bool(set(awards["aanbieder"]) - {OVERIG})
    value = "verwacht_eur" if len(running) and is_priced(running) else "clienten"
    if of_awards:
        clients = _running(awards, months, columns, "clienten")
    else:  # as far as declared by now: young months are not complete
        clients = declared_for[np.arange(len(months)), np.minimum(np.arange(len(months))[::-1], OLDEST)]
    return Providers(
        *what,
        months,
        codes,
        amount,
        declared_for[:, SETTLED],
        _running(awards, months, columns, value),
        _filled(clients),
        of_awards,
    )


def _filled(clients: Array) -> Array:
    """Fill what is not told of a provider with what was told last (or first), and let all others have the rest."""
    known = pd.DataFrame(clients[:, :-1]).ffill().bfill().fillna(0.0).to_numpy(dtype=float)
    return np.column_stack([known, np.nansum(clients, axis=1) - known.sum(axis=1)])


def _cumulative(lines: pd.DataFrame, months: pd.DatetimeIndex, columns: pd.Index, name: str) -> Array:
    """[month, age, provider] declared up to and with each age; nan where it is not known yet or nothing is told."""
    place, provider = months.get_indexer(lines["maand"]), columns.get_indexer(lines["aanbieder"])
    told = np.zeros((len(months), len(columns)), dtype=bool)
    told[place[place >= 0], provider[place >= 0]] = True
    told[:, -1] = True
    return np.where(told[:, None, :], cumulative(lines, months, name, provider, len(columns)), np.nan)


def _running(awards: pd.DataFrame, months: pd.DatetimeIndex, columns: pd.Index, name: str) -> Array:
    """[month, provider] of the running awards; nan where nothing is told."""
    table = np.full((len(months), len(columns)), np.nan)
    place = months.get_indexer(awards["maand"])
    provider = columns.get_indexer(awards["aanbieder"])
    table[place[place >= 0], provider[place >= 0]] = awards[name].to_numpy(dtype=float)[place >= 0]
    return table
