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


def cumulative(
    lines: pd.DataFrame, months: pd.DatetimeIndex, name: str, column: Array | int = 0, columns: int = 1
) -> Array:
    """Add up what was declared of each month of care, up to and with each age.

    Args:
        lines: maand, leeftijd and the figure, a row per month of care and age.
        months: Months of care, oldest first.
        name: Of the figure.
        column: To which column each line belongs.
        columns: How many there are.

    Returns:
        [month, age, column]; nan where it is not known yet.
    """
    place, age = months.get_indexer(lines["maand"]), lines["leeftijd"].to_numpy(dtype=int)
    use = (place >= 0) & (age <= OLDEST)
    cube = np.zeros((len(months), OLDEST + 1, columns))
    which = np.broadcast_to(column, place.shape)
    np.add.at(cube, (place[use], age[use], which[use]), lines[name].to_numpy(dtype=float)[use])
    cube = cube.cumsum(axis=1)
    cube[np.arange(OLDEST + 1)[None, :] > np.arange(len(months))[::-1][:, None]] = np.nan
    return cube


def _one(what: tuple[str, str], mine: pd.DataFrame, running: pd.DataFrame, months: pd.DatetimeIndex) -> Declared:
    amount = cumulative(mine, months, "bedrag_eur")[:, :, 0]
    priced = is_priced(running)
    per_month = running.groupby("maand")["verwacht_eur" if priced else "clienten"].sum()
    return Declared(*what, months, amount, per_month.reindex(months).to_numpy(dtype=float), priced)
