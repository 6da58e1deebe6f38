"""Which deliveries the forecasts stand on, noted in meta.herkomst after they were computed.

A forecast follows from the ledger as it stood at its peildatum and from the deliveries before that one, which give the
profile of the year and the lag of invoices. Noted is the state it starts from, with a * for every value of the other
key columns; the earlier ones are those of the same source with an earlier peildatum. Of lasten with awards, and their
sums, the forecast of the model follows from the awards running then too.
"""

from __future__ import annotations

import duckdb

LEDGER = "k2f"
#: Forecast -> the expression of its key, and the day of the ledger that its rows of that key start from.
_KEYS = {
    "mart.fct_prognose": ("f.boekjaar || '|' || f.peildatum || '|*|*|*|*'", "f.peildatum"),
    "mart.fct_prognose_verloop": ("f.boekjaar || '|' || f.peildatum || '|*|*|*|*'", "f.peildatum"),
    "mart.fct_terugtoets": (
        "'*|' || f.boekjaar || '|' || f.peilmaand || '|*'", "last_day(make_date(f.boekjaar, f.peilmaand, 1))",
    ),
}  # fmt: skip
#: Forecast -> the end of its key for what the model says: scenario and methode, or scenario and maand.
_BY_MODEL = {"mart.fct_prognose": "*|model", "mart.fct_prognose_verloop": "*|*"}
_AWARDS = """
    INSERT INTO meta.herkomst BY NAME
    WITH toegewezen AS (
        SELECT DISTINCT wet, unnest([onderdeel, wet, 'totaal']) AS onderdeel, peildatum FROM mart.fct_toewijzing
    ), stand AS (
        SELECT f.boekjaar, f.peildatum, f.onderdeel, t.wet, max(t.peildatum) AS dag
        FROM (SELECT DISTINCT boekjaar, peildatum, onderdeel FROM {table} WHERE lasten_baten = 'L') AS f
        JOIN toegewezen AS t ON t.onderdeel = f.onderdeel AND t.peildatum <= f.peildatum GROUP BY ALL
    )
    SELECT '{table}' AS mart_tabel, s.boekjaar || '|' || s.peildatum || '|' || s.onderdeel || '|L|{end}' AS sleutel,
           h.levering_id, h.blad, h.rij_van, h.rij_tot, h.rijen
    FROM stand AS s JOIN meta.herkomst AS h
        ON h.mart_tabel = 'mart.fct_toewijzing' AND h.sleutel = '*|' || s.wet || '|*|*|' || s.dag
"""


def note_forecasts(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the traces of forecasts and of the track record: the newest ledger deliveries up to their day, and awards."""
    for table, end in _BY_MODEL.items():
        connection.execute(_AWARDS.format(table=table, end=end))
    for table, (key, day) in _KEYS.items():
        connection.execute(
            f"""INSERT INTO meta.herkomst BY NAME
            WITH vooruit AS (
                SELECT DISTINCT {key} AS sleutel, {day} AS dag FROM {table} AS f
            ), dag AS (
                SELECT v.sleutel, max(l.peildatum) AS peildatum
                FROM vooruit AS v JOIN meta.levering AS l ON l.peildatum <= v.dag
                WHERE l.bron = '{LEDGER}' AND l.status = 'geldig' GROUP BY v.sleutel
            )
            SELECT '{table}' AS mart_tabel, d.sleutel, l.levering_id, '' AS blad, NULL AS rij_van, NULL AS rij_tot,
                   l.rijen_geladen AS rijen
            FROM dag AS d JOIN meta.levering AS l
                ON l.bron = '{LEDGER}' AND l.status = 'geldig' AND l.peildatum = d.peildatum AND l.rijen_geladen > 0"""
        )
