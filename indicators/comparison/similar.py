"""Which gemeenten are like the own one: a robust distance on population, age, income, benefits.

The method: docs/vergelijken.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from indicators.comparison.words import number

#: So many gemeenten are called alike.
NEAREST = 10
#: With fewer others nothing can be called alike: there is no usual spread to measure it by.
MIN_OTHERS = 5
#: Median absolute deviation -> standard deviation, for figures that are spread normally.
_MAD = 1.4826


@dataclass(frozen=True)
class Feature:
    """One figure that gemeenten are compared on.

    Attributes:
        name: Column of the profile.
        onderwerp: Topic of CBS, uitsplitsing 'totaal'.
        per: 100 or 1000: the topic is divided by the population of the same year, and given per so many; 0: as it is.
        logarithm: Compared by ratio instead of by difference.
        weight: Themes weigh the same; two figures of one theme share its weight.
        words: In Dutch, with {0} for the figure.
        decimals: Of that figure.
    """

    name: str
    onderwerp: str
    per: int
    logarithm: bool
    weight: float
    words: str
    decimals: int


_INWONERS = "AantalInwoners"
FEATURES = (
    Feature("inwoners", _INWONERS, 0, True, 1.0, "{0} inwoners", 0),
    Feature("jong", "k_0Tot15Jaar", 100, False, 0.5, "{0} % jonger dan 15 jaar", 1),
    Feature("oud", "k_65JaarOfOuder", 100, False, 0.5, "{0} % 65 jaar of ouder", 1),
    Feature("inkomen", "GemiddeldInkomenPerInwoner", 0, True, 1.0, "{0} duizend euro inkomen per inwoner", 1),
    Feature("bijstand", "PersonenPerSoortUitkeringBijstand", 1000, False, 1.0, "{0} van de 1.000 met bijstand", 0),
)

_FIGURES = """
    SELECT rtrim(onderwerp, '_') AS onderwerp, gebied_code, left(periode, 4) AS jaar, arg_max(waarde, tabel) AS waarde
    FROM mart.fct_cbs_waarneming
    WHERE gebied_code LIKE 'GM%' AND uitsplitsing = 'totaal' AND substr(periode, 5) = 'JJ00' AND isfinite(waarde)
      AND CAST(left(periode, 4) AS INTEGER) <= ?
      AND list_contains(?, rtrim(onderwerp, '_'))
    GROUP BY ALL"""


@dataclass(frozen=True)
class Profile:
    """What is known of the gemeenten.

    Attributes:
        figures: By gemeente, a column per feature that the own gemeente has; a figure may be missing.
        years: Of each column the year: the newest in which the own gemeente has the figure.
    """

    figures: pd.DataFrame
    years: Mapping[str, str]


def profile(connection: duckdb.DuckDBPyConnection, own: str, year: int) -> Profile:
    """Read the figures on which gemeenten are compared.

    Args:
        connection: To a database with mart.fct_cbs_waarneming.
        own: Code of the own gemeente: the years are those in which it has a figure.
        year: Figures of later years are left out.
    """
    found = connection.execute(_FIGURES, [year, [f.onderwerp for f in FEATURES]]).df()
    tables = {
        name: part.pivot(index="gebied_code", columns="jaar", values="waarde")
        for name, part in found.groupby("onderwerp")
    }
    columns, years = {}, {}
    for feature in FEATURES:
        table = tables.get(feature.onderwerp)
        if table is not None and feature.per:
            people = tables.get(_INWONERS)
            table = None if people is None else feature.per * table / people[people > 0].reindex_like(table)
        if table is None or own not in table.index or table.loc[own].dropna().empty:
            continue
        newest = str(table.loc[own].dropna().index.max())
        values = table[newest]
        columns[feature.name] = values[values > 0] if feature.logarithm else values
        years[feature.name] = newest
    return Profile(pd.DataFrame(columns), years)


def distances(known: Profile, own: str) -> pd.Series:
    """Give the distance of every other gemeente to the own one, the nearest first; empty where a figure is missing.

    Each figure is set against its median and median absolute deviation over all gemeenten, so that a few extreme ones
    do not set the scale; the distance is the root of the weighted mean of squared differences.

    Args:
        known: As `profile` gives it.
        own: Code of the own gemeente.
    """
    if set(known.figures.columns) != {f.name for f in FEATURES}:
        return pd.Series(dtype=float)
    complete = known.figures.dropna()
    if own not in complete.index or len(complete) <= MIN_OTHERS:
        return pd.Series(dtype=float)
    total = pd.Series(0.0, index=complete.index)
    for feature in FEATURES:
        values = np.log(complete[feature.name]) if feature.logarithm else complete[feature.name]
        spread = _MAD * float((values - values.median()).abs().median()) or float(values.std(ddof=0))
        if spread:
            total += feature.weight * ((values - values[own]) / spread) ** 2
    distance = np.sqrt(total / sum(f.weight for f in FEATURES)).drop(own)
    return distance.sort_index().sort_values(kind="stable")


def why(known: Profile, code: str, own: str, own_name: str) -> str:
    """Say in Dutch, with the figures of both, why a gemeente is called alike."""
    parts = []
    for feature in FEATURES:
        theirs, ours = (number(float(known.figures.at[c, feature.name]), feature.decimals) for c in (code, own))
        parts.append(f"{feature.words.format(theirs)} ({own_name} {ours}; {known.years[feature.name]})")
    return f"Lijkt op {own_name}: {', '.join(parts[:-1])} en {parts[-1]}."
