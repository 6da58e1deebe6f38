-- after: stg.voorziening__regel, stg.voorziening__kenmerk, stg.voorziening__gebied
-- The groups that persons are counted in, by a small number: every onderdeel of a law (and 'totaal' of the law) in every
-- region, and in the whole gemeente also every value of a property (kenmerk '' is no property).
-- Periods carry the number instead of several texts: sorting them is the heaviest step of the build.
WITH onderdeel AS (
    SELECT DISTINCT wet, onderdeel FROM stg.voorziening__regel
    UNION SELECT DISTINCT wet, 'totaal' FROM stg.voorziening__regel
), waarde AS (
    SELECT DISTINCT wet, onderdeel, kenmerk, waarde FROM stg.voorziening__kenmerk
    UNION SELECT DISTINCT wet, 'totaal', kenmerk, waarde FROM stg.voorziening__kenmerk
)
SELECT
    CAST(row_number() OVER (ORDER BY wet, onderdeel, kenmerk, waarde, gebied_code) AS INTEGER) AS groep_nr,
    wet, onderdeel, gebied_code, niveau, kenmerk, waarde
FROM (
    SELECT wet, onderdeel, gebied_code, niveau, '' AS kenmerk, '' AS waarde
    FROM onderdeel CROSS JOIN stg.voorziening__gebied
    UNION ALL
    SELECT wet, onderdeel, gebied_code, niveau, kenmerk, waarde
    FROM waarde CROSS JOIN stg.voorziening__gebied
    WHERE niveau = 'gemeente'
)
