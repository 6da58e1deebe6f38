-- Declared care in kind by provider: what fct_declaratie says of an onderdeel, told apart by AGB code. docs/onthulling.md,
-- "Providers", says what is told of a provider and why:
--  * only months of care with ten clients or more; the others and those without a code are together 'overig';
--  * what has been declared of a month up to and with each month of receipt is rounded, in clients to 5 and in euros to
--    `eenheid`: five average bills of a client and month, as a round number, so that it hardly ever changes;
--  * it changes only in months of receipt in which ten clients or more came in: fct_declaratie has each of those in full,
--    so a change in a month with one client would say whose bill that was. Every provider has a row in each of them;
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
), opgeteld AS (
    SELECT a.wet, a.onderdeel, a.aanbieder, o.prestatiemaand, o.ontvangstmaand, o.genoeg, e.eenheid,
        sum(coalesce(p.bedrag_eur, 0)) OVER tot_nu AS eur, sum(coalesce(p.clienten, 0)) OVER tot_nu AS clienten
    FROM (SELECT DISTINCT wet, onderdeel, aanbieder, prestatiemaand FROM per_aanbieder WHERE aanbieder <> '') AS a
    JOIN ontvangst AS o USING (wet, onderdeel, prestatiemaand)
    JOIN eenheid AS e USING (wet, onderdeel)
    LEFT JOIN per_aanbieder AS p USING (wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand)
    WINDOW tot_nu AS (PARTITION BY a.wet, a.onderdeel, a.aanbieder, o.prestatiemaand ORDER BY o.ontvangstmaand)
), afgerond AS (
    SELECT wet, onderdeel, aanbieder, prestatiemaand, ontvangstmaand,
        CAST(eenheid * round(eur / eenheid) AS DECIMAL(18,2)) AS eur, CAST(5 * round(clienten / 5) AS INTEGER) AS clienten
    FROM opgeteld
    WHERE genoeg
    QUALIFY max(opgeteld.clienten) OVER (PARTITION BY wet, onderdeel, aanbieder, prestatiemaand) >= 10
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
