-- The line behind each row of fct_taakstelling: its key columns, and the delivery, sheet and row.
SELECT taakstelling, onderdeel, boekjaar, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.programmas__taakstelling
