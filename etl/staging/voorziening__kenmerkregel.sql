-- after: stg.voorziening__regel, stg.voorziening__kenmerk, stg.voorziening__bereik
-- Lines by property of the whole gemeente: applications and decisions per month, and how long a decision took.
-- The law gives eight weeks (Awb 4:13): the classes of days are up to 14, up to 56, and more.
WITH datum AS (
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, 'aanvraag' AS maat, aanvraagdatum AS datum
    FROM stg.voorziening__kenmerk
    UNION ALL
    SELECT peildatum, wet, onderdeel, kenmerk, waarde, if(besluit = 'toegekend', 'toekenning', 'afwijzing'), besluitdatum
    FROM stg.voorziening__kenmerk WHERE besluit IN ('toegekend', 'afgewezen')
    UNION ALL
    SELECT peildatum, wet, onderdeel, 'beslistijd',
        CASE
            WHEN besluitdatum - aanvraagdatum BETWEEN 0 AND 14 THEN '0-14 dagen'
            WHEN besluitdatum - aanvraagdatum BETWEEN 15 AND 56 THEN '15-56 dagen'
            WHEN besluitdatum - aanvraagdatum > 56 THEN '57+ dagen'
            ELSE 'onbekend'
        END,
        if(besluit = 'toegekend', 'toekenning', 'afwijzing'), besluitdatum
    FROM stg.voorziening__regel JOIN stg.voorziening__bereik AS b USING (wet, peildatum)
    WHERE besluit IN ('toegekend', 'afgewezen') AND wet <> 'schuldhulp' AND besluitdatum >= b.vanaf
), per_onderdeel AS (
    SELECT peildatum, wet, onderdeel, CAST(date_trunc('month', datum) AS DATE) AS maand, kenmerk, waarde, maat,
        count(*) AS aantal
    FROM datum WHERE datum <= peildatum AND kenmerk <> 'uitkering'
    GROUP BY ALL
)
SELECT * FROM per_onderdeel
UNION ALL
SELECT peildatum, wet, 'totaal', maand, kenmerk, waarde, maat, sum(aantal) FROM per_onderdeel GROUP BY ALL
