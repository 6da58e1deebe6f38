-- The lines behind each row of fct_realisatie: its key columns, and the delivery, sheet and row of every line.
WITH journaal AS (
    SELECT boekjaar, peildatum, onderdeel, taakveld, lasten_baten
    FROM stg.k2f__journaal_aansluiting
    WHERE sluit_aan AND journaal_eur IS NOT NULL
)
SELECT
    boekjaar,
    peildatum,
    o.periode,
    'stand' AS soort,
    CAST(NULL AS DATE) AS prestatiemaand,
    onderdeel,
    taakveld,
    lasten_baten,
    o.levering_id,
    o.bron_blad AS blad,
    o.bron_rij AS rij
FROM stg.k2f__overzicht AS o
LEFT JOIN journaal AS j USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
WHERE (o.bedrag_eur IS NOT NULL AND j.boekjaar IS NULL) OR o.verplichting_eur IS NOT NULL
UNION ALL
SELECT
    boekjaar,
    peildatum,
    r.periode,
    'mutatie' AS soort,
    r.prestatiemaand,
    onderdeel,
    taakveld,
    lasten_baten,
    r.levering_id,
    r.bron_blad AS blad,
    r.bron_rij AS rij
FROM stg.k2f__journaal AS r
INNER JOIN journaal USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
