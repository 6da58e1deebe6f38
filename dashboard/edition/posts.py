"""The budgets of an edition: per onderdeel, wet and in total what was voted, what is in force and what is expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from dashboard import formatting as f
from dashboard.edition.facts import less, source
from indicators.core.contract import AGGREGATEN

TOTAAL = "totaal"
#: Causes that come once; those that stay unless something is decided; the rest of an explanation says neither.
EENMALIG = ("incidenteel",)
BLIJVEND = ("aantal", "prijs", "duur", "nieuw", "beeindigd", "begroting")


@dataclass(frozen=True)
class Post:
    """One budget, lasten or baten. Euros; None where the publication does not have it.

    Attributes:
        onderdeel: Id of the onderdeel, or of a sum of them.
        naam: Dutch name.
        lasten_baten: L or B.
        onderdelen: Onderdelen that have a budget in it, for the source of its sums.
        boekjaar: Year.
        begroting_op: Peildatum of the budget.
        prognose_op: Peildatum of the forecast.
        primitief: As voted before the year.
        actueel: In force.
        verwacht: Expected at the end of the year (p50).
        laag: 10 % quantile.
        hoog: 90 % quantile.
        kans: Probability 0-1 that the outturn exceeds the budget in force.
        op: Day on which the money is gone, if it will.
        kwantielen: p10_eur .. p90_eur and actueel_eur as a row, for what reads queries.budgetten.
    """

    onderdeel: str
    naam: str
    lasten_baten: str
    onderdelen: tuple[str, ...]
    boekjaar: int
    begroting_op: dt.date | None
    prognose_op: dt.date | None
    primitief: float | None
    actueel: float | None
    verwacht: float | None
    laag: float | None
    hoog: float | None
    kans: float | None
    op: dt.date | None
    kwantielen: pd.Series

    def budget_bron(self, kolom: str) -> str:
        """Say where a sum of the budget stands."""
        parts = ",".join(self.onderdelen)
        keys = {"boekjaar": self.boekjaar, "peildatum": self.begroting_op, "onderdeel": parts}
        return source("mart.fct_begroting", kolom, **keys, lasten_baten=self.lasten_baten)

    def prognose_bron(self, kolom: str) -> str:
        """Say where a figure of the forecast stands."""
        keys = {"boekjaar": self.boekjaar, "peildatum": self.prognose_op, "onderdeel": self.onderdeel}
        fixed = {"lasten_baten": self.lasten_baten, "scenario": "basis", "methode": "model"}
        return source("mart.fct_prognose", kolom, **keys, **fixed)

    @property
    def verschil(self) -> float | None:
        """Euros that are left over (positive: voordeel) or short (negative: nadeel); None when it is not known."""
        if self.actueel is None or self.verwacht is None:
            return None
        short = self.verwacht - self.actueel
        return -short if self.lasten_baten == "L" else short

    @property
    def verschil_bron(self) -> str:
        """Say where the difference comes from."""
        budget, expected = self.budget_bron("actueel_eur"), self.prognose_bron("p50_eur")
        return less(budget, expected) if self.lasten_baten == "L" else less(expected, budget)


def sign(difference: float | None) -> str:
    """Give V (voordeel), N (nadeel), or nothing for what rounds to nought in thousands.

    Args:
        difference: Euros, positive when money is left over or more comes in; None when it is not known.
    """
    if difference is None or abs(difference) < 500:
        return ""
    return "V" if difference > 0 else "N"


def once_or_lasting(post: Post, causes: pd.DataFrame) -> str:
    """Say whether a difference is incidenteel (I), structureel (S), both (I/S), or not known (?).

    Known only where the explanation of the forecast covers more than half of the difference; a part under a tenth of
    what is explained is left out.

    Args:
        post: The budget.
        causes: Rows of queries_edition.verklaring of this budget.
    """
    difference = post.verschil
    if difference is None or not sign(difference):
        return ""
    once, lasting, other = (float(part["effect_eur"].sum()) for part in _split(causes))
    if causes.empty or abs(other) * 2 > abs(difference):
        return "?"
    explained = abs(once) + abs(lasting)
    if not explained:
        return "?"
    if abs(once) < explained / 10:
        return "S"
    return "I" if abs(lasting) < explained / 10 else "I/S"


def _split(causes: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    once, lasting = causes["oorzaak"].isin(EENMALIG), causes["oorzaak"].isin(BLIJVEND)
    return causes[once], causes[lasting], causes[~(once | lasting)]


def posts(
    budget: pd.DataFrame, forecast: pd.DataFrame, names: dict[str, str], year: int
) -> dict[tuple[str, str], Post]:
    """Put budget and forecast together, per onderdeel and sum and side; an onderdeel with neither is not in it.

    Args:
        budget: queries_edition.begroting.
        forecast: queries_edition.prognose.
        names: Dutch name per onderdeel and sum.
        year: boekjaar.
    """
    expected = {(str(r["onderdeel"]), str(r["lasten_baten"])): r for _, r in forecast.iterrows()}
    found = {}
    for side in ("L", "B"):
        rows = budget[budget["lasten_baten"] == side]
        parts = {TOTAAL: rows, **{wet: rows[rows["wet"] == wet] for wet in AGGREGATEN if wet != TOTAAL}}
        parts |= {str(name): part for name, part in rows.groupby("onderdeel", sort=False)}
        for name in [*parts, *(o for o, lb in expected if lb == side and o not in parts)]:
            own = parts.get(name, rows[:0])
            if len(own) or (name, side) in expected:
                found[(name, side)] = _post(name, side, own, expected.get((name, side)), names, year)
    return found


def _post(
    name: str, side: str, own: pd.DataFrame, expected: pd.Series | None, names: dict[str, str], year: int
) -> Post:
    def sum_of(column: str) -> float | None:
        return None if own.empty or own[column].isna().all() else round(float(own[column].sum()), 2)

    def part(column: str) -> float | None:
        return None if expected is None or f.missing(expected[column]) else float(expected[column])

    actual = sum_of("actueel_eur")
    quantiles = {c: part(c) for c in ("p10_eur", "p25_eur", "p50_eur", "p75_eur", "p90_eur")}
    return Post(
        onderdeel=name,
        naam=names.get(name, name.replace("_", " ").capitalize()),
        lasten_baten=side,
        onderdelen=tuple(sorted(own["onderdeel"])),
        boekjaar=year,
        begroting_op=None if own.empty else f.as_date(own["peildatum"].max()),
        prognose_op=None if expected is None else f.as_date(expected["peildatum"]),
        primitief=sum_of("primitief_eur"),
        actueel=actual,
        verwacht=part("p50_eur"),
        laag=part("p10_eur"),
        hoog=part("p90_eur"),
        kans=part("kans_overschrijding"),
        op=None if expected is None else f.as_date(expected["uitputting_p50"]),
        kwantielen=pd.Series({**quantiles, "actueel_eur": actual}, dtype="float64"),
    )
