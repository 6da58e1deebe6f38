-- after: stg.voorziening__regel, stg.voorziening__bereik
-- The properties of every line, one below another. What a kind of line cannot have gives no row.
-- A person can be in two values at once (care in kind beside a PGB), and goes from one to the other by a new award.
-- Only what can matter for the months that a peildatum gives (stg.voorziening__bereik): what ended over 28 days before them is
-- in no period that touches them. 'uitkering' is for our own use: who is on any benefit for living costs, whatever else runs beside it.
SELECT
    peildatum, wet, onderdeel, persoon_nr, aanvraagdatum, besluitdatum, besluit, in_zorg, ingangsdatum, einddatum,
    kenmerk, waarde
FROM (
    SELECT r.* REPLACE (if(r.aanvraagdatum >= b.vanaf, r.aanvraagdatum, NULL) AS aanvraagdatum,
            if(r.besluitdatum >= b.vanaf, r.besluitdatum, NULL) AS besluitdatum,
            r.in_zorg AND coalesce(r.einddatum >= b.vanaf - 30, TRUE) AS in_zorg),
        if(r.entiteit = 'uitkering', 'ja', NULL) AS uitkering
    FROM stg.voorziening__regel AS r
    JOIN stg.voorziening__bereik AS b USING (wet, peildatum)
    WHERE r.wet <> 'schuldhulp' AND (r.aanvraagdatum >= b.vanaf OR r.besluitdatum >= b.vanaf
        OR (r.in_zorg AND coalesce(r.einddatum >= b.vanaf - 30, TRUE)))
)
UNPIVOT (waarde FOR kenmerk IN (leeftijdsklasse, leveringsvorm, verwijzer, verblijf, regeling, soort, route, uitkering))
