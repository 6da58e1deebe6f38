-- per: peildatum
-- Monthly counts of provisions as they may be published: exact for the gemeente, protected for wijken.
-- The rule is that of indicators/core/disclosure_tables.py, step by step (a test proves that both give the same);
-- docs/onthulling.md says why each step is there:
--   1. a count of 0-7 in a wijk is secret, inflow and outflow together; where one wijk is, the next smallest are too
--      until two or more share at least 7: else gemeente minus the others would give it;
--   2. stg.voorziening__geheim: a stock is secret in a wijk always or never as long as too few come and go to hide who
--      did; flows are secret where the stock before or after is;
--   3. the total over onderdelen is secret where it would open its secret parts (and then rule 1 for totals);
--   4. every other count of a wijk is rounded to 5.
-- Groups: 0 aanvraag, 1 toekenning, 2 afwijzing, 3 inflow and outflow (maat 4), 5 stock.
WITH stroom AS (
    SELECT c.*, s.nr IS NOT NULL OR coalesce(v.nr IS NOT NULL, FALSE) AS uit_stand
    FROM stg.voorziening__cel AS c
    LEFT JOIN stg.voorziening__geheim AS s USING (reeks, wijk, nr)
    LEFT JOIN stg.voorziening__geheim AS v ON v.reeks = c.reeks AND v.wijk = c.wijk
        AND v.nr = c.nr - 1
), s0 AS (
    SELECT blad, reeks, wijk, nr, deel, g.groep,
        CASE g.groep WHEN 0 THEN aanvraag WHEN 1 THEN toekenning WHEN 2 THEN afwijzing ELSE instroom END AS aantal,
        if(g.groep = 3, uitstroom, NULL) AS tweede,
        CASE g.groep WHEN 0 THEN aanvraag WHEN 1 THEN toekenning WHEN 2 THEN afwijzing
            ELSE least(instroom, uitstroom) END AS klein,
        klein <= 7 OR (g.groep = 3 AND uit_stand) AS geheim
    FROM stroom CROSS JOIN (VALUES (0), (1), (2), (3)) AS g (groep)
), s1 AS (
    SELECT * REPLACE (geheim OR (first_value(geheim) OVER volg
        AND (row_number() OVER volg <= 2 OR sum(klein) OVER volg - klein < 7)) AS geheim)
    FROM s0
    WINDOW volg AS (PARTITION BY reeks, nr, groep ORDER BY NOT geheim, klein, wijk ROWS UNBOUNDED PRECEDING)
), rij AS (
    SELECT reeks, nr, groep, sum(aantal) AS heel, sum(tweede) AS heel_tweede FROM s1 GROUP BY ALL
), per_maat AS (
    SELECT s1.* EXCLUDE (tweede), groep AS maat, heel FROM s1 JOIN rij USING (reeks, nr, groep)
    WHERE aantal IS NOT NULL
    UNION ALL
    SELECT s1.* EXCLUDE (tweede) REPLACE (tweede AS aantal), 4, heel_tweede FROM s1 JOIN rij USING (reeks, nr, groep)
    WHERE groep = 3
), kolom1 AS (
    -- What the parts of a wijk tell of their total: those shown (exact and rounded) and those that are secret.
    SELECT blad, nr, groep, maat, wijk,
        coalesce(sum(aantal) FILTER (deel), 0) AS delen,
        max(aantal) FILTER (NOT deel) AS totaal,
        max(heel) FILTER (NOT deel) AS alles,
        coalesce(sum(aantal) FILTER (deel AND NOT geheim), 0) AS zichtbaar,
        coalesce(max(aantal) FILTER (deel AND NOT geheim), 0) AS grootste,
        coalesce(max(heel) FILTER (deel AND NOT geheim), 0) AS breedste,
        coalesce(sum(5 * ((aantal + 2) // 5)) FILTER (deel AND NOT geheim), 0) AS rond,
        count(*) FILTER (deel AND NOT geheim) AS getoond,
        count(*) FILTER (deel AND geheim AND heel > 0) AS verborgen
    FROM per_maat GROUP BY ALL
), beeld1 AS (
    SELECT *, greatest(totaal - if(dubbel > 0, grootste, zichtbaar), 0) AS ruimte,
        greatest(5 * ((totaal + 2) // 5) - 2 - rond - 2 * getoond, 0) AS minstens
    FROM (SELECT *, sum(delen - totaal) OVER (PARTITION BY blad, nr, maat) AS dubbel FROM kolom1)
), alleen AS (
    -- Months of which so little is secret that the parts shown would give totals away: all of the month is secret.
    SELECT DISTINCT blad, nr, groep FROM (
        SELECT blad, nr, groep, maat FROM beeld1 GROUP BY ALL
        HAVING bool_or(verborgen > 0)
            AND (sum(ruimte) < 7 OR bool_or(verborgen > 0 AND breedste > 0 AND alles - breedste < 7)))
), per_deel AS (
    SELECT p.* REPLACE (p.geheim OR a.nr IS NOT NULL AS geheim)
    FROM per_maat AS p LEFT JOIN alleen AS a USING (blad, nr, groep)
), kolom2 AS (
    -- What the parts of a wijk tell of their total: those shown (exact and rounded) and those that are secret.
    SELECT blad, nr, groep, maat, wijk,
        coalesce(sum(aantal) FILTER (deel), 0) AS delen,
        max(aantal) FILTER (NOT deel) AS totaal,
        max(heel) FILTER (NOT deel) AS alles,
        coalesce(sum(aantal) FILTER (deel AND NOT geheim), 0) AS zichtbaar,
        coalesce(max(aantal) FILTER (deel AND NOT geheim), 0) AS grootste,
        coalesce(max(heel) FILTER (deel AND NOT geheim), 0) AS breedste,
        coalesce(sum(5 * ((aantal + 2) // 5)) FILTER (deel AND NOT geheim), 0) AS rond,
        count(*) FILTER (deel AND NOT geheim) AS getoond,
        count(*) FILTER (deel AND geheim AND heel > 0) AS verborgen
    FROM per_deel GROUP BY ALL
), beeld2 AS (
    SELECT *, greatest(totaal - if(dubbel > 0, grootste, zichtbaar), 0) AS ruimte,
        greatest(5 * ((totaal + 2) // 5) - 2 - rond - 2 * getoond, 0) AS minstens
    FROM (SELECT *, sum(delen - totaal) OVER (PARTITION BY blad, nr, maat) AS dubbel FROM kolom2)
), opent AS (
    -- Totals that would open their secret parts, and how much of each total does not follow from the parts shown.
    SELECT blad, nr, groep, wijk, least(7, min(ruimte)) AS ruimte,
        bool_or(verborgen = 1 OR (verborgen > 1 AND (
            5 * ((totaal + 2) // 5) + 2 + dubbel - rond + 2 * getoond - minstens < 14
            OR delen - zichtbaar - minstens < least(7, delen - zichtbaar)))) AS opent
    FROM beeld2 GROUP BY ALL
), t1 AS (
    SELECT d.* REPLACE (d.geheim OR o.opent AS geheim), o.ruimte
    FROM per_deel AS d JOIN opent AS o USING (blad, nr, groep, wijk)
    WHERE NOT d.deel AND d.maat <> 3
), t2 AS (
    SELECT * REPLACE (geheim OR (first_value(geheim) OVER volg
        AND (row_number() OVER volg <= 2 OR sum(ruimte) OVER volg - ruimte < 7)) AS geheim)
    FROM t1
    WINDOW volg AS (PARTITION BY reeks, nr, groep ORDER BY NOT geheim, klein, wijk ROWS UNBOUNDED PRECEDING)
), geheim AS (
    SELECT DISTINCT reeks, nr, groep, wijk FROM per_deel WHERE deel AND geheim
    UNION ALL
    SELECT reeks, nr, groep, wijk FROM t2 WHERE geheim
), alles AS (
    SELECT reeks, nr, groep, wijk FROM geheim
    UNION ALL
    SELECT reeks, nr, 5, wijk FROM stg.voorziening__geheim
), lang AS (
    SELECT * FROM (
        SELECT peildatum, maand, wet, onderdeel, gebied_code, reeks, nr, wijk,
            aanvraag, toekenning, afwijzing, instroom, uitstroom, stand FROM stg.voorziening__cel
        UNION ALL
        SELECT peildatum, maand, wet, onderdeel, gebied_code, NULL, NULL, NULL,
            aanvraag, toekenning, afwijzing, instroom, uitstroom, stand
        FROM stg.voorziening__telling WHERE niveau = 'gemeente'
    ) UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, instroom, uitstroom, stand))
)
SELECT
    l.maand,
    l.wet,
    l.onderdeel,
    l.gebied_code,
    l.maat,
    CAST(CASE
        WHEN l.wijk IS NULL THEN l.aantal
        WHEN a.wijk IS NULL THEN 5 * ((l.aantal + 2) // 5)
    END AS INTEGER) AS aantal,
    l.peildatum
FROM lang AS l
LEFT JOIN alles AS a ON a.reeks = l.reeks AND a.nr = l.nr AND a.wijk = l.wijk
    AND a.groep = CASE l.maat WHEN 'aanvraag' THEN 0 WHEN 'toekenning' THEN 1 WHEN 'afwijzing' THEN 2
        WHEN 'stand' THEN 5 ELSE 3 END
