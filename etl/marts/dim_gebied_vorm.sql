-- How wijken and buurten are drawn: places in a map of tiles, laid out by hand in data/reference/tegels.csv.
SELECT gebied_code, CAST(jaar AS INTEGER) AS jaar, 'tegel' AS soort, CAST(x AS DOUBLE) AS x, CAST(y AS DOUBLE) AS y,
    CAST(NULL AS VARCHAR) AS vorm, 'Tegelkaart van de wijken' AS bron
FROM raw.ref_tegels
WHERE gebied_code IN (SELECT gebied_code FROM raw.ref_gebieden)
