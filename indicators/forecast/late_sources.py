"""The sources of late invoices that know the month of the care: declarations, and journal lines that carry it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb
import pandas as pd

from indicators.core.views import as_known

#: Part of the lasten that must carry a month of care, or be declared, before a source speaks for an onderdeel.
LEAST_COVER, LEAST_DECLARED = 0.8, 0.6

_DECLARED = """
    SELECT onderdeel, wet, year(prestatiemaand) * 12 + month(prestatiemaand) - 1 AS maand,
           year(ontvangstmaand) * 12 + month(ontvangstmaand) - 1 AS geboekt,
           CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag
    FROM mart.fct_declaratie WHERE ontvangstmaand >= prestatiemaand GROUP BY ALL
"""
_JOURNAL = """
    WITH newest AS (SELECT boekjaar, max(peildatum) AS peildatum FROM mart.fct_realisatie
                    WHERE soort = 'mutatie' AND peildatum <= $1 GROUP BY boekjaar),
    closing AS (SELECT boekjaar, min(peildatum) AS eerste FROM mart.fct_realisatie
                WHERE soort = 'mutatie' AND periode = 13 GROUP BY boekjaar)
    SELECT onderdeel, coalesce(wet, 'overig') AS wet,
           year(prestatiemaand) * 12 + month(prestatiemaand) - 1 AS maand,
           greatest(CASE WHEN periode = 13 THEN year(eerste) * 12 + month(eerste) - 1
                         ELSE boekjaar * 12 + greatest(periode, 1) - 1 END,
                    year(prestatiemaand) * 12 + month(prestatiemaand) - 1) AS geboekt,
           CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag
    FROM mart.fct_realisatie JOIN newest USING (boekjaar, peildatum) LEFT JOIN closing USING (boekjaar)
    LEFT JOIN mart.dim_onderdeel USING (onderdeel)
    WHERE lasten_baten = 'L' AND soort = 'mutatie' AND prestatiemaand IS NOT NULL GROUP BY ALL
"""
LAST_YEAR = """
    SELECT onderdeel, CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag FROM mart.fct_realisatie
    WHERE lasten_baten = 'L' AND boekjaar = $2 AND peildatum = (
        SELECT max(peildatum) FROM mart.fct_realisatie WHERE boekjaar = $2 AND peildatum <= $1) GROUP BY onderdeel
"""
LEDGER = f"""
    SELECT onderdeel, CAST(sum(bedrag_eur) AS DOUBLE) AS bedrag FROM ({as_known("mart.v_realisatie")})
    WHERE lasten_baten = 'L'
    AND boekjaar >= (SELECT min(boekjaar) FROM mart.fct_realisatie WHERE prestatiemaand IS NOT NULL) GROUP BY onderdeel
"""
AWARDS = """
    SELECT onderdeel, year(maand) * 12 + month(maand) - 1 AS maand, CAST(sum(waarde) AS DOUBLE) AS waarde FROM (
        SELECT onderdeel, maand, leveringsvorm, arg_max(verwacht_eur, peildatum) AS waarde
        FROM mart.fct_toewijzing WHERE peildatum <= $1 AND leveringsvorm <> 'PGB' GROUP BY ALL)
    GROUP BY ALL
"""


@dataclass(frozen=True)
class Source:
    """A source that knows the month of the care: `rows` has onderdeel, wet, maand, geboekt, bedrag (months counted)."""

    bron: str
    rows: pd.DataFrame
    until: int | None


def sources(connection: duckdb.DuckDBPyConnection, date: dt.date) -> list[Source]:
    """Give the sources as known at a date, the best one first."""
    declared = connection.execute(_DECLARED).df()
    newest = connection.execute("SELECT max(peildatum) FROM mart.fct_declaratie").fetchone()
    until = month_number(newest[0]) if newest and newest[0] else None
    journal = connection.execute(_JOURNAL, [date]).df()
    return [Source("declaraties", declared, until), Source("journaal", journal, None)]


def covered(rows: pd.DataFrame, bron: str, ledger: dict[str, float], boekjaar: int) -> list[str]:
    """Onderdelen that the source speaks for: it knows the month of most of what the ledger has.

    Args:
        rows: Of the source.
        bron: declaraties or journaal.
        ledger: Onderdeel -> lasten, of last year (declaraties) or of the years with a journal (journaal).
        boekjaar: The running year.
    """
    recent = rows[rows["maand"] >= (boekjaar - 1) * 12].groupby("onderdeel")["bedrag"].sum()
    if bron == "journaal":
        years = rows[rows["maand"] < (boekjaar - 1) * 12].groupby("onderdeel")["bedrag"].sum()
        total = recent.add(years, fill_value=0.0)
        return sorted(o for o, v in total.items() if v > 0 and recent.get(o, 0.0) > 0 and _most(v, ledger.get(str(o))))
    last = rows[rows["maand"] // 12 == boekjaar - 1].groupby("onderdeel")["bedrag"].sum()
    found = (str(o) for o, value in recent.items() if value > 0)
    return sorted(o for o in found if _most(last.get(o, 0.0), ledger.get(o), LEAST_DECLARED))


def _most(value: float, of: float | None, part: float = LEAST_COVER) -> bool:
    return of is None or of <= 0 or value >= part * of


def month_number(date: dt.date) -> int:
    """Count months, so that they can be subtracted."""
    return date.year * 12 + date.month - 1
