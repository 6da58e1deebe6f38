"""What of an indicator is looked at: breakdown, kind of period, years and regions; the same for page and notebook.

What is asked for and does not exist is left out, so that a link that was kept stays a page when the figures change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard import catalogue
from dashboard import queries_indicators as queries
from dashboard.rounding import rounded
from dashboard.store import Publication
from indicators.core.indicator import Indicator
from indicators.core.region import own_regions
from indicators.core.uitsplitsing import TOTAAL, volgorde

#: Names in the address that choose what of an indicator is shown, in the order of the controls.
NAMEN = ("indicator", "periode", "uitsplitsing", "gebied", "van", "tot", "groep")
#: Levels of regions that can be put beside the own gemeente.
NIVEAUS = {"gemeente": "Gemeenten", "provincie": "Provincies"}


@dataclass(frozen=True)
class Chosen:
    """What is looked at.

    Attributes:
        item: The indicator.
        parts: Its breakdowns, and `part`, the chosen one.
        kinds: Kinds of period that it has for the own gemeente, and `kind`, the chosen one.
        values: Every row of that kind, as it may be shown (rounding.rounded).
        rows: Of these the chosen years.
        regions: (gebied_code, name) of who has a row, the own gemeente first, then who was put beside it.
        others: gebied_code, naam and niveau of who can be put beside it, and `region`, the chosen one or "".
        years: From the first to the last, and `first` and `last`, the chosen ones.
    """

    item: Indicator
    parts: tuple[str, ...]
    part: str
    kinds: tuple[str, ...]
    kind: str
    values: pd.DataFrame
    rows: pd.DataFrame
    regions: tuple[tuple[str, str], ...]
    others: pd.DataFrame
    region: str
    years: tuple[int, ...]
    first: int
    last: int

    @property
    def state(self) -> dict[str, str]:
        """What of this stands in an address or a notebook: only what differs from what is shown without a choice."""
        found = {"indicator": self.item.id, "periode": self.kind, "gebied": self.region}
        found["uitsplitsing"] = self.part if self.part != self.parts[0] else ""
        found["van"] = str(self.first) if self.years and self.first != self.years[0] else ""
        found["tot"] = str(self.last) if self.years and self.last != self.years[-1] else ""
        return {name: value for name in NAMEN if (value := found.get(name, ""))}


def chosen(pub: Publication, item: Indicator, asked: Mapping[str, str], own: str) -> Chosen:
    """Give what is looked at.

    Args:
        pub: The publication.
        item: The indicator.
        asked: Values by their name in the address (NAMEN).
        own: Code of the own gemeente.
    """
    parts = tuple(sorted(queries.uitsplitsingen(pub, item.id, own), key=volgorde)) or (TOTAAL,)
    part = asked.get("uitsplitsing", "") if asked.get("uitsplitsing") in parts else parts[0]
    others = queries.gebieden(pub, item.id, part)
    others = others[~others["gebied_code"].isin(list(own_regions()))]
    region = asked.get("gebied", "") if asked.get("gebied") in set(others["gebied_code"]) else ""
    names = _beside(region, others)
    values = rounded(item, queries.indicatorwaarden(pub, item.id, part, tuple(names)))
    kinds = tuple(catalogue.kinds(values, own))
    kind = asked.get("periode", "") if asked.get("periode") in kinds else catalogue.newest_kind(values, own)
    values = values[values["periode"].str.slice(4, 6) == kind]
    years = tuple(sorted({int(code[:4]) for code in values["periode"]}))
    first, last = _years(asked, years)
    of_year = values["periode"].str.slice(0, 4).astype(int) if len(values) else pd.Series(dtype=int)
    rows = values[(of_year >= first) & (of_year <= last)]
    there = {own, *rows["gebied_code"]}
    named = tuple((code, name) for code, name in names.items() if code in there)
    return Chosen(item, parts, part, kinds, kind, values, rows, named, others, region, years, first, last)


def _beside(region: str, others: pd.DataFrame) -> dict[str, str]:
    """The own regions with the chosen one right after the own gemeente."""
    (own, name), *rest = own_regions().items()
    found = others[others["gebied_code"] == region]
    beside = {}
    if len(found):
        # A gemeente can bear the name of its provincie.
        same = str(found["naam"].iloc[0]) in {name, *dict(rest).values()}
        beside = {
            region: f"{found['naam'].iloc[0]} ({found['niveau'].iloc[0]})" if same else str(found["naam"].iloc[0])
        }
    return {own: name, **beside, **dict(rest)}


def _years(asked: Mapping[str, str], years: tuple[int, ...]) -> tuple[int, int]:
    """The chosen years; all of them where none was chosen, or the wrong way round."""
    if not years:
        return 0, 0

    def one(name: str, default: int) -> int:
        text = asked.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and int(text) in years else default

    first, last = one("van", years[0]), one("tot", years[-1])
    return (first, last) if first <= last else (years[0], years[-1])
