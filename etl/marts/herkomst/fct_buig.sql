-- The line behind each row of fct_buig: its key columns, and the delivery, sheet and row.
SELECT boekjaar, soort, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.participatiewet__buig
