"""What an indicator asks of CBS: topics, by stem and unit, from which tables. How to ask it is etl's work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: Prefix of a region code per level; a level that is not here has no figures of CBS.
PREFIX = {"land": "NL", "provincie": "PV", "gemeente": "GM", "wijk": "WK", "buurt": "BU"}


@dataclass(frozen=True)
class Topic:
    """A topic of one or more tables of CBS.

    Attributes:
        stem: Key without its number; the number moves between editions.
        unit: Unit it must have, as CBS names it; spaces and a leading "x" do not count.
        parent: Title of the group it stands in (or how it begins), where the stem occurs more than once in a table.
        hint: The key as it was seen; only to help whoever reads this.
        tabellen: Ids of tables, or names of series of tables (etl/cbs_tables). Of two that give the same period the
            first counts.
        onderwerp: Its name in mart.fct_cbs_waarneming, when the stem alone does not tell it apart; default the stem.
        ook: Other stems that it had in other editions.
        eenheden: Other names that the same unit may have.
        vanaf: First edition (year) that surely has it. An earlier one may lack it without a word.
    """

    stem: str
    unit: str
    parent: str | None = None
    hint: str = ""
    tabellen: tuple[str, ...] = ()
    onderwerp: str = ""
    ook: tuple[str, ...] = ()
    eenheden: tuple[str, ...] = ()
    vanaf: int = 0

    @property
    def naam(self) -> str:
        """Its name in mart.fct_cbs_waarneming."""
        return self.onderwerp or self.stem


def as_published(
    topic: Topic,
    niveaus: Iterable[str],
    soorten: Iterable[str] = ("JJ",),
    factor: float = 1,
    waar: str = "",
) -> str:
    """Give the SELECT of an indicator that is one topic of CBS as CBS publishes it.

    A period that CBS lists before it has any figure about it is left out; a region without a figure in a period that
    others have one of stays, without value: that is "no figure", not "no region".

    Args:
        topic: What it is.
        niveaus: Levels of regions.
        soorten: Kinds of periods: JJ, SJ, HJ, KW, MM.
        factor: The value of CBS times this is the value in the unit of the indicator.
        waar: A further condition in SQL.
    """
    codes = ", ".join(f"'{PREFIX[n]}'" for n in niveaus)
    kinds = ", ".join(f"'{k}'" for k in soorten)
    order = ", ".join(f"'{t}'" for t in topic.tabellen)
    more = f"AND ({waar})" if waar else ""
    times = "" if factor == 1 else f" * {factor}"
    return f"""
        WITH een AS (
            FROM mart.fct_cbs_waarneming
            WHERE onderwerp = '{topic.naam}' AND left(gebied_code, 2) IN ({codes})
              AND substr(periode, 5, 2) IN ({kinds}) {more}
            QUALIFY row_number() OVER (
                PARTITION BY periode, gebied_code
                ORDER BY waarde IS NULL, list_position([{order}], tabel) NULLS LAST, tabel DESC) = 1
        )
        SELECT periode, gebied_code, 'totaal' AS uitsplitsing, CAST(NULL AS DOUBLE) AS teller,
            CAST(NULL AS DOUBLE) AS noemer, waarde{times} AS waarde, ondergrens{times} AS ondergrens,
            bovengrens{times} AS bovengrens, status, false AS onderdrukt
        FROM een QUALIFY count(waarde) OVER (PARTITION BY periode) > 0
    """


def from_maatwerk(indicator: str, niveaus: Iterable[str]) -> str:
    """Give the SELECT of an indicator of which CBS publishes percentages outside its open data (mart.fct_maatwerk).

    A figure in another unit than percent is left out: under this title it would say something else.

    Args:
        indicator: Its id in the workbook that was delivered.
        niveaus: Levels of regions.
    """
    codes = ", ".join(f"'{PREFIX[n]}'" for n in niveaus)
    return f"""
        SELECT periode, gebied_code, uitsplitsing, CAST(NULL AS DOUBLE) AS teller, CAST(NULL AS DOUBLE) AS noemer,
            CAST(waarde AS DOUBLE) AS waarde, CAST(ondergrens AS DOUBLE) AS ondergrens,
            CAST(bovengrens AS DOUBLE) AS bovengrens, status, false AS onderdrukt
        FROM mart.fct_maatwerk
        WHERE indicator = '{indicator}' AND left(gebied_code, 2) IN ({codes})
          AND lower(eenheid) IN ('%', 'procent', 'percentage')
    """
