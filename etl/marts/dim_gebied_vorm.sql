-- How wijken are drawn: by their boundaries, a row for every year of which these were fetched (a code that exists in some
-- years only has rows of those years only), and as places in a map of tiles, laid out by hand in
-- data/reference/tegels.csv. A wijk without a place by hand (of another gemeente, or new) gets one below those, in rows as
-- long as the map is wide, by code.
WITH hand AS (
    SELECT t.gebied_code, CAST(t.jaar AS INTEGER) AS jaar, CAST(t.x AS INTEGER) AS x, CAST(t.y AS INTEGER) AS y
    FROM raw.ref_tegels AS t SEMI JOIN raw.ref_gebieden AS g USING (gebied_code)
), zonder AS (
    SELECT gebied_code, row_number() OVER (ORDER BY gebied_code) - 1 AS nummer, count(*) OVER () AS aantal
    FROM raw.ref_gebieden WHERE niveau = 'wijk' AND gebied_code NOT IN (SELECT gebied_code FROM hand)
), maat AS (
    SELECT coalesce(max(x) + 1, 0) AS breed, coalesce(max(y) + 1, 0) AS hoog FROM hand
), geplaatst AS (
    SELECT gebied_code, jaar, x, y FROM hand
    UNION ALL
    SELECT z.gebied_code, (SELECT max(CAST(jaar AS INTEGER)) FROM raw.ref_tegels) AS jaar,
        z.nummer % if(m.breed > 0, m.breed, CAST(ceil(sqrt(z.aantal)) AS INTEGER)) AS x,
        m.hoog + z.nummer // if(m.breed > 0, m.breed, CAST(ceil(sqrt(z.aantal)) AS INTEGER)) AS y
    FROM zonder AS z CROSS JOIN maat AS m
)
SELECT gebied_code, jaar, 'tegel' AS soort, CAST(x AS DOUBLE) AS x, CAST(y AS DOUBLE) AS y,
    CAST(NULL AS VARCHAR) AS vorm, 'Tegelkaart van de wijken' AS bron
FROM geplaatst
UNION ALL
SELECT gebied_code, jaar, 'kaart' AS soort, x, y, vorm, bron
FROM stg.geo__wijk
