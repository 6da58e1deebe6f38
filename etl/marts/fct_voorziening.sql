-- per: peildatum
-- Monthly counts of provisions as they may be published: exact for the gemeente, protected for wijken.
-- The rule is that of indicators/core/disclosure.py (a test proves that both give the same):
--   1. a count of 0-7 in a wijk is secret; inflow and outflow are secret together, since with the stock each gives the other;
--   2. where one wijk only is secret, the next smallest is too: else gemeente minus the others would give it;
--   3. where one onderdeel only of a wijk is secret, the total of that wijk is too (and then rule 2 for totals);
--   4. every other count of a wijk is rounded to 5.
WITH cel AS (
    SELECT peildatum, maand, wet, onderdeel, gebied_code, groep, aantal
    FROM (
        SELECT peildatum, maand, wet, onderdeel, gebied_code, aanvraag, toekenning, afwijzing, stand,
            least(instroom, uitstroom) AS stroom
        FROM stg.voorziening__telling WHERE niveau = 'wijk'
    ) UNPIVOT (aantal FOR groep IN (aanvraag, toekenning, afwijzing, stand, stroom))
), rij AS (
    SELECT peildatum, maand, wet, onderdeel, groep, count(*) FILTER (aantal <= 7) AS geheim,
        arg_min(gebied_code, (aantal, gebied_code)) FILTER (aantal > 7) AS volgende
    FROM cel WHERE onderdeel <> 'totaal' GROUP BY ALL
), deel AS (
    SELECT c.peildatum, c.maand, c.wet, c.onderdeel, c.gebied_code, c.groep,
        c.aantal <= 7 OR (r.geheim = 1 AND c.gebied_code = r.volgende) AS geheim
    FROM cel AS c JOIN rij AS r USING (peildatum, maand, wet, onderdeel, groep)
), kolom AS (
    SELECT peildatum, maand, wet, gebied_code, groep, count(*) FILTER (geheim) AS geheim FROM deel GROUP BY ALL
), totaal AS (
    SELECT c.peildatum, c.maand, c.wet, c.gebied_code, c.groep, c.aantal, c.aantal <= 7 OR k.geheim = 1 AS geheim
    FROM cel AS c JOIN kolom AS k USING (peildatum, maand, wet, gebied_code, groep)
    WHERE c.onderdeel = 'totaal'
), totaalrij AS (
    SELECT peildatum, maand, wet, groep, count(*) FILTER (geheim) AS geheim,
        arg_min(gebied_code, (aantal, gebied_code)) FILTER (NOT geheim) AS volgende
    FROM totaal GROUP BY ALL
), geheim AS (
    SELECT peildatum, maand, wet, onderdeel, gebied_code, groep FROM deel WHERE geheim
    UNION ALL
    SELECT t.peildatum, t.maand, t.wet, 'totaal', t.gebied_code, t.groep
    FROM totaal AS t JOIN totaalrij AS r USING (peildatum, maand, wet, groep)
    WHERE t.geheim OR (r.geheim = 1 AND t.gebied_code = r.volgende)
), lang AS (
    SELECT peildatum, maand, wet, onderdeel, gebied_code, niveau, maat, aantal,
        if(maat IN ('instroom', 'uitstroom'), 'stroom', maat) AS groep
    FROM stg.voorziening__telling
    UNPIVOT (aantal FOR maat IN (aanvraag, toekenning, afwijzing, instroom, uitstroom, stand))
)
SELECT
    l.maand,
    l.wet,
    l.onderdeel,
    l.gebied_code,
    l.maat,
    CAST(CASE
        WHEN l.niveau = 'gemeente' THEN l.aantal
        WHEN g.groep IS NULL THEN 5 * round(l.aantal / 5.0)
    END AS INTEGER) AS aantal,
    l.peildatum
FROM lang AS l LEFT JOIN geheim AS g USING (peildatum, maand, wet, onderdeel, gebied_code, groep)
