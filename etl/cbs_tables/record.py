"""What one declares about the shape of a CBS table. Everything else is asked from its own metadata at run time."""

from __future__ import annotations

from dataclasses import dataclass, field

from indicators.core.cbs import Topic
from indicators.core.settings import settings


@dataclass(frozen=True)
class Code:
    """A code of a dimension that is looked up by its key and, where that moved, by how its title begins.

    Attributes:
        key: The key as it was seen; "" when it never was.
        title: How its title begins.
        ook: Other ways in which the title may begin.
    """

    key: str
    title: str
    ook: tuple[str, ...] = ()


#: The three codes with which health tables give a value and the bounds of its 95 % interval.
MARGES = {
    "waarde": Code("MW00000", "Waarde"),
    "ondergrens": Code("MOG0095", "Ondergrens"),
    "bovengrens": Code("MBG0095", "Bovengrens"),
}
#: Levels of regions that most tables are asked for.
GROOT = ("land", "provincie", "gemeente")
#: Those of tables with wijken: of wijken and buurten only the ones of the own gemeente.
WIJKEN = ("land", "gemeente", "wijk", "buurt")


@dataclass(frozen=True)
class CbsTable:
    """A table that is fetched at each refresh, when an indicator asks something of it.

    Attributes:
        id: CBS id, case-sensitive.
        reeks: Tables of one series hold the same topics for different years or editions; a topic may name the series.
        topics: What is taken from it; filled in from what the indicators ask (etl.cbs_tables.tables).
        region: Dimension with the regions.
        period: Dimension with the periods, or None for a table about one year.
        year: That year.
        population: Dimension -> the one code that is taken.
        margins: Dimension with value and bounds, or None.
        grenzen: Whether a table with margins surely has the bounds; False: without them the value alone is taken.
        server: Key of etl.readers.odata.LIVE.
        niveaus: Levels of regions that are kept.
        totalen: Of a dimension that is not declared the one code "Totaal" is taken; False: such a table is refused.
        vanaf: First year that is asked for, of long tables.
        uitsplitsing: What its figures are called: 'totaal', or the code of the group that they are about.
    """

    id: str
    reeks: str
    topics: tuple[Topic, ...] = ()
    region: str = "RegioS"
    period: str | None = "Perioden"
    year: int | None = None
    population: dict[str, Code] = field(default_factory=dict)
    margins: str | None = None
    grenzen: bool = True
    server: str = "cbs"
    niveaus: tuple[str, ...] = GROOT
    totalen: bool = False
    vanaf: int | None = None
    uitsplitsing: str = "totaal"

    def __post_init__(self) -> None:
        if (self.period is None) == (self.year is None):
            raise ValueError(f"{self.id}: either a period dimension or a year")

    @property
    def dimensions(self) -> set[str]:
        """All dimensions the table is known to have."""
        return {d for d in (self.region, self.period, self.margins, *self.population) if d}

    @property
    def prefixes(self) -> tuple[str, ...]:
        """How the codes of the regions begin that are kept; of wijken and buurten only those of the own gemeente."""
        number = settings().gemeente.code[2:]
        begins = {"land": "NL", "provincie": "PV", "gemeente": "GM", "wijk": f"WK{number}", "buurt": f"BU{number}"}
        return tuple(begins[n] for n in self.niveaus)
