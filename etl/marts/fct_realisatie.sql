-- Realisation at every peildatum, per onderdeel and taakveld: all rows of one boekjaar and peildatum add up to the state.
-- Overviews give the total up to and with the period (stand). Where a journal reconciles with it, its bookings per period
-- and month of the care stand there instead (mutatie), and the stand keeps the open commitments only.
-- A line without any realisation or commitment (a budget table) says nothing here; a zero does.
WITH journaal AS (
    SELECT boekjaar, peildatum, onderdeel, taakveld, lasten_baten
    FROM stg.k2f__journaal_aansluiting
    WHERE sluit_aan AND journaal_eur IS NOT NULL
), overzicht AS (
    SELECT
        o.boekjaar,
        o.peildatum,
        o.periode,
        o.onderdeel,
        o.taakveld,
        o.lasten_baten,
        CASE WHEN j.boekjaar IS NULL THEN o.bedrag_eur END AS bedrag_eur,
        o.verplichting_eur
    FROM stg.k2f__overzicht AS o
    LEFT JOIN journaal AS j USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
)
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
FROM overzicht
WHERE bedrag_eur IS NOT NULL OR verplichting_eur IS NOT NULL
GROUP BY boekjaar, peildatum, periode, onderdeel, taakveld, lasten_baten
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
    sum(r.bedrag_eur) AS bedrag_eur,
    NULL AS verplichting_eur
FROM stg.k2f__journaal AS r
INNER JOIN journaal USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
GROUP BY boekjaar, peildatum, r.periode, r.prestatiemaand, onderdeel, taakveld, lasten_baten
