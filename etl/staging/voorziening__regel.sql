-- after: stg.voorziening__levering, stg.wmo__toekenning, stg.jeugd__toekenning, stg.participatiewet__voorziening
-- after: stg.schuldhulp__hulp
-- Every application, decision and award of all laws in one form, for each peildatum of its law.
-- Debt aid is no law that decides on provisions here (it has no applications and decisions of its own kind), but persons
-- are in it as they are in a provision: it takes part in periods and in stapeling, and is published by fct_schuldhulp.
-- An early signal of arrears is a message about somebody, not aid: nobody is in it.
-- `in_zorg`: the line says that the person has the provision from ingangsdatum to einddatum.
-- `reden_soort` says what the reason of the end means in every law alike (data/reference/redenen_einde.csv).
WITH lijnen AS (
    SELECT 'wmo' AS wet, 'toekenning' AS entiteit, besluit IS NOT DISTINCT FROM 'toegekend' AS in_zorg, *
    FROM stg.wmo__toekenning
    UNION ALL BY NAME
    SELECT 'jeugd' AS wet, 'toekenning' AS entiteit, besluit IS NOT DISTINCT FROM 'toegekend' AS in_zorg, *
    FROM stg.jeugd__toekenning
    UNION ALL BY NAME
    SELECT 'participatiewet' AS wet, besluit IS NOT DISTINCT FROM 'toegekend' AND loopt_door AS in_zorg, *
    FROM stg.participatiewet__voorziening
    UNION ALL BY NAME
    SELECT
        'schuldhulp' AS wet, 'dossier' AS entiteit, 'schuldhulp' AS onderdeel, soort <> 'vroegsignaal' AS in_zorg,
        peildatum, persoon_nr, huishouden_nr, wijk_code, ingangsdatum, einddatum
    FROM stg.schuldhulp__hulp
)
SELECT
    l.peildatum,
    r.wet,
    r.entiteit,
    r.persoon_nr,
    r.huishouden_nr,
    r.onderdeel,
    r.wijk_code,
    r.aanvraagdatum,
    r.besluitdatum,
    r.besluit,
    r.in_zorg AND r.ingangsdatum IS NOT NULL AS in_zorg,
    r.ingangsdatum,
    r.einddatum,
    r.leeftijdsklasse,
    r.leveringsvorm,
    r.verwijzer,
    r.verblijf,
    r.regeling,
    r.soort,
    r.route,
    coalesce(r.reden_einde, 'onbekend') AS reden_einde,
    e.uitstroom AS reden_soort
FROM lijnen AS r
JOIN stg.voorziening__levering AS l
    ON l.wet = r.wet AND l.entiteit = r.entiteit AND l.bron_peildatum = r.peildatum
LEFT JOIN raw.ref_redenen_einde AS e
    ON e.wet = r.wet AND e.entiteit = r.entiteit AND e.reden_einde = r.reden_einde
