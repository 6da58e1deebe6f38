-- The lines behind each row of fct_realisatie: its key columns, and the delivery, sheet and row of every line.
SELECT
    boekjaar,
    peildatum,
    periode,
    'stand' AS soort,
    CAST(NULL AS DATE) AS prestatiemaand,
    onderdeel,
    taakveld,
    lasten_baten,
    levering_id,
    bron_blad AS blad,
    bron_rij AS rij
FROM stg.k2f__overzicht
WHERE bedrag_eur IS NOT NULL OR verplichting_eur IS NOT NULL
