-- per: peildatum (the newest in full)
-- What the awards in kind running in a month are worth by provider: fct_toewijzing told apart by AGB code. Protected as
-- fct_declaratie_aanbieder: only providers with ten clients or more in the month, clients rounded to 5 and euros to five
-- average client-months of the onderdeel (a round number); the rest, and awards without a code, are together 'overig'.
WITH per_aanbieder AS (
    SELECT peildatum, maand, wet, onderdeel, coalesce(aanbieder, '') AS aanbieder, count(DISTINCT persoon_nr) AS clienten,
        coalesce(sum(verwacht_eur), 0) AS verwacht_eur
    FROM stg.voorziening__toewijzing WHERE leveringsvorm <> 'PGB' GROUP BY ALL
), gemiddeld AS (
    SELECT peildatum, wet, onderdeel, 5.0 * sum(verwacht_eur) / nullif(sum(clienten), 0) AS vijf
    FROM per_aanbieder GROUP BY ALL
), eenheid AS (
    SELECT g.peildatum, g.wet, g.onderdeel,
        min(s.stap * pow(10, floor(log10(g.vijf)))) FILTER (s.stap * pow(10, floor(log10(g.vijf))) >= g.vijf) AS eenheid
    FROM gemiddeld AS g CROSS JOIN (VALUES (1), (1.5), (2), (3), (4), (6), (8), (10)) AS s (stap)
    WHERE g.vijf > 0 GROUP BY ALL
), gekozen AS ( -- where all that is not told has one to nine clients, the smallest that could be told joins it
    SELECT *
    FROM (
        SELECT *, aanbieder <> '' AND clienten >= 10 AS groot, coalesce(sum(clienten) FILTER (aanbieder = '' OR clienten < 10)
            OVER (PARTITION BY peildatum, maand, wet, onderdeel), 0) AS rest
        FROM per_aanbieder
    )
    WHERE groot
    QUALIFY rest = 0 OR rest >= 10
        OR row_number() OVER (PARTITION BY peildatum, maand, wet, onderdeel ORDER BY clienten, aanbieder) > 1
), genoemd AS (
    SELECT p.peildatum, p.maand, p.wet, p.onderdeel, p.aanbieder, CAST(5 * round(p.clienten / 5) AS INTEGER) AS clienten,
        CAST(coalesce(e.eenheid * round(p.verwacht_eur / e.eenheid), 0) AS DECIMAL(18,2)) AS verwacht_eur
    FROM gekozen AS p LEFT JOIN eenheid AS e USING (peildatum, wet, onderdeel)
), alles AS (
    FROM genoemd
    UNION ALL
    SELECT peildatum, maand, wet, onderdeel, 'overig', sum(clienten), sum(verwacht_eur)
    FROM (FROM per_aanbieder
        UNION ALL BY NAME SELECT * REPLACE (-clienten AS clienten, -verwacht_eur AS verwacht_eur) FROM genoemd)
    GROUP BY ALL
)
SELECT
    maand,
    wet,
    onderdeel,
    aanbieder,
    CAST(clienten AS INTEGER) AS clienten,
    CAST(verwacht_eur AS DECIMAL(18,2)) AS verwacht_eur,
    peildatum
FROM alles
WHERE clienten <> 0 OR verwacht_eur <> 0
