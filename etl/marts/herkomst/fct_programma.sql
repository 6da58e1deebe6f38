-- The line behind each row of fct_programma: its key columns, and the delivery, sheet and row.
SELECT programma, activiteit, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.programmas__programma
WHERE peildatum = (SELECT max(peildatum) FROM stg.programmas__programma)
