"""Everything an edition is written from: read once from one publication, as it was known at the peildatum."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard import queries, queries_edition, queries_indicators, queries_programmes
from dashboard.edition.half_year import EditionRefused, HalfYear
from dashboard.edition.posts import Post, posts
from dashboard.store import Publication
from indicators.core.goals import Doel, UnusableGoal, goals
from indicators.core.settings import settings

#: A budget without an explanation.
_GEEN = pd.DataFrame(columns=["peildatum", "onderdeel", "lasten_baten", "oorzaak", "volgorde", "effect_eur", "zin"])


@dataclass(frozen=True)
class Earlier:
    """What an earlier frozen edition said.

    Attributes:
        code: '2026-H1', or '2026-H1-2' for a correction.
        naam: 'eerste halfjaar 2026'.
        peildatum: Day up to which its figures went.
        berichten: Conclusion per message, as it was frozen.
        waarden: Figures per message: name -> value.
    """

    code: str
    naam: str
    peildatum: dt.date
    berichten: dict[str, str] = field(default_factory=dict)
    waarden: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class World:
    """The data of one edition; frames as their queries describe them. `onthouden` keeps what was made of them."""

    halfjaar: HalfYear
    peildatum: dt.date
    run: str
    gemeente: str
    gemeente_code: str
    land_code: str
    land: str
    voorbeelddata: bool
    drempel: float
    namen: dict[str, str]
    wetten: dict[str, str]
    doelen: dict[str, Doel]
    posten: dict[tuple[str, str], Post]
    saldo: pd.DataFrame
    verklaring: dict[tuple[str, str], pd.DataFrame]
    verloop: pd.DataFrame
    gebruik: pd.DataFrame
    indicatoren: pd.DataFrame
    veranderingen: pd.DataFrame
    posities: pd.DataFrame
    programmas: pd.DataFrame
    resultaten: pd.DataFrame
    taakstelling: pd.DataFrame
    terugtoets: pd.DataFrame
    leveringen: pd.DataFrame
    cbs: pd.DataFrame
    eerder: Earlier | None = None
    onthouden: dict[Any, Any] = field(default_factory=dict)

    @property
    def boekjaar(self) -> int:
        """Year of the budgets."""
        return self.halfjaar.jaar

    def causes(self, post: Post) -> pd.DataFrame:
        """Give the explanation of a budget, largest cause first; empty without one."""
        return self.verklaring.get((post.onderdeel, post.lasten_baten), _GEEN)


def read(pub: Publication, half: HalfYear, earlier: Earlier | None = None) -> World:
    """Read what an edition is written from.

    Args:
        pub: The publication.
        half: The half year.
        earlier: The edition before, when there is one.

    Raises:
        EditionRefused: The publication has nothing about this half year.
    """
    about = _about(pub)
    day = _peildatum(pub, half, about)
    own, year = settings(), half.jaar
    code = str(about["gemeente_code"])
    onderdelen = queries.onderdelen(pub)
    names = queries.namen(pub)
    values = queries_indicators.eigen_waarden(pub, code, own.gemeente.land_code)
    return World(
        halfjaar=half,
        peildatum=day,
        run=str(about["run"]),
        gemeente=str(about["gemeente_naam"]),
        gemeente_code=code,
        land_code=own.gemeente.land_code,
        land=own.gemeente.land_naam,
        voorbeelddata=bool(about["voorbeelddata"]),
        drempel=float(own.editie.toelichting_vanaf_eur),
        namen=names,
        wetten=dict(zip(onderdelen["onderdeel"], onderdelen["wet"], strict=True)),
        doelen=_goals(),
        posten=posts(queries_edition.begroting(pub, year, day), queries_edition.prognose(pub, year, day), names, year),
        saldo=queries_edition.saldo(pub, year, day),
        verklaring={
            (str(o), str(lb)): rows
            for (o, lb), rows in queries_edition.verklaring(pub, year, day).groupby(["onderdeel", "lasten_baten"])
        },
        verloop=queries_edition.verloop(pub, year, day, "totaal"),
        gebruik=queries_edition.gebruik(pub, code, day),
        indicatoren=values,
        veranderingen=queries_indicators.veranderingen(pub, code),
        posities=queries_indicators.posities(pub, code),
        programmas=queries_edition.programmas(pub, day),
        resultaten=queries_edition.resultaten(pub, day),
        taakstelling=queries_programmes.taakstelling(pub),
        terugtoets=queries_edition.terugtoets(pub, year, day.month),
        leveringen=queries_edition.leveringen(pub, day),
        cbs=queries.cbs_tabellen(pub),
        eerder=earlier,
    )


def _about(pub: Publication) -> Any:
    rows = queries.publicatie(pub)
    if rows.empty:
        raise EditionRefused("De publicatie is leeg. Ververs de monitor eerst.")
    return rows.iloc[0]


def _peildatum(pub: Publication, half: HalfYear, about: Any) -> dt.date:
    day = queries_edition.peildatum(pub, half.jaar, half.begin, half.einde)
    newest = f.as_date(about["peildatum"])
    if day is None and newest is not None and half.jaar >= newest.year:
        # A gemeente in its first year has a budget and too little history for any forecast.
        day = queries_edition.begroot_op(pub, half.jaar, half.begin, half.einde)
    if day is None:
        raise EditionRefused(
            f"Over het {half.naam} staat niets in de publicatie: er is geen prognose van {half.jaar} met een peildatum "
            f"van {f.datum(half.begin)} tot en met {f.datum(half.einde)}. De nieuwste peildatum is {f.datum(newest)}. "
            "Lever de gegevens van dit halfjaar en ververs de monitor, of "
            "kies een ander halfjaar."
        )
    return day


def _goals() -> dict[str, Doel]:
    try:
        return goals()
    except UnusableGoal as problem:
        raise EditionRefused(f"{problem} Verbeter de lijst met doelen en probeer het opnieuw.") from problem
