"""Declared care against running awards, by month of care and age: what the rules for price and late invoices share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.signals.detect.series import Array
from indicators.signals.facts import Facts

#: Oldest age in months that is told apart; by then nearly all has been declared.
OLDEST = 6
#: Awards without a price say nothing about money: with more of them than this share, persons are counted instead.
WITHOUT_PRICE = 0.2


@dataclass(frozen=True)
class Declared:
    """Declarations of one onderdeel.

    Attributes:
        wet: The wet.
        onderdeel: The onderdeel.
        months: Months of care, oldest first.
        amount: [month, age] declared up to and with that age, in euros; nan where it is not known yet.
        whole: Per month: the value of the running awards in euros, or where these have no price the persons in them.
        of_awards: Whether `whole` is in euros.
    """

    wet: str
    onderdeel: str
    months: pd.DatetimeIndex
    amount: Array
    whole: Array
    of_awards: bool

    @property
    def ratio(self) -> Array:
        """Declared per euro (or person) of running awards, by month and age."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.whole[:, None] > 0, self.amount / self.whole[:, None], np.nan)


def declared(facts: Facts) -> list[Declared]:
    """Give the declarations of every onderdeel that has both declarations and awards (care in kind)."""
    awards = facts.awards[facts.awards["leveringsvorm"] != "PGB"]
    lines = facts.declared[facts.declared["leveringsvorm"] != "PGB"]
    result = []
    for wet, of_wet in lines.groupby("wet"):
        months = months_of(of_wet)
        for onderdeel, mine in of_wet.groupby("onderdeel"):
            running = awards[(awards["wet"] == wet) & (awards["onderdeel"] == onderdeel)]
            if not running.empty:
                result.append(_one((str(wet), str(onderdeel)), mine, running, months))
    return result


def months_of(lines: pd.DataFrame) -> pd.DatetimeIndex:
    """Give the months of care that can be compared, of all declarations of a wet.

    The first delivery holds older care too, but only what was received from then on: it begins the months.
    """
    received = lines["maand"].dt.to_period("M").astype("int64") + lines["leeftijd"]
    first, last = (pd.Period(ordinal=int(at), freq="M") for at in (received.min(), received.max()))
    return pd.period_range(first, last).to_timestamp()


def is_priced(running: pd.DataFrame) -> bool:
    """Whether most of these awards have a price, so that their value says something."""
    return float(running["zonder_prijs"].mean()) <= WITHOUT_PRICE


def _one(what: tuple[str, str], mine: pd.DataFrame, running: pd.DataFrame, months: pd.DatetimeIndex) -> Declared:
    known = np.arange(len(months))[::-1]
    place = months.get_indexer(mine["maand"])
    use = (place >= 0) & (mine["leeftijd"] <= OLDEST)
    amount = np.zeros((len(months), OLDEST + 1))
    np.add.at(amount, (place[use], mine.loc[use, "leeftijd"].to_numpy(dtype=int)), mine.loc[use, "bedrag_eur"])
    amount = amount.cumsum(axis=1)
    amount[np.arange(OLDEST + 1)[None, :] > known[:, None]] = np.nan
    priced = is_priced(running)
    per_month = running.groupby("maand")["verwacht_eur" if priced else "clienten"].sum()
    return Declared(*what, months, amount, per_month.reindex(months).to_numpy(dtype=float), priced)
