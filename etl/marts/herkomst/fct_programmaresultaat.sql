-- The line behind each row of fct_programmaresultaat: its key columns, and the delivery, sheet and row.
SELECT programma, activiteit, resultaat, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.programmas__resultaat
WHERE peildatum = (SELECT max(peildatum) FROM stg.programmas__resultaat)
