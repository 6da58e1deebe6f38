-- Regions: the own gemeente with everything around and in it from the reference list, and others that CBS gives figures for.
WITH cbs AS (
    SELECT gebied_code, gebied_naam FROM stg.cbs__jeugd
    UNION ALL
    SELECT gebied_code, gebied_naam FROM stg.cbs__gezondheid
), ander AS (
    SELECT gebied_code, any_value(gebied_naam) AS naam
    FROM cbs
    WHERE gebied_code NOT IN (SELECT gebied_code FROM raw.ref_gebieden)
    GROUP BY gebied_code
)
SELECT gebied_code, naam, niveau, ouder_code
FROM raw.ref_gebieden
UNION ALL
SELECT
    gebied_code,
    naam,
    CASE left(gebied_code, 2)
        WHEN 'NL' THEN 'land' WHEN 'PV' THEN 'provincie' WHEN 'CR' THEN 'corop' WHEN 'GM' THEN 'gemeente'
        WHEN 'WK' THEN 'wijk' WHEN 'BU' THEN 'buurt'
    END AS niveau,
    NULL AS ouder_code
FROM ander
