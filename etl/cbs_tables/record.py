"""What one declares about a CBS table. Everything else is asked from the table's own metadata at run time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Topic:
    """A topic of a table.

    Attributes:
        stem: Key without its number; the number moves between editions.
        unit: Unit it must have, as CBS names it.
        parent: Title of the group it stands in, where the stem occurs more than once.
        hint: The key as it was seen; only to help whoever reads this.
    """

    stem: str
    unit: str
    parent: str | None = None
    hint: str = ""


@dataclass(frozen=True)
class Code:
    """A code of a dimension that is looked up by its key and, where that moved, by its title."""

    key: str
    title: str


#: The three codes with which health tables give a value and the bounds of its 95 % interval.
MARGES = {
    "waarde": Code("MW00000", "Waarde"),
    "ondergrens": Code("MOG0095", "Ondergrens"),
    "bovengrens": Code("MBG0095", "Bovengrens"),
}


@dataclass(frozen=True)
class CbsTable:
    """A table that is fetched at each refresh.

    Attributes:
        id: CBS id, case-sensitive.
        family: Tables of one family have one staging file: staging/cbs__<family>.sql.
        topics: What is taken from it.
        region: Dimension with the regions.
        period: Dimension with the periods, or None for a table about one year.
        year: That year.
        population: Dimension -> the one code that is taken.
        margins: Dimension with value and bounds, or None.
        server: Key of etl.readers.odata.LIVE.
    """

    id: str
    family: str
    topics: tuple[Topic, ...]
    region: str = "RegioS"
    period: str | None = "Perioden"
    year: int | None = None
    population: dict[str, Code] = field(default_factory=dict)
    margins: str | None = None
    server: str = "cbs"

    def __post_init__(self) -> None:
        if (self.period is None) == (self.year is None):
            raise ValueError(f"{self.id}: either a period dimension or a year")

    @property
    def dimensions(self) -> set[str]:
        """All dimensions the table is known to have."""
        return {d for d in (self.region, self.period, self.margins, *self.population) if d}

    @property
    def uitsplitsing(self) -> str:
        """The population that its figures are about: 'totaal' or the declared codes."""
        return "+".join(c.key for c in self.population.values()) or "totaal"
