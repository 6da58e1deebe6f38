"""What the explanation says that a planted event did: with it less without it, cause by cause, and the true euros."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.sample.ledger import wetten
from etl.sample.simulation import World
from indicators.forecast.budget import forecast
from indicators.forecast.explain import TABLE, explanations
from tests.support.explain_marts import marts, put
from tests.support.explain_planted import CAUSES, Gemeente, Plant
from tests.support.explain_truth import elsewhere, held_back, other_causes, true_euros

_D = dt.date
#: Several onderdelen, months and sizes of each kind.
PLANTS = (
    Plant("tariefstap", "begeleiding", _D(2026, 1, 1), 1.09),
    Plant("tariefstap", "jeugdhulp_ambulant", _D(2026, 3, 1), 1.08),
    Plant("tariefstap", "hulp_bij_het_huishouden", _D(2026, 4, 1), 1.08),
    Plant("tariefstap", "dagbesteding", _D(2026, 3, 1), 1.12),
    Plant("tariefstap", "beschermd_wonen", _D(2026, 1, 1), 1.08),
    Plant("instroomstijging", "hulp_bij_het_huishouden", _D(2025, 10, 1), 1.3),
    Plant("instroomstijging", "begeleiding", _D(2026, 1, 1), 1.4),
    Plant("instroomstijging", "jeugdhulp_ambulant", _D(2026, 2, 1), 1.3),
    Plant("instroomstijging", "dagbesteding", _D(2025, 9, 1), 1.4),
    Plant("late_aanbieder", "begeleiding", _D(2026, 1, 1), 2.7),
    Plant("late_aanbieder", "jeugdhulp_ambulant", _D(2026, 2, 1), 2.6),
    Plant("late_aanbieder", "jeugdhulp_met_verblijf", _D(2026, 3, 1), 2.6),
    Plant("incidentele_post", "wsw_en_beschut_werk", _D(2026, 4, 1), 6e5),
    Plant("incidentele_post", "jeugdhulp_met_verblijf", _D(2026, 5, 1), 5e5),
    Plant("incidentele_post", "beschermd_wonen", _D(2026, 3, 1), 4e5),
    Plant("incidentele_post", "begeleiding", _D(2026, 6, 1), 3e5),
    Plant("minder_uitstroom", "hulp_bij_het_huishouden", _D(2026, 1, 1), 0.5),
    Plant("minder_uitstroom", "begeleiding", _D(2026, 1, 1), 0.5),
    Plant("minder_uitstroom", "jeugdhulp_ambulant", _D(2026, 2, 1), 0.4),
    Plant("zwaardere_zorg", "begeleiding", _D(2026, 1, 1), 1.3),
    Plant("zwaardere_zorg", "jeugdhulp_ambulant", _D(2025, 11, 1), 1.3),
    Plant("zwaardere_zorg", "hulp_bij_het_huishouden", _D(2026, 1, 1), 1.3),
)
#: Causes that name nothing that happened: what the budget lacked, and what is left.
NO_EVENT = ["begroting", "overig"]
#: True other causes that an event adds to.
_ADDS_TO = {"tariefstap": "prijs", "zwaardere_zorg": "prijs", "instroomstijging": "nieuw",
            "minder_uitstroom": "beeindigd"}  # fmt: skip
_BETWEEN = re.compile(r"tussen (\d+) en (\d+) %")
#: An event is truly the largest from so many times any other true cause on.
LARGEST = 1.5


@dataclass(frozen=True)
class Told:
    """A planted event at one month end.

    Attributes:
        plant: The event.
        month: Month end since the event began, 1 is that of its own month; of one of last year, since this January.
        true: What it does to the year with what of it had happened by then, in euros; of late bills what a forecast
            misses that carries on the level of the bookings.
        said: What the difference of the two explanations gives to its cause, in euros.
        first: Whether its cause is the largest of that difference (begroting and overig name no event).
        truly: Whether it is 1.5 times as large as any other true cause of that year.
        named: Whether its cause is the largest of the explanation itself.
        between: Of a tariff whose price is named: whether it truly lies between the percentages of the sentence.
    """

    plant: Plant
    month: int
    true: float
    said: float
    first: bool
    truly: bool
    named: bool
    between: bool | None = None


class Follower:
    """Follows planted events in one municipality."""

    def __init__(self, seed: int) -> None:
        """Simulate it, and explain it without events."""
        self.gemeente = Gemeente(seed)
        self._quiet = explained(self.gemeente.without, self.gemeente)

    def follow(self, plant: Plant) -> list[Told]:
        """Give what is told of an event at every month end of the running year since it began."""
        without, planted = self.gemeente.pair(plant)
        o, cause = plant.onderdeel, CAUSES[plant.soort]
        assert elsewhere(without, planted, o) == 0
        same = without is self.gemeente.without
        before = by_cause(self._quiet if same else explained(without, self.gemeente), o)
        rows = explained(planted, self.gemeente)
        after, sentences = by_cause(rows, o), _sentences(rows, o, cause)
        causes = sorted(set(before) | set(after) | {cause})
        before, after = (t.reindex(columns=causes, fill_value=0.0) for t in (before, after))
        euros, held = true_euros(without, planted, o), held_back(without, planted, o)
        others = other_causes(without, o)
        own = others.pop(_ADDS_TO.get(plant.soort, ""), 0.0)
        largest = max([abs(v) for v in others.values()] or [0.0])
        first = plant.sinds.month if plant.sinds.year == planted.peildatum.year else 1
        told = []
        for m in range(first, planted.peildatum.month + 1):
            true = float(euros[:m].sum() + (12 - m) * euros[m - 1])
            if plant.soort == "incidentele_post":
                true = float(euros.sum())
            if plant.soort == "late_aanbieder":
                true = -12 / m * float(held[m - 1])
            change, now = ((t.loc[m]).drop(NO_EVENT) for t in (after - before, after))
            truly = abs(true + own) >= LARGEST * largest and abs(true) >= LARGEST * max(largest, abs(own))
            is_first, is_named = (bool(of[cause]) and of.abs().idxmax() == cause for of in (change, now))
            between = _between(sentences.get(m, ""), plant.maat) if plant.soort == "tariefstap" else None
            told.append(Told(plant, m - first + 1, true, float(change[cause]), is_first, truly, is_named, between))
        return told


def explained(world: World, gemeente: Gemeente) -> pd.DataFrame:
    """Forecast a world and explain its lasten, with the budgets of the quiet municipality."""
    with marts(world, wetten(), gemeente.without.ledger) as connection:
        made = forecast(connection, world.peildatum)
        for name in ("fct_prognose_verloop", "fct_prognose"):
            put(connection, name, made[f"mart.{name}"])
        return explanations(connection, world.peildatum)[TABLE]


def by_cause(rows: pd.DataFrame, onderdeel: str) -> pd.DataFrame:
    """Give the euros by month of the running year (rows) and cause (columns) of an onderdeel."""
    of = rows[rows["onderdeel"] == onderdeel].assign(month=lambda r: pd.to_datetime(r["peildatum"]).dt.month)
    found = of.pivot_table(index="month", columns="oorzaak", values="effect_eur", aggfunc="sum").astype(float)
    found = found.reindex(columns=sorted({*found, *NO_EVENT}))
    return found.reindex(range(1, int(of["month"].max()) + 1)).fillna(0.0)


def _sentences(rows: pd.DataFrame, onderdeel: str, cause: str) -> dict[int, str]:
    """Month of the running year -> what is said of a cause."""
    of = rows[(rows["onderdeel"] == onderdeel) & (rows["oorzaak"] == cause)]
    return {
        int(month): str(said) for month, said in zip(pd.to_datetime(of["peildatum"]).dt.month, of["zin"], strict=True)
    }


def _between(sentence: str, factor: float) -> bool | None:
    """Whether a price that rose by a factor did so by what a sentence says; None where it says nothing of it."""
    said = _BETWEEN.search(sentence)
    return None if said is None else int(said[1]) <= 100 * (factor - 1.0) <= int(said[2]) and "% meer" in sentence


def by_kind(told: list[Told], least_month: int) -> dict[str, tuple[int, float, float, int, float]]:
    """Give per kind, from a month on: how many, part first, said over true, and of those truly largest part named."""
    result = {}
    for soort in CAUSES:
        of = [t for t in told if t.plant.soort == soort and t.month >= least_month]
        truly = [t.named for t in of if t.truly]
        true = sum(t.true for t in of)
        ratio = sum(t.said for t in of) / true if true else float("nan")
        part = float(np.mean(truly)) if truly else float("nan")
        result[soort] = (len(of), float(np.mean([t.first for t in of])), ratio, len(truly), part)
    return result
