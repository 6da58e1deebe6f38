-- after: stg.wmo__toekenning, stg.wmo__gebied
-- The groups that persons are counted in: every onderdeel (and 'totaal' of the wet) in every region, by a small number.
-- Periods carry the number instead of two texts: sorting them is the heaviest step of the build.
SELECT CAST(row_number() OVER (ORDER BY onderdeel, gebied_code) AS INTEGER) AS groep_nr, onderdeel, gebied_code, niveau
FROM (SELECT DISTINCT onderdeel FROM stg.wmo__toekenning UNION SELECT 'totaal') AS o
CROSS JOIN stg.wmo__gebied
