-- Regions: the own gemeente with everything around and in it from the reference list, and others that CBS gives figures for.
-- A name is the one CBS gives with the newest figures. Of wijken and buurten the code tells what they lie in, of
-- gemeenten the reference list of gemeenten.
WITH ander AS (
    SELECT gebied_code, arg_max(gebied_naam, (periode, gebied_naam)) AS naam
    FROM stg.cbs__waarneming
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
    CASE left(gebied_code, 2)
        WHEN 'GM' THEN (SELECT max(provincie_code) FROM raw.ref_gemeenten AS g WHERE g.gebied_code = ander.gebied_code)
        WHEN 'WK' THEN 'GM' || substr(gebied_code, 3, 4) WHEN 'BU' THEN 'WK' || substr(gebied_code, 3, 6)
    END AS ouder_code
FROM ander
