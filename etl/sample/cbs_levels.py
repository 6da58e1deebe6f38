"""What synthetic CBS figures look like: level, spread, trend and noise per topic. All drawn, none copied from CBS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.sample.streams import stream
from indicators.core.cbs import Topic

#: The year for which the levels below are meant.
BASE = 2020


@dataclass(frozen=True)
class Level:
    """How a topic is drawn.

    Attributes:
        midden: Level in the middle gemeente.
        spreiding: Standard deviation between gemeenten.
        welvaart: How much of that goes with the wealth of a gemeente, from -1 to 1.
        trend: Change a year, as part of the level.
        ruis: Standard deviation from year to year, as part of the level.
        decimalen: Decimals as published.
        per_inwoner: The level is a number per inhabitant, so the figure is a count.
        laat: Filled in only when the year after next has begun.
    """

    midden: float
    spreiding: float
    welvaart: float = 0.0
    trend: float = 0.0
    ruis: float = 0.01
    decimalen: int = 1
    per_inwoner: bool = False
    laat: bool = False


def _part(midden: float, spreiding: float, welvaart: float = 0.0, trend: float = 0.0, laat: bool = False) -> Level:
    return Level(midden, spreiding, welvaart, trend, 0.004, 0, True, laat)


LEVELS = {
    "JongerenMetJeugdhulpInNatura": Level(12.3, 1.6, -0.5, 0.018, 0.012),
    "ErvarenGezondheidGoedZeerGoed": Level(72.0, 2.5, 0.7),
    "ErvarenGezondheidGeschat": Level(72.0, 3.0, 0.8),
    "Overgewicht": Level(51.0, 3.5, -0.6, 0.004),
    "VoldoetAanBeweegrichtlijn": Level(48.0, 3.0, 0.5),
    "Rokers": Level(17.5, 2.0, -0.4, -0.02),
    "Mantelzorger": Level(15.5, 1.6, 0.0),
    "ZwaarBelasteMantelzorgers": Level(17.0, 2.0, -0.2, 0.02),
    "WekelijkseSporters": Level(52.0, 3.0, 0.5, 0.01),
    "NettoArbeidsparticipatie": Level(69.0, 3.0, 0.6, 0.008, 0.006),
    "Werkloosheidspercentage": Level(4.1, 0.6, -0.5, -0.02, 0.04),
    "GemiddeldBesteedbaarInkomen": Level(48.0, 5.0, 0.9, 0.03, 0.006),
    "GemiddeldeScoreTotaal": Level(0.05, 0.15, 0.95, 0.0, 0.05, 3),
    "VoortijdigSchoolverlatersPercentage": Level(2.0, 0.5, -0.4, 0.01, 0.06),
    "HuishoudensMetMeerVoorzieningen": Level(7.0, 1.8, -0.6, 0.01, 0.02),
    "ParticuliereHuishoudensRelatief": Level(6.5, 1.6, -0.8, -0.02, 0.02),
    "k_0Tot15Jaar": _part(0.150, 0.015), "k_15Tot25Jaar": _part(0.115, 0.014), "k_25Tot45Jaar": _part(0.235, 0.02),
    "k_45Tot65Jaar": _part(0.280, 0.015), "k_65JaarOfOuder": _part(0.220, 0.03, -0.2, 0.012),
    "HuishoudensTotaal": _part(0.445, 0.025), "Eenpersoonshuishoudens": _part(0.150, 0.03, -0.4),
    "HuishoudensMetKinderen": _part(0.145, 0.02, 0.2),
    "PersonenPerSoortUitkeringBijstand": _part(0.022, 0.009, -0.7, -0.02, True),
    "PersonenPerSoortUitkeringAO": _part(0.048, 0.011, -0.7, 0.005, True),
    "PersonenPerSoortUitkeringWW": _part(0.011, 0.002, -0.3, 0.0, True),
    "WmoClienten": _part(0.062, 0.012, -0.6, 0.015, True),
    "JongerenMetJeugdzorgInNatura": _part(0.025, 0.004, -0.4, 0.01, True),
    "Woningvoorraad": _part(0.460, 0.03, 0.0, 0.006), "OppervlakteLand": _part(0.25, 0.1),
    "GemiddeldInkomenPerInwoner": Level(27.0, 3.2, 0.9, 0.03, 0.006, laat=True),
    "WmoClientenRelatief": Level(62.0, 12.0, -0.6, 0.015, 0.01, 0, laat=True),
    "PercentageJongerenMetJeugdzorg": Level(12.3, 1.6, -0.5, 0.018, 0.012, laat=True),
    "Nettoarbeidsparticipatie": Level(69.0, 3.0, 0.6, 0.008, 0.006, 0, laat=True),
    "PersonenInArmoede": Level(2.9, 0.8, -0.8, -0.03, 0.02, laat=True),
    "MediaanVermogenVanParticuliereHuish": Level(150.0, 50.0, 0.9, 0.06, 0.02, laat=True),
    "GemiddeldeWOZWaardeVanWoningen": Level(290.0, 80.0, 0.7, 0.07, 0.005, 0),
    "Koopwoningen": Level(62.0, 7.0, 0.5, 0.0, 0.003, 0), "HuurwoningenTotaal": Level(37.0, 7.0, -0.5, 0.0, 0.003, 0),
    "OnbewoondeWoningen": Level(4.0, 1.0, -0.3, 0.0, 0.03, 0),
    "AfstandTotHuisartsenpraktijk": Level(1.2, 0.4), "AfstandTotGroteSupermarkt": Level(1.1, 0.4),
    "AfstandTotSchool": Level(0.8, 0.2),
    "Omgevingsadressendichtheid": Level(900.0, 450.0, 0.0, 0.01, 0.005, 0),
    "GemiddeldAardgasverbruikTotaal": Level(1250.0, 120.0, 0.1, -0.05, 0.02, 0),
    "WoningenMetZonnestroom": Level(14.0, 3.0, 0.2, 0.2, 0.02),
    "AardgasvrijeWoningen": Level(5.0, 2.0, 0.0, 0.12, 0.03),
    "PersonenautoSPerHuishouden": Level(1.2, 0.15, 0.5, 0.002, 0.01),
}  # fmt: skip
#: A topic that is not above: by its unit, so that a new indicator needs nothing here.
_BY_UNIT = {"%": Level(25.0, 5.0), "aantal": _part(0.1, 0.02)}
_OTHER = Level(50.0, 10.0)


def level_of(topic: Topic) -> Level:
    """Give how a topic is drawn."""
    return LEVELS.get(topic.naam) or _BY_UNIT.get(topic.unit, _OTHER)


def draw(seed: int, topic: Topic, years: list[int], wealth: np.ndarray, inwoners: np.ndarray) -> np.ndarray:
    """Draw a topic for all regions and years.

    Args:
        seed: Seed of the sample.
        topic: What is drawn; the same topic in two tables gets the same levels.
        years: Years, as columns.
        wealth: Wealth of each region, standard normal.
        inwoners: Inhabitants of each region.

    Returns:
        A matrix of regions by years, rounded as published; a whole column is nan where CBS has no figure yet.
    """
    level = level_of(topic)
    own = stream(seed, "cbs", topic.naam).normal(size=len(wealth))
    mixed = level.welvaart * wealth + np.sqrt(1 - level.welvaart**2) * own
    # A large region is the mean of many, so it lies near the middle, and moves less from year to year.
    calm = 1 / np.sqrt(np.maximum(inwoners / 40_000, 0.1))
    start = level.midden + level.spreiding * mixed * np.minimum(calm, 1.5)
    columns = []
    for year in years:
        noise = stream(seed, "cbs", topic.naam, year).normal(size=len(wealth)) * level.ruis * np.minimum(calm, 2.0)
        values = start * (1 + level.trend) ** (year - BASE) + abs(level.midden) * noise
        low = level.midden * 0.05 if level.midden > 1 or level.per_inwoner else -np.inf
        values = np.maximum(values, low)
        values = np.minimum(values, 96.0) if topic.unit == "%" else values
        columns.append(np.round(values * inwoners if level.per_inwoner else values, level.decimalen))
    return np.column_stack(columns)
