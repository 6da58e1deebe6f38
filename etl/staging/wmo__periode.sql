-- after: stg.wmo__toekenning, stg.wmo__groep
-- Unbroken periods in care: one row per person and group (onderdeel or 'totaal', gemeente or wijk), for every peildatum.
-- einddatum is the last day in; a gap of at most 28 days between two awards is no break (a renewal decided late).
-- Within a wijk only awards of that wijk count: who moves leaves the one and enters the other.
WITH award AS (
    SELECT t.peildatum, t.persoon_nr, g.groep_nr, t.ingangsdatum AS van, coalesce(t.einddatum, DATE '9999-12-31') AS tot
    FROM stg.wmo__toekenning AS t
    JOIN stg.wmo__groep AS g
        ON g.onderdeel IN (t.onderdeel, 'totaal') AND (g.niveau = 'gemeente' OR g.gebied_code = t.wijk_code)
    WHERE t.besluit = 'toegekend'
), begin AS (
    SELECT *, coalesce(van > 29 + max(tot) OVER (
        PARTITION BY peildatum, groep_nr, persoon_nr ORDER BY van ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), TRUE) AS nieuw
    FROM award
), genummerd AS (
    SELECT *, sum(CAST(nieuw AS INTEGER)) OVER (
        PARTITION BY peildatum, groep_nr, persoon_nr ORDER BY van ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS volgnummer
    FROM begin
)
SELECT peildatum, groep_nr, persoon_nr, CAST(volgnummer AS INTEGER) AS volgnummer, min(van) AS van, max(tot) AS tot
FROM genummerd
GROUP BY ALL
