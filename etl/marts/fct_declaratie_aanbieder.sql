-- Declared care in kind by provider: what fct_declaratie says of an onderdeel, told apart by AGB code. docs/onthulling.md,
-- "Providers", says what is told of a provider and why:
--  * only providers with ten clients or more: in this month of care, or on average four to nine months before it (so that
--    one who bills late is still told of); the others and lines without a code are together 'overig';
--  * where these others have one to nine clients, the smallest provider that could be told joins them: the onderdeel less
--    all others would give them away;
--  * what was declared of a month up to and with each month of receipt is 0 below ten clients, else rounded: clients to 5,
--    euros to `eenheid`, five average bills of a client and month as a round number, so that it hardly ever changes;
--  * it changes only in months of receipt in which ten clients or more came in: fct_declaratie has each of those in full,
--    so a change in a month with one client would say whose bill that was. Who is told of has a row in each of them;
--  * 'overig' is what is left of the onderdeel, so all rows together are what was declared, to the cent.
WITH regel AS (
    SELECT 'wmo' AS wet, * EXCLUDE (levering_id) FROM stg.wmo__declaratie WHERE leveringsvorm <> 'PGB'
    UNION ALL
    SELECT 'jeugd' AS wet, * EXCLUDE (levering_id) FROM stg.jeugd__declaratie WHERE leveringsvorm <> 'PGB'
), ontvangst AS (
    SELECT wet, onderdeel, prestatiemaand, ontvangstmaand, min(clienten) >= 10 AS genoeg
    FROM (
        SELECT wet, onderdeel, prestatiemaand, ontvangstmaand, leveringsvorm, count(DISTINCT persoon_nr) AS clienten
        FROM regel GROUP BY ALL
    ) GROUP BY ALL
), client AS ( -- one counts in the month in which something was declared for him for the first time
    SELECT *, ontvangstmaand = min(ontvangstmaand) OVER (
        PARTITION BY wet, onderdeel, aanbieder, prestatiemaand, persoon_nr) AS nieuw
    FROM (
        SELECT wet, onderdeel, prestatiemaand, ontvangstmaand, coalesce(aanbieder, '') AS aanbieder, persoon_nr,
            sum(bedrag_eur) AS bedrag_eur
        FROM regel GROUP BY ALL
    )
), per_aanbieder AS (
    SELECT wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand, sum(bedrag_eur) AS bedrag_eur,
        count(*) FILTER (nieuw) AS clienten
    FROM client GROUP BY ALL
), gemiddeld AS (
    SELECT wet, onderdeel, 5.0 * sum(bedrag_eur) / nullif(sum(clienten), 0) AS vijf FROM per_aanbieder GROUP BY ALL
), eenheid AS (
    SELECT g.wet, g.onderdeel,
        min(s.stap * pow(10, floor(log10(g.vijf)))) FILTER (s.stap * pow(10, floor(log10(g.vijf))) >= g.vijf) AS eenheid
    FROM gemiddeld AS g CROSS JOIN (VALUES (1), (1.5), (2), (3), (4), (6), (8), (10)) AS s (stap)
    WHERE g.vijf > 0 GROUP BY ALL
), grootte AS ( -- clients in the month of care, and on average in the six months that end four months before it
    SELECT *, coalesce(sum(nu) OVER (
        PARTITION BY wet, onderdeel, aanbieder ORDER BY prestatiemaand
        RANGE BETWEEN INTERVAL 9 MONTH PRECEDING AND INTERVAL 4 MONTH PRECEDING), 0) / 6 AS eerder
    FROM (
        SELECT a.wet, a.onderdeel, a.aanbieder, m.prestatiemaand, coalesce(sum(p.clienten), 0) AS nu
        FROM (SELECT DISTINCT wet, onderdeel, aanbieder FROM per_aanbieder) AS a
        JOIN (SELECT DISTINCT wet, onderdeel, prestatiemaand FROM ontvangst) AS m USING (wet, onderdeel)
        LEFT JOIN per_aanbieder AS p USING (wet, onderdeel, aanbieder, prestatiemaand)
        GROUP BY ALL
    )
), groot AS (
    SELECT *, aanbieder <> '' AND greatest(nu, eerder) >= 10 AS groot FROM grootte
), gekozen AS (
    SELECT wet, onderdeel, aanbieder, prestatiemaand
    FROM (
        SELECT *, coalesce(sum(nu) FILTER (NOT groot) OVER deel, 0) AS rest,
            coalesce(sum(eerder) FILTER (NOT groot) OVER deel, 0) AS rest_eerder
        FROM groot WINDOW deel AS (PARTITION BY wet, onderdeel, prestatiemaand)
    )
    WHERE groot
    QUALIFY rest = 0 OR greatest(rest, rest_eerder) >= 10
        OR row_number() OVER (PARTITION BY wet, onderdeel, prestatiemaand ORDER BY greatest(nu, eerder), aanbieder) > 1
), opgeteld AS (
    SELECT a.*, o.ontvangstmaand, o.genoeg, e.eenheid, sum(coalesce(p.bedrag_eur, 0)) OVER tot_nu AS eur,
        sum(coalesce(p.clienten, 0)) OVER tot_nu AS clienten
    FROM gekozen AS a
    JOIN ontvangst AS o USING (wet, onderdeel, prestatiemaand)
    JOIN eenheid AS e USING (wet, onderdeel)
    LEFT JOIN per_aanbieder AS p USING (wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand)
    WINDOW tot_nu AS (PARTITION BY a.wet, a.onderdeel, a.aanbieder, a.prestatiemaand ORDER BY o.ontvangstmaand)
), afgerond AS (
    SELECT wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand,
        CAST(if(clienten >= 10, eenheid * round(eur / eenheid), 0) AS DECIMAL(18,2)) AS eur,
        CAST(if(clienten >= 10, 5 * round(clienten / 5), 0) AS INTEGER) AS clienten
    FROM opgeteld WHERE genoeg
), genoemd AS (
    SELECT wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand, eur - lag(eur, 1, 0) OVER volg AS bedrag_eur,
        clienten - lag(clienten, 1, 0) OVER volg AS clienten
    FROM afgerond
    WINDOW volg AS (PARTITION BY wet, onderdeel, aanbieder, prestatiemaand ORDER BY ontvangstmaand)
), alles AS (
    FROM genoemd
    UNION ALL
    SELECT wet, onderdeel, 'overig', prestatiemaand, ontvangstmaand, sum(bedrag_eur), sum(clienten)
    FROM (FROM per_aanbieder UNION ALL BY NAME SELECT * REPLACE (-bedrag_eur AS bedrag_eur, -clienten AS clienten) FROM genoemd)
    GROUP BY ALL
)
SELECT
    a.prestatiemaand,
    a.ontvangstmaand,
    a.wet,
    a.onderdeel,
    a.aanbieder,
    CAST(a.bedrag_eur AS DECIMAL(18,2)) AS bedrag_eur,
    CAST(a.clienten AS INTEGER) AS clienten,
    s.peildatum
FROM alles AS a
JOIN (SELECT wet, max(peildatum) AS peildatum FROM regel GROUP BY wet) AS s USING (wet)
