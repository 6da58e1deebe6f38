-- after: stg.voorziening__regel, stg.voorziening__kenmerk, stg.voorziening__groep
-- Unbroken periods in care: one row per person and group (stg.voorziening__groep), for every peildatum of the law.
-- einddatum is the last day in; a gap of at most 28 days between two awards is no break (a renewal decided late).
-- Within a wijk, and within a value of a property, only awards of it count: who moves leaves the one and enters the other.
-- Most persons have one award in a group: only the others need to be sorted.
WITH award AS (
    SELECT r.peildatum, g.groep_nr, r.persoon_nr, r.ingangsdatum AS van,
        coalesce(r.einddatum, DATE '9999-12-31') AS tot
    FROM stg.voorziening__regel AS r
    JOIN stg.voorziening__groep AS g
        ON g.wet = r.wet AND g.kenmerk = '' AND g.onderdeel IN (r.onderdeel, 'totaal')
        AND (g.niveau = 'gemeente' OR g.gebied_code = r.wijk_code)
    WHERE r.in_zorg
    UNION ALL
    SELECT k.peildatum, g.groep_nr, k.persoon_nr, k.ingangsdatum, coalesce(k.einddatum, DATE '9999-12-31')
    FROM stg.voorziening__kenmerk AS k
    JOIN stg.voorziening__groep AS g
        ON g.wet = k.wet AND g.kenmerk = k.kenmerk AND g.waarde = k.waarde AND g.onderdeel IN (k.onderdeel, 'totaal')
    WHERE k.in_zorg
), geteld AS (
    SELECT peildatum, groep_nr, persoon_nr, count(*) AS awards, min(van) AS van, max(tot) AS tot FROM award GROUP BY ALL
), begin AS (
    SELECT *, coalesce(van > 29 + max(tot) OVER (
        PARTITION BY peildatum, groep_nr, persoon_nr ORDER BY van ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), TRUE) AS nieuw
    FROM (SELECT a.* FROM award AS a JOIN geteld AS g USING (peildatum, groep_nr, persoon_nr) WHERE g.awards > 1)
), genummerd AS (
    SELECT *, sum(CAST(nieuw AS INTEGER)) OVER (
        PARTITION BY peildatum, groep_nr, persoon_nr ORDER BY van ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS volgnummer
    FROM begin
)
SELECT peildatum, groep_nr, persoon_nr, CAST(volgnummer AS INTEGER) AS volgnummer, min(van) AS van, max(tot) AS tot
FROM genummerd
GROUP BY ALL
UNION ALL
SELECT peildatum, groep_nr, persoon_nr, 1, van, tot FROM geteld WHERE awards = 1
