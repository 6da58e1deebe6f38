-- The line behind each row of fct_maatwerk: its key columns, and the delivery, sheet and row.
SELECT indicator, gebied_code, periode, uitsplitsing, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.cbs_maatwerk__waarneming
