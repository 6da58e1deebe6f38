"""A law that care is given by: its productcategorieen, onderdelen and code lists (iWmo and iJw 3.2, data/reference)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from etl.cleaning import plain
from etl.lines.values import reference


@dataclass(frozen=True)
class Law:
    """One of the two laws.

    Attributes:
        wet: wmo or jeugd, as the source is called.
        naam: Dutch name for messages.
        lijst: Name of the code list of productcategorieen.
        codes: The range of its codes, for messages.
        pgb_onderdeel: Onderdeel of what is paid as a pgb; None: that of the productcategorie.
    """

    wet: str
    naam: str
    lijst: str
    codes: str
    pgb_onderdeel: str | None = None

    @property
    def categories(self) -> dict[str, dict[str, str]]:
        """Give the rows of the list of productcategorieen by code."""
        return {row["productcategorie"]: row for row in reference(f"productcategorieen_{self.wet}")}

    @property
    def onderdelen(self) -> tuple[str, ...]:
        """Give the onderdelen of the law."""
        return tuple(sorted(row["onderdeel"] for row in reference("onderdelen") if row["wet"] == self.wet))

    @property
    def other(self) -> Law:
        """Give the other law."""
        return JEUGD if self.wet == "wmo" else WMO

    def reasons(self) -> dict[str, str]:
        """Give the reasons of ending: the same number means another thing in the other law."""
        return code_list(f"reden_einde_{self.wet}")


WMO = Law("wmo", "Wmo", "WMO020", "01 tot en met 18")
JEUGD = Law("jeugd", "Jeugdwet", "JZ020", "31 tot en met 38 en 40 tot en met 55", "pgb_jeugd")


@lru_cache(maxsize=16)
def code_list(lijst: str) -> dict[str, str]:
    """Give the ways to write a value of a list in data/reference/codelijsten_zorg.csv -> its code."""
    found: dict[str, str] = {}
    for row in reference("codelijsten_zorg"):
        if row["lijst"] == lijst:
            for word in (row["code"], row["naam"], *filter(None, row["ook"].split("|"))):
                found[plain(word)] = row["code"]
    return found


@lru_cache(maxsize=4)
def category_names(wet: str) -> dict[str, str]:
    """Give the ways to write a productcategorie of a law -> its code."""
    found: dict[str, str] = {}
    for code, row in {"wmo": WMO, "jeugd": JEUGD}[wet].categories.items():
        found[code] = code
        found[plain(row["naam"])] = code
        # "(2015) Met verblijf: pleegzorg" is written without its year too.
        found[plain(row["naam"].removeprefix("(2015) "))] = code
    return found
