-- One row per application, decision or award, as the delivery of each peildatum has it.
-- `persoon` becomes a small number within this build: comparing numbers is many times cheaper than comparing
-- 64-character pseudonyms, and the pseudonym is needed nowhere downstream.
WITH persoon AS (
    SELECT persoon, row_number() OVER (ORDER BY persoon) AS persoon_nr
    FROM (SELECT DISTINCT persoon FROM raw.wmo__toekenning)
)
SELECT
    r.peildatum,
    p.persoon_nr,
    r.onderdeel,
    g.gebied_code AS wijk_code,
    r.aanvraagdatum,
    r.besluitdatum,
    r.besluit,
    r.ingangsdatum,
    r.einddatum
FROM raw.wmo__toekenning AS r
JOIN persoon AS p ON p.persoon = r.persoon
LEFT JOIN raw.ref_gebieden AS g ON g.gebied_code = r.wijk_code AND g.niveau = 'wijk'
