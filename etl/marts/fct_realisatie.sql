-- Realisation as overviews give it: the total up to and with the period, per onderdeel and taakveld, at every peildatum.
-- A line without any realisation or commitment (a budget table) says nothing here; a zero does.
SELECT
    boekjaar,
    peildatum,
    periode,
    'stand' AS soort,
    CAST(NULL AS DATE) AS prestatiemaand,
    onderdeel,
    taakveld,
    lasten_baten,
    sum(bedrag_eur) AS bedrag_eur,
    sum(verplichting_eur) AS verplichting_eur
FROM stg.k2f__overzicht
WHERE bedrag_eur IS NOT NULL OR verplichting_eur IS NOT NULL
GROUP BY boekjaar, peildatum, periode, onderdeel, taakveld, lasten_baten
