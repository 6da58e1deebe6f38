-- The line behind each row of fct_programmaverloop: its key columns, and the delivery, sheet and row.
SELECT programma, activiteit, resultaat, peildatum, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.programmas__resultaat
UNION ALL BY NAME
SELECT programma, activiteit, '' AS resultaat, peildatum, levering_id, bron_blad AS blad, bron_rij AS rij
FROM stg.programmas__programma
