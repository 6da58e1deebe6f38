-- The lines behind each row of fct_begroting: its key columns, and the delivery, sheet and row of every line.
SELECT
    boekjaar,
    peildatum,
    onderdeel,
    taakveld,
    lasten_baten,
    levering_id,
    bron_blad AS blad,
    bron_rij AS rij
FROM stg.k2f__overzicht
WHERE primitief_eur IS NOT NULL OR wijzigingen_eur IS NOT NULL OR actueel_eur IS NOT NULL
