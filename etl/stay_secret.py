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


def stay_secret(connection: duckdb.DuckDBPyConnection, fact: str) -> None:
    """Make secret in later editions what was secret in an earlier one of the same figures.

    Figures are taken to be the same while the exact figure of the gemeente is.

    Args:
        connection: To the build; the fact holds all editions.
        fact: One of REMEMBERED.
    """
    cell = [column for column in BY_NAME[fact].key if column != "peildatum"]
    total = [column for column in cell if column != "gebied_code"]
    cells, totals = ", ".join(cell), ", ".join(total)
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
