-- after: stg.persoon__nummer
-- Benefits, other grants and trajectories of the Participatiewet as one kind of line, as each delivery has them.
-- Which onderdeel a kind belongs to, and whether it runs on (a benefit) or is given once (an allowance for this year),
-- says data/reference/participatiewet_soorten.csv. What is given once is counted as a line only: nobody is "in" it.
-- A trajectory has no application and no decision: it is there, so it was awarded.
WITH alle AS (
    SELECT
        'uitkering' AS entiteit, peildatum, persoon, huishouden, wijk_code, leeftijdsklasse,
        aanvraagdatum, besluitdatum, besluit, ingangsdatum, einddatum,
        coalesce(regeling, 'onbekend') AS regeling,
        CAST(NULL AS VARCHAR) AS soort,
        CAST(NULL AS VARCHAR) AS route,
        reden_einde
    FROM raw.participatiewet__uitkering
    UNION ALL
    SELECT
        'verstrekking', peildatum, persoon, huishouden, wijk_code, leeftijdsklasse,
        aanvraagdatum, besluitdatum, besluit, ingangsdatum, einddatum, NULL, coalesce(soort, 'onbekend'), NULL, NULL
    FROM raw.participatiewet__verstrekking
    UNION ALL
    SELECT
        'traject', peildatum, persoon, huishouden, wijk_code, leeftijdsklasse,
        NULL, NULL, 'toegekend', ingangsdatum, einddatum, NULL, coalesce(soort, 'onbekend'),
        if(soort = 'inburgering', coalesce(route, 'onbekend'), NULL), resultaat
    FROM raw.participatiewet__traject
)
SELECT
    r.entiteit,
    r.peildatum,
    p.nummer AS persoon_nr,
    h.nummer AS huishouden_nr,
    s.onderdeel,
    s.loopt_door = 'ja' AS loopt_door,
    g.gebied_code AS wijk_code,
    r.aanvraagdatum,
    r.besluitdatum,
    r.besluit,
    r.ingangsdatum,
    r.einddatum,
    coalesce(r.leeftijdsklasse, 'onbekend') AS leeftijdsklasse,
    r.regeling,
    r.soort,
    r.route,
    r.reden_einde
FROM alle AS r
JOIN stg.persoon__nummer AS p ON p.pseudoniem = r.persoon
LEFT JOIN stg.persoon__nummer AS h ON h.pseudoniem = r.huishouden
LEFT JOIN raw.ref_participatiewet_soorten AS s ON s.entiteit = r.entiteit AND s.soort = coalesce(r.soort, r.regeling)
LEFT JOIN raw.ref_gebieden AS g ON g.gebied_code = r.wijk_code AND g.niveau = 'wijk'
