-- The line behind each row of fct_ervaring: its key columns, and the delivery, sheet and row.
SELECT jaar, wet, vraagnummer, antwoord, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.clientervaring__uitkomst
