"""What was secret in an edition stays secret in the next, as long as the gemeente's figure did not change.

Two editions of one month could otherwise be laid side by side: a wijk that was hidden along with another in the one,
and shown in the other, would give the other away. All editions stand in the publication, one per peildatum, so the
publication itself is the memory: nothing is kept beside it, and any order of refreshes gives the same.
"""

from __future__ import annotations

import duckdb

from indicators.core.contract import BY_NAME

#: Facts with secret counts of wijken, in every peildatum.
REMEMBERED = ("mart.fct_voorziening", "mart.fct_stapeling")
_FACT = "mart.fct_voorziening"
_LINES = "'aanvraag', 'toekenning', 'afwijzing'"


def stay_secret(connection: duckdb.DuckDBPyConnection, fact: str) -> None:
    """Make secret in later editions what was secret in an earlier one of the same figures.

    Figures are taken to be the same while the exact figure of the gemeente is. A month of lines of which some figures
    were corrected may lose all its wijken: see `_close`.

    Args:
        connection: To the build; the fact holds all editions.
        fact: One of REMEMBERED.
    """
    cell = [column for column in BY_NAME[fact].key if column != "peildatum"]
    total = [column for column in cell if column != "gebied_code"]
    cells, totals = ", ".join(cell), ", ".join(total)
    if fact == _FACT:
        _close(connection)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE blijft_geheim AS
        WITH wisselend AS (
            SELECT {cells} FROM {fact} WHERE left(gebied_code, 2) <> 'GM'
            GROUP BY ALL HAVING count(aantal) BETWEEN 1 AND count(*) - 1
        ), totaal AS (
            SELECT {totals}, peildatum,
                sum(anders) OVER (PARTITION BY {totals} ORDER BY peildatum) AS versie
            FROM (
                SELECT {totals}, peildatum, CAST(aantal IS DISTINCT FROM lag(aantal) OVER (
                    PARTITION BY {totals} ORDER BY peildatum) AS INTEGER) AS anders
                FROM {fact} WHERE left(gebied_code, 2) = 'GM' AND ({totals}) IN (SELECT {totals} FROM wisselend)
            )
        )
        SELECT {cells}, peildatum FROM (
            SELECT f.*, bool_or(f.aantal IS NULL) OVER (
                PARTITION BY {", ".join(f"f.{c}" for c in cell)}, t.versie ORDER BY f.peildatum) AS was_geheim
            FROM {fact} AS f SEMI JOIN wisselend USING ({cells}) JOIN totaal AS t USING ({totals}, peildatum)
        ) WHERE was_geheim AND aantal IS NOT NULL""")
    same = " AND ".join(f"f.{c} = b.{c}" for c in (*cell, "peildatum"))
    connection.execute(f"UPDATE {fact} AS f SET aantal = NULL FROM blijft_geheim AS b WHERE {same}")
    connection.execute("DROP TABLE blijft_geheim")


def _close(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell nothing by wijk of a month of lines that was corrected, where what is told of its other figures changed.

    An onderdeel that only the older edition told, of a figure that stayed, is known beside a total that only the newer
    one tells: lines add up, so together they open the onderdelen that neither tells. From then on the month tells
    nothing by wijk, as it does when an edition after its correction tells nothing: so the altered editions alone say
    what must stay closed.
    """
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE dicht AS
        WITH totaal AS (
            SELECT *, sum(anders) OVER (PARTITION BY maand, wet, maat, onderdeel ORDER BY peildatum) AS versie
            FROM (
                SELECT maand, wet, maat, onderdeel, peildatum, CAST(row_number() OVER reeks > 1
                    AND aantal IS DISTINCT FROM lag(aantal) OVER reeks AS INTEGER) AS anders
                FROM {_FACT} WHERE left(gebied_code, 2) = 'GM' AND maat IN ({_LINES})
                WINDOW reeks AS (PARTITION BY maand, wet, maat, onderdeel ORDER BY peildatum)
            )
        ), anders AS (
            SELECT maand, wet, maat, min(peildatum) AS vanaf FROM totaal WHERE anders = 1 GROUP BY ALL
        ), cel AS (
            SELECT f.maand, f.wet, f.maat, f.peildatum, a.vanaf, f.aantal IS NULL AS geheim,
                bool_or(f.aantal IS NULL) OVER eerder AS was_geheim,
                first_value(f.aantal) OVER eerder IS NOT NULL AS begon_verteld
            FROM {_FACT} AS f JOIN anders AS a USING (maand, wet, maat)
            JOIN totaal AS t USING (maand, wet, maat, onderdeel, peildatum)
            WHERE left(f.gebied_code, 2) <> 'GM'
            WINDOW eerder AS (
                PARTITION BY f.maand, f.wet, f.maat, f.onderdeel, f.gebied_code, t.versie ORDER BY f.peildatum)
        ), sluit AS (
            SELECT maand, wet, maat, peildatum FROM cel WHERE peildatum >= vanaf GROUP BY ALL
            HAVING bool_and(was_geheim) OR bool_or(if(geheim, begon_verteld, was_geheim))
        )
        SELECT maand, wet, maat, min(peildatum) AS vanaf FROM sluit GROUP BY ALL""")
    connection.execute(f"""
        UPDATE {_FACT} AS f SET aantal = NULL FROM dicht AS d
        WHERE f.maand = d.maand AND f.wet = d.wet AND f.maat = d.maat AND f.peildatum >= d.vanaf
            AND left(f.gebied_code, 2) <> 'GM' AND f.aantal IS NOT NULL""")
    connection.execute("DROP TABLE dicht")
