-- after: stg.voorziening__groep, stg.voorziening__periode, stg.voorziening__bereik
-- How the stock of the whole gemeente moves through classes of duration: a period enters the first class when it begins,
-- and each next one when it has lasted 1, 3 and 5 years; when it ends it leaves the class that it is in.
WITH klasse (waarde, vanaf_jaren, tot_jaren) AS (
    VALUES ('0-1 jaar', 0, 1), ('1-3 jaar', 1, 3), ('3-5 jaar', 3, 5), ('5+ jaar', 5, NULL)
), deel AS (
    SELECT p.peildatum, g.wet, g.onderdeel, k.waarde,
        CAST(p.van + to_years(k.vanaf_jaren) AS DATE) AS van,
        least(p.tot, CAST(p.van + to_years(k.tot_jaren) AS DATE) - 1) AS tot
    FROM stg.voorziening__periode AS p
    JOIN stg.voorziening__groep AS g USING (groep_nr)
    JOIN stg.voorziening__bereik AS b USING (wet, peildatum)
    CROSS JOIN klasse AS k
    WHERE g.niveau = 'gemeente' AND g.kenmerk = '' AND g.wet <> 'schuldhulp' AND p.tot >= b.vanaf
)
SELECT peildatum, wet, onderdeel, CAST(date_trunc('month', van) AS DATE) AS maand, 'duur' AS kenmerk, waarde,
    count(*) AS erbij
FROM deel WHERE van <= tot AND van <= peildatum GROUP BY ALL
UNION ALL
SELECT peildatum, wet, onderdeel, CAST(date_trunc('month', tot + 1) AS DATE), 'duur', waarde, -count(*)
FROM deel WHERE van <= tot AND tot < peildatum GROUP BY ALL
