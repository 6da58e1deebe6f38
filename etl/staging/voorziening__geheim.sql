-- after: stg.voorziening__cel
-- Which wijken keep their stock secret in which months (work database only): step 1 and 2 of marts/fct_voorziening.sql, and
-- step 3 for stocks. A stock is linked to the month before by who came and went. As long as too few did to hide who, a
-- wijk is secret in all those months or in none, and shown only where its rounded stock stays the same.
WITH basis AS (
    SELECT blad, reeks, wijk, nr, deel, uitstroom, stand AS aantal, 5 * ((stand + 2) // 5) AS rond,
        5 * ((lag(stand) OVER maanden + 2) // 5) AS vorige,
        coalesce(instroom, greatest(stand - coalesce(lag(stand) OVER maanden, stand) + uitstroom, 0)) AS instroom
    FROM stg.voorziening__cel
    WINDOW maanden AS (PARTITION BY reeks, wijk ORDER BY nr)
), beweging AS (
    -- A month begins a new stretch when enough came (or nobody at all) and enough went in wijken where that is secret.
    SELECT reeks, nr, sum(aantal) AS heel,
        count(*) FILTER (weinig) = 0
            OR (sum(instroom + uitstroom) > 0
                AND (sum(instroom) = 0 OR sum(instroom) FILTER (weinig) >= 7 + max(greatest(stap - 4, 0)))
                AND (sum(uitstroom) = 0 OR sum(uitstroom) FILTER (weinig) >= 7 + max(greatest(-stap - 4, 0)))
            ) AS genoeg
    FROM (SELECT *, least(instroom, uitstroom) <= 7 AS weinig, rond - coalesce(vorige, rond) AS stap FROM basis)
    GROUP BY ALL
), stuk AS (
    SELECT reeks, nr, heel, CAST(sum(CAST(genoeg AS INTEGER)) OVER (PARTITION BY reeks ORDER BY nr) AS INTEGER) AS stuk
    FROM beweging
), s0 AS (
    SELECT blad, reeks, wijk, nr, deel, 5 AS groep, 5 AS maat, aantal, aantal AS klein, heel, rond, stuk,
        aantal <= 7 AS geheim
    FROM basis JOIN stuk USING (reeks, nr)
), s1 AS (
    SELECT * REPLACE (geheim OR (first_value(geheim) OVER volg
        AND (row_number() OVER volg <= 2 OR sum(klein) OVER volg - klein < 7)) AS geheim)
    FROM s0
    WINDOW volg AS (PARTITION BY reeks, nr, groep ORDER BY NOT geheim, klein, wijk ROWS UNBOUNDED PRECEDING)
), s2 AS (
    SELECT * REPLACE (bool_or(geheim) OVER heel_stuk OR min(rond) OVER heel_stuk <> max(rond) OVER heel_stuk AS geheim)
    FROM s1 WINDOW heel_stuk AS (PARTITION BY reeks, wijk, stuk)
), s3 AS (
    SELECT * REPLACE (geheim OR (first_value(geheim) OVER volg
        AND (row_number() OVER volg <= 2 OR sum(klein) OVER volg - klein < 7)) AS geheim)
    FROM s2
    WINDOW volg AS (PARTITION BY reeks, nr, groep ORDER BY NOT geheim, klein, wijk ROWS UNBOUNDED PRECEDING)
), per_maat AS (
    SELECT * EXCLUDE (rond) REPLACE (bool_or(geheim) OVER (PARTITION BY reeks, wijk, stuk) AS geheim) FROM s3
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
    SELECT * EXCLUDE (alleen) REPLACE (bool_or(geheim OR alleen) OVER (PARTITION BY reeks, wijk, stuk) AS geheim) FROM (
        SELECT p.*, a.nr IS NOT NULL AS alleen FROM per_maat AS p LEFT JOIN alleen AS a USING (blad, nr, groep))
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
    SELECT d.* REPLACE (bool_or(d.geheim OR o.opent) OVER (PARTITION BY d.reeks, d.wijk, d.stuk) AS geheim), o.ruimte
    FROM per_deel AS d JOIN opent AS o USING (blad, nr, groep, wijk)
    WHERE NOT d.deel
), t2 AS (
    SELECT * REPLACE (geheim OR (first_value(geheim) OVER volg
        AND (row_number() OVER volg <= 2 OR sum(ruimte) OVER volg - ruimte < 7)) AS geheim)
    FROM t1
    WINDOW volg AS (PARTITION BY reeks, nr, groep ORDER BY NOT geheim, klein, wijk ROWS UNBOUNDED PRECEDING)
), geheim AS (
    SELECT DISTINCT reeks, nr, groep, wijk FROM per_deel WHERE deel AND geheim
    UNION ALL
    SELECT reeks, nr, groep, wijk FROM (SELECT *, bool_or(geheim) OVER (PARTITION BY reeks, wijk, stuk) AS blijft FROM t2) WHERE blijft
)
SELECT reeks, nr, wijk FROM geheim
