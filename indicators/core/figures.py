"""From counts per month to figures per month, quarter and year: the SELECT of indicators on our own registrations.

A `bron` gives counts per month: maand, gebied_code, uitsplitsing, teller, noemer, peildatum.

- A quarter or year is given when all its months are there. A flow is added up; a stock is that of the last month.
- The last VOORLOPIG_MAANDEN months are provisional: the law gives eight weeks for a decision (Awb 4:13), and what
  began earlier is often entered later.
- A share of nothing has no row. A rate without a known denominator has a row without a figure, with status onbekend. A
  secret count gives a row that says `onderdrukt`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import duckdb
import pandas as pd

from indicators.core.settings import settings

#: Months up to the peildatum of which figures still change.
VOORLOPIG_MAANDEN = 3
#: A population figure may be this many years older than the figure it is the denominator of.
INWONERS_HOOGSTENS_JAREN_OUD = 2
#: Topics of CBS that give the population of 1 January, the best first.
INWONERS = ("AantalInwoners", "BevolkingOp1Januari")

#: What the value of an indicator is, in SQL: a count, or a share in percent.
AANTAL, AANDEEL = "teller", "100.0 * teller / nullif(noemer, 0)"
Soort = Literal["MM", "KW", "JJ"]
#: Kind of period -> its code of a month, the months in it, and whether a month is its last.
_PERIODEN = {
    "MM": ("strftime(maand, '%YMM%m')", 1, "true"),
    "KW": ("strftime(maand, '%YKW0') || quarter(maand)", 3, "month(maand) % 3 = 0"),
    "JJ": ("strftime(maand, '%YJJ00')", 12, "month(maand) = 12"),
}


def _added(soort: str) -> str:
    code, months, _ = _PERIODEN[soort]
    return f"""
        SELECT {code} AS periode, gebied_code, uitsplitsing, sum(teller) AS teller, sum(noemer) AS noemer,
               {_provisional("max(maand)", "max(peildatum)")} AS voorlopig, false AS onderdrukt
        FROM bron WHERE left(gebied_code, 2) <> 'WK' GROUP BY 1, 2, 3 HAVING count(teller) = {months}"""


def _last(soort: str) -> str:
    code, _, last = _PERIODEN[soort]
    level = "true" if soort == "KW" else "left(gebied_code, 2) <> 'WK'"
    return f"""
        SELECT {code} AS periode, gebied_code, uitsplitsing, teller, noemer,
               {_provisional("maand", "peildatum")} AS voorlopig, teller IS NULL AS onderdrukt
        FROM bron WHERE {last} AND {level}"""


def _provisional(month: str, day: str) -> str:
    return f"{month} > {day} - INTERVAL {VOORLOPIG_MAANDEN} MONTH"


def flow(bron: str, *soorten: Soort, waarde: str = AANTAL) -> str:
    """Give the SELECT of an indicator that adds months up: a count, or the share of two counts.

    Args:
        bron: SQL as this module says.
        soorten: Kinds of period; months and years by default.
        waarde: SQL of the value, from teller and noemer.
    """
    return _select(bron, " UNION ALL ".join(_added(s) for s in soorten or ("MM", "JJ")), waarde)


def stock(bron: str, *soorten: Soort, waarde: str = AANTAL) -> str:
    """Give the SELECT of an indicator that is a state: of a quarter or year that of its last month.

    Args:
        bron: SQL as this module says.
        soorten: Kinds of period, KW with the wijken; all three by default.
        waarde: SQL of the value, from teller and noemer.
    """
    return _select(bron, " UNION ALL ".join(_last(s) for s in soorten or ("MM", "JJ", "KW")), waarde)


@dataclass(frozen=True)
class OfOwnGemeente:
    """The `compute` of an indicator from a mart without regions: $gemeente in its SQL is the own gemeente.

    Attributes:
        sql: One SELECT over mart and meta with the columns of an indicator.
    """

    sql: str

    def __call__(self, connection: duckdb.DuckDBPyConnection, _peildatum: dt.date) -> pd.DataFrame:
        """Give the figures of the indicator."""
        return connection.execute(self.sql, {"gemeente": settings().gemeente.code}).df()


def of_own_gemeente(sql: str) -> OfOwnGemeente:
    """Give the `compute` of an indicator from a mart without regions."""
    return OfOwnGemeente(sql)


def _select(bron: str, perioden: str, waarde: str) -> str:
    # Of a count nothing is the denominator, whatever the source holds beside it.
    share = waarde != AANTAL
    return f"""
        WITH bron AS ({bron}), per_periode AS ({perioden})
        SELECT periode, gebied_code, uitsplitsing, teller, {"noemer" if share else "CAST(NULL AS DOUBLE) AS noemer"},
               {waarde} AS waarde, NULL AS ondergrens, NULL AS bovengrens,
               if(voorlopig, 'voorlopig', 'definitief') AS status, onderdrukt
        FROM per_periode{" WHERE noemer IS DISTINCT FROM 0" if share else ""}"""


def per_1000_inhabitants(bron: str) -> str:
    """Give the SELECT of a stock per 1,000 inhabitants, the population of 1 January being the denominator.

    Where CBS has no figure of that year yet, the newest one counts and the rate is provisional; where it is too old or
    there is none, there is a count without a rate, with status onbekend. Of several tables with a figure for one year
    the topic that comes first in INWONERS counts, and of these the highest table id.
    """
    topics = ", ".join(repr(t) for t in INWONERS)
    perioden = " UNION ALL ".join(_last(s) for s in ("MM", "JJ", "KW"))
    return f"""
        WITH bron AS ({bron}), per_periode AS ({perioden}), inwoners AS (
            SELECT gebied_code, CAST(left(periode, 4) AS INTEGER) AS jaar,
                   first(waarde ORDER BY list_position([{topics}], onderwerp), tabel DESC) AS aantal
            FROM mart.fct_cbs_waarneming
            WHERE onderwerp IN ({topics}) AND uitsplitsing = 'totaal' AND substr(periode, 5, 2) = 'JJ' AND waarde > 0
            GROUP BY ALL
        ), gekozen AS (
            SELECT p.periode, p.gebied_code, max(i.jaar) AS jaar
            FROM (SELECT DISTINCT periode, gebied_code FROM per_periode) AS p
            JOIN inwoners AS i ON i.gebied_code = p.gebied_code
             AND CAST(left(p.periode, 4) AS INTEGER) - i.jaar BETWEEN 0 AND {INWONERS_HOOGSTENS_JAREN_OUD}
            GROUP BY ALL
        )
        SELECT p.periode, p.gebied_code, p.uitsplitsing, p.teller, i.aantal AS noemer,
               1000.0 * p.teller / i.aantal AS waarde, NULL AS ondergrens, NULL AS bovengrens,
               CASE
                   WHEN i.aantal IS NULL THEN 'onbekend'
                   WHEN p.voorlopig OR g.jaar < CAST(left(p.periode, 4) AS INTEGER) THEN 'voorlopig'
                   ELSE 'definitief'
               END AS status,
               p.onderdrukt
        FROM per_periode AS p
        LEFT JOIN gekozen AS g ON g.periode = p.periode AND g.gebied_code = p.gebied_code
        LEFT JOIN inwoners AS i ON i.gebied_code = p.gebied_code AND i.jaar = g.jaar"""
