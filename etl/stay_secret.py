"""What was secret in an edition stays secret in the next, as long as the gemeente's figure did not change.

Two editions of one month could otherwise be laid side by side: a wijk that was hidden along with another in the one,
and shown in the other, would give the other away. All editions stand in the publication, one per peildatum, so the
publication itself is the memory: nothing is kept beside it, and any order of refreshes gives the same.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from indicators.core.contract import BY_NAME
from indicators.core.disclosure_editions import over_editions
from indicators.core.disclosure_tables import Counts

#: Facts with secret counts of wijken, in every peildatum.
REMEMBERED = ("mart.fct_voorziening", "mart.fct_stapeling")
_FACT = "mart.fct_voorziening"
_LINES = "'aanvraag', 'toekenning', 'afwijzing'"
_STOCK = ("stand", "instroom", "uitstroom")


def stay_secret(connection: duckdb.DuckDBPyConnection, fact: str) -> None:
    """Make secret in later editions what was secret in an earlier one of the same figures.

    Figures are taken to be the same where the exact figure of the gemeente is. Of stocks, of which the months hang
    together, indicators.core.disclosure_editions says what stays secret; a month of lines of which some figures were
    corrected may lose all its wijken: see `_close`.

    Args:
        connection: To the build; the fact holds all editions.
        fact: One of REMEMBERED.
    """
    cell = [column for column in BY_NAME[fact].key if column != "peildatum"]
    total = [column for column in cell if column != "gebied_code"]
    cells, totals = ", ".join(cell), ", ".join(total)
    lines = f"maat IN ({_LINES})" if fact == _FACT else "TRUE"
    if fact == _FACT:
        _close(connection)
        _stocks(connection)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE blijft_geheim AS
        WITH wisselend AS (
            SELECT {cells} FROM {fact} WHERE {lines} AND left(gebied_code, 2) <> 'GM'
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


def _stocks(connection: duckdb.DuckDBPyConnection) -> None:
    """Make secret in later editions what `over_editions` says, for every law of which editions differ."""
    wetten = connection.execute(f"""
        SELECT DISTINCT wet FROM (
            SELECT wet, maand, onderdeel, gebied_code FROM {_FACT}
            WHERE maat = 'stand' AND left(gebied_code, 2) <> 'GM'
            GROUP BY ALL HAVING count(aantal) BETWEEN 1 AND count(*) - 1)""").fetchall()
    for (wet,) in wetten:
        cells = connection.sql(
            f"""
            SELECT list_position({list(_STOCK)}, maat) - 1 AS maat, coalesce(aantal, -1) AS aantal,
                left(gebied_code, 2) = 'GM' AS gemeente,
                dense_rank() OVER (ORDER BY peildatum) - 1 AS editie,
                dense_rank() OVER (ORDER BY onderdeel = 'totaal', onderdeel) - 1 AS deel,
                dense_rank() OVER (ORDER BY maand) - 1 AS nr,
                dense_rank() OVER (PARTITION BY left(gebied_code, 2) = 'GM' ORDER BY gebied_code) - 1 AS wijk,
                peildatum, onderdeel, maand, gebied_code
            FROM {_FACT} WHERE wet = ? AND maat IN {_STOCK}""",
            params=[wet],
        ).to_arrow_table()
        _hide(connection, wet, cells.filter(_more_secret(cells)))


def _more_secret(cells: pa.Table) -> pa.Array:
    """Say which of these rows are told, and may not be because of what earlier editions kept secret."""
    number = {n: cells[n].to_numpy().astype(np.int64) for n in ("maat", "editie", "deel", "nr", "wijk", "aantal")}
    gemeente = cells["gemeente"].to_numpy().astype(bool)
    place = tuple(number[n] for n in ("editie", "deel", "nr", "wijk"))
    editions, parts, months, wijken = (int(p.max()) + 1 for p in place)
    stock, into, out = (
        _filled((editions, parts, months), [p[at] for p in place[:3]], number["aantal"][at])
        for at in ((number["maat"] == m) & gemeente for m in range(len(_STOCK)))
    )
    flows = np.stack([_known(stock, into, 1), _known(stock, out, -1)], axis=1)
    told = [p[~gemeente] for p in place]
    shown = _filled((editions, parts, months, wijken), told, number["aantal"][~gemeente])
    secret = np.zeros(shown.shape, dtype=bool)
    secret[tuple(told)] = shown[tuple(told)] < 0
    secret |= (stock < 0)[..., None] & secret.any(2, keepdims=True)  # what is not counted yet is no change
    secret = over_editions(secret, shown, stock, flows)
    return pa.array(~gemeente & secret[place] & (number["aantal"] >= 0))


def _filled(shape: tuple[int, ...], place: list[Counts], values: Counts) -> Counts:
    result = np.full(shape, -1, dtype=np.int64)
    result[tuple(place)] = values
    return result


def _known(stock: Counts, flow: Counts, sign: int) -> Counts:
    """Give a flow of the gemeente; where the publication does not have it, the least that its stock allows."""
    least = np.maximum(sign * np.diff(stock, axis=2, prepend=stock[:, :, :1]), 0)
    return np.where(flow < 0, least, flow)


def _hide(connection: duckdb.DuckDBPyConnection, wet: str, cells: pa.Table) -> None:
    connection.register("geheim_gebleven", cells)
    connection.execute(
        f"""
        UPDATE {_FACT} AS f SET aantal = NULL FROM geheim_gebleven AS b
        WHERE f.wet = ? AND f.maat = 'stand' AND f.peildatum = b.peildatum AND f.maand = b.maand
            AND f.onderdeel = b.onderdeel AND f.gebied_code = b.gebied_code""",
        [wet],
    )
    connection.unregister("geheim_gebleven")
