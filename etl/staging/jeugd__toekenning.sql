-- after: stg.persoon__nummer
-- One row per application, decision or award of the Jeugdwet, as the delivery of each peildatum has it.
-- A property that a line of this law has but does not say is 'onbekend'; one that it cannot have is left out.
SELECT
    r.peildatum,
    p.nummer AS persoon_nr,
    h.nummer AS huishouden_nr,
    r.onderdeel,
    g.gebied_code AS wijk_code,
    r.aanvraagdatum,
    r.besluitdatum,
    r.besluit,
    r.ingangsdatum,
    r.einddatum,
    coalesce(r.leeftijdsklasse, 'onbekend') AS leeftijdsklasse,
    coalesce(r.leveringsvorm, 'onbekend') AS leveringsvorm,
    coalesce(r.verwijzer, 'onbekend') AS verwijzer,
    coalesce(r.verblijf, 'onbekend') AS verblijf,
    r.reden_einde,
    r.aanbieder,
    r.volume,
    r.eenheid,
    r.frequentie,
    r.tarief_eur
FROM raw.jeugd__toekenning AS r
JOIN stg.persoon__nummer AS p ON p.pseudoniem = r.persoon
LEFT JOIN stg.persoon__nummer AS h ON h.pseudoniem = r.huishouden
LEFT JOIN raw.ref_gebieden AS g ON g.gebied_code = r.wijk_code AND g.niveau = 'wijk'
